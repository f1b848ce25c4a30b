"""Tables as files: JSON, NDJSON, CSV (RFC 4180), Atom (RFC 4287), and Frictionless Table Schema that describes them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from sala.core.atom import MEDIA_TYPE as ATOM
from sala.core.atom import write_feed
from sala.core.tables import csv_text
from sala.platform.tables.declaration import Column, Rows, Table

MEDIA_TYPES = {
    "json": "application/json",
    "ndjson": "application/x-ndjson; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "atom": f"{ATOM}; charset=utf-8",
    "schema.json": "application/json",
}
# Spreadsheets take a file without it for the encoding of their country, and Thai turns into signs.
MARK = "\ufeff"


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """Of a file of a table: its own; of the same without a place to read on from; of the page for people; of what
    comes next, "" at the end.
    """

    own: str = ""
    whole: str = ""
    page: str = ""
    further: str = ""


def write(
    table: Table, found: Rows, form: str, *, at: Addresses, is_for_people: bool = False
) -> Iterator[bytes]:
    """A page of a table in a form of `MEDIA_TYPES`, which stands and goes on `at` addresses.

    `is_for_people` makes the CSV open rightly by a click: with a byte-order mark, and the titles as its header.
    """
    rows = (table.plain(row) for row in found.rows)
    if form == "json":
        content: dict[str, Any] = {"table": table.name, "rows": list(rows), "next": at.further or None}
        content |= {"count": found.count} if found.count is not None else {}
        content |= {"as_of": found.as_of.isoformat(timespec="seconds")} if found.as_of else {}
        yield json.dumps(content, ensure_ascii=False).encode()
    elif form == "ndjson":
        for row in rows:
            yield json.dumps(row, ensure_ascii=False).encode() + b"\n"
    elif form == "csv":
        yield from _csv(table, rows, is_for_people=is_for_people)
    elif form == "atom":
        assert table.feed is not None
        entries = [table.feed.entry(row) for row in found.rows]
        yield write_feed(
            title=str(table.title),
            address=at.own,
            key=at.whole,
            page=at.page,
            language=get_language() or "th",
            entries=entries,
            older=at.further,
        )
    else:
        yield json.dumps(schema(table), ensure_ascii=False, indent=1).encode()


def forms(table: Table) -> list[str]:
    """The forms in which a table can be had."""
    return [form for form in MEDIA_TYPES if form != "atom" or table.feed]


def _csv(table: Table, rows: Iterator[dict[str, object]], *, is_for_people: bool) -> Iterator[bytes]:
    names = [column.name for column in table.columns]
    lines = csv_text(names, rows)
    if is_for_people:
        next(lines)
        yield MARK.encode()
        yield next(csv_text([str(column.title) for column in table.columns], ())).encode()
    for line in lines:
        yield line.encode()


_TYPES = {
    "text": "string",
    "code": "string",
    "url": "string",
    "percent": "integer",
    "money": "integer",
}


def schema(table: Table) -> dict[str, Any]:
    """The table described as Frictionless Table Schema says (specs.frictionlessdata.io, v1): its data dictionary."""
    return {
        "name": table.name,
        "title": str(table.title),
        "description": str(table.description),
        "fields": [_field(column) for column in table.columns],
        "primaryKey": list(table.key),
        "missingValues": [""],
    }


def _field(column: Column) -> dict[str, Any]:
    unit = column.unit or {"percent": "%", "money": "satang"}.get(column.kind, "")
    told: dict[str, Any] = {
        "name": column.name,
        "title": str(column.title),
        "description": str(column.description),
        "type": _TYPES.get(column.kind, column.kind),
    }
    if column.kind == "url":
        told["format"] = "uri"
    if column.kind == "datetime":
        # Ours have a zone, which the standard's own form does not allow.
        told["format"] = "any"
    if unit:
        told["unit"] = unit
    if column.is_required:
        told["constraints"] = {"required": True}
    return told
