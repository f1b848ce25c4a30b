"""Names and days of laws: permanent addresses of a law and of its provisions, and which version holds on a day."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from sala.engines.legislation.document import Unit

# Thai letters stay in an address: that is how people know the law.
CODE = "[0-9a-z\u0e01-\u0e4e]+(?:-+[0-9a-z\u0e01-\u0e4e]+)*"
LONGEST_CODE = 120
# Of a provision's number as printed, and of its id, in characters; what is longer ran on from a line's end that lacks.
LONGEST_NUMBER, LONGEST_ID = 40, 120
# Addresses below /laws/ that are no law.
TAKEN = frozenset({"questions"})
_NAME = re.compile(rf"({CODE})(?:@(\d{{4}}-\d{{2}}-\d{{2}}))?")
_WORDS = (("sec_", "section-"), ("rule_", "clause-"))


def are_numbers_fit(units: Iterable[Unit]) -> bool:
    """Whether every heading and provision has a number and an id of a length that an address can hold."""
    return all(len(one.number) <= LONGEST_NUMBER and len(one.eid) <= LONGEST_ID for one in units)


def read_name(name: str) -> tuple[str, date | None]:
    """The code of a law and the day from which its text holds: `rental-2562@2020-01-01`; no day where none is told.

    Raises ValueError for what can be no address, or names a day that is none.
    """
    found = _NAME.fullmatch(name.strip().lower().replace("_", "-"))
    if found is None or found[1] in TAKEN or len(found[1]) > LONGEST_CODE:
        raise ValueError(name)
    return found[1], date.fromisoformat(found[2]) if found[2] else None


def address_name(eid: str) -> str:
    """How a provision stands in an address: `sec_10_1` is `section-10_1`; a heading keeps its id."""
    for short, word in _WORDS:
        if eid.startswith(short):
            return word + eid.removeprefix(short)
    return eid


def eid_of(name: str) -> str:
    """The id of a provision by its name in an address."""
    for short, word in _WORDS:
        if name.startswith(word):
            return short + name.removeprefix(word)
    return name


def untils(days: Sequence[date | None]) -> list[date | None]:
    """Until when each version holds, given the days from which they do, in order: the day before the next."""
    return [day - timedelta(days=1) if day else None for day in (*days[1:], None)][: len(days)]


def holds_on(since: date | None, until: date | None, day: date) -> bool:
    """Whether a version holds on a day."""
    return (since is None or since <= day) and (until is None or day <= until)
