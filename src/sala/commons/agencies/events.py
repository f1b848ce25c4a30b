"""Facts about the state's bodies."""

from dataclasses import dataclass
from typing import ClassVar

from sala.core.events import Event


@dataclass(frozen=True, kw_only=True)
class AgenciesImported(Event):
    """A table of agencies and their mandates was read in."""

    kind: ClassVar[str] = "agencies.agencies_imported"
    added: int
    changed: int
    unchanged: int
    refused: int


@dataclass(frozen=True, kw_only=True)
class RoleGranted(Event):
    """Someone was given a role for an agency; who it was is not told in public."""

    kind: ClassVar[str] = "agencies.role_granted"
    role: str


@dataclass(frozen=True, kw_only=True)
class RoleEnded(Event):
    """Someone's role for an agency ended."""

    kind: ClassVar[str] = "agencies.role_ended"
    role: str


@dataclass(frozen=True, kw_only=True)
class MandatesImported(Event):
    """Which agency answers for what, by which law, was read in."""

    kind: ClassVar[str] = "agencies.mandates_imported"
    added: int
    changed: int
    unchanged: int
    refused: int


@dataclass(frozen=True, kw_only=True)
class HolidaysImported(Event):
    """Days that are not working days were read in."""

    kind: ClassVar[str] = "agencies.holidays_imported"
    added: int
    changed: int
    unchanged: int
    refused: int
