"""Doors of information requests, by who comes in. Import the modules, not this package."""
