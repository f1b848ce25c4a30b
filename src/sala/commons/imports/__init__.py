"""Tables that people bring in: read, shown before they land, remembered as runs, taken away again."""
