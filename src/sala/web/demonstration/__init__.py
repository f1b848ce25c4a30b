"""The content of the demonstration, of our own writing; loaded through the same actions that people use."""

from datetime import timedelta

from rich.console import Console

from sala.commons.agencies import queries as agencies
from sala.core import clock
from sala.web.demonstration.state import found_state

DAYS_TOLD = 90


def load(console: Console) -> None:
    """Load the demonstration if no agency is there yet; a database with agencies stays as it is."""
    if agencies.agencies_by_code():
        return
    now = clock.now()
    with console.status("Founding the state of the demonstration"):
        found_state(now=now - timedelta(days=DAYS_TOLD + 1))
