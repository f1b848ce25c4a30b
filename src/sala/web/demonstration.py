"""The content of the demonstration, of our own writing; loaded through the same actions that people use."""

from rich.console import Console


def load(console: Console, *, data: str = "") -> None:
    """Load the demonstration if the database is empty; the real files in `data` as well, if a folder is given."""
