"""Reads of lawmaking, by what is asked. Import the modules, not this package."""
