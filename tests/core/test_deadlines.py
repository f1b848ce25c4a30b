"""Legal periods, how near a date is, and who is told: decisions a person could dispute, for any input."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sala.core import deadlines as rules
from sala.core import working_time
from sala.core.clock import BANGKOK
from sala.core.deadlines import EscalationLevel, Period, Unit, Urgency
from sala.core.working_time import WorkingCalendar

DAY = date(2026, 11, 22)
THRESHOLDS = {EscalationLevel.SUPERVISOR: 1, EscalationLevel.HEAD: 5, EscalationLevel.CENTRAL: 10}


def period(
    days: int, topic: str = "", since: date = DAY, until: date | None = None, unit: Unit = Unit.WORKING
) -> Period:
    return Period(
        code="resolve",
        topic=topic,
        days=days,
        unit=unit,
        law_th="ก",
        law_en="a",
        valid_from=since,
        valid_until=until,
    )


@given(st.lists(st.integers(1, 60), min_size=1, max_size=5), st.randoms(use_true_random=False))
def test_the_newest_period_in_force_counts_in_any_order(days: list[int], chance: object) -> None:
    rows = [period(count, since=DAY - timedelta(days=age)) for age, count in enumerate(days)]
    chance.shuffle(rows)  # type: ignore[attr-defined]  # Hypothesis' own random
    assert rules.period_in_force(rows, code="resolve", topic="road", on=DAY).days == days[0]


def test_a_topics_own_period_goes_before_one_for_all_and_none_is_an_error() -> None:
    rows = [period(15), period(5, "road"), period(1, "road", until=DAY - timedelta(days=1))]
    rows[2] = period(1, "road", since=DAY - timedelta(days=9), until=DAY - timedelta(days=1))
    assert rules.period_in_force(rows, code="resolve", topic="road", on=DAY).days == 5
    assert rules.period_in_force(rows, code="resolve", topic="noise", on=DAY).days == 15
    with pytest.raises(rules.NoPeriod):
        rules.period_in_force(rows, code="confirm", topic="road", on=DAY)


@pytest.mark.parametrize(
    ("left", "expected"),
    [
        (3, Urgency.ON_TIME),
        (2, Urgency.NEARLY_DUE),
        (0, Urgency.NEARLY_DUE),
        (-1, Urgency.OVERDUE),
        (-10, Urgency.OVERDUE),
        (-11, Urgency.LONG_OVERDUE),
    ],
)
def test_urgency_turns_on_the_day_the_rule_names(left: int, expected: Urgency) -> None:
    assert rules.urgency(days_left=left, is_paused=False, is_open=True, nearly=2, long=10) is expected
    assert rules.urgency(days_left=left, is_paused=True, is_open=True, nearly=2, long=10) is Urgency.PAUSED
    assert rules.urgency(days_left=left, is_paused=True, is_open=False, nearly=2, long=10) is Urgency.DONE


@given(st.integers(-5, 100), st.integers(0, 100))
def test_lateness_never_climbs_down(days: int, more: int) -> None:
    now = rules.escalation_due(days_over=days, thresholds=THRESHOLDS)
    later = rules.escalation_due(days_over=days + more, thresholds=THRESHOLDS)
    assert rules.LEVELS.index(later) >= rules.LEVELS.index(now)


days_of_events = st.dates(date(2020, 1, 1), date(2035, 1, 1))
holidays = st.frozensets(days_of_events, max_size=30)


@given(days_of_events, st.integers(1, 90), holidays)
def test_days_by_the_civil_code_leave_out_the_day_of_the_event_and_end_on_a_working_day(
    event_on: date, count: int, free: frozenset[date]
) -> None:
    calendar = WorkingCalendar(holidays=free)
    last = rules.last_day(period(count, unit=Unit.CIVIL), event_on, calendar)
    assert last >= event_on + timedelta(days=count)
    assert calendar.is_working_day(last)
    between = (event_on + timedelta(days=n) for n in range(count, (last - event_on).days))
    assert not any(calendar.is_working_day(day) for day in between)


@given(days_of_events, st.integers(0, 60), st.sampled_from(Unit), holidays, st.integers(1, 23))
def test_the_instant_a_period_has_run_lies_on_its_last_day(
    event_on: date, count: int, unit: Unit, free: frozenset[date], hour: int
) -> None:
    calendar = WorkingCalendar(holidays=free)
    start = datetime.combine(calendar.next_working_day(event_on), time(hour), BANGKOK).astimezone(UTC)
    due = rules.due_at(period(count, unit=unit), start, calendar)
    assert working_time.day_of(due) == rules.last_day(
        period(count, unit=unit), start.astimezone(BANGKOK).date(), calendar
    )


def test_fifteen_days_of_the_information_act_that_end_on_a_saturday_end_on_monday() -> None:
    fifteen = period(15, unit=Unit.CIVIL)
    assert rules.last_day(fifteen, date(2026, 11, 6), WorkingCalendar()) == date(2026, 11, 23)


@given(
    days_of_events,
    st.integers(1, 40),
    holidays,
    st.frozensets(st.integers(-5, 60), max_size=4),
    st.integers(0, 10),
    st.integers(0, 10),
)
def test_a_date_that_follows_new_holidays_is_the_date_one_would_have_counted_with_them(
    event_on: date, count: int, free: frozenset[date], declared: frozenset[int], paused: int, stood: int
) -> None:
    old = WorkingCalendar(holidays=free)
    new = WorkingCalendar(holidays=free | {event_on + timedelta(days=n) for n in declared})
    start = datetime.combine(event_on, time(10), BANGKOK).astimezone(UTC)
    pause = working_time.Pause(start + timedelta(days=paused), start + timedelta(days=paused + stood))
    before, wanted = old.due(start, count, [pause]), new.due(start, count, [pause])
    assert before is not None
    moved = rules.moved_by_calendar(before, began_at=start, before=old, after=new, pauses=[pause])
    assert moved == wanted
    assert rules.moved_by_calendar(moved, began_at=start, before=new, after=old, pauses=[pause]) == before
