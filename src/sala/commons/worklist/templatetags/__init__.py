"""Template tags of worklists."""
