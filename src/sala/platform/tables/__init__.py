"""A public table declared once: its page, JSON, CSV, NDJSON, Atom and Table Schema all come from the declaration."""

from sala.platform.tables.declaration import (
    EMPTY,
    Column,
    Feed,
    Filter,
    Query,
    Rows,
    Table,
    counted_rows,
    cursor_number,
    figure,
)

__all__ = [
    "EMPTY",
    "Column",
    "Feed",
    "Filter",
    "Query",
    "Rows",
    "Table",
    "counted_rows",
    "cursor_number",
    "figure",
]
