"""Public complaints for other systems: by number, by type, by time, in pages that stay quick."""

from dataclasses import dataclass
from datetime import datetime

from sala.commons.files import queries as files
from sala.core.errors import Invalid
from sala.services.complaints.models import Complaint
from sala.services.complaints.rules import OPEN, Status

MOST = 1000
IS_OPEN = frozenset({*OPEN, Status.RESOLVED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What another system asks for; empty means all. `references` set aside every other wish."""

    references: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    start: datetime | None = None
    end: datetime | None = None
    updated_after: datetime | None = None
    page: int = 1
    size: int = MOST


def list_outward(asked: Asked, *, now: datetime) -> list[tuple[Complaint, list[files.File]]]:
    """Public complaints as asked, the newest first, with what a service request tells. Three queries.

    Raises Invalid for a status other than open or closed, or a page outside 1 to 1,000 requests.
    """
    rows = Complaint.objects.filter(matter__visibility="public")
    if asked.references:
        rows = rows.filter(matter__reference__in=asked.references[:MOST])
    else:
        rows = rows.filter(**_wishes(asked))
    if not (1 <= asked.size <= MOST and asked.page >= 1):
        raise Invalid("invalid", {"page": "out_of_range"})
    start = (asked.page - 1) * asked.size
    found = list(
        rows.select_related("matter")
        .prefetch_related("matter__messages")
        .order_by("-pk")[start : start + asked.size]
    )
    shown = files.list_public((complaint.pk for complaint in found), now)
    return [(complaint, shown.get(complaint.pk, [])) for complaint in found]


def _wishes(asked: Asked) -> dict[str, object]:
    wishes: dict[str, object] = {}
    if asked.topics:
        wishes["matter__topic__in"] = asked.topics
    if asked.start:
        wishes["matter__opened_at__gte"] = asked.start
    if asked.end:
        wishes["matter__opened_at__lte"] = asked.end
    if asked.updated_after:
        wishes["matter__updated_at__gt"] = asked.updated_after
    if asked.statuses:
        if not set(asked.statuses) <= {"open", "closed"}:
            raise Invalid("invalid", {"status": "open_or_closed"})
        wanted = [s for s in Status if ("open" if s in IS_OPEN else "closed") in asked.statuses]
        wishes["status__in"] = [status.value for status in wanted]
    return wishes
