"""Reads about deadlines: periods in force, working calendars, dates and how near they are."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from sala.commons.agencies import queries as agencies
from sala.commons.deadlines.models import Deadline, LegalPeriod, Pause
from sala.core import deadlines as rules
from sala.core import working_time
from sala.core.clock import BANGKOK
from sala.core.deadlines import Basis, EscalationLevel, NoPeriod, Period, Unit, Urgency
from sala.platform.reference_data import forgets_when_changed

_kept: dict[str, tuple[Period, ...]] = {}
_MINUTE = timedelta(minutes=1)
_BLINK = timedelta(seconds=1)


def periods(kind: str) -> tuple[Period, ...]:
    """Every legal period of a kind of matter, from the table; kept until `forget_periods`."""
    if not _kept.get(kind):
        rows = LegalPeriod.objects.filter(kind=kind).order_by("pk")
        _kept[kind] = tuple(_period(row) for row in rows)
    return _kept[kind]


def _period(row: LegalPeriod) -> Period:
    return Period(
        code=row.code,
        topic=row.topic,
        days=row.days,
        unit=Unit(row.unit),
        counted_from=row.counted_from,
        law_th=row.law_th,
        law_en=row.law_en,
        basis=Basis(row.basis),
        source=row.source,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
    )


@forgets_when_changed
def forget_periods() -> None:
    """Read the table anew at the next question; the import of periods and tests call it."""
    _kept.clear()


def period(kind: str, code: str, *, topic: str = "", at: datetime) -> Period:
    """The period of a kind in force at an instant. Raises core.deadlines.NoPeriod."""
    return rules.period_in_force(periods(kind), code=code, topic=topic, on=at.astimezone(BANGKOK).date())


def find_period(kind: str, code: str, *, topic: str = "", at: datetime) -> Period | None:
    """The period of a kind in force at an instant, None for a day before the first: of what an old system brought."""
    try:
        return period(kind, code, topic=topic, at=at)
    except NoPeriod:
        return None


def calendar(agency: str) -> working_time.WorkingCalendar:
    """The working days of an agency: the country's holidays and its own."""
    return working_time.WorkingCalendar(holidays=agencies.calendars().days_of(agency))


def law_of(kind: str, agency: str) -> rules.Law:
    """The periods of a kind in force, counted by the working days of an agency."""
    return rules.Law(periods(kind), calendar(agency))


@dataclass(frozen=True, slots=True)
class Counted:
    """A date as it was counted: from when, by which period, and by which version of the calendars."""

    due_at: datetime
    began_at: datetime
    period: Period
    calendars: int


def count(kind: str, code: str, *, topic: str = "", agency: str, start: datetime) -> Counted:
    """Count a date, with what must be known of it later when calendars change. Raises core.deadlines.NoPeriod."""
    found, days = period(kind, code, topic=topic, at=start), agencies.calendars()
    working = working_time.WorkingCalendar(holidays=days.days_of(agency))
    return Counted(rules.due_at(found, start, working), start, found, days.version)


def count_from_day(kind: str, code: str, *, agency: str, event_on: date) -> Counted:
    """Count a date that an event on a day begins: whole days, that day not among them. Raises NoPeriod."""
    # The last moment of the day: days are counted from the next one on.
    return count(kind, code, agency=agency, start=rules.end_of_day(event_on).replace(microsecond=0) - _BLINK)


def due_after(kind: str, code: str, *, topic: str = "", agency: str, start: datetime) -> datetime:
    """When a period that starts at `start` has run, in UTC. Raises core.deadlines.NoPeriod."""
    return count(kind, code, topic=topic, agency=agency, start=start).due_at


def due_resumed(pause: Pause, *, due_at: datetime, unit: Unit, agency: str, now: datetime) -> datetime:
    """The date after a pause that ends now: what was left when it began is left again, no more and no less.

    Whatever set the date before (filing, or reopening) keeps its word. A date that had passed before the pause
    stays passed.
    """
    if pause.started_at >= due_at:
        return due_at
    if unit is not Unit.WORKING:
        return due_at + (now - pause.started_at)
    days = calendar(agency)
    return days.after(now, days.elapsed(pause.started_at, due_at)) or due_at


def working_days_left(now: datetime, due_at: datetime, agency: str) -> int:
    """Working days until a date, the started one counted; below zero when it has passed."""
    days = calendar(agency)
    if now <= due_at:
        return math.ceil(days.elapsed(now, due_at) / working_time.DAY)
    return -max(1, math.ceil(days.elapsed(due_at, now) / working_time.DAY))


def working_days_before(days: working_time.WorkingCalendar, now: datetime, count: int) -> datetime:
    """The instant since which `count` working days have run, to the minute."""
    early, late = now - timedelta(days=3 * count + 60), now
    while late - early > _MINUTE:
        middle = early + (late - early) / 2
        if days.elapsed(middle, now) > count * working_time.DAY:
            early = middle
        else:
            late = middle
    return early


