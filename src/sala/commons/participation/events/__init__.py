"""Facts of participation, by what people do: sign, comment, vote on statements."""

from sala.commons.participation.events.signatures import (
    DetailsErased,
    InvalidationReversed,
    RegisterAnswered,
    RegisterAsked,
    SheetEntered,
    SignatureGiven,
    SignaturesHandedOver,
    SignaturesInvalidated,
    SignatureWithdrawn,
    ThresholdLost,
    ThresholdReached,
)
from sala.commons.participation.events.statements import (
    ConversationClosed,
    ConversationOpened,
    MapDrawn,
    StatementDecided,
    StatementTold,
)

__all__ = [
    "ConversationClosed",
    "ConversationOpened",
    "DetailsErased",
    "InvalidationReversed",
    "MapDrawn",
    "RegisterAnswered",
    "RegisterAsked",
    "SheetEntered",
    "SignatureGiven",
    "SignatureWithdrawn",
    "SignaturesHandedOver",
    "SignaturesInvalidated",
    "StatementDecided",
    "StatementTold",
    "ThresholdLost",
    "ThresholdReached",
]
