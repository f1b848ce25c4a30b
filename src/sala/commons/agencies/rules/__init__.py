"""Decisions about bodies: their kinds, which mandate fits best, when they are open."""

from sala.commons.agencies.rules.bodies import (
    CHANNELS,
    GRANTABLE,
    AgencyKind,
    Candidate,
    MandateRow,
    is_code,
    parents_first,
    rank_mandates,
)
from sala.commons.agencies.rules.hours import BadHours, Hours, Opening, opening_at, read_hours

__all__ = [
    "CHANNELS",
    "GRANTABLE",
    "AgencyKind",
    "BadHours",
    "Candidate",
    "Hours",
    "MandateRow",
    "Opening",
    "is_code",
    "opening_at",
    "parents_first",
    "rank_mandates",
    "read_hours",
]
