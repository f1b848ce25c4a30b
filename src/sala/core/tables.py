"""Reading and writing tables that people send: every bad row is told with its line, none stops the good ones."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that could not be taken: line in the file (the header is line 1), column, value, reason code."""

    line: int
    column: str
    value: str
    reason: str


class Unfit(Exception):
    """A row that cannot be taken: the column at fault, and the code of the reason."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column, self.reason = column, reason


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


Row = tuple[int, dict[str, str]]
# What a spreadsheet or a database writes into one cell at the most; longer ones are told, not read in part.
LONGEST_CELL = 1 << 20
LONGEST_TOLD = 200


def rows_of(lines: Iterable[str]) -> tuple[Sequence[str], Iterator[Row]]:
    """Column names, and (line number where it begins, row) for each row of a CSV text with a header.

    A byte-order mark is ignored; missing cells are empty text; surplus cells are kept under the name "". Raises
    csv.Error, here or while the rows are read, for a quote that is never closed and the like.
    """
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(_without_mark(lines), strict=True)
    columns = tuple(name.strip() for name in next(reader, ()))

    def rows() -> Iterator[Row]:
        begins = reader.line_num + 1
        for cells in reader:
            if cells:
                row = dict.fromkeys(columns, "") | dict(zip(columns, cells, strict=False))
                yield (
                    begins,
                    row | ({"": ",".join(cells[len(columns) :])} if len(cells) > len(columns) else {}),
                )
            begins = reader.line_num + 1

    return columns, rows()


def take_rows(
    rows: Iterable[Row], take: Callable[[dict[str, str]], str], *, once: Sequence[str] = ()
) -> Outcome:
    """Take each row by itself: `take` says "added", "changed" or "unchanged", or raises Unfit.

    `once` names the columns that tell rows apart: the second row of the same is refused, so that the same table
    again changes nothing.
    """
    outcome = Outcome()
    seen: set[tuple[str, ...]] = set()
    for line, row in rows:
        values = {name: (value or "").strip() for name, value in row.items()}
        try:
            require_readable(values)
            mark = tuple(values.get(column, "") for column in once)
            if once and mark in seen:
                raise Unfit(once[0], "repeated")
            done = take(values)
            seen.add(mark)
        except Unfit as unfit:
            outcome.bad.append(bad_row(line, values, unfit))
        else:
            setattr(outcome, done, getattr(outcome, done) + 1)
    outcome.bad.sort(key=lambda bad: bad.line)
    return outcome


def bad_row(line: int, row: Mapping[str, str], unfit: Unfit) -> BadRow:
    """A row that was refused, for the report."""
    return BadRow(line, unfit.column, row.get(unfit.column, "")[:LONGEST_TOLD], unfit.reason)


def require_readable(row: Mapping[str, str]) -> None:
    """Raises Unfit for more cells than the header has columns, and for characters that are no text."""
    if row.get(""):
        raise Unfit("", "too_many_cells")
    for column, text in row.items():
        if "\0" in text or "\ufffd" in text:
            raise Unfit(column, "not_text")


def require_cells(row: Mapping[str, str], *columns: str) -> None:
    """Raises Unfit for the first of these columns that is empty."""
    for column in columns:
        if not row.get(column):
            raise Unfit(column, "missing")


# Years of the common era in which a table of ours can mean something: a year of 2569 is a Buddhist one.
YEARS = range(1800, 2201)


def day_of(row: Mapping[str, str], column: str) -> date:
    """The ISO date in a column. Raises Unfit for anything else and for a year that can hardly be meant."""
    try:
        day = date.fromisoformat(row.get(column, ""))
    except ValueError:
        raise Unfit(column, "not_a_date") from None
    if day.year not in YEARS:
        raise Unfit(column, "unlikely_year")
    return day


def days_of(row: Mapping[str, str]) -> tuple[date, date | None]:
    """From when until when a row holds (`valid_from`, `valid_until`). Raises Unfit if it ends before it begins."""
    first = day_of(row, "valid_from")
    last = day_of(row, "valid_until") if row.get("valid_until") else None
    if last and last < first:
        raise Unfit("valid_until", "before_it_begins")
    return first, last


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
