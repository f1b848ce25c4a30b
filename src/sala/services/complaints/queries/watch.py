"""What the clock must look at: complaints whose date has passed, confirmations that lapsed, drafts grown old."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from sala.commons.agencies import queries as agencies
from sala.commons.deadlines import queries as deadlines
from sala.core.actors import Role
from sala.core.deadlines import LEVELS, EscalationLevel, escalation_due
from sala.services.complaints import rules
from sala.services.complaints.models import Complaint
from sala.services.complaints.queries.clock import (
    KIND,
    RUNNING,
    clock_of,
    escalation_thresholds,
)
from sala.services.complaints.rules import Privacy, Status

CHUNK = 500


@dataclass(frozen=True, slots=True)
class Late:
    """A complaint that somebody further up must be told of."""

    reference: str
    level: EscalationLevel
    cause: str


def list_late(now: datetime) -> Iterator[Late]:
    """Complaints past their date, or sent around too often, whose next level has not been told yet.

    Only where our clock runs: what was set aside, stands still, or is history of an earlier system is left alone.
    Two queries, and one for each 500 that may be due; what was told already is not read again.
    """
    running = Complaint.objects.filter(RUNNING)
    bounced = running.filter(bounces__gte=rules.BOUNCES_THAT_ALARM, escalation="")
    seen: set[int] = set()
    for complaint in _read(bounced):
        seen.add(complaint.pk)
        yield Late(complaint.matter.reference, EscalationLevel.SUPERVISOR, "bounced")
    for complaint in _read(running.filter(_may_be_due(now))):
        if complaint.pk in seen:
            continue
        clock = clock_of(complaint, now)
        thresholds = escalation_thresholds(complaint.matter.topic, now)
        level = escalation_due(days_over=clock.days_over, thresholds=thresholds)
        if LEVELS.index(level) > LEVELS.index(EscalationLevel(complaint.escalation)):
            yield Late(complaint.matter.reference, level, "late")


def _may_be_due(now: datetime) -> Q:
    """Whether somebody further up may have to be told, by the date and by who was told last."""
    due = Q(pk__isnull=True)
    for told, latest in deadlines.late_enough(KIND, now):
        due |= Q(escalation=told.value, matter__due_at__lt=latest)
    return due


def _read(rows: QuerySet[Complaint]) -> Iterator[Complaint]:
    """These complaints with their matters; which ones is asked first, of the indexes alone."""
    found = list(rows.order_by("pk").values_list("pk", flat=True))
    for first in range(0, len(found), CHUNK):
        chunk = found[first : first + CHUNK]
        yield from Complaint.objects.filter(pk__in=chunk).select_related("matter").order_by("pk")


def told_of(step: Mapping[str, Any], complaint_id: int) -> list[int]:
    """The people to whom an escalation is told, by its entry's values: those who supervise or head the office.

    An office without the one is told through the other. The central unit's are told of all but confidential ones.
    """
    complaint = Complaint.objects.select_related("matter").get(pk=complaint_id)
    level = EscalationLevel(step["content"]["level"])
    if level is EscalationLevel.CENTRAL:
        central = agencies.central_agency()
        if central is None or complaint.privacy == Privacy.CONFIDENTIAL:
            return []
        return agencies.people_with_role(central.code, [Role.SUPERVISOR, Role.EXECUTIVE])
    first, second = (Role.EXECUTIVE, Role.SUPERVISOR)[:: 1 if level is EscalationLevel.HEAD else -1]
    office = complaint.matter.agency
    return agencies.people_with_role(office, [first]) or agencies.people_with_role(office, [second])


def list_unconfirmed(now: datetime) -> list[str]:
    """References of complaints whose person did not confirm in time."""
    rows = Complaint.objects.filter(status=Status.RESOLVED.value, confirm_by__lte=now)
    return list(rows.order_by("confirm_by").values_list("matter__reference", flat=True)[:1000])
