"""Facts in the life of a hearing. What people say never enters them: the ledger keeps commitments to it."""

from dataclasses import dataclass
from typing import ClassVar

from sala.core.events import Event


@dataclass(frozen=True, kw_only=True)
class HearingAnnounced(Event):
    """An office asks everybody about a draft, a law or a policy, from an instant until another (ISO 8601)."""

    kind: ClassVar[str] = "hearing.announced"
    about: str
    opens_at: str
    closes_at: str


@dataclass(frozen=True, kw_only=True)
class HearingTextPublished(Event):
    """A version of the text is there; `digest` is the SHA-256 of what was read, `provisions` how many were found."""

    kind: ClassVar[str] = "hearing.text_published"
    version: int
    digest: str
    provisions: int


@dataclass(frozen=True, kw_only=True)
class HearingOpened(Event):
    """Its time has come: everybody may speak."""

    kind: ClassVar[str] = "hearing.opened"


@dataclass(frozen=True, kw_only=True)
class HearingCommented(Event):
    """Somebody said something in a hearing (its number), on the whole or on a provision of a version of the text.

    It belongs to no matter, as a signature does: whoever reads the steps of a hearing would read a hundred thousand.
    """

    kind: ClassVar[str] = "hearing.commented"
    hearing: str
    channel: str
    version: int
    provision: str


@dataclass(frozen=True, kw_only=True)
class HearingCommentHidden(Event):
    """A moderator hid a comment, for a rule of the published list."""

    kind: ClassVar[str] = "hearing.comment_hidden"
    comment: int
    breach: str


@dataclass(frozen=True, kw_only=True)
class HearingMadeLonger(Event):
    """The office gives people more time."""

    kind: ClassVar[str] = "hearing.made_longer"
    closes_at: str


@dataclass(frozen=True, kw_only=True)
class HearingClosed(Event):
    """Its time is over; so many comments by so many people were made."""

    kind: ClassVar[str] = "hearing.closed"
    comments: int
    people: int
