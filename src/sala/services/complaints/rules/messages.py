"""What may be written about a complaint, by whom."""

# What the person says; everything else is an office's.
BY_PERSON = ("answer", "reopening", "appeal")
NOTE = "note"
