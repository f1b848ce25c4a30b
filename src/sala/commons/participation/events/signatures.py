"""Facts about signatures. They belong to a collection, not to its matter: a matter's steps are read one by one,
and a million names among them would hide each other step."""

from dataclasses import dataclass
from typing import ClassVar

from sala.core.events import Event


@dataclass(frozen=True, kw_only=True)
class SignatureGiven(Event):
    """Somebody signed. Who, from where and how surely known stands in the commitment alone.

    `collection` is the reference of the matter, `purpose` what is signed for there.
    """

    kind: ClassVar[str] = "participation.signed"
    collection: str
    purpose: str


@dataclass(frozen=True, kw_only=True)
class SignatureWithdrawn(Event):
    """Somebody signs no longer. Who stands in the commitment alone."""

    kind: ClassVar[str] = "participation.withdrawn"
    collection: str
    purpose: str


@dataclass(frozen=True, kw_only=True)
class ThresholdReached(Event):
    """As many have signed as are needed; told once. `counted` is how many there were when it was seen."""

    kind: ClassVar[str] = "participation.threshold_reached"
    collection: str
    purpose: str
    threshold: int
    counted: int


@dataclass(frozen=True, kw_only=True)
class ThresholdLost(Event):
    """Signatures were set aside, and those left are fewer than are needed. If it is reached again, that is told."""

    kind: ClassVar[str] = "participation.threshold_lost"
    collection: str
    purpose: str
    threshold: int
    counted: int


@dataclass(frozen=True, kw_only=True)
class SheetEntered(Event):
    """A sheet of paper was entered: how many of its rows are new, had signed already, bear no citizen's number."""

    kind: ClassVar[str] = "participation.sheet_entered"
    collection: str
    purpose: str
    counted: int
    double: int
    wrong: int


@dataclass(frozen=True, kw_only=True)
class RegisterAsked(Event):
    """Names and numbers of so many signers were taken out, to be held against an outside register."""

    kind: ClassVar[str] = "participation.register_asked"
    collection: str
    purpose: str
    asked: int


@dataclass(frozen=True, kw_only=True)
class RegisterAnswered(Event):
    """What an outside register said of so many signatures; `file` is the SHA-256 (hex) of its answer."""

    kind: ClassVar[str] = "participation.register_answered"
    collection: str
    purpose: str
    confirmed: int
    unknown: int
    ineligible: int
    file: str


@dataclass(frozen=True, kw_only=True)
class SignaturesInvalidated(Event):
    """Signatures are being set aside by a condition; `expected` is how many it meets."""

    kind: ClassVar[str] = "participation.signatures_invalidated"
    collection: str
    purpose: str
    invalidation: int
    condition: dict[str, str | int]
    reason: str
    expected: int


@dataclass(frozen=True, kw_only=True)
class InvalidationReversed(Event):
    """What an invalidation set aside comes back: it was cancelled on its way, or reversed afterwards."""

    kind: ClassVar[str] = "participation.invalidation_reversed"
    collection: str
    purpose: str
    invalidation: int
    touched: int


@dataclass(frozen=True, kw_only=True)
class DetailsErased(Event):
    """Names and numbers of signers were taken away, since their time is over; the signatures stay, nameless."""

    kind: ClassVar[str] = "participation.details_erased"
    collection: str
    purpose: str
    erased: int


@dataclass(frozen=True, kw_only=True)
class SignaturesHandedOver(Event):
    """All signatures that count were written into a file for a committee; `file` is the SHA-256 (hex) of its lines."""

    kind: ClassVar[str] = "participation.handed_over"
    collection: str
    purpose: str
    count: int
    confirmed: int
    file: str
