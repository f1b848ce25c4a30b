"""How pages look: frame, parts, tags, styles, scripts. No box's words in it; boxes use it, never the reverse."""
