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

__all__ = [
    "DetailsErased",
    "InvalidationReversed",
    "RegisterAnswered",
    "RegisterAsked",
    "SheetEntered",
    "SignatureGiven",
    "SignatureWithdrawn",
    "SignaturesHandedOver",
    "SignaturesInvalidated",
    "ThresholdLost",
    "ThresholdReached",
]
