"""A conversation in the files of Polis's own export, as `sala opinions` and tools for Polis read them.

Nothing in them leads to a person: people are numbered by their keyed marks, days stand for times, and no file names
the author of a statement. Of fewer than `LEAST_PEOPLE` people no answers are handed out one by one.
"""

import csv
import io
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from sala.commons.participation.models import Conversation, Statement
from sala.commons.participation.queries import statements as queries
from sala.commons.participation.rules.statements import LEAST_PEOPLE, Standing
from sala.core.errors import Conflict

MODERATED = {Standing.SHOWN.value: 1, Standing.WAITING.value: 0, Standing.REFUSED.value: -1}
_Said = list[tuple[int, int, int, str]]


def write(conversation: Conversation, name: str, address: str) -> str:
    """One of the `FILES` as CSV. Raises Conflict "too_few_people" for answers of too few, KeyError for no file."""
    make = FILES[name]
    said = list(queries.last_opinions(conversation))
    if name != "comments" and len({one[0] for one in said}) < LEAST_PEOPLE:
        raise Conflict("too_few_people")
    out = io.StringIO()
    make(csv.writer(out, lineterminator="\n"), conversation, said, address)
    return out.getvalue()


def _comments(out: Any, conversation: Conversation, said: _Said, address: str) -> None:
    told = Counter((number, value) for _, number, value, _ in said)
    out.writerow(
        [
            "timestamp",
            "datetime",
            "comment-id",
            "author-id",
            "agrees",
            "disagrees",
            "moderated",
            "comment-body",
        ]
    )
    few = len({one[0] for one in said}) < LEAST_PEOPLE
    for one in queries.shown_statements(conversation).defer("original"):
        counts = (0, 0) if few else (told[one.number, 1], told[one.number, -1])
        day = one.told_at.date().isoformat()
        out.writerow([_seconds(day), day, one.number, "", *counts, MODERATED[one.standing], _cell(one.text)])


def _votes(out: Any, conversation: Conversation, said: _Said, address: str) -> None:
    out.writerow(["timestamp", "datetime", "comment-id", "voter-id", "vote"])
    for person, number, value, day in said:
        out.writerow([_seconds(day), day, number, person, value])


def _matrix(out: Any, conversation: Conversation, said: _Said, address: str) -> None:
    numbers = sorted({number for _, number, _, _ in said})
    out.writerow(["participant", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree", *numbers])
    people: dict[int, dict[int, int]] = {}
    for person, number, value, _ in said:
        people.setdefault(person, {})[number] = value
    for person, answers in people.items():
        counts = Counter(answers.values())
        cells = [answers.get(number, "") for number in numbers]
        out.writerow([person, "", "", len(answers), counts[1], counts[-1], *cells])


def _summary(out: Any, conversation: Conversation, said: _Said, address: str) -> None:
    drawn = queries.find_map(conversation)
    groups = len(drawn.document["groups"]) if drawn else 0
    shown = Statement.objects.filter(conversation=conversation, standing=Standing.SHOWN.value).count()
    people = len({one[0] for one in said})
    out.writerows(
        [
            ["topic", _cell(conversation.question)],
            ["url", address],
            ["voters", people],
            ["voters-in-conv", people],
            ["commenters", ""],
            ["comments", shown],
            ["groups", groups],
            ["conversation-description", ""],
        ]
    )


FILES: Mapping[str, Callable[..., None]] = {
    "comments": _comments,
    "votes": _votes,
    "participants-votes": _matrix,
    "summary": _summary,
}


def _cell(text: str) -> str:
    """Words as a cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t"} else str(text)


def _seconds(day: str) -> int:
    """The day's first second in Thailand, in milliseconds since 1970, as Polis counts."""
    from_utc = 7 * 3600
    return (_days(day) * 86_400 - from_utc) * 1000


def _days(day: str) -> int:
    return (date.fromisoformat(day) - date(1970, 1, 1)).days
