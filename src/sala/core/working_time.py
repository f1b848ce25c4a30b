"""Deadlines in working days: time runs through working days, to the second, and stands still in pauses.

A working day counts whole, from midnight to midnight in Bangkok. Nothing here knows which days are holidays:
the agencies box keeps that table.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sala.core.clock import BANGKOK

DAY = timedelta(days=1)
_FURTHEST = 366 * 50  # days to look ahead; a calendar without a working day for fifty years is a mistake


@dataclass(frozen=True, slots=True)
class Pause:
    """A time in which the clock stood still; `end` None while it still does. Both instants are aware."""

    start: datetime
    end: datetime | None = None


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """Which days count. `weekend` holds weekdays (Monday is 0); `extra_days` are worked nevertheless."""

    holidays: frozenset[date] = frozenset()
    weekend: frozenset[int] = frozenset({5, 6})
    extra_days: frozenset[date] = frozenset()

    def is_working_day(self, day: date) -> bool:
        """Whether `day` (in Bangkok) counts."""
        if day in self.extra_days:
            return True
        return day.weekday() not in self.weekend and day not in self.holidays

    def next_working_day(self, day: date) -> date:
        """`day` itself if it counts, else the first later one that does. Raises ValueError without one."""
        for later in range(_FURTHEST):
            if self.is_working_day(day + later * DAY):
                return day + later * DAY
        raise ValueError("this calendar has no working days")

    def last_day(self, first: date, days: int) -> date:
        """The last day of a period of `days` working days that begins with an event on `first`.

        The day of the event does not count (Civil and Commercial Code, section 193/3). Zero days end at once.
        Raises ValueError for less than zero.
        """
        if days < 0:
            raise ValueError("a period cannot be negative")
        day = first
        for _ in range(days):
            day = self.next_working_day(day + DAY)
        return day

    def due(self, start: datetime, days: int, pauses: Iterable[Pause] = ()) -> datetime | None:
        """When `days` working days have run since `start`, without pauses; None while a pause has no end.

        All instants are aware; the answer is in UTC. Raises ValueError for less than zero days, an instant
        without a time zone, a pause that ends before it starts, or a calendar without working days.
        """
        if days < 0:
            raise ValueError("a period cannot be negative")
        if days == 0:
            return _utc(start)
        return self.after(start, days * DAY, pauses)

    def after(self, start: datetime, left: timedelta, pauses: Iterable[Pause] = ()) -> datetime | None:
        """When `left` of working time has run since `start`, without pauses; as `due`, to the second."""
        if left <= timedelta():
            return _utc(start)
        for begin, end in self._running(_utc(start), _merged(pauses)):
            if end is None:
                return None
            if left <= end - begin:
                return begin + left
            left -= end - begin
        raise ValueError("this calendar has no working days")

    def elapsed(self, start: datetime, until: datetime, pauses: Iterable[Pause] = ()) -> timedelta:
        """How much working time ran from `start` to `until` without pauses; zero if `until` is earlier."""
        ran, stop = timedelta(), _utc(until)
        stood = _merged(pauses)
        if not stood:
            return self._elapsed_without_pauses(_utc(start), stop)
        for begin, end in self._running(_utc(start), stood):
            if end is None or begin >= stop:
                break
            ran += min(end, stop) - begin
        return ran

    def _elapsed_without_pauses(self, start: datetime, stop: datetime) -> timedelta:
        """As `elapsed`: the days between count whole, since Bangkok's clocks are never changed."""
        first, last = start.astimezone(BANGKOK).date(), stop.astimezone(BANGKOK).date()
        if stop <= start:
            return timedelta()
        whole = self._count(first, last) * DAY
        before = start - _midnight(first) if self.is_working_day(first) else timedelta()
        after = stop - _midnight(last) if self.is_working_day(last) else timedelta()
        return whole - before + after

    def _count(self, first: date, last: date) -> int:
        """How many days count from `first` to the day before `last`: whole weeks at once, then what differs."""
        weeks, rest = divmod((last - first).days, 7)
        usual = sum(day not in self.weekend for day in range(7)) * weeks
        usual += sum((first.weekday() + later) % 7 not in self.weekend for later in range(rest))
        free = (d for d in self.holidays if first <= d < last and d not in self.extra_days)
        worked = (d for d in self.extra_days if first <= d < last)
        return (
            usual
            - sum(day.weekday() not in self.weekend for day in free)
            + sum(day.weekday() in self.weekend for day in worked)
        )

    def _running(
        self, start: datetime, pauses: list[tuple[datetime, datetime | None]]
    ) -> Iterator[tuple[datetime, datetime | None]]:
        """Stretches of time that count, from `start` on, in order; one without end: it stands still."""
        first = start.astimezone(BANGKOK).date()
        for day in (first + later * DAY for later in range(_FURTHEST)):
            if not self.is_working_day(day):
                continue
            begin, end = max(start, _midnight(day)), _midnight(day + DAY)
            for paused, resumed in pauses:
                if paused >= end or (resumed is not None and resumed <= begin):
                    continue
                if paused >= begin:
                    yield begin, paused
                if resumed is None:
                    yield paused, None
                    return
                begin = min(resumed, end)
            if begin < end:
                yield begin, end


def day_of(due: datetime) -> date:
    """The last day (in Bangkok) on which something due at this instant is in time: midnight ends a day."""
    return (due.astimezone(BANGKOK) - timedelta(microseconds=1)).date()


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), BANGKOK).astimezone(UTC)


def _utc(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return at.astimezone(UTC)


def _merged(pauses: Iterable[Pause]) -> list[tuple[datetime, datetime | None]]:
    """Pauses in UTC, in order, overlapping ones made one."""
    merged: list[tuple[datetime, datetime | None]] = []
    for start, end in sorted(((_utc(p.start), p.end and _utc(p.end)) for p in pauses), key=lambda p: p[0]):
        if end is not None and end < start:
            raise ValueError("a pause ends before it starts")
        last = merged[-1] if merged else None
        if last and (last[1] is None or start <= last[1]):
            merged[-1] = (last[0], None if last[1] is None or end is None else max(last[1], end))
        else:
            merged.append((start, end))
    return merged
