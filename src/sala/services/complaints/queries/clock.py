"""The clock of complaints: periods in force, due dates in working days, how near a date is."""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from sala.commons.agencies import queries as agencies
from sala.core import working_time
from sala.core.clock import BANGKOK
from sala.services.complaints import rules
from sala.services.complaints.models import Complaint, LegalPeriod, Pause
from sala.services.complaints.rules import EscalationLevel, Period, Urgency

_kept: dict[str, tuple[Period, ...]] = {}


def periods() -> tuple[Period, ...]:
    """Every legal period, from the table; kept until `forget_periods`."""
    if not _kept.get("all"):
        rows = LegalPeriod.objects.order_by("pk").values_list(
            "code", "topic", "days", "is_working", "law_th", "law_en", "valid_from", "valid_until"
        )
        _kept["all"] = tuple(Period(*row) for row in rows)
    return _kept["all"]


def forget_periods() -> None:
    """Read the table anew at the next question; the import of periods and tests call it."""
    _kept.clear()


def period(code: str, topic: str, at: datetime) -> Period:
    """The period in force at an instant. Raises rules.NoPeriod."""
    return rules.period_in_force(periods(), code=code, topic=topic, on=at.astimezone(BANGKOK).date())


def calendar(agency: str) -> working_time.WorkingCalendar:
    """The working days of an agency: the country's holidays and its own."""
    return working_time.WorkingCalendar(holidays=agencies.holidays(agency))


def due_after(code: str, *, topic: str, agency: str, start: datetime) -> datetime:
    """When a period that starts at `start` has run, in UTC."""
    length = period(code, topic, start)
    if not length.is_working:
        return start + timedelta(days=length.days)
    due = calendar(agency).due(start, length.days)
    return due or start


def resumed_due(complaint: Complaint, pause: Pause, now: datetime) -> datetime:
    """The date after a pause that ends now: what was left when it began is left again, no more and no less.

    Whatever set the date before (filing, or reopening) keeps its word. A date that had passed before the pause
    stays passed.
    """
    matter = complaint.matter
    due_at = matter.due_at or now
    if pause.started_at >= due_at:
        return due_at
    if not period("resolve", matter.topic, complaint.began_at).is_working:
        return due_at + (now - pause.started_at)
    days = calendar(matter.agency)
    return days.after(now, days.elapsed(pause.started_at, due_at)) or due_at


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


def working_days_left(now: datetime, due_at: datetime, agency: str) -> int:
    """Working days until a date, the started one counted; below zero when it has passed."""
    days = calendar(agency)
    if now <= due_at:
        return math.ceil(days.elapsed(now, due_at) / working_time.DAY)
    return -max(1, math.ceil(days.elapsed(due_at, now) / working_time.DAY))


def working_days_before(days: working_time.WorkingCalendar, now: datetime, count: int) -> datetime:
    """The instant since which `count` working days have run, to the minute."""
    early, late = now - timedelta(days=3 * count + 60), now
    while late - early > timedelta(minutes=1):
        middle = early + (late - early) / 2
        if days.elapsed(middle, now) > count * working_time.DAY:
            early = middle
        else:
            late = middle
    return early


@dataclass(frozen=True, slots=True)
class Clock:
    """How a complaint stands against its date; `days_left` in working days, below 0 when it is late."""

    due_at: datetime | None
    days_left: int
    urgency: Urgency
    law_th: str
    law_en: str

    @property
    def days_over(self) -> int:
        """Working days past the date, 0 if it has not passed."""
        return max(0, -self.days_left)


def clock_of(complaint: Complaint, now: datetime) -> Clock:
    """The clock of a complaint."""
    matter = complaint.matter
    left = working_days_left(now, matter.due_at, matter.agency) if matter.due_at else 0
    law = period("resolve", matter.topic, complaint.began_at)
    return Clock(
        due_at=matter.due_at,
        days_left=left,
        urgency=rules.urgency(
            days_left=left,
            is_paused=complaint.is_paused,
            is_open=complaint.state in rules.OPEN,
            nearly=period("nearly_due", matter.topic, now).days,
            long=period("long_overdue", matter.topic, now).days,
            is_history=complaint.is_history,
        ),
        law_th=law.law_th,
        law_en=law.law_en,
    )


def escalation_thresholds(topic: str, now: datetime) -> dict[EscalationLevel, int]:
    """After how many working days over the date each level is told."""
    return {level: period(f"escalate_{level}", topic, now).days for level in rules.LEVELS[1:]}
