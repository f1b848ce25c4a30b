"""Doors of tables: the list of all, the page of one, its files."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from sala.commons.tables import slots
from sala.core.errors import NotFound
from sala.core.gates import open_to_all
from sala.platform.tables import Query, Rows, Table, answers, files

for_everyone = cache_control(public=True, max_age=60)
# A page is for looking; who wants more reads on, or takes the file.
SHOWN = 50


def _get_table(name: str) -> Table:
    if name not in slots.tables:
        raise NotFound("not_found")
    return slots.tables[name]


@open_to_all
@for_everyone
@require_GET
def catalogue(request: HttpRequest) -> HttpResponse:
    """Every public table with what it holds and the forms in which it can be had."""
    every = [(table, files.forms(table)) for table in slots.tables.values()]
    return render(request, "tables/catalogue.html", {"tables": every, "site_url": settings.SITE_URL})


@open_to_all
@for_everyone
@require_GET
def table_page(request: HttpRequest, name: str) -> HttpResponse:
    """A table to look at: narrowed, ordered, with the meaning of each column."""
    table = _get_table(name)
    given = {key: str(value) for key, value in request.GET.items()}
    query = table.query({"size": str(SHOWN)} | given)
    answers.require_room_to_search(request, query)
    context = shown(table, query, table.rows(query))
    return render(request, "tables/table.html", context)


@open_to_all
@for_everyone
@require_GET
def file(request: HttpRequest, name: str, form: str) -> HttpResponse:
    """A table as a file."""
    return answers.answer(request, _get_table(name), form)


def shown(table: Table, query: Query, found: Rows) -> dict[str, Any]:
    """What the template of a table needs; other boxes' pages may show a table by the same template."""
    kept = {**query.filters, **({"order": query.order} if query.order else {})}
    return {
        "table": table,
        "heads": [(column, _order_link(table, column.name, query)) for column in table.columns],
        "rows": [[(column, _cell(column, row)) for column in table.columns] for row in found.rows],
        "found": found,
        "filters": [
            (one, one.choices() if one.choices else None, query.filters.get(one.name, ""))
            for one in table.filters
        ],
        "older": f"?{urlencode({**kept, 'cursor': found.cursor})}" if found.cursor else "",
        "narrowed": f"?{urlencode(query.filters)}" if query.filters else "",
        "forms": files.forms(table),
    }


def _cell(column: Any, row: Any) -> object:
    return column.show(row) if column.show else column.value(row)


def _order_link(table: Table, name: str, query: Query) -> tuple[str, str] | None:
    """(address, how it is ordered now: up, down or ""), None for a column nobody can order by."""
    if name not in table.orders:
        return None
    now = {name: "up", f"-{name}": "down"}.get(query.order, "")
    wanted = f"-{name}" if now != "down" else name
    return f"?{urlencode({**query.filters, 'order': wanted})}", now
