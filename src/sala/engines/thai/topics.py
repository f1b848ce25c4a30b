"""Kinds of complaint in words: what a service offers, and enough to sort texts before any has a label."""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources

#: The topic of what fits no other; a list of topics always holds it.
OTHER = "other"

_COLUMNS = ("code", "name_th", "name_en", "description", "agency_kind", "everyday_words", "examples")
_CODE = re.compile(r"[a-z][a-z0-9_]*\Z")


class TopicFileError(ValueError):
    """A topic list that cannot be used; the message names the line."""


@dataclass(frozen=True)
class Topic:
    """One kind of complaint: stable code, names, what belongs to it, and which kind of agency answers."""

    code: str
    name_th: str
    name_en: str
    description: str
    agency_kind: str
    everyday_words: tuple[str, ...]
    examples: tuple[str, ...]


def _topic(row: dict[str, str | None], line: int) -> Topic:
    cells = {name: (row.get(name) or "").strip() for name in _COLUMNS}
    if not _CODE.match(cells["code"]):
        raise TopicFileError(f"line {line}: the code {cells['code']!r} is not small letters, digits and _")
    if not cells["name_th"]:
        raise TopicFileError(f"line {line}: the topic {cells['code']} has no name_th")
    return Topic(
        code=cells["code"],
        name_th=cells["name_th"],
        name_en=cells["name_en"],
        description=cells["description"],
        agency_kind=cells["agency_kind"],
        everyday_words=tuple(cells["everyday_words"].split()),
        examples=tuple(part.strip() for part in cells["examples"].split("|") if part.strip()),
    )


def read_topics(lines: Iterable[str]) -> tuple[Topic, ...]:
    """Return the topics of a CSV file given as lines, header first.

    Columns: code, name_th, and if known name_en, description, agency_kind, everyday_words (separated by
    spaces), examples (separated by |). Raises TopicFileError with the line for a missing column, a bad or
    repeated code, a nameless topic, or a list without topics.
    """
    reader = csv.DictReader(lines)
    missing = {"code", "name_th"} - set(reader.fieldnames or ())
    if missing:
        raise TopicFileError(f"line 1: the column {sorted(missing)[0]} is missing")
    topics: dict[str, Topic] = {}
    for row in reader:
        topic = _topic(row, reader.line_num)
        if topic.code in topics:
            raise TopicFileError(f"line {reader.line_num}: the code {topic.code} is there twice")
        topics[topic.code] = topic
    if not topics:
        raise TopicFileError("line 1: no topic follows the header")
    return tuple(topics.values())


@cache
def complaint_topics() -> tuple[Topic, ...]:
    """The topics of Thai complaints that come with Sala, `other` last."""
    text = (resources.files("sala.engines.thai") / "topics.csv").read_text(encoding="utf-8")
    return read_topics(text.splitlines())
