"""Decisions of participation that anybody may dispute, by what people do: sign, comment, vote on statements."""

from sala.commons.participation.rules.signatures import (
    PROOF,
    SIGN,
    Signer,
    TellsApart,
    citizen,
    private_part,
    refusal_of_signer,
    who_signs,
)

__all__ = [
    "PROOF",
    "SIGN",
    "Signer",
    "TellsApart",
    "citizen",
    "private_part",
    "refusal_of_signer",
    "who_signs",
]
