"""When an office is open: a part of the opening hours format of OpenStreetMap, read and asked about a moment.

Understood are "24/7" and rules parted by ";", each days and hours: "Mo-Fr 08:30-12:00,13:00-16:30; Sa 09:00-12:00;
PH off". A later rule replaces an earlier one for its days. Public holidays are closed unless a rule says otherwise.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
HOLIDAY = "PH"
ALWAYS = "24/7"
LOOK_AHEAD_DAYS = 14  # longer than any closure we know of: Songkran with both week-ends has nine days

_RULE = re.compile(r"(?:(?P<days>[A-Z][A-Za-z, -]*?)\s+)?(?P<times>off|closed|[0-9][0-9:, -]*)")
_SPAN = re.compile(r"([0-9]{1,2}):([0-9]{2})\s*-\s*([0-9]{1,2}):([0-9]{2})")

Span = tuple[int, int]  # minutes since midnight; the second may lie past 24:00


class BadHours(ValueError):
    """The text is not opening hours as we read them."""


@dataclass(frozen=True, slots=True)
class Hours:
    """Spans of each day of the week (Monday first) and of public holidays, in minutes since midnight."""

    week: tuple[tuple[Span, ...], ...]
    holiday: tuple[Span, ...] = field(default=())
    is_always: bool = False


@dataclass(frozen=True, slots=True)
class Opening:
    """How it is at a moment: `state` is "open", "break" (opens again the same day), "closed" or "always".

    `until` is the end of being open; `opens_at` the next moment it opens, local and without a zone; None if unknown.
    """

    state: str
    until: datetime | None = None
    opens_at: datetime | None = None


@lru_cache(maxsize=2048)
def read_hours(text: str) -> Hours:
    """Opening hours from their text. Raises BadHours."""
    text = text.strip()
    if text == ALWAYS:
        whole = ((0, 24 * 60),)
        return Hours((whole,) * 7, whole, is_always=True)
    week: list[tuple[Span, ...]] = [()] * 7
    holiday: tuple[Span, ...] = ()
    if not text or len(text) > 200:
        raise BadHours(text[:40])
    for part in text.strip("; ").split(";"):
        rule = _RULE.fullmatch(part.strip())
        if rule is None:
            raise BadHours(part.strip()[:40])
        spans = () if rule["times"] in ("off", "closed") else _spans(rule["times"])
        for day in _days(rule["days"] or "Mo-Su"):
            if day == HOLIDAY:
                holiday = spans
            else:
                week[DAYS.index(day)] = spans
    return Hours(tuple(week), holiday)


def _days(text: str) -> list[str]:
    found: list[str] = []
    for part in text.replace(" ", "").split(","):
        first, _, last = part.partition("-")
        if first == HOLIDAY and not last:
            found.append(HOLIDAY)
            continue
        if first not in DAYS or (last and last not in DAYS):
            raise BadHours(part[:40])
        start, end = DAYS.index(first), DAYS.index(last or first)
        found += [DAYS[(start + step) % 7] for step in range((end - start) % 7 + 1)]
    return found


def _spans(text: str) -> tuple[Span, ...]:
    spans = []
    for part in text.split(","):
        span = _SPAN.fullmatch(part.strip())
        if span is None:
            raise BadHours(part.strip()[:40])
        start, end = int(span[1]) * 60 + int(span[2]), int(span[3]) * 60 + int(span[4])
        if int(span[2]) > 59 or int(span[4]) > 59 or start >= 24 * 60 or end > 24 * 60:
            raise BadHours(part.strip()[:40])
        spans.append((start, end if end > start else end + 24 * 60))  # 22:00-02:00 ends on the next day
    return tuple(sorted(spans))


def opening_at(hours: Hours, now: datetime, is_holiday: Callable[[date], bool]) -> Opening:
    """How it is at `now` (local, without a zone) by the hours and the holidays."""
    if hours.is_always:
        return Opening("always")
    for start, end in _spans_from(hours, now.date() - timedelta(days=1), is_holiday):
        if start <= now < end:
            return Opening("open", until=end)
        if start > now:
            began = any(
                s.date() == now.date() and e <= now for s, e in _spans_of(hours, now.date(), is_holiday)
            )
            is_break = began and start.date() == now.date()
            return Opening("break" if is_break else "closed", opens_at=start)
    return Opening("closed")


def _spans_from(
    hours: Hours, first: date, is_holiday: Callable[[date], bool]
) -> list[tuple[datetime, datetime]]:
    days = (first + timedelta(days=step) for step in range(LOOK_AHEAD_DAYS + 2))
    return [span for day in days for span in _spans_of(hours, day, is_holiday)]


def _spans_of(hours: Hours, day: date, is_holiday: Callable[[date], bool]) -> list[tuple[datetime, datetime]]:
    midnight = datetime.combine(day, time())
    spans = hours.holiday if is_holiday(day) else hours.week[day.weekday()]
    return [(midnight + timedelta(minutes=start), midnight + timedelta(minutes=end)) for start, end in spans]
