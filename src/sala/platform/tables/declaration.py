"""What a table is: its columns, filters, order and rows. Pure; how it is written and shown stands in the neighbours."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from django.utils.functional import Promise

from sala.core.atom import FeedEntry
from sala.core.clock import BANGKOK
from sala.core.errors import Invalid

Words = str | Promise
# What a column holds. A percent is a whole number or nothing (too few to speak of shares); money is satang.
ColumnKind = Literal[
    "text", "code", "integer", "number", "percent", "money", "boolean", "date", "datetime", "url"
]
_RIGHT = frozenset({"integer", "number", "percent", "money"})
# A filter's value is a code, a short text or a number; nothing longer is asked of a table.
LONGEST_VALUE = 200
MOST_ROWS = 1000
USUAL_ROWS = 100


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column: `name` for programs, `title` for people, `description` for the data dictionary.

    `value` takes a row to a JSON value or a date; `show` to what stands in the cell of the page, where that is
    something else (a name with a link instead of a code). `unit` is told in the dictionary: "satang", "days".
    """

    name: str
    title: Words
    description: Words
    kind: ColumnKind
    value: Callable[[Any], object]
    show: Callable[[Any], object] | None = None
    unit: str = ""
    is_required: bool = False

    @property
    def is_right(self) -> bool:
        """Whether its cells stand at the right, as figures do."""
        return self.kind in _RIGHT

    def plain(self, row: Any) -> object:
        """The value as JSON holds it: an instant in Thailand's zone to the second, a date in ISO 8601."""
        value = self.value(row)
        if isinstance(value, datetime):
            return value.astimezone(BANGKOK).isoformat(timespec="seconds")
        return value.isoformat() if isinstance(value, date) else value


@dataclass(frozen=True, kw_only=True)
class Filter:
    """What a table can be narrowed by; `choices` are (code, words), called when asked since they may be read."""

    name: str
    title: Words
    choices: Callable[[], Sequence[tuple[str, str]]] | None = None


@dataclass(frozen=True, kw_only=True)
class Query:
    """What somebody asks of a table: filters, an order ("-late" is downwards), where to read on, how many rows."""

    filters: Mapping[str, str] = field(default_factory=dict)
    order: str = ""
    cursor: str = ""
    size: int = USUAL_ROWS


@dataclass(frozen=True, kw_only=True)
class Rows:
    """What a table answers: rows, the cursor that reads on ("" at the end), and how old counted figures are.

    `count` is how many rows fit in all, None where counting them would cost more than the answer is worth.
    """

    rows: Sequence[Any]
    cursor: str = ""
    count: int | None = None
    as_of: datetime | None = None


EMPTY = Rows(rows=(), count=0)


@dataclass(frozen=True, kw_only=True)
class Feed:
    """How a row is told in an Atom feed; the table must then give the newest rows first."""

    entry: Callable[[Any], FeedEntry]


@dataclass(frozen=True, kw_only=True)
class Table:
    """A public table.

    `rows` answers a `Query` with a fixed number of statements whatever the size of the table, and carries no personal
    data: what is public stands in `docs/rules/personal-data.md`. `orders` names the columns it can be ordered by.
    `key` names the columns that tell rows apart.
    """

    name: str
    title: Words
    description: Words
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    rows: Callable[[Query], Rows]
    filters: tuple[Filter, ...] = ()
    orders: tuple[str, ...] = ()
    feed: Feed | None = None
    # A page where people see it better than as a bare table; "" for none. An address by name.
    page: str = ""

    def __post_init__(self) -> None:
        names = [column.name for column in self.columns]
        if len(set(names)) < len(names):
            raise ValueError(f"{self.name} names a column twice")
        if unknown := {*self.key, *self.orders} - set(names):
            raise ValueError(f"{self.name} has no column {sorted(unknown)[0]}")

    def plain(self, row: Any) -> dict[str, object]:
        """A row as programs read it."""
        return {column.name: column.plain(row) for column in self.columns}

    def query(self, given: Mapping[str, str]) -> Query:
        """What was asked by an address. Raises Invalid, naming each field as it was sent."""
        names = {known.name for known in self.filters}
        wrong = {name: "unknown_field" for name in given if name not in names | {"order", "cursor", "size"}}
        wrong |= {name: "too_long" for name, value in given.items() if len(value) > LONGEST_VALUE}
        wrong |= {name: "not_text" for name, value in given.items() if "\0" in value}
        order, size = given.get("order", ""), given.get("size", "") or str(USUAL_ROWS)
        if order and order.removeprefix("-") not in self.orders:
            wrong["order"] = "choose_one"
        if not (size.isascii() and size.isdigit() and len(size) < 5 and 1 <= int(size) <= MOST_ROWS):
            wrong["size"] = "out_of_range"
        if wrong:
            raise Invalid("invalid", wrong)
        filters = {name: given[name].strip() for name in names if given.get(name, "").strip()}
        return Query(filters=filters, order=order, cursor=given.get("cursor", ""), size=int(size))

    def ordered(self, rows: Iterable[Any], order: str) -> list[Any]:
        """Rows by a column, for tables small enough to be held: what has no value last, equal rows as they came."""
        found = list(rows)
        if not order:
            return found
        column = next(column for column in self.columns if column.name == order.removeprefix("-"))
        known = [row for row in found if column.value(row) is not None]
        known.sort(key=lambda row: column.value(row), reverse=order.startswith("-"))  # type: ignore[arg-type,return-value]  # one column holds one kind
        return known + [row for row in found if column.value(row) is None]


def cursor_number(query: Query) -> int | None:
    """The cursor of a table that reads on by a number; None at the beginning. Raises Invalid for anything else."""
    if not query.cursor:
        return None
    if not (query.cursor.isascii() and query.cursor.isdigit() and len(query.cursor) < 19):
        raise Invalid("invalid", {"cursor": "invalid"})
    return int(query.cursor)


def counted_rows(found: Sequence[Any], query: Query, as_of: datetime | None) -> Rows:
    """A page of rows that were all counted already, read on by their place. Raises Invalid for an odd cursor."""
    start = cursor_number(query) or 0
    end = start + query.size
    return Rows(
        rows=found[start:end], cursor=str(end) if end < len(found) else "", count=len(found), as_of=as_of
    )


def figure(
    name: str, title: Words, description: Words, kind: ColumnKind = "integer", unit: str = ""
) -> Column:
    """A column of a figure that each row has under the column's own name."""
    return Column(
        name=name,
        title=title,
        description=description,
        kind=kind,
        value=lambda row: getattr(row, name),
        unit=unit,
    )
