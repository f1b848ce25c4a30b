"""Legal periods as dated data: which is in force, when it ends, how near that is, who is told of what is late.

Pure decisions that every service with a date shares; `commons.deadlines` keeps the data and asks them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from sala.core.clock import BANGKOK
from sala.core.errors import Conflict
from sala.core.working_time import Pause, WorkingCalendar


class Unit(StrEnum):
    """How the days of a period are counted.

    WORKING runs through working days to the second (`core.working_time`); CALENDAR through every day, to the
    second; CIVIL through whole days by the Civil and Commercial Code: the day of the event is not counted (s. 193/3),
    and a period that would end on a holiday ends on the next working day (s. 193/8).
    """

    WORKING = "working"
    CALENDAR = "calendar"
    CIVIL = "civil"


class Basis(StrEnum):
    """How we know of a period: read in the law's text, a rule of this installation, or only heard of."""

    TEXT = "text"
    HOUSE = "house"
    NOT_VERIFIED = "not_verified"


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A dated period of `days` from a stated event (`counted_from`); `topic` "" means every topic.

    `source` says where its text was read, "" where nobody noted that down.
    """

    code: str
    days: int
    unit: Unit
    law_th: str
    law_en: str
    valid_from: date
    valid_until: date | None = None
    topic: str = ""
    counted_from: str = ""
    basis: Basis = Basis.NOT_VERIFIED
    source: str = ""


class NoPeriod(Conflict):
    """No period of this code is in force: the data of the installation is incomplete, or the day is too old."""

    def __init__(self, period: str) -> None:
        super().__init__("no_period", period=period)


def period_in_force(periods: Iterable[Period], *, code: str, topic: str, on: date) -> Period:
    """The period for a topic on a day: one for the topic itself before one for all, the newest in force.

    Raises NoPeriod if none is in force.
    """
    fitting = [
        p
        for p in periods
        if p.code == code
        and p.topic in ("", topic)
        and p.valid_from <= on
        and (p.valid_until is None or on <= p.valid_until)
    ]
    if not fitting:
        raise NoPeriod(f"{code} for {topic or 'all topics'} on {on}")
    return max(fitting, key=lambda p: (p.topic != "", p.valid_from))


def last_day(period: Period, event_on: date, calendar: WorkingCalendar) -> date:
    """The last day that is in time for a period that an event on `event_on` begins. Zero days end on that day."""
    if period.unit is Unit.WORKING:
        return calendar.last_day(event_on, period.days)
    if period.unit is Unit.CALENDAR or period.days == 0:
        return event_on + timedelta(days=period.days)
    return calendar.next_working_day(event_on + timedelta(days=period.days))


@dataclass(frozen=True, slots=True)
class Law:
    """The periods of a kind of matter and the working days by which an office's days are counted."""

    periods: tuple[Period, ...]
    calendar: WorkingCalendar = field(default_factory=WorkingCalendar)

    def until(self, code: str, event_on: date) -> date:
        """The last day of the period of a code that an event on a day begins. Raises NoPeriod."""
        found = period_in_force(self.periods, code=code, topic="", on=event_on)
        return last_day(found, event_on, self.calendar)


def due_at(period: Period, start: datetime, calendar: WorkingCalendar) -> datetime:
    """The instant (in UTC) at which a period that starts at `start` has run; a CIVIL one ends with its last day."""
    if period.unit is Unit.WORKING:
        return calendar.due(start, period.days) or start
    if period.unit is Unit.CALENDAR:
        return start + timedelta(days=period.days)
    return end_of_day(last_day(period, start.astimezone(BANGKOK).date(), calendar))


def end_of_day(day: date) -> datetime:
    """The instant (in UTC) at which a day ends in Thailand: what is due then is in time on all of that day."""
    return datetime.combine(day + timedelta(days=1), time(), BANGKOK).astimezone(UTC)


def day_before(ends: datetime) -> date:
    """The last day (in Thailand) that is in time for what ends at an instant; the other way of `end_of_day`."""
    return (ends - timedelta(seconds=1)).astimezone(BANGKOK).date()


