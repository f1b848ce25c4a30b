"""The one door through which tables leave as files: a request is parsed, the table asked, a form written."""

from collections.abc import Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header, urlencode

from sala.core.errors import NotFound
from sala.platform.tables import files
from sala.platform.tables.declaration import Table

# Of the address, not of the table: "for=people" asks for a file to open by a click.
PEOPLE = "for"


def answer(request: HttpRequest, table: Table, form: str) -> HttpResponse:
    """A table as a file. Raises Invalid for what cannot be asked of it, NotFound for a form it does not come in."""
    if form not in files.forms(table):
        raise NotFound("not_found")
    given = {name: str(value) for name, value in request.GET.items() if name != PEOPLE}
    query = table.query(given)
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
