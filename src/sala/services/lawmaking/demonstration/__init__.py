"""The play of legal questions and hearings, in every state. People, cases, drafts and answers are all invented."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from importlib import resources

from sala.commons.agencies.cast import Scene, Stage
from sala.core.actors import SYSTEM
from sala.platform.package_tables import rows
from sala.services.lawmaking import actions
from sala.services.lawmaking.actions import Publishing
from sala.services.lawmaking.demonstration.hearings import hearing_scenes
from sala.services.lawmaking.demonstration.play import Play
from sala.services.lawmaking.demonstration.stories import Story, happenings, read_story
from sala.services.lawmaking.seeds import seed_hearing_periods, seed_periods


def stories() -> list[Story]:
    """Every story, in the order of the table."""
    return [read_story(number, row) for number, row in rows(__name__, "questions")]


def scenes(stage: Stage) -> Iterator[Scene]:
    """The periods first, then every step of every story at its own time, and the clock's look at the end."""
    yield Scene(stage.start, _found_law)
    yield Scene(stage.start, partial(_fill_library, stage.start))
    play = Play(stage.people)
    told = [one for story in stories() for one in happenings(story, stage.now)]
    steps = [Scene(one.at, partial(play.step, one)) for one in told]
    # The stage weaves the plays of all services together and relies on each being in the order of time.
    yield from sorted([*steps, *hearing_scenes(stage)], key=lambda scene: scene.at)
    yield Scene(stage.now, partial(play.clock, stage.now))


def _found_law() -> None:
    """The periods are in force before anything is asked."""
    seed_periods()
    seed_hearing_periods()


def _fill_library(now: datetime) -> None:
    """Five short laws of our own writing, one of them in two versions: invented, and marked as such."""
    folder = resources.files(__name__).joinpath("data/laws")
    for text in sorted(folder.iterdir(), key=lambda one: one.name):
        law = Publishing(
            name=text.name.removesuffix(".txt"),
            text=text.read_text("utf-8"),
            source="ตัวอย่างสมมติของศาลา",
            is_example=True,
        )
        actions.publish_law(actor=SYSTEM, now=now, law=law)
