"""Decisions of moderation that a person could dispute: what is told of whom, suspicion, reasons, appeals."""

from sala.commons.moderation.rules.decisions import (
    APPEAL_WITHIN,
    DECIDE_WITHIN,
    Breach,
    What,
    may_appeal,
    may_decide,
)
from sala.commons.moderation.rules.suspicion import (
    LONG_ENOUGH_TO_COPY,
    MOST_LINKS,
    NEARLY_FULL,
    SAME_WORDS_USED,
    SHARE_OF_LINKS,
    Arrival,
    is_suspect,
    may_be_copied,
)
from sala.core.privacy import Privacy, hidden_name

__all__ = [
    "APPEAL_WITHIN",
    "DECIDE_WITHIN",
    "LONG_ENOUGH_TO_COPY",
    "MOST_LINKS",
    "NEARLY_FULL",
    "SAME_WORDS_USED",
    "SHARE_OF_LINKS",
    "Arrival",
    "Breach",
    "Privacy",
    "What",
    "hidden_name",
    "is_suspect",
    "may_appeal",
    "may_be_copied",
    "may_decide",
]
