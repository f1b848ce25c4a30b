"""What an entry says and what it hides: the bytes that become a leaf, and commitments to private content."""

import hashlib
import hmac
import math
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from sala.core.actors import Actor, Channel, Role
from sala.core.canonical import canonical_json
from sala.core.events import Event

VERSION = 1
LONGEST_BODY = 65_535  # C2SP tlog-tiles: an entry bundle gives the length of an entry in 16 bits
SALT_BYTES = 32

# How far a restore goes beyond what is known, at the least: what is remembered outside the database may be a second
# old, and a second's filings at national size are some hundred.
LEAST_MARGIN = 1000

# What someone who holds several roles for an agency is said to have acted as, first match wins.
_MOST_TELLING = (
    Role.SUPERVISOR,
    Role.OFFICER,
    Role.OPERATOR,
    Role.MODERATOR,
    Role.EXECUTIVE,
    Role.AUDITOR,
    Role.ADMINISTRATOR,
)
_TAKEN_FOR_SOMEONE = frozenset({Channel.PHONE, Channel.COUNTER, Channel.PAPER})


def public_role(actor: Actor, agency: str | None) -> Role:
    """As what `actor` acted towards `agency` (a code): never who. Someone else's officer is a citizen here.

    An operator takes matters for every agency, so that role counts wherever it is held.
    """
    if actor.is_system:
        return Role.SYSTEM
    for role in _MOST_TELLING:
        if agency is not None and actor.holds(role, agency):
            return role
    takes_for_someone = actor.holds(Role.OPERATOR) and actor.channel in _TAKEN_FOR_SOMEONE
    return Role.OPERATOR if takes_for_someone else Role.CITIZEN


def restore_margin(*, busiest_day: int, unseen: timedelta) -> int:
    """How many positions and numbers a restore leaves out beyond the last that is known to be given out.

    Twice what the `busiest_day` of the last month recorded, for all the time of which nothing is known (`unseen`):
    too many cost a gap, too few give one person's number to another.
    """
    days = max(0.0, unseen / timedelta(days=1))
    return max(LEAST_MARGIN, math.ceil(2 * busiest_day * days))


def entry_body(*, event: Event, role: Role, at: datetime, commitment: str | None = None) -> bytes:
    """The canonical bytes of an entry, which are its leaf in the tree.

    `at` must be aware. Raises ValueError if the event holds values that have no canonical form, or if the
    entry is longer than 65,535 bytes (then its content belongs into a file, and the file's hash here).
    """
    values: dict[str, Any] = {
        "v": VERSION,
        "kind": event.kind,
        "at": instant(at),
        "matter": event.matter,
        "agency": event.agency,
        "area": event.area,
        "role": role.value,
        "content": event.content(),
    }
    if commitment is not None:
        values["commitment"] = commitment
    body = canonical_json(values)
    if len(body) > LONGEST_BODY:
        raise ValueError(f"an entry of {len(body)} bytes is too long for the ledger")
    return body


def instant(at: datetime) -> str:
    """An instant as the ledger writes it: UTC, microseconds, `Z`. Raises ValueError without a time zone."""
    if at.tzinfo is None:
        raise ValueError("an instant in the ledger needs a time zone")
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def commit_to(secret: Mapping[str, Any], salt: bytes) -> str:
    """The commitment (hex) to private content: HMAC-SHA-256 of its canonical JSON under a random salt.

    Whoever holds content and salt can prove what was recorded; without the salt nobody can even guess.
    """
    return hmac.new(salt, canonical_json(dict(secret)), hashlib.sha256).hexdigest()
