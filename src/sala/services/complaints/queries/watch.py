"""What the clock must look at: complaints whose date has passed, confirmations that lapsed, drafts grown old."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sala.services.complaints import rules
from sala.services.complaints.models import Complaint
from sala.services.complaints.queries.clock import RUNNING, clock_of, clocked, escalation_thresholds
from sala.services.complaints.rules import EscalationLevel, Status


@dataclass(frozen=True, slots=True)
class Late:
    """A complaint that somebody further up must be told of."""

    reference: str
    level: EscalationLevel
    cause: str


def list_late(now: datetime) -> Iterator[Late]:
    """Complaints past their date, or sent around too often, whose next level has not been told yet.

    Only where our clock runs: what was set aside, stands still, or is history of an earlier system is left alone.
    """
    rows = (
        clocked()
        .filter(RUNNING)
        .exclude(escalation=EscalationLevel.CENTRAL.value)
        .select_related("matter")
        .prefetch_related("pauses")
    )
    bounced = rows.filter(bounces__gte=rules.BOUNCES_THAT_ALARM, escalation="")
    seen: set[int] = set()
    for complaint in bounced.iterator(chunk_size=500):
        seen.add(complaint.pk)
        yield Late(complaint.matter.reference, EscalationLevel.SUPERVISOR, "bounced")
    for complaint in rows.filter(matter__due_at__lt=now).iterator(chunk_size=500):
        if complaint.pk in seen:
            continue
        clock = clock_of(complaint, now)
        thresholds = escalation_thresholds(complaint.matter.topic, now)
        level = rules.escalation_due(days_over=clock.days_over, thresholds=thresholds)
        if rules.LEVELS.index(level) > rules.LEVELS.index(EscalationLevel(complaint.escalation)):
            yield Late(complaint.matter.reference, level, "late")


def list_unconfirmed(now: datetime) -> list[str]:
    """References of complaints whose person did not confirm in time."""
    rows = Complaint.objects.filter(status=Status.RESOLVED.value, confirm_by__lte=now)
    return list(rows.order_by("confirm_by").values_list("matter__reference", flat=True)[:1000])
