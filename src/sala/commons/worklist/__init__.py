"""The desk of an office: lists of what must be done, of any kind of matter, narrowed, counted, kept as own views."""
