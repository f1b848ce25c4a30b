"""Reading and writing tables that people send: every bad row is told with its line, none stops the good ones."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that could not be taken: line in the file (the header is line 1), column, value, reason code."""

    line: int
    column: str
    value: str
    reason: str


@dataclass(slots=True)
class Outcome:
    """What an import did, counted in rows."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    bad: list[BadRow] = field(default_factory=list)

    @property
    def read(self) -> int:
        """All rows that were read."""
        return self.added + self.changed + self.unchanged + len(self.bad)


def rows_of(lines: Iterable[str]) -> tuple[Sequence[str], Iterator[tuple[int, dict[str, str]]]]:
    """Column names, and (line number, row) for each row of a CSV text with a header.

    A byte-order mark is ignored; missing cells are empty text; surplus cells are kept under the name "".
    """
    reader = csv.DictReader(_without_mark(lines), restkey="", restval="")
    columns = tuple((name or "").strip() for name in (reader.fieldnames or ()))
    reader.fieldnames = list(columns)

    def rows() -> Iterator[tuple[int, dict[str, str]]]:
        for row in reader:
            row.pop("", None)
            yield reader.line_num, row

    return columns, rows()


def _without_mark(lines: Iterable[str]) -> Iterator[str]:
    for number, line in enumerate(lines):
        yield line.removeprefix("\ufeff") if number == 0 else line


def safe_cell(value: object) -> str:
    """A cell that a spreadsheet will not run as a formula: a leading = + - @ tab or return gets an apostrophe."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) and not _is_number(text) else text


def _is_number(text: str) -> bool:
    return text.lstrip("+-").replace(".", "", 1).isdigit()


def csv_text(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> Iterator[str]:
    """CSV lines (header first, CRLF, as RFC 4180 says) with cells made safe for spreadsheets."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(columns)
    yield _taken(buffer)
    for row in rows:
        writer.writerow([safe_cell(row.get(column)) for column in columns])
        yield _taken(buffer)


def _taken(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text
