"""Writes of drafts, by noun: the draft and its files, what becomes of it, codes on paper."""

from sala.commons.drafts.actions.claims import claim, make_claim
from sala.commons.drafts.actions.drafts import (
    attach_to_draft,
    detach_from_draft,
    discard_draft,
    drop_old_drafts,
    forget_writer,
    lock_draft,
    save_draft,
    take_draft,
    wish_for_draft_file,
)
from sala.commons.drafts.models import Draft, Sent
from sala.commons.drafts.permissions import (
    is_sender,
    key_digest,
    letter_key,
    phone_tail_digest,
    require_bears_link,
    require_is_sender,
    shows_digits_alone,
)
from sala.commons.drafts.rules import NO_PROOF, Proof

__all__ = [
    "NO_PROOF",
    "Draft",
    "Proof",
    "Sent",
    "attach_to_draft",
    "claim",
    "detach_from_draft",
    "discard_draft",
    "drop_old_drafts",
    "forget_writer",
    "is_sender",
    "key_digest",
    "letter_key",
    "lock_draft",
    "make_claim",
    "phone_tail_digest",
    "require_bears_link",
    "require_is_sender",
    "save_draft",
    "shows_digits_alone",
    "take_draft",
    "wish_for_draft_file",
]
