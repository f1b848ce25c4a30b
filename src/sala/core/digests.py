"""Keyed digests: one person is one signature for a purpose, and two purposes cannot be joined."""

import hashlib
import hmac


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
