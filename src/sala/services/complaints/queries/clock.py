"""The clock of complaints: which of them are open, late or history, and how one stands against its date."""

from datetime import datetime
from typing import Any

from django.db.models import Q

from sala.commons.deadlines import queries as deadlines
from sala.commons.deadlines.queries import Clock, Counted
from sala.core.deadlines import EscalationLevel, Period, Unit
from sala.services.complaints import rules
from sala.services.complaints.models import Complaint

# The kind of matter that complaints are, under which their periods are kept.
KIND = "complaint"


def periods() -> tuple[Period, ...]:
    """Every legal period of complaints."""
    return deadlines.periods(KIND)


def period(code: str, topic: str, at: datetime) -> Period:
    """The period of complaints in force at an instant. Raises core.deadlines.NoPeriod."""
    return deadlines.period(KIND, code, topic=topic, at=at)


def due_after(code: str, *, topic: str, agency: str, start: datetime) -> datetime:
    """When a period of complaints that starts at `start` has run, in UTC."""
    return deadlines.due_after(KIND, code, topic=topic, agency=agency, start=start)


def count(code: str, *, topic: str, agency: str, start: datetime) -> Counted:
    """A date of complaints that is to run, with what must be known of it when calendars change."""
    return deadlines.count(KIND, code, topic=topic, agency=agency, start=start)


def unit_of(complaint: Complaint) -> Unit:
    """How the days of the period are counted that set a complaint's date."""
    found = deadlines.find_period(KIND, "resolve", topic=complaint.matter.topic, at=complaint.began_at)
    return found.unit if found else Unit.WORKING


OPEN = Q(status__in=[status.value for status in rules.OPEN], matter__closed_at__isnull=True)
# Open, or waiting for the person's word.
UNFINISHED = Q(status__in=[status.value for status in rules.UNFINISHED], matter__closed_at__isnull=True)
HISTORY = ~Q(source="") & Q(adopted_at__isnull=True)


PAUSED = Q(is_paused=True) & ~HISTORY
# Our clock runs: open, not set aside, not history, not paused.
RUNNING = OPEN & ~Q(matter__visibility="quarantined") & ~HISTORY & Q(is_paused=False)


def is_late(now: Any) -> Q:
    """The one condition by which a complaint is late, in every list, figure and alarm; `now` may be a place for it."""
    return RUNNING & Q(matter__due_at__lt=now)


def clock_of(complaint: Complaint, now: datetime) -> Clock:
    """The clock of a complaint."""
    matter = complaint.matter
    return deadlines.clock(
        deadlines.Stand(
            kind=KIND,
            period="resolve",
            topic=matter.topic,
            agency=matter.agency,
            began_at=complaint.began_at,
            due_at=matter.due_at,
            is_open=complaint.state in rules.OPEN,
            is_paused=complaint.is_paused,
            is_history=complaint.is_history,
        ),
        now,
    )


def escalation_thresholds(topic: str, now: datetime) -> dict[EscalationLevel, int]:
    """After how many working days over the date each level is told."""
    return deadlines.escalation_thresholds(KIND, topic, now)
