"""The demonstration's own tables, read from this package."""

from importlib import resources
from itertools import product

from sala.core.tables import rows_of

Row = tuple[int, dict[str, str]]


def columns_and_rows(name: str) -> tuple[tuple[str, ...], list[Row]]:
    """Columns and numbered rows of `data/NAME.csv`."""
    text = resources.files("sala.web.demonstration").joinpath(f"data/{name}.csv").read_text("utf-8")
    columns, rows = rows_of(text.splitlines(keepends=True))
    return tuple(columns), list(rows)


def rows(name: str) -> list[Row]:
    """Numbered rows of `data/NAME.csv`."""
    return columns_and_rows(name)[1]


def spread(table: list[Row], *columns: str) -> list[Row]:
    """A row for each combination of the words in some columns: "road_damage bridge" × "20 40" are four rows."""
    return [
        (line, {**row, **dict(zip(columns, words, strict=True))})
        for line, row in table
        for words in product(*(row[column].split() or [""] for column in columns))
    ]
