"""Reading and writing tables that people send: every bad row is told with its line, none stops the good ones."""

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

# OWASP, "CSV injection"; a tab or an end of line at the beginning moves the rest into the next cell.
_FORMULA = re.compile("[\t\r\n]|[\\s\u200b-\u200f\u2060\ufeff\u00ad]*[=+\\-@\uff1d\uff0b\uff0d\uff20]")
_NUMBER = re.compile(r"[+-]*[0-9]+(?:\.[0-9]*)?|[+-]*\.[0-9]+")


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
    # What was added, by the importer's own keys: what an undone run takes away again.
    keys: list[str] = field(default_factory=list)
    # What whoever imports should know of the table: (code, of what) -> how many rows.
    notes: Counter[tuple[str, str]] = field(default_factory=Counter)
    # A row as it landed, or would: line -> name -> value, for those the importer has more to say of than its cells.
    landed: dict[int, dict[str, str]] = field(default_factory=dict)
    # Where several tables of the same disagree, as rows of a table.
    differences: list[Mapping[str, object]] = field(default_factory=list)

    @property
    def read(self) -> int:
        """All rows that were read."""
        return self.added + self.changed + self.unchanged + len(self.bad)


Row = tuple[int, dict[str, str]]
# What became of a row: "changed", "unchanged", or "added" with the key of what was added.
Done = str | tuple[str, str]
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
    rows: Iterable[Row], take: Callable[[dict[str, str]], Done], *, once: Sequence[str] = ()
) -> Outcome:
    """Take each row by itself: `take` says what became of it, or raises Unfit.

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
            word, key = (done, "") if isinstance(done, str) else done
            setattr(outcome, word, getattr(outcome, word) + 1)
            outcome.keys += [key] if key else []
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
    """A cell that a spreadsheet will not run as a formula: what would begin one gets an apostrophe before it.

    That is = + - @, also as wide signs (East Asian editions take those for the narrow ones), and whatever they
    stand behind that is dropped in reading: spaces, tabs, ends of lines, signs without a width.
    """
    text = "" if value is None else str(value)
    return f"'{text}" if _FORMULA.match(text) and not _is_number(text) else text


def _is_number(text: str) -> bool:
    return _NUMBER.fullmatch(text) is not None


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
