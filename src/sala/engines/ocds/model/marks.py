"""What the model says about a field beside its type; the checks and the merge rules read it there."""

from dataclasses import dataclass
from typing import Final

from sala.engines.ocds import strategies


@dataclass(frozen=True, slots=True)
class Mark:
    """A plain yes/no statement about a field."""

    name: str


@dataclass(frozen=True, slots=True)
class Code:
    """The values, or the list's elements, come from this codelist; a closed one allows nothing else."""

    codelist: str
    is_closed: bool = False


@dataclass(frozen=True, slots=True)
class Pattern:
    """Text must match this regular expression somewhere."""

    expression: str


@dataclass(frozen=True, slots=True)
class Deprecated:
    """Not to be used since this version of OCDS."""

    since: str


@dataclass(frozen=True, slots=True)
class From:
    """The field comes from this extension, not from OCDS itself."""

    extension: str


DATE_TIME: Final = Mark("date-time")
WEB_ADDRESS: Final = Mark("uri")
NOT_EMPTY: Final = Mark("not-empty")
UNIQUE: Final = Mark("unique")
NOT_NEGATIVE: Final = Mark("not-negative")
WHOLE_LIST: Final = strategies.WHOLE_LIST
OMIT: Final = strategies.OMIT

# objects that must have at least one field
NEVER_EMPTY: Final = frozenset(
    {"ExclusionGrounds", "ImmediateContainer", "Project", "Quantity", "SelectionCriteria", "SimpleUnit"}
)
