"""The content of the demonstration, of our own writing; loaded through the same actions that people use."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from sala.commons.agencies import queries as agencies
from sala.core import clock
from sala.web.demonstration.people import People
from sala.web.demonstration.play import Play
from sala.web.demonstration.state import found_state
from sala.web.demonstration.stories import Happening, plan, read_stories
from sala.web.demonstration.tables import rows

DAYS_TOLD = 90


def load(console: Console, *, bring_in: Callable[[], None] = lambda: None) -> None:
    """Load the demonstration if no agency is there yet; a database with agencies stays as it is.

    `bring_in` adds real files to the state before the stories are told, so that the stories are what is newest.
    """
    if agencies.agencies_by_code():
        bring_in()
        return
    now = clock.now()
    start = now - timedelta(days=DAYS_TOLD + 1)
    with console.status("Founding the state of the demonstration"):
        found_state(now=start)
    bring_in()
    stories = read_stories(
        [row for part in (1, 2, 3) for row in rows(f"complaints-{part}")],
        rows("courses"),
    )
    play = Play(stories, rows("words"), People(now=start))
    happenings = plan(stories, now=now)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as progress:
        told = progress.add_task(f"Telling {len(stories)} complaints", total=len(happenings))
        for happening in _day_by_day(happenings, play, now):
            play.step(happening)
            progress.advance(told)


def _day_by_day(happenings: Iterable[Happening], play: Play, now: datetime) -> Iterator[Happening]:
    """The happenings in their order, with the worker's look at the clock between days and at the end."""
    day = None
    for happening in happenings:
        if day != happening.at.date():
            day = happening.at.date()
            play.clock(happening.at)
        yield happening
    play.clock(now)
