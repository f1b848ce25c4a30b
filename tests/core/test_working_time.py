"""Deadlines: working days to the second, holidays and pauses left out, nothing gained and nothing lost."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sala.core.clock import BANGKOK
from sala.core.working_time import Pause, WorkingCalendar, day_of

pytestmark = pytest.mark.req("CMP-2.2")

SONGKRAN = frozenset({date(2026, 4, 13), date(2026, 4, 14), date(2026, 4, 15)})
CALENDAR = WorkingCalendar(holidays=SONGKRAN)
EVERY_DAY = WorkingCalendar(weekend=frozenset())

instants = st.datetimes(datetime(2026, 3, 1), datetime(2026, 6, 1)).map(
    lambda at: at.replace(microsecond=0, tzinfo=BANGKOK)
)
lengths = st.timedeltas(timedelta(), timedelta(days=12)).map(
    lambda t: timedelta(seconds=int(t.total_seconds()))
)
pauses = st.lists(
    st.builds(lambda start, length: Pause(start, start + length), instants, lengths), max_size=5
)


def at(day, hour=0, minute=0, second=0):
    return datetime(2026, 4, day, hour, minute, second, tzinfo=BANGKOK)


@given(instants, st.integers(1, 30), pauses)
def test_exactly_the_period_has_run_when_it_is_due(start, days, stood_still):
    due = CALENDAR.due(start, days, stood_still)
    assert CALENDAR.elapsed(start, due, stood_still) == timedelta(days=days)
    assert CALENDAR.elapsed(start, due - timedelta(seconds=1), stood_still) < timedelta(days=days)


@given(instants, st.integers(0, 30), pauses)
def test_a_pause_never_brings_the_day_nearer(start, days, stood_still):
    assert CALENDAR.due(start, days, stood_still) >= CALENDAR.due(start, days)


@given(instants, st.integers(0, 20), st.integers(0, 20))
def test_periods_add_up_so_a_transfer_gains_nothing(start, first, second):
    in_two_steps = CALENDAR.due(CALENDAR.due(start, first), second)
    assert CALENDAR.elapsed(start, in_two_steps) == timedelta(days=first + second)


@given(instants, instants, instants, pauses)
def test_time_runs_once(one, two, three, stood_still):
    first, second, third = sorted([one, two, three])
    whole = CALENDAR.elapsed(first, third, stood_still)
    parts = CALENDAR.elapsed(first, second, stood_still) + CALENDAR.elapsed(second, third, stood_still)
    assert whole == parts


@given(instants, instants, st.sets(st.dates(date(2026, 2, 20), date(2026, 6, 10)), max_size=30), st.data())
def test_days_counted_by_weeks_are_those_counted_one_by_one(one, two, holidays, data):
    extra = data.draw(st.sets(st.sampled_from(sorted(holidays) or [date(2026, 4, 11)]), max_size=5))
    weekend = data.draw(st.sets(st.integers(0, 6), max_size=6))
    calendar = WorkingCalendar(
        frozenset(holidays), frozenset(weekend), frozenset(extra | {date(2026, 4, 12)})
    )
    first, last = sorted([one, two])
    midnights = [first.replace(hour=0, minute=0, second=0), last.replace(hour=0, minute=0, second=0)]
    days = (midnights[1] - midnights[0]).days
    one_by_one = sum(calendar.is_working_day(midnights[0].date() + timedelta(later)) for later in range(days))
    assert calendar.elapsed(*midnights) == timedelta(one_by_one)


@given(instants, st.integers(0, 40))
def test_without_weekend_and_holiday_a_working_day_is_a_day(start, days):
    assert EVERY_DAY.due(start, days) == start + timedelta(days=days)


def test_a_deadline_over_songkran_to_the_second():
    assert CALENDAR.due(at(9, 10, 15, 30), 3) == at(17, 10, 15, 30)  # Thursday, Friday, then Thursday
    assert CALENDAR.due(at(11, 9), 1) == at(17)  # a Saturday: Thursday the 16th counts whole


def test_a_pause_moves_the_deadline_by_the_working_time_it_took():
    start = at(20, 9)
    assert CALENDAR.due(start, 2, [Pause(at(20, 12), at(20, 18))]) == at(22, 15)
    assert CALENDAR.due(start, 2, [Pause(at(20, 12), at(20, 18)), Pause(at(20, 15), at(20, 20))]) == at(
        22, 17
    )
    assert CALENDAR.due(start, 2, [Pause(at(25), at(26))]) == at(22, 9)


def test_nothing_is_due_while_the_clock_stands_still():
    assert CALENDAR.due(at(20, 9), 2, [Pause(at(20, 12))]) is None
    assert CALENDAR.due(at(20, 9), 2, [Pause(at(20, 12), at(20, 13)), Pause(at(20, 12))]) is None
    assert CALENDAR.due(at(20, 9), 2, [Pause(at(28))]) == at(22, 9)
    assert CALENDAR.elapsed(at(20, 9), at(24), [Pause(at(20, 12))]) == timedelta(hours=3)


def test_the_last_day_of_a_legal_period_leaves_out_the_first_day():
    assert CALENDAR.last_day(date(2026, 4, 9), 2) == date(2026, 4, 16)
    assert CALENDAR.last_day(date(2026, 4, 11), 0) == date(2026, 4, 11)
    assert CALENDAR.next_working_day(date(2026, 4, 11)) == date(2026, 4, 16)


def test_a_substitute_working_day_counts():
    saturday = date(2026, 4, 11)
    assert WorkingCalendar(extra_days=frozenset({saturday})).is_working_day(saturday)


def test_what_makes_no_sense_is_refused():
    never = WorkingCalendar(weekend=frozenset(range(7)))
    for refused in (
        lambda: CALENDAR.due(at(20), -1),
        lambda: CALENDAR.last_day(date(2026, 4, 9), -1),
        lambda: CALENDAR.due(datetime(2026, 4, 20), 1),
        lambda: CALENDAR.due(at(20), 1, [Pause(at(21), at(20))]),
        lambda: never.due(at(20), 1),
        lambda: never.next_working_day(date(2026, 4, 9)),
    ):
        with pytest.raises(ValueError, match="."):
            refused()
    assert CALENDAR.due(at(18), 0) == at(18).astimezone(UTC)


def test_what_is_due_at_midnight_is_due_the_day_before() -> None:
    """Filed on a Sunday, a period of five days ends with Friday, not with Saturday."""
    sunday = datetime(2026, 11, 22, 16, 55, tzinfo=BANGKOK)
    due = WorkingCalendar().due(sunday, 5)
    assert due is not None
    assert day_of(due) == date(2026, 11, 27)
    assert day_of(due + timedelta(seconds=1)) == date(2026, 11, 28)
