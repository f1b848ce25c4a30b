"""One table, whatever it came as, laid out on disk so that it can be read twice without being held in memory.

All that can be wrong with a file (its letters, a quote that is never closed, more than its budget) is found while
it is laid out: before the first row is taken.
"""

import csv
import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import TextIOWrapper
from typing import BinaryIO, Final

from sala.engines.files import Budget, UnreadableError, guess_encoding, open_bytes, scratch_file
from sala.engines.files.encodings import CHUNK, encoding_of, to_utf8
from sala.engines.files.errors import label_of
from sala.engines.files.reading import Advance
from sala.engines.sheets import layout, workbooks

Row = tuple[int, dict[str, str]]
Line = tuple[int, list[str]]
MOST_ROWS: Final = 1_000_000
_LONGEST_CELL: Final = 1 << 20
_LONGEST_LINE: Final = 4 << 20
# A record over more lines than this is a quote that was never closed.
_MOST_LINES: Final = 10_000
_SAMPLE: Final = 1 << 16
_BUDGET: Final = Budget()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table laid out: `columns` are its names, `unnamed` counts those left out for want of one.

    `read_as` says how it was read where that had to be found by looking: "encoding" cp874, "delimiter" ;,
    "sheet" name, "header" line. `digest` is that of its rows, whatever it came as.
    """

    name: str
    columns: tuple[str, ...]
    count: int
    unnamed: int
    digest: str
    read_as: dict[str, str]
    _kept: BinaryIO = field(repr=False)
    _places: tuple[int, ...] = field(repr=False)
    _width: int = field(repr=False)

    def rows(self) -> Iterator[Row]:
        """(line on which it begins, cells by column); surplus cells under "". May be asked for again and again."""
        self._kept.seek(0)
        for content in self._kept:
            line, cells = json.loads(content)
            row = {
                name: cells[place] if place < len(cells) else ""
                for name, place in zip(self.columns, self._places, strict=True)
            }
            surplus = [cell for cell in cells[self._width :] if cell.strip()]
            yield line, row | ({"": ",".join(surplus)} if surplus else {})


@contextmanager
def open_sheet(
    name: str,
    *,
    wanted: Iterable[str] = (),
    score: layout.Score | None = None,
    encoding: str = "",
    budget: Budget = _BUDGET,
    advance: Advance | None = None,
) -> Iterator[Sheet]:
    """A table of any form (`-` for standard input, .gz too), laid out until the block ends.

    `wanted` are the names of columns that the reader looks for, `score` another judgement of a header. `encoding`
    says how a CSV text is written; without it UTF-8, UTF-16 and Thai TIS-620 are found by looking.
    Raises UnreadableError, and LookupError for an encoding that is none.
    """
    label, names = label_of(name), list(wanted)
    judge = score or layout.score_by(names)
    with scratch_file() as plain, scratch_file() as kept:
        with open_bytes(name, budget=budget, advance=advance) as stream:
            while part := stream.read(CHUNK):
                plain.write(part)
        plain.seek(0)
        head = plain.read(4)
        if head == workbooks.OLD_MARK:
            raise UnreadableError(label, "an old .xls workbook; save it as .xlsx or CSV")
        if head == workbooks.MARK:
            yield _lay_out_workbook(plain, kept, label, judge, names, budget)
        else:
            yield _lay_out_text(plain, kept, label, judge, names, encoding)


def _lay_out_workbook(
    plain: BinaryIO, kept: BinaryIO, label: str, judge: layout.Score, names: Sequence[str], budget: Budget
) -> Sheet:
    sheets = workbooks.list_sheets(plain, label, budget)
    if not sheets:
        raise UnreadableError(label, "the workbook shows no sheet")

    def fit(sheet: str) -> int:
        return layout.find_header(_first(workbooks.rows_of_sheet(plain, label, sheet, budget)), judge).score

    chosen = max(sheets, key=fit) if len(sheets) > 1 else sheets[0]
    read_as = {"sheet": chosen} if len(sheets) > 1 else {}
    return _lay_out(workbooks.rows_of_sheet(plain, label, chosen, budget), kept, label, judge, names, read_as)


def _first(lines: Iterator[Line]) -> list[list[str]]:
    found: list[list[str]] = []
    for _, cells in lines:
        if any(cells):
            found.append(cells)
        if len(found) > layout.LOOKED_THROUGH:
            break
    return found


def _lay_out_text(
    plain: BinaryIO, kept: BinaryIO, label: str, judge: layout.Score, names: Sequence[str], encoding: str
) -> Sheet:
    told = encoding or _encoding_of(plain, label)
    read_as = {} if encoding or told == "utf-8" else {"encoding": told}
    sample = "".join(_text_lines(plain, label, told, most=_SAMPLE))
    delimiter = layout.delimiter_of(sample, judge)
    if delimiter != ",":
        read_as["delimiter"] = delimiter
    lines = _csv_lines(plain, label, told, delimiter)
    return _lay_out(lines, kept, label, judge, names, read_as)


def _encoding_of(plain: BinaryIO, label: str) -> str:
    """How a text is written. Raises UnreadableError for Latin letters, which nobody who sends Thai tables means."""
    plain.seek(0)
    head = plain.read(_SAMPLE)
    found, _ = encoding_of(head)
    if found != "utf-8" or (found := _wide_encoding(head)):
        return found
    try:
        for _ in _text_lines(plain, label, "utf-8"):
            pass
    except UnreadableError as problem:
        if "UTF-8" not in problem.reason:
            raise
        if guess_encoding(_high_bytes(plain)) != "cp874":
            raise UnreadableError(label, f"{problem.reason}; or say how it is written: --encoding") from None
        return "cp874"
    return "utf-8"


def _wide_encoding(head: bytes) -> str:
    """UTF-16 without a mark that begins in Thai: every other byte is the upper half of a Thai or a Latin sign."""
    for encoding, upper in (("utf-16-le", head[1::2]), ("utf-16-be", head[::2])):
        if upper and sum(byte in (0x00, 0x0E) for byte in upper) * 10 >= len(upper) * 9 and b"\x0e" in upper:
            return encoding
    return ""


def _high_bytes(plain: BinaryIO) -> bytes:
    """The first lines with letters beyond ASCII: a header of an old system may have none."""
    plain.seek(0)
    found = b""
    while len(found) < _SAMPLE and (line := plain.readline(_LONGEST_LINE)):
        found += b"" if line.isascii() else line
    return found


def _text_lines(plain: BinaryIO, label: str, encoding: str, most: int = 0) -> Iterator[str]:
    """Lines of the text, their ends as they are; only about the first `most` characters if that is given."""
    plain.seek(0)
    text = TextIOWrapper(to_utf8(plain, label, encoding=encoding, is_checked=True), "utf-8", newline="")
    read, number = 0, 0
    try:
        while line := text.readline(_LONGEST_LINE + 1):
            number += 1
            if len(line) > _LONGEST_LINE:
                raise UnreadableError(
                    label, f"line {number}: longer than {_LONGEST_LINE >> 20} million signs"
                )
            yield line
            read += len(line)
            if most and read >= most:
                return
    except UnicodeError:
        raise UnreadableError(label, f"the text is not {encoding}") from None
    finally:
        text.detach()


def _csv_lines(plain: BinaryIO, label: str, encoding: str, delimiter: str) -> Iterator[Line]:
    csv.field_size_limit(_LONGEST_CELL)
    waiting = 0

    def counted() -> Iterator[str]:
        nonlocal waiting
        for line in _text_lines(plain, label, encoding):
            waiting += 1
            if waiting > _MOST_LINES:
                raise UnreadableError(label, f"line {begins}: a quote is never closed")
            yield line

    begins = 1
    reader = csv.reader(counted(), delimiter=delimiter, strict=True)
    try:
        for cells in reader:
            if len(cells) > layout.MOST_CELLS:
                raise UnreadableError(label, f"line {begins}: more than {layout.MOST_CELLS} cells")
            yield begins, cells
            begins, waiting = reader.line_num + 1, 0
    except csv.Error as problem:
        raise UnreadableError(label, f"line {begins}: {problem}") from None


def _lay_out(
    lines: Iterator[Line],
    kept: BinaryIO,
    label: str,
    judge: layout.Score,
    names: Sequence[str],
    read_as: dict[str, str],
) -> Sheet:
    above: list[Line] = []
    filled = ((line, cells) for line, cells in lines if any(cell.strip() for cell in cells))
    for numbered in filled:
        above.append(numbered)
        if len(above) > layout.LOOKED_THROUGH:
            break
    header = layout.find_header([cells for _, cells in above], judge)
    if not any(header.names):
        raise UnreadableError(label, "line 1: there are no columns; the file is empty")
    if header.last:
        read_as["header"] = str(above[header.last][0])
    columns, places = _named(header.names, names, label, above[header.first][0])
    digest, count = hashlib.sha256(repr(columns).encode()), 0
    for line, cells in _chained(above[header.last + 1 :], filled):
        content = json.dumps([line, cells], ensure_ascii=False).encode("utf-8", "replace") + b"\n"
        kept.write(content)
        digest.update(json.dumps(cells).encode())
        count += 1
        if count > MOST_ROWS:
            raise UnreadableError(label, f"more than {MOST_ROWS} rows; part it")
    width = max((at + 1 for at, name in enumerate(header.names) if name), default=0)
    unnamed = width - len(places)
    return Sheet(label, columns, count, unnamed, digest.hexdigest(), read_as, kept, places, width)


def _chained(first: Sequence[Line], rest: Iterator[Line]) -> Iterator[Line]:
    yield from first
    yield from rest


def _named(
    names: Sequence[str], wanted: Sequence[str], label: str, line: int
) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The columns that have a name, in the reader's spelling, and where they stand.

    Raises UnreadableError for a wanted name that stands twice; of others that do the first counts.
    """
    spelled = {layout.fold_name(name): name for name in wanted}
    found: dict[str, int] = {}
    for place, told in enumerate(names):
        name = spelled.get(layout.fold_name(told), told)
        if name in found and (not wanted or name in wanted):
            raise UnreadableError(label, f"line {line}: the column {name} is there twice")
        if name:
            found.setdefault(name, place)
    return tuple(found), tuple(found.values())
