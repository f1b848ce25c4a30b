"""When a hearing is open, what an office must say to open one, and whether its time is short.

Pure: instants with a zone, days in Thailand. B.E. 2562 (2019) Act on criteria for drafting laws and evaluating their
outcome sets no least number of days; fifteen comes from guidance of the Council of State's office, and pages say so.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum

from sala.core.deadlines import end_of_day

LONGEST = {
    **dict.fromkeys(("summary", "why", "affected", "options", "open_points", "fixed_points"), 4000),
    "title": 200,
    "why_short": 1000,
    "note": 1000,
    "question": 500,
}
MOST_QUESTIONS = 10
# A hearing longer than this is a typing mistake of the year.
MOST_DAYS = 366


class About(StrEnum):
    """What people are asked about."""

    DRAFT = "draft"
    IN_FORCE = "in_force"
    POLICY = "policy"
    REGULATION = "regulation"
    STUCK = "stuck"


class Rung(StrEnum):
    """How far what people say can go, told before they speak: whoever is only informed is not asked here."""

    ANSWERED = "answered"
    DRAFTED_TOGETHER = "drafted_together"
    DECIDED_TOGETHER = "decided_together"


class Stage(StrEnum):
    """Where a hearing stands."""

    ANNOUNCED = "announced"
    OPEN = "open"
    CLOSED = "closed"


def stage_at(opens_at: datetime, closes_at: datetime, now: datetime) -> Stage:
    """Where a hearing stands at an instant; `closes_at` is the first at which nobody may speak."""
    if now < opens_at:
        return Stage.ANNOUNCED
    return Stage.OPEN if now < closes_at else Stage.CLOSED


def closes_at(last_day: date) -> datetime:
    """The first instant behind the last day, in Thailand: people may speak until its last second."""
    return end_of_day(last_day)


def days_open(opens_at: datetime, closes: datetime) -> int:
    """Whole days of 24 hours that people have, rounded down: the promise is never more than what there is."""
    return max((closes - opens_at) // timedelta(days=1), 0)


def problems_of_time(
    *, opens_at: datetime, closes: datetime, now: datetime, guided_days: int, why_short: str
) -> Mapping[str, str]:
    """What is wrong with the time of a hearing that is to be opened, by field.

    Shorter than guidance is allowed, since no law forbids it, but never without a reason for all to read.
    """
    if closes <= max(opens_at, now):
        return {"closes_on": "hearing_ends_before_it_begins"}
    if closes - opens_at > timedelta(days=MOST_DAYS):
        return {"closes_on": "hearing_too_long"}
    if days_open(opens_at, closes) < guided_days and len(why_short.strip()) < 20:
        return {"why_short": "hearing_short_why"}
    return {}


def problem_of_longer(*, closes: datetime, until: datetime, now: datetime) -> str:
    """Why a hearing cannot be made to end then: it may only be made longer, and only before it ends; "" if it can."""
    if now >= closes:
        return "hearing_closed"
    if until <= closes:
        return "hearing_only_longer"
    return "hearing_too_long" if until - closes > timedelta(days=MOST_DAYS) else ""
