"""Doors of lawmaking, by who comes in. Import the modules, not this package."""
