"""Whether an installation is well: verdicts (pure), what they are made from, and the figures to watch."""
