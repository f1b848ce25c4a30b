"""Who follows what, and which letters are due."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sala.commons.identity import seals
from sala.commons.matters import rules
from sala.commons.matters.models import Follow, Matter
from sala.commons.matters.rules import Frequency


@dataclass(frozen=True, slots=True)
class Letter:
    """What one follower is to be told now of one matter: entries of the ledger, in order."""

    follow_id: int
    matter: Matter
    language: str
    entry_ids: tuple[int, ...]


def list_due_letters(now: datetime, limit: int = 500) -> Iterator[Letter]:
    """Letters that may be sent now: several steps as one, and never more often than the follower chose."""
    rows = (
        Follow.objects.filter(
            notices__sent_at__isnull=True, notices__isnull=False, confirmed_at__isnull=False
        )
        .select_related("matter")
        .distinct()
        .order_by("pk")[:limit]
    )
    for follow in rows:
        frequency = Frequency(follow.frequency)
        waiting = list(follow.notices.filter(sent_at__isnull=True).order_by("entry_id"))
        is_grouped = bool(waiting) and now - waiting[0].created_at >= rules.WAIT_FOR_MORE
        if is_grouped and rules.may_tell(frequency=frequency, last_told_at=follow.last_told_at, now=now):
            yield Letter(follow.pk, follow.matter, follow.language, tuple(n.entry_id for n in waiting))


def find_follow(token: str) -> Follow | None:
    """The following whose secret this is (from a letter), or None."""
    return (
        Follow.objects.select_related("matter").filter(token_digest=token_digest(token)).first()
        if token
        else None
    )


def is_following(matter: Matter, person_id: int | None) -> bool:
    """Whether a person follows a matter."""
    return person_id is not None and Follow.objects.filter(matter=matter, person_id=person_id).exists()


def list_followed(person_id: int) -> list[Matter]:
    """The matters a person follows, the one that changed last first; a hundred at most."""
    followed = Matter.objects.filter(follows__person_id=person_id)
    return list(followed.order_by("-updated_at", "-pk")[:100])


def token_digest(token: str) -> str:
    """The digest under which a follower's secret is kept."""
    return hashlib.sha256(f"follow {token}".encode()).hexdigest()


def contact_digest(reference: str, email: str) -> str:
    """The keyed digest that keeps one address from following a matter twice."""
    return seals.digest("follow", reference, email.strip().lower())
