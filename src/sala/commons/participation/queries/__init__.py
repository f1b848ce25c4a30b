"""Reads of participation, by what people do: sign, comment, vote on statements."""

from sala.commons.participation.queries.signatures import (
    SUPPORT,
    Recount,
    count,
    count_by_area,
    find_collection,
    has_signed,
    mark_of,
    recount,
)

__all__ = [
    "SUPPORT",
    "Recount",
    "count",
    "count_by_area",
    "find_collection",
    "has_signed",
    "mark_of",
    "recount",
]
