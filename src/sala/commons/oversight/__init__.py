"""Pages of those who oversee offices: how it goes, what needs them, what can be checked. No tables of its own."""
