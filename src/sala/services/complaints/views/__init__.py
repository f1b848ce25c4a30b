"""Doors of complaints, by who enters: the person who files, everyone who reads."""
