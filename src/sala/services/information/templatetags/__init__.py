"""Template tags of information requests."""
