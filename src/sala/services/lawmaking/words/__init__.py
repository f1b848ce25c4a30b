"""Words of lawmaking in the reader's language. Import the modules, not this package."""