@dataclass(frozen=True, slots=True)
class Clock:
    """How a matter stands against its date; `days_left` in working days, below 0 when it is late."""

    due_at: datetime | None
    days_left: int
    urgency: Urgency
    law_th: str
    law_en: str

    @property
    def days_over(self) -> int:
        """Working days past the date, 0 if it has not passed."""
        return max(0, -self.days_left)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """What must be known of a matter to tell how it stands against its date.

    `period` is the code of the period that set the date, `began_at` since when it runs.
    """

    kind: str
    period: str
    topic: str
    agency: str
    began_at: datetime
    due_at: datetime | None
    is_open: bool
    is_paused: bool = False
    is_history: bool = False


def clock(stand: Stand, now: datetime) -> Clock:
    """The clock of a matter that stands so; no law for one that began before any period we know."""
    left = working_days_left(now, stand.due_at, stand.agency) if stand.due_at else 0
    law = find_period(stand.kind, stand.period, topic=stand.topic, at=stand.began_at)
    return Clock(
        due_at=stand.due_at,
        days_left=left,
        urgency=rules.urgency(
            days_left=left,
            is_paused=stand.is_paused,
            is_open=stand.is_open,
            nearly=period(stand.kind, "nearly_due", topic=stand.topic, at=now).days,
            long=period(stand.kind, "long_overdue", topic=stand.topic, at=now).days,
            is_history=stand.is_history,
        ),
        law_th=law.law_th if law else "",
        law_en=law.law_en if law else "",
    )


def level_due(kind: str, *, due_at: datetime, agency: str, now: datetime) -> EscalationLevel:
    """Who must have been told by now that a date has passed; NONE for nobody."""
    over = max(0, -working_days_left(now, due_at, agency))
    return rules.escalation_due(days_over=over, thresholds=escalation_thresholds(kind, "", now))


def escalation_thresholds(kind: str, topic: str, now: datetime) -> dict[EscalationLevel, int]:
    """After how many working days over the date each level is told."""
    return {level: period(kind, f"escalate_{level}", topic=topic, at=now).days for level in rules.LEVELS[1:]}


def late_enough(kind: str, now: datetime) -> Iterator[tuple[EscalationLevel, datetime]]:
    """For each level told so far, before which date a matter may have to be told to the next one up.

    The days over are counted at least so many, holidays taken for working days: none that is due is left out, the
    few others are decided one by one.
    """
    for told, following in pairwise(rules.LEVELS):
        codes = {f"escalate_{level}" for level in rules.LEVELS[rules.LEVELS.index(following) :]}
        days_over = min((p.days for p in periods(kind) if p.code in codes), default=0)
        plain = working_time.WorkingCalendar()
        yield told, working_days_before(plain, now, days_over - 1) + _MINUTE if days_over > 1 else now


def list_outdated(*, after: int = 0, most: int = 500) -> list[Deadline]:
    """Running dates (a matter's own while it is open) that were counted before the newest holiday was declared.

    By key, `after` the last one of the page before. Two queries.
    """
    rows = Deadline.objects.filter(
        ended_at__isnull=True,
        calendars__lt=agencies.calendars().version,
        pk__gt=after,
    ).exclude(clock="", matter__closed_at__isnull=False)
    return list(rows.select_related("matter").prefetch_related("matter__pauses").order_by("pk")[:most])


def recounted(deadline: Deadline, known: agencies.Calendars) -> datetime | None:
    """A running date by these calendars, None if it has none. Its matter and pauses are at hand or are read."""
    matter = deadline.matter
    due = deadline.due_at if deadline.clock else matter.due_at
    if due is None or deadline.unit == Unit.CALENDAR:
        return due
    agency = deadline.agency or matter.agency
    new = working_time.WorkingCalendar(holidays=known.days_of(agency))
    if deadline.unit == Unit.CIVIL:
        return _civil(deadline, new) or due
    old = working_time.WorkingCalendar(holidays=known.days_of(agency, known_at=deadline.calendars))
    pauses = [
        working_time.Pause(pause.started_at, pause.ended_at)
        for pause in matter.pauses.all()
        if pause.clock == deadline.clock and pause.ended_at is not None
    ]
    return rules.moved_by_calendar(due, began_at=deadline.began_at, before=old, after=new, pauses=pauses)


def _civil(deadline: Deadline, days: working_time.WorkingCalendar) -> datetime | None:
    """By the Civil and Commercial Code only the end moves, so the whole period is counted again; None if unknown."""
    if deadline.days is None:
        return None
    event_on = deadline.began_at.astimezone(BANGKOK).date()
    return rules.end_of_day(days.next_working_day(event_on + timedelta(days=deadline.days)))
