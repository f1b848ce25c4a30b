"""Facts about places."""

from dataclasses import dataclass
from typing import ClassVar

from sala.core.events import Event


@dataclass(frozen=True, kw_only=True)
class AreasImported(Event):
    """A table of areas was read in."""

    kind: ClassVar[str] = "places.areas_imported"
    added: int
    changed: int
    unchanged: int
    refused: int
    differences: int


@dataclass(frozen=True, kw_only=True)
class AliasesImported(Event):
    """A table of other names of areas was read in."""

    kind: ClassVar[str] = "places.aliases_imported"
    added: int
    changed: int
    unchanged: int
    refused: int
