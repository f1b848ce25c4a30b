"""Template tags of the site; any template may load them by name."""
