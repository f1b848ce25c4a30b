"""Where the header of a table is, and by what its cells are parted. Pure."""

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from sala.engines import thai

DELIMITERS: Final = (",", ";", "\t", "|")
_PARTS: Final = " " + "".join(DELIMITERS)
# So many filled rows are looked through for the header: titles, names of offices and dates stand above it.
LOOKED_THROUGH: Final = 30
# No table of an office is as wide; a row that is would cost minutes to look through.
MOST_CELLS: Final = 1000
# How well names fit what is looked for: 0 for not at all.
Score = Callable[[Sequence[str]], int]
Cells = Sequence[str]


@dataclass(frozen=True, slots=True)
class Header:
    """The names of the columns, "" for one without a name of its own; `first` and `last` are rows of the sample."""

    names: tuple[str, ...]
    first: int
    last: int
    score: int


def fold_name(name: str) -> str:
    """A name of a column or a value as it is compared: spelling, spaces and case of no account."""
    return thai.normalise(name).replace(" ", "").casefold()


def score_by(wanted: Iterable[str]) -> Score:
    """How many of the wanted names a row of cells holds."""
    folded = {fold_name(name) for name in wanted}
    return lambda names: len(folded.intersection(fold_name(name) for name in names if name))


def find_header(rows: Sequence[Cells], score: Score) -> Header:
    """The header among the first rows of a table: the row that fits best, or two where cells were merged.

    Where nothing fits it is the first row, so that the reader can be told what stands there. Of equals the upper
    one counts, and one row before two.
    """
    looked = rows[:LOOKED_THROUGH]
    best = Header(_names(looked[0]) if looked else (), 0, 0, score(_names(looked[0])) if looked else 0)
    for at, cells in enumerate(looked):
        found = score(_names(cells))
        if found > best.score:
            best = Header(_names(cells), at, at, found)
    # A row of two: merged downwards, the name stands above an empty cell; merged across, above several names.
    for at, (upper, lower) in enumerate(zip(looked, looked[1:], strict=False)):
        names = _joined(upper, lower)
        if (found := score(names)) > best.score:
            best = Header(names, at, at + 1, found)
    return best


def _names(cells: Cells) -> tuple[str, ...]:
    return tuple(" ".join(cell.split()) for cell in cells)


def _joined(upper: Cells, lower: Cells) -> tuple[str, ...]:
    """Names of a header of two rows; those that stand there twice get the name above them before their own."""
    width = max(len(upper), len(lower))
    above = [*_names(upper), *[""] * (width - len(upper))]
    below = [*_names(lower), *[""] * (width - len(lower))]
    times = Counter(below)
    names, last = [], ""
    for high, low in zip(above, below, strict=True):
        last = high or last
        names.append((f"{last} {low}" if times[low] > 1 else low) if low else high)
    return tuple(names)


def delimiter_of(sample: str, score: Score) -> str:
    """By what the cells of a CSV text are parted: the sign by which the header fits best, else the widest rows."""

    def fit(sign: str) -> tuple[int, float]:
        rows = [cells for cells in _cells_of(sample, sign) if any(cell.strip(_PARTS) for cell in cells)]
        if not rows:
            return 0, 0
        return find_header(rows, score).score, median(len(cells) for cells in rows[:LOOKED_THROUGH])

    return max(DELIMITERS, key=fit)


def _cells_of(sample: str, sign: str) -> list[list[str]]:
    found: list[list[str]] = []
    try:
        for cells in csv.reader(sample.splitlines(keepends=True), delimiter=sign):
            found.append(cells[:MOST_CELLS])
            if len(found) > 2 * LOOKED_THROUGH:
                break
    except csv.Error:
        pass  # what is wrong is told by whoever reads the whole text
    return found
