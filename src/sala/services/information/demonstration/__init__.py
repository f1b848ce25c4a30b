"""The play of information requests: about sixty, in every state. All people and cases are invented."""

from collections.abc import Iterator
from functools import partial

from sala.commons.agencies.cast import Scene, Stage
from sala.platform.package_tables import rows
from sala.services.information.demonstration.play import Play
from sala.services.information.demonstration.stories import Story, happenings, read_story
from sala.services.information.seeds import seed_periods


def stories() -> list[Story]:
    """Every story, in the order of the table."""
    return [read_story(number, row) for number, row in rows(__name__, "requests")]


def scenes(stage: Stage) -> Iterator[Scene]:
    """The periods first, then every step of every story at its own time, and the clock's look at the end."""
    yield Scene(stage.start, _found_law)
    play = Play(stage.people)
    told = [one for story in stories() for one in happenings(story, stage.now)]
    for one in sorted(told, key=lambda happening: happening.at):
        yield Scene(one.at, partial(play.step, one))
    yield Scene(stage.now, partial(play.clock, stage.now))


def _found_law() -> None:
    """The periods are in force before anything is asked."""
    seed_periods()
