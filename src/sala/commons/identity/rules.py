"""Decisions about identity: keyed digests, assurance levels, login codes, where to go back to. Pure."""

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

CODE_DIGITS = 6
CODE_LIFE = timedelta(minutes=10)
CODE_TRIES = 5

_EMAIL = re.compile(r"[^@\s\x00-\x1f,;<>\"]{1,64}@(?:[^@\s.,;<>\"/]{1,63}\.)+[^@\s.,;<>\"/]{2,63}")
_PHONE = re.compile(r"0\d{8,9}")
_LEVEL = re.compile(r"(?:ial)?\s*([1-3])(?:\.\d)?", re.IGNORECASE)


class Way(StrEnum):
    """How a person signs in. An OpenID provider is written `openid:NAME`."""

    EMAIL = "email"
    DEMO = "demo"

    @staticmethod
    def openid(provider: str) -> str:
        """The way's name for one OpenID provider."""
        return f"openid:{provider}"


def purpose_digest(key: bytes, purpose: str, *parts: str) -> str:
    """A keyed digest (64 hexadecimal digits) of `parts` that is good for one purpose alone.

    HMAC-SHA256 under a key derived from `key` and the purpose, so that two purposes cannot be joined and
    13-digit numbers cannot be tried out without the key. Each part carries its length, so that moving a
    letter from one part to the next gives another digest. Raises ValueError without a key or a purpose.
    """
    if not key or not purpose:
        raise ValueError("a digest needs a key and a purpose")
    purpose_key = hmac.digest(key, b"sala purpose\x00" + purpose.encode(), "sha256")
    message = b"".join(len(raw).to_bytes(8, "big") + raw for raw in (part.encode() for part in parts))
    return hmac.new(purpose_key, message, hashlib.sha256).hexdigest()


def normal_digits(text: str) -> str:
    """Digits of any script (๐๑๒, full-width) as 0–9; everything else unchanged."""
    return "".join(str(unicodedata.digit(c)) if c.isdigit() and not c.isascii() else c for c in text)


def normal_email(text: str) -> str | None:
    """The address as it is compared and stored (no spaces around, lower case), or None if it is not one."""
    address = unicodedata.normalize("NFC", text.strip()).lower()
    return address if len(address) <= 254 and _EMAIL.fullmatch(address) else None


def normal_phone(text: str) -> str | None:
    """A Thai number as 0xxxxxxxx(x), a foreign one as +…, or None if it is neither."""
    number = re.sub(r"[\s().\-–]", "", normal_digits(text.strip()))
    if number.startswith("+66"):
        number = "0" + number[3:].removeprefix("0")
    if _PHONE.fullmatch(number) or re.fullmatch(r"\+[1-9]\d{6,14}", number):
        return number
    return None


def normal_code(text: str) -> str:
    """A login code as typed or pasted from a letter: digits of any script, spaces and dashes away."""
    return "".join(c for c in normal_digits(text) if c.isascii() and c.isdigit())


def assurance_of(claims: Mapping[str, object]) -> int:
    """The identity assurance level (IAL 1–3) an OpenID provider states; 0 if it states none we know.

    ThaID and the DGS 1-2:2564 sub-levels write "2.3" or 2.3 for level 2.
    """
    match = _LEVEL.fullmatch(str(claims.get("ial", "")).strip())
    return int(match.group(1)) if match else 0


def safe_return(address: str | None, *, fallback: str = "/") -> str:
    """`address` if it is a path of this site, else `fallback`: nobody is sent elsewhere after signing in."""
    if not address or len(address) > 2000 or re.search(r"[\x00-\x20\x7f\\]", address):
        return fallback
    try:
        parts = urlsplit(address)
    except ValueError:
        return fallback
    if parts.scheme or parts.netloc or not address.startswith("/") or address.startswith("//"):
        return fallback
    return address


@dataclass(frozen=True, slots=True)
class CodeState:
    """What is known of a login code when someone tries one."""

    expires_at: datetime
    tries_left: int
    is_used: bool


def refusal_of_code(state: CodeState, *, is_right: bool, now: datetime) -> str | None:
    """Why this try is refused, as a refusal code, or None if it is accepted."""
    if state.is_used or now >= state.expires_at:
        return "code_expired"
    if state.tries_left <= 0:
        return "code_tried_too_often"
    return None if is_right else "code_wrong"
