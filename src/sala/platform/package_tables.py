"""Tables that a package brings along, as rows with their line numbers."""

from importlib import resources
from itertools import product

from sala.core.tables import rows_of

Row = tuple[int, dict[str, str]]


def columns_and_rows(package: str, name: str) -> tuple[tuple[str, ...], list[Row]]:
    """Columns and numbered rows of `data/NAME.csv` in a package."""
    text = resources.files(package).joinpath(f"data/{name}.csv").read_text("utf-8")
    columns, rows = rows_of(text.splitlines(keepends=True))
    return tuple(columns), list(rows)


def rows(package: str, name: str) -> list[Row]:
    """Numbered rows of `data/NAME.csv` in a package."""
    return columns_and_rows(package, name)[1]


def spread(table: list[Row], *columns: str) -> list[Row]:
    """A row for each combination of the words in some columns: "road_damage bridge" × "20 40" are four rows."""
    return [
        (line, {**row, **dict(zip(columns, words, strict=True))})
        for line, row in table
        for words in product(*(row[column].split() or [""] for column in columns))
    ]
