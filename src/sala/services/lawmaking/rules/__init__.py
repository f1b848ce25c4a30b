"""Decisions of lawmaking that a person could dispute. Import the modules, not this package."""
