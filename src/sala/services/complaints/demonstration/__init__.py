"""Complaints in the demonstration: their stories, of our own writing, played by the actions that people use."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from sala.commons.agencies.cast import Scene, Stage
from sala.commons.correspondence import actions as correspondence
from sala.core.actors import SYSTEM
from sala.platform.package_tables import Row, rows
from sala.services.complaints.demonstration.play import Play
from sala.services.complaints.demonstration.stories import Happening, Story, plan, read_stories


def own_rows(name: str) -> list[Row]:
    """Numbered rows of one of our tables."""
    return rows(__name__, name)


def stories() -> list[Story]:
    """Every story, in the order of the tables."""
    told = [row for part in (1, 2, 3) for row in own_rows(f"complaints-{part}")]
    return read_stories(told, own_rows("courses"))


def scenes(stage: Stage) -> Iterator[Scene]:
    """Ready words for the offices, then every step of every story, with the worker's look at the clock each day."""
    yield Scene(stage.start, partial(_keep_words_ready, stage.start))
    every = stories()
    play = Play(every, own_rows("words"), stage.people)
    yield from _day_by_day(plan(every, now=stage.now), play, stage.now)


def _keep_words_ready(now: datetime) -> None:
    outcome = correspondence.import_templates(actor=SYSTEM, now=now, rows=own_rows("templates"))
    if outcome.bad:
        raise RuntimeError(f"templates.csv: {outcome.bad[0]}")


def _day_by_day(happenings: list[Happening], play: Play, now: datetime) -> Iterator[Scene]:
    """The happenings in their order; the clock of a day stands before its first one, and once more at the end."""
    day = None
    for happening in happenings:
        if day != happening.at.date():
            day = happening.at.date()
            yield Scene(happening.at, partial(play.clock, happening.at))
        yield Scene(happening.at, partial(play.step, happening))
    yield Scene(now, partial(play.clock, now))
