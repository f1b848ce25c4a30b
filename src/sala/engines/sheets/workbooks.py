"""Rows of an .xlsx workbook as text (ECMA-376): days as ISO days, whole numbers without a point.

A workbook is a packed folder, so it is looked at before it is opened: what unpacks to more than a table ever does
is refused, and its texts, of which all must be held, have a limit of their own.
"""

import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, BinaryIO, Final

from sala.engines.files import Budget, UnreadableError
from sala.engines.sheets.layout import MOST_CELLS

MARK: Final = b"PK\x03\x04"
# The old binary workbook (.xls); nothing we may use reads it well.
OLD_MARK: Final = b"\xd0\xcf\x11\xe0"
_MOST_TEXT: Final = 64 << 20
Line = tuple[int, list[str]]


def list_sheets(stream: BinaryIO, label: str, budget: Budget) -> list[str]:
    """The names of the sheets that can be seen. Raises UnreadableError for what is no workbook."""
    with _Opened(stream, label, budget) as book:
        return [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]


def rows_of_sheet(stream: BinaryIO, label: str, sheet: str, budget: Budget) -> Iterator[Line]:
    """(row number, cells) of each row of a sheet, one at a time. Raises UnreadableError."""
    with _Opened(stream, label, budget) as book:
        table = book[sheet]
        # What the file says of its own size is often wrong; the rows themselves are not.
        table.reset_dimensions()
        try:
            for number, cells in enumerate(table.iter_rows(values_only=True), start=1):
                if len(cells) > MOST_CELLS and any(cell is not None for cell in cells[MOST_CELLS:]):
                    raise UnreadableError(label, f"row {number}: more than {MOST_CELLS} columns")
                yield number, [_text(cell) for cell in cells[:MOST_CELLS]]
        except UnreadableError:
            raise
        except (
            Exception
        ) as problem:  # the library raises what its parts raise: KeyError, ParseError, ValueError …
            raise UnreadableError(label, f"the sheet {sheet} cannot be read ({problem})") from None


class _Opened:
    """A workbook for reading row by row; closed at the end."""

    def __init__(self, stream: BinaryIO, label: str, budget: Budget) -> None:
        _require_small(stream, label, budget)
        # Loaded here alone: no other command needs it.
        import openpyxl

        stream.seek(0)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # what it cannot draw (validation, pictures) is nothing to us
                self._book = openpyxl.load_workbook(stream, read_only=True, data_only=True)
        except Exception as problem:  # as above
            raise UnreadableError(label, f"this is no .xlsx workbook ({problem})") from None

    def __enter__(self) -> Any:
        """The library's own workbook."""
        return self._book

    def __exit__(self, *_: object) -> None:
        """Close it; the stream stays open."""
        self._book.close()


def _require_small(stream: BinaryIO, label: str, budget: Budget) -> None:
    stream.seek(0)
    try:
        inside = zipfile.ZipFile(stream).infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as problem:
        raise UnreadableError(label, f"damaged, this is not a whole .xlsx workbook ({problem})") from None
    if not any(part.filename == "xl/workbook.xml" for part in inside):
        raise UnreadableError(label, "this is a packed file, but no .xlsx workbook")
    packed, whole = (sum(getattr(p, size) for p in inside) for size in ("compress_size", "file_size"))
    texts = sum(part.file_size for part in inside if part.filename.endswith("sharedStrings.xml"))
    if whole > max(budget.free, budget.times * packed) or whole > budget.whole or texts > _MOST_TEXT:
        raise UnreadableError(label, "it unpacks to more than a table ever does; save it as CSV")


def _text(value: object) -> str:
    """A cell as a person would write it into CSV: numbers without an exponent, days as ISO days."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        # A number of sixteen digits is all that a workbook keeps; a longer one was a text, or is lost already.
        return str(int(value)) if value.is_integer() and abs(value) < 1e16 else repr(value)
    if isinstance(value, datetime):
        return (
            value.date().isoformat()
            if value.time() == time()
            else value.isoformat(sep=" ", timespec="seconds")
        )
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat(timespec="seconds")
    if isinstance(value, timedelta):
        return str(value)
    return str(value)
