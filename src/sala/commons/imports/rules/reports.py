"""A report of rows that could not be taken: mended in its own columns, it is brought in again as it is. Pure."""

from collections.abc import Mapping, Sequence

from sala.core.tables import BadRow

# Told of each row, before the columns of the table itself.
REPORT = ("file", "line", "column", "value", "reason", "why")
_GUARDED = ("'=", "'+", "'-", "'@", "'\t", "'\r")


def report_columns(columns: Sequence[str]) -> tuple[str, ...]:
    """The header of the report of tables that have these columns between them."""
    return (*REPORT, *columns)


def report_row(file: str, bad: BadRow, why: str, row: Mapping[str, str]) -> list[str]:
    """One row of a report: what is wrong, then the row as it came, its cells in the order of `row`."""
    return [file, str(bad.line), bad.column, bad.value, bad.reason, why, *row.values()]


def is_report(columns: Sequence[str]) -> bool:
    """Whether a table is a report of ours that somebody has mended."""
    return tuple(columns[: len(REPORT)]) == REPORT


def original_row(row: Mapping[str, str]) -> dict[str, str]:
    """The row as the office sent it, mended: without our columns, and without the sign that guards a formula."""
    return {name: _unguarded(cell) for name, cell in row.items() if name not in REPORT}


def _unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith(_GUARDED) else cell
