"""How days are counted is law; each example here can be checked with a wall calendar."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.services.information.the_law import CALENDAR, LAW, PERIODS, rows

from sala.core.deadlines import received_day
from sala.core.working_time import WorkingCalendar
from sala.services.information.rules.periods import (
    Basis,
    NoPeriod,
    Period,
    Unit,
    last_day,
    period_in_force,
)

DAYS = st.dates(date(2000, 1, 1), date(2090, 1, 1))
HOLIDAYS = st.frozensets(st.dates(date(2026, 1, 1), date(2027, 12, 31)), max_size=40)


def period(
    days: int, unit: Unit = Unit.CIVIL, since: date = date(1997, 12, 9), until: date | None = None
) -> Period:
    return Period(
        code="appeal",
        days=days,
        unit=unit,
        counted_from="notified",
        law_th="ก",
        law_en="a",
        basis=Basis.TEXT,
        valid_from=since,
        valid_until=until,
    )


@pytest.mark.parametrize(
    ("told_on", "until", "why"),
    [
        (
            date(2026, 11, 2),
            date(2026, 11, 17),
            "Monday the 2nd is not counted; the 15th day is Tuesday the 17th",
        ),
        (date(2026, 11, 6), date(2026, 11, 23), "the 15th day is Saturday the 21st, so Monday the 23rd"),
        (date(2026, 11, 22), date(2026, 12, 8), "the 15th day is Monday 7 December, a holiday, so Tuesday"),
        (
            date(2026, 12, 16),
            date(2027, 1, 4),
            "the 15th day is 31 December; the new year and a weekend follow",
        ),
        (
            date(2026, 11, 21),
            date(2026, 12, 8),
            "told on a Saturday: the days run from Sunday; the 15th is a Sunday",
        ),
    ],
)
@pytest.mark.req("ODP-3")
def test_fifteen_days_to_appeal(told_on: date, until: date, why: str) -> None:
    assert LAW.until("appeal", told_on) == until, why


@pytest.mark.req("ODP-3")
def test_the_board_has_thirty_days_and_sixty_in_all_from_the_same_day() -> None:
    received = date(2026, 11, 2)
    assert LAW.until("complain_decide", received) == date(2026, 12, 2)
    assert LAW.until("complain_decide_extended", received) == date(2027, 1, 4), "the 60th day is a holiday"
    assert LAW.until("forward", received) == date(2026, 11, 9)


@given(DAYS, st.integers(1, 400), HOLIDAYS)
def test_a_period_ends_on_a_working_day_and_never_before_its_days_are_over(
    told_on: date, length: int, holidays: frozenset[date]
) -> None:
    calendar = WorkingCalendar(holidays=holidays)
    until = last_day(period(length), told_on, calendar)
    assert calendar.is_working_day(until)
    assert until >= told_on + timedelta(days=length)
    between = (
        told_on + timedelta(days=length) + timedelta(days=n) for n in range((until - told_on).days - length)
    )
    assert not any(calendar.is_working_day(day) for day in between), "the first working day, not a later one"


@given(DAYS, st.integers(1, 100), HOLIDAYS, st.dates(date(2026, 1, 1), date(2027, 12, 31)))
def test_one_holiday_more_never_takes_a_day_away(
    told_on: date, length: int, holidays: frozenset[date], more: date
) -> None:
    before = last_day(period(length), told_on, WorkingCalendar(holidays=holidays))
    after = last_day(period(length), told_on, WorkingCalendar(holidays=holidays | {more}))
    assert after >= before


@given(DAYS, st.integers(0, 100))
def test_who_is_told_a_day_later_never_has_less_time(told_on: date, length: int) -> None:
    assert last_day(period(length), told_on, CALENDAR) <= last_day(
        period(length), told_on + timedelta(days=1), CALENDAR
    )


def test_working_days_are_counted_as_everywhere_in_the_house() -> None:
    assert last_day(period(3, Unit.WORKING), date(2026, 11, 27), CALENDAR) == date(2026, 12, 2)


@pytest.mark.req("PAIN-08")
def test_what_arrives_after_hours_is_received_when_the_office_opens() -> None:
    friday, monday = date(2026, 11, 6), date(2026, 11, 9)
    assert received_day(friday, is_after_hours=False, calendar=CALENDAR) == friday
    assert received_day(friday, is_after_hours=True, calendar=CALENDAR) == monday
    assert received_day(date(2026, 11, 7), is_after_hours=False, calendar=CALENDAR) == monday


def test_the_newest_period_in_force_counts_and_an_old_answer_keeps_its_own() -> None:
    law = (period(15, until=date(2027, 5, 31)), period(30, since=date(2027, 6, 1)))
    assert period_in_force(law, "appeal", date(2027, 5, 31)).days == 15
    assert period_in_force(law, "appeal", date(2027, 6, 1)).days == 30
    with pytest.raises(NoPeriod):
        period_in_force(law, "appeal", date(1990, 1, 1))


@pytest.mark.parametrize("name", ["periods.csv", "ways.csv", "grounds.csv"])
def test_every_rule_says_where_it_stands_and_how_we_know(name: str) -> None:
    for row in rows(name):
        assert Basis(row["basis"])
        texts = [value for column, value in row.items() if column.startswith(("law_", "section_"))]
        assert len(texts) == 2
        assert all(texts), row


def test_what_was_not_read_in_a_law_says_so_in_both_languages() -> None:
    answer = next(p for p in PERIODS if p.code == "answer")
    assert answer.basis is Basis.NOT_VERIFIED
    assert "ยังไม่ได้อ่านตัวบท" in answer.law_th
    assert "not read" in answer.law_en
