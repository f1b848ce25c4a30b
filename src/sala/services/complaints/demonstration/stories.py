"""What happens in the demonstration, and when: pure planning from its tables, the same for the same anchor."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sala.core.clock import BANGKOK
from sala.platform.package_tables import Row

SEED = 2569
# Steps that a person takes, at any waking hour; all others happen in office hours.
BY_PEOPLE = frozenset({"file", "join", "answer", "confirm", "reopen", "appeal"})
# Steps that take their argument from the story when the course leaves it open.
ARGUED = frozenset({"confirm", "forward", "share", "split", "reject"})
PRIVACY = {"ao": "agency_only", "conf": "confidential"}
CHANNELS = {"p": "phone", "c": "counter", "f": "paper", "a": "api"}


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happens: its name, its argument, how many hours after the one before."""

    name: str
    argument: str
    hours: float


@dataclass(frozen=True, slots=True)
class Story:
    """One complaint from its first word on; `words` are said in the order in which steps need them."""

    topic: str
    area: str
    place: str
    how: frozenset[str]
    argument: str
    text: str
    words: tuple[str, ...]
    days: tuple[float, float]
    steps: tuple[Step, ...]
    is_spam: bool

    @property
    def privacy(self) -> str:
        """What the person chose that others may see."""
        return next((value for flag, value in PRIVACY.items() if flag in self.how), "public")

    @property
    def channel(self) -> str:
        """By which way it came."""
        return next((value for flag, value in CHANNELS.items() if flag in self.how), "web")

    def flag(self, name: str) -> str:
        """What stands behind a flag: "7" for join7, "doh" for to:doh; "" if it is not set."""
        found = next((flag for flag in self.how if flag.startswith(name)), "")
        return found.removeprefix(name).removeprefix(":")


@dataclass(frozen=True, slots=True, order=True)
class Happening:
    """A step of a story at its time."""

    at: datetime
    story: int
    order: int
    name: str
    argument: str


def read_stories(rows: list[Row], courses: list[Row]) -> list[Story]:
    """The stories of a table, each with the course it takes. Raises KeyError for an unknown course."""
    known = {row["course"]: row for _, row in courses}
    return [_story(row, known) for _, row in rows]


def _story(row: dict[str, str], courses: dict[str, dict[str, str]]) -> Story:
    name, _, argument = row["course"].partition(":")
    course = courses[name]
    return Story(
        topic=row["topic"],
        area=row["area"],
        place=row["place"],
        how=frozenset(row["how"].split()),
        argument=argument,
        text=row["text"],
        words=tuple(part.strip() for part in row["answer"].split("//") if part.strip()),
        days=(float(course["least_days"]), float(course["most_days"])),
        steps=tuple(_step(word) for word in course["steps"].split()),
        is_spam=name in ("spam", "released"),
    )


def _step(word: str) -> Step:
    what, _, hours = word.partition("@")
    name, _, argument = what.partition(":")
    return Step(name, argument, float(hours))


def plan(stories: list[Story], *, now: datetime) -> list[Happening]:
    """Everything that happens before `now`, in the order of time."""
    chance = random.Random(SEED)  # noqa: S311  # content, not secrets
    happenings: list[Happening] = []
    for number, story in enumerate(stories):
        start = now - timedelta(days=chance.uniform(*story.days))
        if story.days[0] >= 1:
            start = _waking(start, chance)
        happenings.append(Happening(start, number, 0, "file", ""))
        happenings += (h for h in _course(story, number, start, chance) if h.at < now)
        joined = int(story.flag("join") or 0)
        hours = sorted(chance.uniform(1, 60) for _ in range(joined))
        times = [start + timedelta(hours=h) for h in hours]
        happenings += (Happening(at, number, 50 + n, "join", "") for n, at in enumerate(times) if at < now)
    return sorted(happenings)


def _course(story: Story, number: int, start: datetime, chance: random.Random) -> Iterator[Happening]:
    at = start
    for order, step in enumerate(story.steps, start=1):
        later = at + timedelta(hours=step.hours * chance.uniform(0.6, 1.4))
        move = _waking if step.name in BY_PEOPLE else _in_office
        at = max(move(later, chance), at + timedelta(minutes=5))
        argument = step.argument or (story.argument if step.name in ARGUED else "")
        yield Happening(at, number, order, step.name, argument)


def _waking(at: datetime, chance: random.Random) -> datetime:
    local = at.astimezone(BANGKOK)
    if 6 <= local.hour < 23:
        return at
    return local.replace(hour=6, minute=0) + timedelta(hours=chance.uniform(0.2, 5))


def _in_office(at: datetime, chance: random.Random) -> datetime:
    local = at.astimezone(BANGKOK)
    if local.hour >= 16:
        local = local.replace(hour=8, minute=30) + timedelta(days=1, minutes=chance.uniform(0, 180))
    elif local.hour < 9:
        local = local.replace(hour=8, minute=30) + timedelta(minutes=chance.uniform(0, 180))
    while local.weekday() >= 5:
        local += timedelta(days=1)
    return local
