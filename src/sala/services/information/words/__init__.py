"""What codes of information requests are called on pages and in letters. Import the modules, not this package."""
