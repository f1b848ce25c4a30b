"""The one door through which tables leave as files: a request is parsed, the table asked, a form written."""

from collections.abc import Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header, urlencode

from sala.core import clock
from sala.core.errors import NotFound
from sala.platform import limits
from sala.platform.limits import Key, Policy, Rate
from sala.platform.tables import files
from sala.platform.tables.declaration import Query, Table

# Of the address, not of the table: "for=people" asks for a file to open by a click.
PEOPLE = "for"
# The filter that searches by words, and as often as programs may search at /api/matters: a whole district may stand
# behind one address.
WORDS = "q"
SEARCH = Policy("tables.search", {Key.ADDRESS: Rate(600, 60)})


def require_room_to_search(request: HttpRequest, query: Query) -> None:
    """Raises TooMany if an address searches tables by words too often; whoever only reads or narrows is not counted."""
    if query.filters.get(WORDS, "").strip():
        limits.require_room_for(request, SEARCH, now=clock.now())


def answer(request: HttpRequest, table: Table, form: str) -> HttpResponse:
    """A table as a file.

    Raises Invalid for what cannot be asked of it, NotFound for a form it does not come in, TooMany for too many
    searches.
    """
    if form not in files.forms(table):
        raise NotFound("not_found")
    given = {name: str(value) for name, value in request.GET.items() if name != PEOPLE}
    query = table.query(given)
    require_room_to_search(request, query)
    address = f"{settings.SITE_URL}{request.path}"
    if form == "schema.json":
        found, further = table.rows(table.query({"size": "1"})), ""
    else:
        found = table.rows(query)
        further = f"{address}?{urlencode({**given, 'cursor': found.cursor})}" if found.cursor else ""
    is_for_people = request.GET.get(PEOPLE) == "people"
    at = files.Addresses(
        own=f"{settings.SITE_URL}{request.get_full_path()}",
        whole=_with(address, query.filters),
        page=_with(f"{settings.SITE_URL}{_page(table)}", query.filters),
        further=further,
    )
    written = files.write(table, found, form, at=at, is_for_people=is_for_people)
    response = HttpResponse(b"".join(written), content_type=files.MEDIA_TYPES[form])
    if further:
        response["Link"] = f'<{further}>; rel="next"'
    if form == "csv":
        name = content_disposition_header(as_attachment=is_for_people, filename=f"sala-{table.name}.csv")
        response["Content-Disposition"] = name or "inline"
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _page(table: Table) -> str:
    return reverse(table.page) if table.page else f"/data/{table.name}/"


def _with(address: str, filters: Mapping[str, str]) -> str:
    """An address with filters, in one order however they were sent."""
    return f"{address}?{urlencode(sorted(filters.items()))}" if filters else address
