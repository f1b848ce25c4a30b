"""Buddhist-era dates: every day is read back from every way of writing it."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sala.core.dates import (
    buddhist_year,
    fiscal_year,
    format_date,
    format_instant,
    gregorian_year,
    parse_date,
)

days = st.dates(date(1890, 1, 1), date(2400, 12, 31))
of_this_century = st.dates(date(1957, 1, 1), date(2056, 12, 31))


@given(days, st.sampled_from(["medium", "long", "formal"]), st.booleans())
def test_every_day_written_in_thai_is_read_back(day, style, thai):
    assert parse_date(format_date(day, style=style, in_thai_digits=thai)) == day


@given(of_this_century)
def test_two_digits_are_a_buddhist_year_of_this_century(day):
    assert parse_date(format_date(day, style="short")) == day


@given(st.dates(date(1900, 1, 1), date(2300, 12, 31)), st.sampled_from(["medium", "long"]))
def test_every_day_written_in_english_is_read_back(day, style):
    assert parse_date(format_date(day, style=style, language="en")) == day
    assert parse_date(day.isoformat()) == day


@given(days)
def test_the_two_eras_agree(day):
    assert gregorian_year(buddhist_year(day), day.month) == day.year


@pytest.mark.parametrize(
    "text",
    [
        "19 มิ.ย. 68",
        "19 มิย 68",
        "๑๙ มิถุนายน พ.ศ. ๒๕๖๘",
        "วันที่ 19 มิถุนายน พ.ศ.2568",
        "19 มิถุนายน ค.ศ. 2025",
        "19/6/2568",
        "19/06/68",
        "19-6-2568",
        "2025-06-19",
        "2568-06-19",
        "19 June 2025",
        "19 Jun 2025",
    ],
)
def test_the_ways_people_write_a_day(text):
    assert parse_date(text) == date(2025, 6, 19)


@pytest.mark.parametrize(
    "text", ["", "พรุ่งนี้", "31 ก.พ. 68", "19/13/2568", "0/1/2568", "1 ม.ค. 2483", "19 มิ.ย.", "19 xyz 2568"]
)
def test_what_is_no_day_is_refused(text):
    with pytest.raises(ValueError, match="."):
        parse_date(text)


def test_the_year_began_in_april_until_1940():
    assert buddhist_year(date(1940, 3, 31)) == 2482
    assert buddhist_year(date(1940, 4, 1)) == 2483
    assert buddhist_year(date(1941, 1, 1)) == 2484
    assert parse_date("24 มิถุนายน 2475") == date(1932, 6, 24)
    assert parse_date("1 ม.ค. 2482") == date(1940, 1, 1)


def test_an_instant_is_shown_in_bangkok():
    at = datetime(2025, 6, 18, 18, 5, tzinfo=UTC)
    assert format_instant(at) == "19 มิ.ย. 2568 01:05 น."
    assert format_instant(at, language="en") == "19 Jun 2025, 01:05"
    with pytest.raises(ValueError, match="time zone"):
        format_instant(datetime(2025, 6, 18))


def test_the_fiscal_year_ends_in_september():
    assert [fiscal_year(date(2025, 9, 30)), fiscal_year(date(2025, 10, 1))] == [2025, 2026]
