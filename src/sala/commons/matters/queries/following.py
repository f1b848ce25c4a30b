"""Who follows what, and which letters are due."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hmac import compare_digest

from django.db.models import BigIntegerField, Exists, F, Max, OuterRef, Q, QuerySet

from sala.commons.identity import queries as identity
from sala.commons.identity.queries import Addressee
from sala.commons.matters import rules
from sala.commons.matters.models import Follow, Matter, Notice
from sala.commons.matters.rules import Visibility
from sala.core import mailboxes
from sala.platform import seals
from sala.platform.statements import Given, Rows


@dataclass(frozen=True, slots=True)
class Letter:
    """Steps that one addressee is to be told now: of all they follow by account, or of one matter by address."""

    follow_ids: tuple[int, ...]
    language: str


# Of a matter that was set aside only who filed it may know, whose following is as old as the matter.
KNOWING = ~Q(matter__visibility=Visibility.QUARANTINED.value) | Q(created_at__lte=F("matter__opened_at"))


def list_due_letters(now: datetime, limit: int = 500) -> Iterator[Letter]:
    """Letters that may be sent now: several steps as one, and never more often than the follower chose.

    Whoever follows by account gets one letter of all their matters, and never more often than their account
    allows, whatever they chose for one matter.
    """
    unsent = Notice.objects.filter(
        follow=OuterRef("pk"), sent_at__isnull=True, created_at__lte=now - rules.WAIT_FOR_MORE
    )
    due = Follow.objects.filter(Exists(unsent), _is_quiet(now), KNOWING, confirmed_at__isnull=False)
    rows = list(due.order_by(F("last_told_at").asc(nulls_first=True), "pk")[:limit])
    people = _people_to_tell([f.person_id for f in rows if f.person_id], now)
    by_person: dict[int, list[Follow]] = {}
    for follow in rows:
        if follow.person_id is None:
            yield Letter((follow.pk,), follow.language)
        elif follow.person_id in people:
            by_person.setdefault(follow.person_id, []).append(follow)
    for person_id, follows in by_person.items():
        yield Letter(tuple(f.pk for f in follows), people[person_id].language)


def _is_quiet(now: datetime) -> Q:
    """Rows whose follower has been left in peace as long as they chose, `rules.may_tell` as a condition."""
    may = Q(last_told_at__isnull=True)
    for frequency, pause in rules.PAUSE.items():
        may |= Q(frequency=frequency.value, last_told_at__lte=now - pause)
    return may


def _people_to_tell(person_ids: list[int], now: datetime) -> dict[int, Addressee]:
    """Those of these people whose account allows a letter now."""
    last = dict(
        Follow.objects.filter(person__in=person_ids)
        .values_list("person")
        .annotate(last=Max("last_told_at"))
        .values_list("person", "last")
    )
    return {
        a.person_id: a
        for a in identity.list_addressees(person_ids)
        if rules.may_tell(frequency=rules.ACCOUNT_PACE[a.told], last_told_at=last[a.person_id], now=now)
    }


def find_follow(token: str) -> Follow | None:
    """The following whose link this is (from a letter), or None."""
    number, _, _ = token.partition("-")
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        return None
    follow = Follow.objects.select_related("matter").filter(pk=int(number)).first()
    return follow if follow and compare_digest(link_token(follow).encode(), token.encode()) else None


def is_following(matter: Matter, person_id: int | None) -> bool:
    """Whether a person follows a matter."""
    if person_id is None:
        return False
    return Follow.objects.filter(matter=matter, person_id=person_id, is_duty=False).exists()


def awaits_address(matter: Matter, email: str) -> bool:
    """Whether an address was asked to confirm that news of a matter may come, and has not yet."""
    asked = Follow.objects.filter(matter=matter, contact_digest=contact_digest(matter.reference, email))
    return asked.filter(confirmed_at__isnull=True).exists()


def list_followed(person_id: int) -> list[Matter]:
    """The matters a person follows, the one that changed last first; a hundred at most."""
    return _FOLLOWED.list(person=person_id)


def _followed() -> QuerySet[Matter]:
    mine = Q(follows__person_id=Given("person", BigIntegerField()), follows__is_duty=False)
    knowing = ~Q(visibility=Visibility.QUARANTINED.value) | Q(follows__created_at__lte=F("opened_at"))
    rows = Matter.objects.filter(mine, knowing).only("reference", "kind", "title", "stage")
    return rows.order_by("-updated_at", "-pk")[:100]


_FOLLOWED = Rows(_followed)


def link_token(follow: Follow) -> str:
    """What the links in a follower's letters carry: the same in each letter, so that an old one works too."""
    made = follow.created_at.astimezone(UTC).isoformat()
    return f"{follow.pk}-{seals.digest('follow-link', str(follow.pk), made)[:32]}"


def contact_digest(reference: str, email: str) -> str:
    """The keyed digest that keeps one mailbox from following a matter twice."""
    return seals.digest("follow", reference, mailboxes.folded(email))
