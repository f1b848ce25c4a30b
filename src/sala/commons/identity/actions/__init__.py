"""Writes about people: signing in, looks at personal data, consent, settings, erasure."""

from sala.commons.identity.actions.accounts import end_other_sign_ins, erase_person, save_settings
from sala.commons.identity.actions.consents import give_consent, withdraw_consent
from sala.commons.identity.actions.entrance import (
    confirm_code,
    ensure_demo_person,
    forget_expired,
    note_sign_in,
    note_sign_out,
    request_code,
    sign_in_demo,
    sign_in_openid,
)
from sala.commons.identity.actions.looks import explain_access, question_access, record_access
from sala.commons.identity.actions.shared_room import share_room

__all__ = [
    "confirm_code",
    "end_other_sign_ins",
    "ensure_demo_person",
    "erase_person",
    "explain_access",
    "forget_expired",
    "give_consent",
    "note_sign_in",
    "note_sign_out",
    "question_access",
    "record_access",
    "request_code",
    "save_settings",
    "share_room",
    "sign_in_demo",
    "sign_in_openid",
    "withdraw_consent",
]
