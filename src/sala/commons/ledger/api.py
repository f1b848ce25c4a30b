"""The ledger for programs: entries in the order of their commit as JSON, the newest first as Atom."""

import json
from typing import Annotated, Any, Literal

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import condition
from ninja import Router, Schema
from pydantic import Field

from sala.commons.ledger import pages, queries
from sala.core.atom import MEDIA_TYPE, write_feed
from sala.core.gates import open_to_all
from sala.core.problems import LISTED, Form
from sala.core.tables import csv_text

router = Router(tags=["ledger"])


class EntryRow(Schema):
    """An entry of the ledger at its position; `entry` is exactly what was recorded."""

    position: int
    entry: dict[str, Any]


class EntryPage(Schema):
    """Entries after a cursor; `next_after` reads on, `size` is how long the ledger is."""

    entries: list[EntryRow]
    next_after: int
    size: int


Cursor = Annotated[int, Field(ge=-1, le=2**53)]
Before = Annotated[int, Field(ge=0, le=2**53)]
Limit = Annotated[int, Field(ge=1, le=queries.MOST_ENTRIES)]
Word = Annotated[str, Field(max_length=60, pattern=rf"^({queries.WORD})?$")]


def _mark(request: HttpRequest, **given: object) -> str:
    return f'"{queries.mark_of_log()}"'


# What an address answers depends on the log alone, and that only grows: a reader who asks again before there
# is anything new costs one small query.
_unless_known = condition(etag_func=_mark)


@router.get("/entries", response={200: EntryPage, **LISTED}, summary="Entries of the ledger")
@open_to_all
@_unless_known
def list_entries(
    request: HttpRequest,
    after: Cursor = -1,
    limit: Limit = 100,
    kind: Word = "",
    agency: Word = "",
    area: Word = "",
    matter: Word = "",
    format: Form = "json",
) -> HttpResponse:
    """In the order of their commit, none missed and none twice. Filters (as of /live) leave out the rest. The header
    Link leads on until the end; in the table the facts of each kind are one JSON text."""
    wanted = {"kind": kind, "agency": agency, "area": area, "matter": matter}
    page = queries.list_entries(after=after, limit=limit, filters=queries.Filters.of(wanted))
    if format == "csv":
        table = "".join(csv_text(COLUMNS, map(_row, page.entries)))
        response = _public(table.encode(), "text/csv; charset=utf-8")
    else:
        rows = b",".join(b'{"position":%d,"entry":%s}' % (e.position, e.body) for e in page.entries)
        tail = json.dumps({"next_after": page.next_after, "size": page.size}).encode()
        response = _public(b'{"entries":[' + rows + b"]," + tail[1:], "application/json")
    if page.next_after + 1 < page.size:
        given = {"after": page.next_after, "limit": limit, **wanted, "format": format}
        further = urlencode({name: value for name, value in given.items() if value != ""})
        response["Link"] = f'<{settings.SITE_URL}/api/entries?{further}>; rel="next"'
    return response


COLUMNS = ("position", "at", "kind", "matter", "agency", "area", "role", "content", "commitment")


def _row(found: queries.LoggedEntry) -> dict[str, object]:
    """An entry as a row of the table: all of it but the version of its form."""
    values = found.content
    content = json.dumps(values["content"], ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return {**values, "position": found.position, "content": content}


_AS_ATOM: dict[str, Any] = {
    "responses": {200: {"description": "Atom", "content": {MEDIA_TYPE: {"schema": {"type": "string"}}}}}
}


@router.get("/entries.atom", response=LISTED, openapi_extra=_AS_ATOM, summary="The newest entries as Atom")
@open_to_all
@_unless_known
def read_feed(
    request: HttpRequest,
    before: Before | None = None,
    limit: Limit = 50,
    kind: Word = "",
    agency: Word = "",
    area: Word = "",
    matter: Word = "",
    language: Literal["th", "en"] = "th",
) -> HttpResponse:
    """In words, the newest first, with the same filters; the link "next" of each page leads to older ones."""
    wanted = {"kind": kind, "agency": agency, "area": area, "matter": matter}
    entries, older = queries.list_entries_before(before, limit=limit, filters=queries.Filters.of(wanted))
    shared = {**{name: value for name, value in wanted.items() if value}, "language": language}
    address = f"{settings.SITE_URL}/api/entries.atom?"
    with override(language):
        content = write_feed(
            title=f"{_('Sala')}: {_('The public ledger')}",
            address=f"{settings.SITE_URL}{request.get_full_path()}",
            key=address + urlencode(shared),
            page=f"{settings.SITE_URL}{reverse('ledger:home')}",
            language=language,
            entries=[pages.feed_entry(found) for found in entries],
            older=address + urlencode(shared | {"before": older, "limit": limit}) if older else "",
        )
    return _public(content, f"{MEDIA_TYPE}; charset=utf-8")


def _public(content: bytes, media_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    patch_cache_control(response, public=True, max_age=1)
    response["Access-Control-Allow-Origin"] = "*"
    return response
