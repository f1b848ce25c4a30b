"""What an office reads of a collection: which signatures meet a condition, how they stand, hour by hour."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet

from sala.commons.ledger import queries as ledger
from sala.commons.matters.queries import Visibility
from sala.commons.participation.models import Collection, HourCount, Invalidation, Sheet, Signature
from sala.commons.participation.queries.signatures import Terms
from sala.commons.participation.rules import Condition, Finding
from sala.core.errors import Conflict
from sala.engines.signatures import Handed, Head, head_line, row_line
from sala.platform import seals


def meeting(collection: Collection, condition: Condition) -> QuerySet[Signature]:
    """Signatures that count now and meet a condition."""
    rows = Signature.objects.filter(collection=collection, withdrawn_at=None, invalidation=None)
    told = {
        "signed_at__gte": condition.since,
        "signed_at__lt": condition.until,
        "channel": condition.channel,
        "area": condition.area,
        "level__lt": condition.level_below,
        "finding": condition.finding,
    }
    rows = rows.filter(**{name: value for name, value in told.items() if value not in (None, "")})
    if condition.sheet:
        rows = rows.filter(sheet__in=Sheet.objects.filter(collection=collection, number=condition.sheet))
    return rows


def count_meeting(collection: Collection, condition: Condition) -> int:
    """How many signatures an invalidation by this condition would set aside: its preview. One statement."""
    return meeting(collection, condition).count()


def count_confirmed(collection: Collection) -> int:
    """How many of those that count an outside register confirmed."""
    return meeting(collection, Condition(finding=Finding.CONFIRMED)).count()


@dataclass(frozen=True, slots=True)
class Standing:
    """How a collection stands: raw and confirmed apart, by channel, and what was set aside."""

    counted: int
    confirmed: int
    by_channel: Mapping[str, int]
    set_aside: int


def standing_of(collection: Collection) -> Standing:
    """How it stands, counted anew from its signatures; for an office, not for a page that everybody reads."""
    rows = Signature.objects.filter(collection=collection, withdrawn_at=None)
    channels = rows.filter(invalidation=None).order_by().values_list("channel").annotate(Count("pk"))
    by_channel = dict(channels)
    return Standing(
        counted=sum(by_channel.values()),
        confirmed=count_confirmed(collection),
        by_channel=by_channel,
        set_aside=rows.exclude(invalidation=None).count(),
    )


def list_invalidations(collection: Collection) -> list[Invalidation]:
    """Every time signatures were set aside, the newest first."""
    return list(Invalidation.objects.filter(collection=collection).order_by("-pk")[:100])


def is_of(collection: Collection, invalidation: int) -> bool:
    """Whether an invalidation (its key) is one of a collection."""
    return Invalidation.objects.filter(collection=collection, pk=invalidation).exists()


def head_of(terms: Terms, reference: str) -> Head:
    """The head of the file of a collection's signatures, as they stand now."""
    return Head(
        collection=reference,
        purpose=terms.collection.purpose,
        count=count_meeting(terms.collection, Condition()),
        confirmed=count_confirmed(terms.collection),
        log=ledger.name_of_log(),
    )


def lines_to_hand_over(terms: Terms, head: Head) -> Iterator[bytes]:
    """The lines of the file but its signature, page by page. Raises Conflict as `list_to_hand_over`."""
    yield head_line(head).encode()
    after = b""
    while page := list_to_hand_over(terms.collection, after=after):
        for row in page:
            yield row_line(row).encode()
        after = bytes.fromhex(page[-1].mark)


def list_to_hand_over(collection: Collection, *, after: bytes, size: int = 5000) -> list[Handed]:
    """Signatures that count, as a committee is handed them, in the order of their marks. Three statements a page.

    For staff of the matter's office alone: names and numbers are in clear where a paper bore them. Raises Conflict
    "not_placed_yet" while an entry waits for its position.
    """
    rows = (
        meeting(collection, Condition()).filter(mark__gt=after).select_related("signatory").order_by("mark")
    )
    page = list(rows[:size])
    positions = ledger.find_positions(row.entry_id for row in page if row.entry_id is not None)
    if len(positions) < len(page):
        raise Conflict("not_placed_yet")
    return [_handed(row, positions[row.entry_id or 0]) for row in page]


def _handed(row: Signature, position: int) -> Handed:
    signatory = getattr(row, "signatory", None)
    details = json.loads(seals.unseal(signatory.details_sealed)) if signatory else {}
    return Handed(
        mark=bytes(row.mark).hex(),
        area=row.area,
        channel=row.channel,
        level=row.level,
        salt=bytes(row.salt or b"").hex(),
        position=position,
        finding=row.finding,
        name=details.get("name", ""),
        number=details.get("number", ""),
    )


def list_hours(after: tuple[int, datetime] | None, size: int) -> list[HourCount]:
    """How many signed in each hour, of public matters, in the order of collections and hours, after a cursor."""
    rows = HourCount.objects.select_related("collection__matter").filter(
        collection__matter__visibility=Visibility.PUBLIC
    )
    if after is not None:
        rows = rows.filter(collection_id__gte=after[0]).exclude(collection_id=after[0], hour__lte=after[1])
    return list(rows.order_by("collection_id", "hour")[:size])
