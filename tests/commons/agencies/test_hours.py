"""When an office is open: as its hours say, with breaks, nights and holidays."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sala.commons.agencies import rules

MONDAY = date(2026, 11, 30)
OFFICE = rules.read_hours("Mo-Fr 08:30-12:00,13:00-16:30; Sa 09:00-12:00")


def never(day: date) -> bool:
    return False


def at(hour: int, minute: int = 0, days: int = 0) -> datetime:
    return datetime(2026, 11, 30, hour, minute) + timedelta(days=days)


@pytest.mark.req("DIR")
@pytest.mark.parametrize(
    ("now", "state", "when"),
    [
        (at(9), "open", at(12)),
        (at(12, 30), "break", at(13)),
        (at(16, 30), "closed", at(8, 30, days=1)),
        (at(7), "closed", at(8, 30)),
        (at(13, days=5), "closed", at(8, 30, days=7)),  # Saturday afternoon: Monday comes next
        (at(8, 30), "open", at(12)),
    ],
)
def test_an_office_is_open_as_its_hours_say(now: datetime, state: str, when: datetime) -> None:
    opening = rules.opening_at(OFFICE, now, never)
    assert (opening.state, opening.until or opening.opens_at) == (state, when)


def test_a_holiday_is_closed_and_the_next_day_is_told() -> None:
    opening = rules.opening_at(OFFICE, at(9), lambda day: day == MONDAY)
    assert (opening.state, opening.opens_at) == ("closed", at(8, 30, days=1))
    kept = rules.read_hours("Mo-Fr 08:30-16:30; PH 10:00-12:00")
    assert rules.opening_at(kept, at(11), lambda day: True).state == "open"


def test_a_night_that_began_yesterday_is_still_open() -> None:
    night = rules.read_hours("Mo-Su 22:00-02:00")
    assert rules.opening_at(night, at(1), never).until == at(2)
    assert rules.opening_at(rules.read_hours("24/7"), at(3), lambda day: True).state == "always"


def test_an_office_that_never_opens_says_so() -> None:
    opening = rules.opening_at(rules.read_hours("Mo-Su off"), at(9), never)
    assert (opening.state, opening.opens_at) == ("closed", None)


@pytest.mark.parametrize(
    "text", ["", "ทุกวัน", "Mo-Fr", "Xx 08:00-09:00", "Mo 25:00-26:00", "Mo 08:70-09:00", "9-5", "Mo 8:00-"]
)
def test_what_is_no_hours_is_refused(text: str) -> None:
    with pytest.raises(rules.BadHours):
        rules.read_hours(text)


@given(st.text(alphabet="MoTuWeThFrSaSuPH0123456789:-,; of/", max_size=60))
def test_any_text_is_hours_or_refused(text: str) -> None:
    try:
        hours = rules.read_hours(text)
    except rules.BadHours:
        return
    assert len(hours.week) == 7


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)))
def test_what_is_closed_opens_later_and_what_is_open_closes_later(now: datetime) -> None:
    opening = rules.opening_at(OFFICE, now, never)
    assert opening.state in ("open", "break", "closed")
    when = opening.until if opening.state == "open" else opening.opens_at
    assert when is not None
    assert when > now