def moved_by_calendar(
    due: datetime,
    *,
    began_at: datetime,
    before: WorkingCalendar,
    after: WorkingCalendar,
    pauses: Iterable[Pause] = (),
) -> datetime:
    """A date in working days that was counted by one calendar, counted by another: what was left is left again.

    Only from the first day on which the calendars differ; what ran before it ran by both. `pauses` are those that
    have ended: one that still stands is made good when it ends, from the date as it is then.
    """
    differing = [
        day
        for day in before.holidays ^ after.holidays
        if before.is_working_day(day) != after.is_working_day(day)
    ]
    if not differing:
        return due
    anchor = max(began_at, datetime.combine(min(differing), time(), BANGKOK).astimezone(UTC))
    if due <= anchor:
        return due
    stood = [Pause(max(p.start, anchor), p.end) for p in pauses if p.end is not None and p.end > anchor]
    return after.after(anchor, before.elapsed(anchor, due, stood), stood) or due


def received_day(arrived_on: date, *, is_after_hours: bool, calendar: WorkingCalendar) -> date:
    """The day on which an office has received what arrived electronically (e-Government Act B.E. 2565, s. 10).

    What arrives outside office hours is received when they begin again. For what is handed over on paper or told
    by telephone the day it happened counts, so do not ask this function.
    """
    return calendar.next_working_day(arrived_on + timedelta(days=1) if is_after_hours else arrived_on)


def problem_of_received_day(received_on: date, *, today: date, days_back: int) -> str:
    """What is wrong with the day on which an office says it received a paper form; "" if nothing is.

    It lies not ahead, and at most `days_back` days back: an older day is a slip of the pen far more often.
    """
    if received_on > today:
        return "day_not_come"
    return "received_too_long_ago" if (today - received_on).days > days_back else ""


def began_at(received_on: date, recorded_at: datetime) -> datetime:
    """Since when the periods of a paper form run: the day it was received, whenever it was recorded.

    A form bears no time of day, so that of `recorded_at` (in Thailand's time) is taken: the same days are counted
    as if it had been recorded on that day.
    """
    return datetime.combine(received_on, recorded_at.timetz())


class Urgency(StrEnum):
    """How near the date is; words and colour on every list."""

    ON_TIME = "on_time"
    NEARLY_DUE = "nearly_due"
    OVERDUE = "overdue"
    LONG_OVERDUE = "long_overdue"
    PAUSED = "paused"
    HISTORY = "history"
    DONE = "done"


def urgency(
    *, days_left: int, is_paused: bool, is_open: bool, nearly: int, long: int, is_history: bool = False
) -> Urgency:
    """How near the date is; `days_left` counts working days, below 0 when the date has passed.

    `nearly` is the largest number of days left that counts as nearly due; a complaint more than `long` working
    days over its date is long overdue. For `is_history`, one of an earlier system that nobody here has begun
    on, no clock runs.
    """
    if not is_open:
        return Urgency.DONE
    if is_history:
        return Urgency.HISTORY
    if is_paused:
        return Urgency.PAUSED
    if days_left < -long:
        return Urgency.LONG_OVERDUE
    if days_left < 0:
        return Urgency.OVERDUE
    return Urgency.NEARLY_DUE if days_left <= nearly else Urgency.ON_TIME


class EscalationLevel(StrEnum):
    """Who is told that a complaint is late, each further up."""

    NONE = ""
    SUPERVISOR = "supervisor"
    HEAD = "head"
    CENTRAL = "central"


LEVELS = (EscalationLevel.NONE, EscalationLevel.SUPERVISOR, EscalationLevel.HEAD, EscalationLevel.CENTRAL)


def escalation_due(*, days_over: int, thresholds: Mapping[EscalationLevel, int]) -> EscalationLevel:
    """The highest level whose threshold (working days over the date) is reached; NONE before the first."""
    reached = [level for level in LEVELS[1:] if days_over >= thresholds[level]]
    return reached[-1] if reached else EscalationLevel.NONE
