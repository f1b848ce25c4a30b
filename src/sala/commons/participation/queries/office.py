"""What an office reads of a collection: which signatures meet a condition, how they stand, hour by hour."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet

from sala.commons.matters.queries import Visibility
from sala.commons.participation.models import Collection, HourCount, Invalidation, Sheet, Signature
from sala.commons.participation.rules import Condition, Finding


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


def list_hours(after: tuple[int, datetime] | None, size: int) -> list[HourCount]:
    """How many signed in each hour, of public matters, in the order of collections and hours, after a cursor."""
    rows = HourCount.objects.select_related("collection__matter").filter(
        collection__matter__visibility=Visibility.PUBLIC
    )
    if after is not None:
        rows = rows.filter(collection_id__gte=after[0]).exclude(collection_id=after[0], hour__lte=after[1])
    return list(rows.order_by("collection_id", "hour")[:size])
