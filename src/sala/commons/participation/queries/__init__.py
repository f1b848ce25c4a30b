"""Reads of participation, by what people do: sign, comment, vote on statements."""

from sala.commons.participation.queries.signatures import (
    SUPPORT,
    Recount,
    Terms,
    address_after,
    count,
    count_by_area,
    find_collection,
    get_terms,
    has_signed,
    mark_of,
    recount,
    signs_already,
)
from sala.commons.participation.rules import PROOF, SIGN, Signer

__all__ = [
    "PROOF",
    "SIGN",
    "SUPPORT",
    "Recount",
    "Signer",
    "Terms",
    "address_after",
    "count",
    "count_by_area",
    "find_collection",
    "get_terms",
    "has_signed",
    "mark_of",
    "recount",
    "signs_already",
]
