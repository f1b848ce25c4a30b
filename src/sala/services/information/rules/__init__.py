"""Decisions about information requests that a person could dispute. Import the modules, not this package."""
