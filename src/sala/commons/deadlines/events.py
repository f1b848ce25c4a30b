"""Facts about deadlines."""

from dataclasses import dataclass
from typing import ClassVar

from sala.core.events import Event


@dataclass(frozen=True, kw_only=True)
class PeriodsImported(Event):
    """Legal periods of a kind of matter (`of_kind`) were read in."""

    kind: ClassVar[str] = "deadlines.periods_imported"
    of_kind: str
    added: int
    changed: int
    unchanged: int
    refused: int
