"""What was told: whether it is text, how to reach the person, who may see it, its name in the ledger."""

import hashlib
import hmac
import re
import unicodedata
from enum import StrEnum


def is_text(text: str) -> bool:
    """Whether all of it can be kept and sent on: no NUL, no half of a surrogate pair."""
    return not any(c == "\0" or "\ud800" <= c <= "\udfff" for c in text)


def is_blank(text: str) -> bool:
    """Whether there is nothing to read in it: only spaces, controls and characters without a shape."""
    return all(unicodedata.category(c)[0] in "ZC" for c in text)


_ADDRESS = re.compile(
    r"[^@\s\x00-\x1f,;<>\"]{1,64}@(?:[^@\s.,;<>\"/\x00-\x1f]{1,63}\.)+[^@\s.,;<>\"/\x00-\x1f]{2,63}"
)


def is_phone(text: str) -> bool:
    """Whether a telephone number was typed: 9 to 15 digits of any script, whatever stands between them."""
    return 9 <= sum(character.isdigit() for character in text) <= 15


def problems_of_contact(phone: str, email: str) -> dict[str, str]:
    """What is wrong with a way to reach a person, by field; each may be empty."""
    problems = {}
    if phone and not is_phone(phone):
        problems["phone"] = "not_a_phone"
    if email and not (len(email) <= 254 and _ADDRESS.fullmatch(email)):
        problems["email"] = "not_an_email"
    return problems


class Privacy(StrEnum):
    """What the person chose that others may see."""

    PUBLIC = "public"
    AGENCY_ONLY = "agency_only"
    CONFIDENTIAL = "confidential"


def hidden_name(reference: str, opening: str) -> str:
    """The name in the ledger of a complaint that is not public: "~" and 32 letters that lead nowhere.

    HMAC-SHA256 of the reference under `opening` (64 hexadecimal digits, a secret of this complaint alone). Once
    the opening is told, anyone can compute that the name was this reference's and no other's.
    """
    return "~" + hmac.new(bytes.fromhex(opening), reference.encode(), hashlib.sha256).hexdigest()[:32]
