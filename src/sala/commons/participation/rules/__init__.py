"""Decisions of participation that anybody may dispute, by what people do: sign, comment, vote on statements."""

from sala.commons.participation.rules.comments import Place, place_of
from sala.commons.participation.rules.invalidation import (
    MOVES,
    Condition,
    InvalidationReason,
    InvalidationState,
    condition_of,
)
from sala.commons.participation.rules.signatures import (
    LONGEST_SHEET,
    PROOF,
    SIGN,
    Finding,
    Signer,
    TellsApart,
    citizen,
    private_part,
    refusal_of_signer,
    who_signs,
)

__all__ = [
    "LONGEST_SHEET",
    "MOVES",
    "PROOF",
    "SIGN",
    "Condition",
    "Finding",
    "InvalidationReason",
    "InvalidationState",
    "Place",
    "Signer",
    "TellsApart",
    "citizen",
    "condition_of",
    "place_of",
    "private_part",
    "refusal_of_signer",
    "who_signs",
]
