"""Reads of drafts, by noun: the draft and its answers, the contact of who sent it."""

from sala.commons.drafts.permissions import (
    bears,
    is_sender,
    letter_key,
    require_no_staff,
    shows_digits_alone,
)
from sala.commons.drafts.queries.contacts import Contact, covered, unsealed_contact
from sala.commons.drafts.queries.drafts import (
    Draft,
    answers_of,
    find_draft,
    find_draft_or_sent,
    sent_as,
    token_digest,
)
from sala.commons.drafts.rules import NO_PROOF, Proof

__all__ = [
    "NO_PROOF",
    "Contact",
    "Draft",
    "Proof",
    "answers_of",
    "bears",
    "covered",
    "find_draft",
    "find_draft_or_sent",
    "is_sender",
    "letter_key",
    "require_no_staff",
    "sent_as",
    "shows_digits_alone",
    "token_digest",
    "unsealed_contact",
]
