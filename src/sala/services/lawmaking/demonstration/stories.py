"""Stories of the demonstration as data: what was asked, and what happens to it on which day after."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

# What happens after the filing in each course: (days later, step). What lies ahead of today is left out.
COURSES: Mapping[str, tuple[tuple[int, str], ...]] = {
    "new": (),
    "noted": ((1, "assign"), (2, "note")),
    "asked": ((2, "ask"),),
    "resting": ((3, "ask"), (36, "rest")),
    "passed": ((2, "pass"),),
    "passed_answered": ((2, "pass"), (9, "answer")),
    "overdue": (),
    "reminded": ((18, "remind"),),
    "answered": ((8, "answer"),),
    "quick": ((2, "answer"),),
    "late": ((21, "answer"),),
    "explained": ((3, "ask"), (6, "explain"), (12, "answer")),
    "asked_on": ((7, "answer"), (15, "follow_up")),
    "asked_on_answered": ((6, "answer"), (12, "follow_up"), (20, "answer_more")),
    "revised": ((6, "answer"), (40, "revise")),
    "declined": ((5, "decline"),),
    "before": ((4, "before"),),
    "withdrawn": ((4, "withdraw"),),
}
# Twenty to ten in Thailand, and some minutes apart, so that no two letters leave in the same second.
_MORNING = timedelta(hours=2, minutes=40)
CHANNELS = {"p": "phone", "c": "counter", "f": "paper"}


@dataclass(frozen=True, slots=True)
class Story:
    """One invented question: to whom, when, how, what becomes of it, in which words."""

    number: int
    agency: str
    days_ago: int
    how: frozenset[str]
    course: str
    argument: str
    shown_name: str
    text: str
    about_law: str
    answer: str
    laws: tuple[tuple[str, str], ...]
    more: str

    @property
    def channel(self) -> str:
        """By which way it came."""
        return next((CHANNELS[mark] for mark in sorted(self.how) if mark in CHANNELS), "web")


@dataclass(frozen=True, slots=True)
class Happening:
    """One step of a story at its instant."""

    story: Story
    at: datetime
    step: str


def read_story(number: int, row: Mapping[str, str]) -> Story:
    """A row of the table as a story. Raises KeyError for a course that we do not play."""
    course, _, argument = row["course"].partition(":")
    if course not in COURSES:
        raise KeyError(course)
    laws = [one.partition(" @ ") for one in row["laws"].split(" ; ") if one]
    return Story(
        number=number,
        agency=row["agency"],
        days_ago=int(row["days_ago"]),
        how=frozenset(row["how"].split()),
        course=course,
        argument=argument,
        shown_name=row["shown_name"],
        text=row["text"],
        about_law=row["about_law"],
        answer=row["answer"],
        laws=tuple((law, section) for law, _, section in laws),
        more=row["more"],
    )


def happenings(story: Story, now: datetime) -> Iterator[Happening]:
    """The filing and every step that lies before now."""
    day = now.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=story.days_ago)
    filed_at = day + _MORNING + timedelta(minutes=story.number)
    yield Happening(story, filed_at, "file")
    for days, step in COURSES[story.course]:
        at = filed_at + timedelta(days=days, hours=2)
        if at < now:
            yield Happening(story, at, step)
