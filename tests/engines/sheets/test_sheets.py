"""A table of an office is read whatever it came as, and what it was read as is said."""

import csv
import gzip
import io
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sala.engines.files import UnreadableError
from sala.engines.sheets import find_header, open_sheet
from sala.engines.sheets.layout import score_by

WANTED = ("เลขที่", "วันที่รับ", "เรื่อง")
TABLE = "เลขที่,วันที่รับ,เรื่อง\n1,5/1/69,ไฟดับ\n2,6/1/69,น้ำไม่ไหล\n"
ROWS = [("1", "5/1/69", "ไฟดับ"), ("2", "6/1/69", "น้ำไม่ไหล")]


def read(
    tmp_path: Path, content: bytes | str, wanted: Sequence[str] = WANTED, encoding: str = ""
) -> tuple[Any, list[Any]]:
    file = tmp_path / "table"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    with open_sheet(str(file), wanted=wanted, encoding=encoding) as sheet:
        rows = [(line, tuple(row[name] for name in wanted)) for line, row in sheet.rows()]
        assert rows == [(line, tuple(row[name] for name in wanted)) for line, row in sheet.rows()], (
            "twice the same"
        )
        return sheet, rows


def workbook(*rows: Sequence[object], titles: Sequence[Sequence[object]] = ()) -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["หน้าปก"])
    sheet = book.create_sheet("ข้อมูล")
    for row in (*titles, *rows):
        sheet.append(list(row))
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "read_as"),
    [
        (TABLE, {}),
        (TABLE.encode("utf-8-sig"), {}),
        (TABLE.replace(",", ";"), {"delimiter": ";"}),
        (TABLE.replace(",", "\t"), {"delimiter": "\t"}),
        (TABLE.encode("cp874"), {"encoding": "cp874"}),
        (TABLE.encode("utf-16"), {"encoding": "utf-16-le"}),
        (TABLE.encode("utf-16-le"), {"encoding": "utf-16-le"}),
        (TABLE.encode("utf-16-be"), {"encoding": "utf-16-be"}),
        (
            gzip.compress(TABLE.replace(",", ";").encode("cp874"), mtime=0),
            {"encoding": "cp874", "delimiter": ";"},
        ),
        (TABLE.replace("เลขที่", "เลข ที่\u200b"), {}),
    ],
)
def test_a_csv_is_read_as_it_was_written_and_how_is_said(
    tmp_path: Path, content: bytes | str, read_as: dict[str, str]
) -> None:
    sheet, rows = read(tmp_path, content)
    assert [cells for _, cells in rows] == ROWS
    assert sheet.read_as == read_as


@pytest.mark.parametrize(
    ("above", "line"),
    [("รายงานเรื่องร้องเรียน\nประจำปี 2569,,\n\n", 4), ("ข้อมูลเรื่อง,,\n", 2), (",,\n \n", 0)],
)
def test_titles_and_empty_rows_above_the_header_are_passed_over(
    tmp_path: Path, above: str, line: int
) -> None:
    sheet, rows = read(tmp_path, above + TABLE.replace("ไฟดับ\n", "ไฟดับ\n,,\n\n"))
    assert [cells for _, cells in rows] == ROWS
    # Empty rows alone are nothing to tell of.
    assert sheet.read_as == ({"header": str(line)} if line else {})
    assert rows[0][0] == (line or 3) + 1


def test_a_header_of_merged_cells_is_one_header(tmp_path: Path) -> None:
    text = "เลขที่,วันที่,,เรื่อง\n,รับ,เสร็จ,\n1,5/1/69,6/1/69,ไฟดับ\n"
    _, rows = read(tmp_path, text, ("เลขที่", "รับ", "เสร็จ", "เรื่อง"))
    assert rows == [(3, ("1", "5/1/69", "6/1/69", "ไฟดับ"))]
    twice = "เลขที่,รับเรื่อง,,เสร็จ,\n,วันที่,เวลา,วันที่,เวลา\n1,5/1/69,9.00,6/1/69,10.00\n"
    wanted = ("เลขที่", "รับเรื่อง วันที่", "เสร็จ วันที่")
    assert read(tmp_path, twice, wanted)[1] == [(3, ("1", "5/1/69", "6/1/69"))]


def test_a_column_without_a_name_is_left_out_and_counted(tmp_path: Path) -> None:
    sheet, rows = read(tmp_path, "เลขที่,วันที่รับ,,เรื่อง\n1,5/1/69,09.15 น.,ไฟดับ\n")
    assert (sheet.unnamed, rows) == (1, [(2, ROWS[0])])


def test_a_workbook_is_read_from_the_sheet_that_fits(tmp_path: Path) -> None:
    content = workbook(
        WANTED,
        (1100000000000, datetime(2026, 1, 5), "ไฟดับ"),
        (None, None, None),
        (2.0, datetime(2026, 1, 6, 9, 15), True),
        titles=[["รายงาน"], []],
    )
    sheet, rows = read(tmp_path, content)
    assert rows == [
        (4, ("1100000000000", "2026-01-05", "ไฟดับ")),
        (6, ("2", "2026-01-06 09:15:00", "yes")),
    ]
    assert sheet.read_as == {"sheet": "ข้อมูล", "header": "3"}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b",,\n", "empty"),
        (TABLE.replace("เรื่อง", "เลขที่"), "there twice"),
        (TABLE.replace("ไฟดับ", '"ไฟดับ'), "line 2"),
        ("เลขที่\n" + '"\n' + "ก\n" * 12_000, "never closed"),
        ("เลขที่\n" + "," * 2000, "more than 1000 cells"),
        ("เลขที่\n" + "ก" * 5_000_000, "longer than"),
        (("name,ort\n" + "Zürich,Zürich\n" * 9).encode("latin-1"), "--encoding"),
        (gzip.compress(b"a\n" + b"0" * 100_000_000, mtime=0), "200 times"),
        (b"PK\x03\x04" + b"\0" * 60, "workbook"),
        (workbook(WANTED)[:-40], "workbook"),
    ],
)
def test_what_is_no_table_is_refused_in_a_sentence(tmp_path: Path, content: bytes | str, said: str) -> None:
    with pytest.raises(UnreadableError, match=said):
        read(tmp_path, content, ("เลขที่",))


def test_an_encoding_that_is_named_counts(tmp_path: Path) -> None:
    sheet, rows = read(tmp_path, "name,ort\nZoë,Zürich\n".encode("latin-1"), ("name", "ort"), "latin-1")
    assert (rows, sheet.read_as) == ([(2, ("Zoë", "Zürich"))], {})


CELL = st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=12)


@given(
    rows=st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=6),
    delimiter=st.sampled_from(",;\t"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
def test_what_was_written_is_what_is_read(
    tmp_path: Path, rows: list[list[str]], delimiter: str, encoding: str
) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([WANTED, *rows])
    _, found = read(tmp_path, out.getvalue().encode(encoding))
    kept = [tuple(row) for row in rows if any(cell.strip() for cell in row)]
    assert [tuple(c.replace("\r", "") for c in cells) for _, cells in found] == kept


@given(rows=st.lists(st.lists(st.text(max_size=4), max_size=5), max_size=8))
def test_any_rows_have_a_header(rows: list[list[str]]) -> None:
    header = find_header(rows, score_by(("a", "b")))
    assert 0 <= header.first <= header.last <= max(len(rows) - 1, 0)
