"""What a table that people bring in may hold: one `Column` per field, so that each is read by its own kind."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How the cells of a column are read."""

    TEXT = "text"
    # A number or name that must come through sign by sign: `1.10E+12` is what a spreadsheet left of one.
    ID = "id"
    DAY = "day"
    MOMENT = "moment"
    DEGREES = "degrees"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One field of a table: its name with us, and how its cells are read.

    `table` is the name under which a mapping file may keep the meanings of its values ("statuses"); `codes` are
    what such a value may become, and every code means itself. A value that is none of them is refused, or becomes
    `other` and is told. `like` is the field whose cell counts where a mapping names no column of its own.
    `may_come`: a day after today is nothing to wonder about. `longest` is in characters.
    """

    name: str
    kind: Kind = Kind.TEXT
    is_needed: bool = False
    table: str = ""
    like: str = ""
    codes: frozenset[str] = frozenset()
    other: str | None = None
    may_come: bool = True
    longest: int = 0
