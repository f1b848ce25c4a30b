"""When two things that were sent are one: the sender's key, whose it is, and what was sent with it."""

import re
from datetime import timedelta

# For so long a repeat is answered as the first was. Programs try again within minutes, people the next morning.
KEPT = timedelta(hours=24)
LONGEST_KEY = 255
# A key of this length, if its sender made it as they should (a UUID has 36 signs), is nobody else's.
UNGUESSABLE = 22
_KEY = re.compile(r'"([\x20\x21\x23-\x5b\x5d-\x7e]+)"|([\x21\x23-\x5b\x5d-\x7e]+)')


def key_of(header: str) -> str | None:
    """The key in an Idempotency-Key header; "" if there is none, None if what stands there is no key.

    The draft (draft-ietf-httpapi-idempotency-key-header-07) wants a string of structured fields (RFC 9651), in
    quotes; many programs send it without, and mean the same.
    """
    text = header.strip()
    if not text:
        return ""
    found = _KEY.fullmatch(text)
    key = (found[1] or found[2]) if found else ""
    return key if key and len(key) <= LONGEST_KEY else None


def owner_of(key: str, sender: str) -> str:
    """Whose key it is. A short one ("1") may be chosen by two senders, and the one must not read the other's answer.

    So a short key is good for its sender's own address alone. A long one is known to its sender only, and goes
    with them when a telephone changes its network between two tries.
    """
    return "" if len(key) >= UNGUESSABLE else sender


def turn_of(digest: str) -> int:
    """The number under which the database lets one at a time through: 64 bits with sign, of a hexadecimal digest."""
    return int.from_bytes(bytes.fromhex(digest[:16]), "big", signed=True)
