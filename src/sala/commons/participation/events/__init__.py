"""Facts of participation, by what people do."""

from sala.commons.participation.events.statements import (
    ConversationClosed,
    ConversationOpened,
    MapDrawn,
    StatementDecided,
    StatementTold,
)

__all__ = ["ConversationClosed", "ConversationOpened", "MapDrawn", "StatementDecided", "StatementTold"]
