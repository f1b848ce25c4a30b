"""Writes of moderation: what arrives and a moderator should see first, what moderators decide, and appeals."""

from sala.commons.moderation.actions.arriving import is_suspect
from sala.commons.moderation.actions.deciding import (
    Decision,
    Told,
    appeal_decision,
    cover_words,
    end_appeal,
    erase_appeals,
    keep_as_it_is,
    record_decision,
    release,
    set_aside,
)
from sala.commons.moderation.permissions import (
    may_decide_appeal,
    may_moderate,
    moderating,
    require_may_decide_appeal,
    require_may_moderate,
    require_not_set_aside,
)
from sala.commons.moderation.rules import Breach, Privacy, What

__all__ = [
    "Breach",
    "Decision",
    "Privacy",
    "Told",
    "What",
    "appeal_decision",
    "cover_words",
    "end_appeal",
    "erase_appeals",
    "is_suspect",
    "keep_as_it_is",
    "may_decide_appeal",
    "may_moderate",
    "moderating",
    "record_decision",
    "release",
    "require_may_decide_appeal",
    "require_may_moderate",
    "require_not_set_aside",
    "set_aside",
]
