"""Decisions about drafts and about who sent what: how long they last, what shows a person, who may not bear it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

DRAFTS_LAST = timedelta(days=7)
LONGEST_DRAFT = 20_000
# A code on paper is exchanged within this time; after it an office makes a new one.
CLAIMS_LAST = timedelta(days=90)
# No letter that is read as another or as a digit: a code is typed from paper, by people with any eyes.
_CODE_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
CODE_LENGTH = 10


@dataclass(frozen=True, slots=True)
class Proof:
    """What someone shows to be the person who filed: the secret of their link, or digits of their phone."""

    key: str = ""
    phone_tail: str = ""

    @property
    def is_digits_alone(self) -> bool:
        """Whether it is no more than four digits, which ten thousand tries find."""
        return bool(self.phone_tail) and not self.key


NO_PROOF = Proof()


def code_of(chance: bytes) -> str:
    """A code for paper of ten random bytes: about 49 bits, which nobody finds at ten tries an hour."""
    return "".join(_CODE_LETTERS[byte % len(_CODE_LETTERS)] for byte in chance[:CODE_LENGTH])


def plain_code(typed: str) -> str:
    """A code as it was typed, without spaces and dashes, in capitals."""
    return "".join(c for c in typed.upper() if c in _CODE_LETTERS)


def is_claim_good(*, made_at: datetime, used_at: datetime | None, now: datetime) -> bool:
    """Whether a code may still be exchanged: once, and within its days."""
    return used_at is None and now - made_at <= CLAIMS_LAST


def covered_phone(phone: str) -> str:
    """A telephone number of which only the last three digits are seen; "" for none."""
    digits = "".join(c for c in phone if c.isdigit())
    return f"…{digits[-3:]}" if digits else ""


def covered_name(name: str) -> str:
    """A name of which only the beginning is seen; "" for none."""
    return f"{name.strip()[:1]}…" if name.strip() else ""


def covered_email(email: str) -> str:
    """An address of which only the first letter and the domain are seen; "" for none."""
    local, _, domain = email.partition("@")
    return f"{local[:1]}…@{domain}" if domain else covered_name(email)
