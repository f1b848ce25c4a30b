"""Facts in the life of a conversation. None says who voted how; `conversation` is the reference of its matter."""

from dataclasses import dataclass
from typing import ClassVar

from sala.core.events import Event


@dataclass(frozen=True, kw_only=True)
class ConversationOpened(Event):
    """People may say what they think of statements about a matter."""

    kind: ClassVar[str] = "participation.conversation_opened"
    conversation: str
    opens_at: str
    closes_at: str | None
    allows_pseudonyms: bool
    statements: int


@dataclass(frozen=True, kw_only=True)
class ConversationClosed(Event):
    """Nobody votes any more."""

    kind: ClassVar[str] = "participation.conversation_closed"
    conversation: str


@dataclass(frozen=True, kw_only=True)
class StatementTold(Event):
    """Somebody added a statement; `is_seed` if the office did, else it waits for a look."""

    kind: ClassVar[str] = "participation.statement_told"
    conversation: str
    number: int
    is_seed: bool


@dataclass(frozen=True, kw_only=True)
class StatementDecided(Event):
    """A statement was let in, or not, with the published reason."""

    kind: ClassVar[str] = "participation.statement_decided"
    conversation: str
    number: int
    is_shown: bool
    reason: str


@dataclass(frozen=True, kw_only=True)
class MapDrawn(Event):
    """The map was drawn anew from so many opinions, whose last ones have this SHA-256."""

    kind: ClassVar[str] = "participation.map_drawn"
    conversation: str
    people: int
    opinions: int
    digest: str
