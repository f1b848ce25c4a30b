"""Periods in force, how near a date is, who is told of what is late or sent around."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Period:
    """A dated period: `days` are working days if `is_working`, else calendar days; `topic` "" means every topic."""

    code: str
    topic: str
    days: int
    is_working: bool
    law_th: str
    law_en: str
    valid_from: date
    valid_until: date | None


class NoPeriod(LookupError):
    """No period of this code is in force: the data of the installation is incomplete."""


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


BOUNCES_THAT_ALARM = 3


def is_bouncing(bounces: int) -> bool:
    """Whether a complaint has been sent on or back so often that a supervisor must look."""
    return bounces >= BOUNCES_THAT_ALARM
