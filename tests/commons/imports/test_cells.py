"""Cells are read as Thai offices write them; a mapping file says no more than it may."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sala.commons.imports.rules import (
    REPORT,
    BadMapping,
    Reader,
    is_report,
    original_row,
    plain_mapping,
    read_mapping,
    read_moment,
    report_columns,
)
from sala.core.clock import BANGKOK
from sala.core.columns import Column, Kind
from sala.core.dates import buddhist_year, format_date
from sala.core.tables import Unfit, safe_cell

NOW = datetime(2026, 11, 30, tzinfo=BANGKOK)
COLUMNS = (
    Column(name="no", kind=Kind.ID, is_needed=True),
    Column(name="on", kind=Kind.DAY, may_come=False),
    Column(name="state", table="states", codes=frozenset({"open", "done"})),
    Column(name="about", codes=frozenset({"road", "other"}), other="other"),
    Column(name="lat", kind=Kind.DEGREES),
)


def reader(text: str = "") -> Reader:
    told = f'{text}\n[columns]\nno = "เลข"\non = "วัน"\nstate = "สถานะ"\nabout = "ประเภท"\nlat = "ละติจูด"'
    mapping = read_mapping(f'{told}\n[states]\n"ค้าง" = "open"', COLUMNS)
    return Reader(mapping, COLUMNS, NOW)


@pytest.mark.parametrize(
    ("written", "forms", "day"),
    [
        ("5/1/69", ["%d/%m/%y"], "2026-01-05"),
        ("5/1/68", ["%d/%m/%y"], "2025-01-05"),
        ("๕/๑/๖๘", ["%d/%m/%y"], "2025-01-05"),
        ("05/01/2569", ["%d/%m/%Y"], "2026-01-05"),
        ("2569-01-05", ["%Y-%m-%d"], "2026-01-05"),
        ("2569-01-05", [], "2026-01-05"),
        ("5 ม.ค. 69", ["%Y-%m-%d"], "2026-01-05"),
        ("วันที่ ๕ มกราคม พ.ศ. ๒๕๖๙", [], "2026-01-05"),
        ("5 ม.ค. 2569 เวลา 09.15 น.", [], "2026-01-05T09:15"),
        ("5/1/2569 9:15", [], "2026-01-05T09:15"),
        ("2026-01-05 09:15:30", ["%d/%m/%Y"], "2026-01-05T09:15:30"),
        ("2026-01-05T09:15:30", [], "2026-01-05T09:15:30"),
    ],
)
def test_a_day_is_read_as_it_is_written_in_thailand(written: str, forms: list[str], day: str) -> None:
    at = read_moment(written, reader(f"date_formats = {forms!r}").mapping)
    assert at == datetime.fromisoformat(day).replace(tzinfo=BANGKOK)


def test_two_digits_of_another_calendar_are_of_that_calendar() -> None:
    mapping = reader('date_formats = ["%m/%d/%y"]\nzone = "America/New_York"').mapping
    at = read_moment("1/5/22", mapping)
    assert at is not None
    assert at.date() == date(2022, 1, 5)


def test_a_day_whose_order_can_be_mistaken_is_read_by_the_form_alone() -> None:
    # By the form it is no date; day before month would be one, of another meaning.
    assert read_moment("13/12/2024", reader('date_formats = ["%m/%d/%Y"]').mapping) is None


@given(st.dates(min_value=date(1941, 1, 1), max_value=date(2042, 12, 31)))
def test_every_form_of_a_day_is_the_same_day(day: date) -> None:
    mapping = plain_mapping(COLUMNS, {})
    written = [format_date(day, style=style) for style in ("medium", "long", "formal")]
    written += [day.isoformat(), f"{day.day}/{day.month}/{buddhist_year(day)}"]
    if 2500 <= buddhist_year(day) <= 2599:
        written.append(f"{day.day}/{day.month}/{buddhist_year(day) % 100:02d}")
    for text in written:
        at = read_moment(text, mapping)
        assert at is not None, text
        assert at.date() == day, text


@given(st.text(max_size=30))
def test_any_text_is_a_day_or_none(text: str) -> None:
    at = read_moment(text, plain_mapping(COLUMNS, {}))
    assert at is None or at - at == timedelta()


def test_a_row_is_read_in_our_names() -> None:
    row = {"เลข": " ๑๒/๖๙ ", "วัน": "5/1/69", "สถานะ": "ค้าง\u200b", "ประเภท": "road", "ละติจูด": "๑๖,๔๓"}
    cells = reader().read(row)
    assert cells == {"no": "12/69", "on": "2026-01-05", "state": "open", "about": "road", "lat": "16.43"}


@pytest.mark.parametrize(
    ("change", "column", "reason"),
    [
        ({"เลข": ""}, "no", "missing"),
        ({"เลข": "1.10E+12"}, "no", "number_was_rounded"),
        ({"เลข": "1,1e+12"}, "no", "number_was_rounded"),
        ({"วัน": "1/2/70"}, "on", "day_not_come"),
        ({"วัน": "เมื่อวาน"}, "on", "not_a_date"),
        ({"วัน": "0001-01-01"}, "on", "unlikely_year"),
        ({"สถานะ": "หาย"}, "state", "unknown_value"),
    ],
)
def test_a_cell_that_cannot_be_is_named(change: dict[str, str], column: str, reason: str) -> None:
    with pytest.raises(Unfit, match=reason) as refused:
        reader().read({"เลข": "1", "วัน": "", "สถานะ": "", "ประเภท": ""} | change)
    assert refused.value.column == column


def test_a_value_that_nobody_knows_is_told_with_how_often() -> None:
    read = reader()
    for _ in range(2):
        assert read.read({"เลข": "1", "ประเภท": "เรื่องแปลก"})["about"] == "other"
    assert read.notes == {("unknown_about", "เรื่องแปลก"): 2}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("columns = ", "not TOML"),
        ("", r"\[columns\] is missing"),
        ('[columns]\non = "x"', "names no no"),
        ('[columns]\nno = "x"\npigeon = "y"', r"\[columns\] has unknown pigeon"),
        ('colour = "red"\n[columns]\nno = "x"', "has unknown colour"),
        ('[columns]\nno = "x"\n[states]\na = "gone"', r"\[states\] has unknown gone"),
        ('[columns]\nno = "x"\n[values.about]\na = "gone"', r"\[values.about\] has unknown gone"),
        ('[columns]\nno = "x"\n[defaults]\nstate = "gone"', "has unknown gone"),
        ('calendar = "mayan"\n[columns]\nno = "x"', "calendar is one of"),
        ('zone = "../etc"\n[columns]\nno = "x"', "zone"),
        (f'source = "{"x" * 41}"\n[columns]\nno = "x"', "longer than"),
        ('allow_future = "yes"\n[columns]\nno = "x"', "true or false"),
    ],
)
def test_a_mapping_that_cannot_be_used_says_what_is_wrong(text: str, said: str) -> None:
    with pytest.raises(BadMapping, match=said):
        read_mapping(text, COLUMNS)


@given(st.dictionaries(st.text(min_size=1, max_size=5), st.text(max_size=8), max_size=4))
def test_a_row_of_a_report_is_the_row_again(row: dict[str, str]) -> None:
    told = dict.fromkeys(REPORT, "x") | {
        name: safe_cell(cell) for name, cell in row.items() if name not in REPORT
    }
    assert is_report(tuple(told))
    assert is_report(report_columns(tuple(row)))
    kept = {name: cell for name, cell in row.items() if name not in REPORT}
    # A cell that began with an apostrophe before a sign cannot be told from one that we guarded.
    if not any(cell.startswith("'") for cell in kept.values()):
        assert original_row(told) == kept
