"""Facts of identity that the public ledger keeps: never a person, never an officer, only that it happened."""

from dataclasses import dataclass
from typing import ClassVar

from sala.core.events import Event


@dataclass(frozen=True, kw_only=True)
class AccessRecorded(Event):
    """Staff of `agency` looked at personal data of `looks` people for a purpose.

    No matter and no person: the public may count looks, only the person may know that it was them.
    """

    kind: ClassVar[str] = "access.recorded"
    purpose: str
    looks: int


@dataclass(frozen=True, kw_only=True)
class AccessQuestioned(Event):
    """Somebody asked `agency` why it looked at their data for this purpose."""

    kind: ClassVar[str] = "access.questioned"
    purpose: str


@dataclass(frozen=True, kw_only=True)
class AccessExplained(Event):
    """`agency` told somebody why it looked at their data."""

    kind: ClassVar[str] = "access.explained"
    purpose: str


@dataclass(frozen=True, kw_only=True)
class ConsentGiven(Event):
    """Somebody agreed to a purpose, in a numbered wording."""

    kind: ClassVar[str] = "consent.given"
    purpose: str
    wording: str


@dataclass(frozen=True, kw_only=True)
class ConsentWithdrawn(Event):
    """Somebody withdrew their consent to a purpose."""

    kind: ClassVar[str] = "consent.withdrawn"
    purpose: str


@dataclass(frozen=True, kw_only=True)
class PersonErased(Event):
    """Somebody's account and contact data were erased at their wish."""

    kind: ClassVar[str] = "person.erased"
