"""Reads of information requests, by what is asked. Import the modules, not this package."""
