"""The stage of the demonstration: the state is founded, then the plays of all services run side by side in time."""

import heapq
from collections.abc import Callable, Iterator
from datetime import timedelta
from importlib import import_module

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from sala.commons.agencies import queries as agencies
from sala.commons.agencies.cast import People, Scene, Stage
from sala.core import clock
from sala.demonstration.state import found_state
from sala.site import boxes

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
    scenes = list(_in_their_order(Stage(now=now, start=start, people=People(now=start))))
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as progress:
        for scene in progress.track(scenes, description="Playing three months of a state"):
            scene.act()


def _in_their_order(stage: Stage) -> Iterator[Scene]:
    """The scenes of all services by their time; within a service in its own order, where two are at one instant."""
    plays = [
        import_module(module).scenes(stage) for _, module in boxes.found_at(lambda box: box.demonstration)
    ]
    return heapq.merge(*plays, key=lambda scene: scene.at)
