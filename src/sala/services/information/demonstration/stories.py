"""Stories of the demonstration as data: what was asked, and what happens to it on which day after."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

# What happens after the filing in each course: (days later, step). Days fit the clocks: an appeal is filed while its
# days run, the Board passes it on in time, what sleeps was asked long ago. What lies ahead of today is left out.
COURSES: Mapping[str, tuple[tuple[int, str], ...]] = {
    "new": (),
    "asked": ((2, "ask"),),
    "asleep": ((3, "ask"), (36, "sleep")),
    "transferred": ((3, "transfer"),),
    "consulting": ((4, "consult"),),
    "overdue": (),
    "granted": ((9, "grant"),),
    "partly": ((11, "partly"),),
    "refused": ((4, "refuse"),),
    "not_held": ((8, "not_held"),),
    "complained": ((20, "complain"),),
    "appealed": ((26, "refuse"), (32, "appeal")),
    "appealed_correction": ((58, "refuse"), (76, "appeal_correction")),
    "tribunal": ((12, "refuse"), (20, "appeal"), (25, "forward"), (45, "longer")),
    "upheld": ((10, "refuse"), (18, "appeal"), (23, "forward"), (50, "uphold"), (58, "grant")),
    "dismissed": ((10, "refuse"), (18, "appeal"), (24, "forward"), (52, "dismiss")),
    "withdrawn": ((4, "withdraw"),),
    "closed": ((10, "grant"), (20, "accept")),
}
# Half past nine in Thailand, and some minutes apart, so that no two letters leave in the same second.
_MORNING = timedelta(hours=2, minutes=30)
CHANNELS = {"p": "phone", "c": "counter", "f": "paper", "e": "email"}


@dataclass(frozen=True, slots=True)
class Story:
    """One invented request: to whom, when, how, what becomes of it, in which words."""

    number: int
    agency: str
    days_ago: int
    how: frozenset[str]
    course: str
    argument: str
    text: str
    where_to_look: str
    answer: str
    reason: str
    documents: tuple[str, ...]

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
    return Story(
        number=number,
        agency=row["agency"],
        days_ago=int(row["days_ago"]),
        how=frozenset(row["how"].split()),
        course=course,
        argument=argument,
        text=row["text"],
        where_to_look=row["where_to_look"],
        answer=row["answer"],
        reason=row["reason"],
        documents=tuple(title for title in row["documents"].split(";") if title),
    )


def happenings(story: Story, now: datetime) -> Iterator[Happening]:
    """The filing and every step that lies before now."""
    day = now.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=story.days_ago)
    filed_at = day + _MORNING + timedelta(minutes=story.number)
    yield Happening(story, filed_at, "file")
    for days, step in COURSES[story.course]:
        at = filed_at + timedelta(days=days, hours=3)
        if at < now:
            yield Happening(story, at, step)
