"""The doors for programs, put together: /api/, its OpenAPI document, and a page that describes it."""

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from ninja import NinjaAPI, Schema
from ninja.errors import HttpError, ValidationError
from pydantic import Field

from sala.commons.agencies.api import router as agencies
from sala.commons.ledger import views as ledger
from sala.commons.matters.api import router as matters
from sala.core.errors import Invalid, SalaError
from sala.core.gates import open_to_all
from sala.core.problems import Problem
from sala.services.complaints.views.programs import router as complaints
from sala.web import refusals

DESCRIPTION = (
    "Everything public on this site, without a key. Lists are read on with a cursor that each page gives. "
    "A refusal is {code, message, fields}: the code is for programs and does not change."
)
api = NinjaAPI(title="Sala", version="1", description=DESCRIPTION, docs_url=None, urls_namespace="api")
api.add_router("/matters", matters)
api.add_router("/complaints", complaints)
api.add_router("", agencies)


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
Limit = Annotated[int, Field(ge=1, le=1000)]
Word = Annotated[str, Field(max_length=60, pattern=r"^[\w.~-]*$")]


@api.get(
    "/entries", response={200: EntryPage, 422: Problem}, tags=["ledger"], summary="Entries of the ledger"
)
@open_to_all
def list_entries(
    request: HttpRequest,
    after: Cursor = -1,
    limit: Limit = 100,
    kind: Word = "",
    agency: Word = "",
    area: Word = "",
    matter: Word = "",
) -> HttpResponse:
    """In the order of their commit, none missed and none twice. Filters leave out the rest."""
    return ledger.feed(request)


@api.exception_handler(SalaError)
def _refuse(request: HttpRequest, error: Exception) -> HttpResponse:
    assert isinstance(error, SalaError)
    problem = {"code": error.code, "message": refusals.words(error)}
    if isinstance(error, Invalid):
        problem["fields"] = error.fields  # type: ignore[assignment]  # codes by field
    response = api.create_response(request, problem, status=error.status)
    if "retry_after" in error.values:
        response["Retry-After"] = str(error.values["retry_after"])
    return response


@api.exception_handler(ValidationError)
def _refuse_values(request: HttpRequest, error: Exception) -> HttpResponse:
    assert isinstance(error, ValidationError)
    fields = {".".join(str(part) for part in found["loc"][1:]): "invalid" for found in error.errors}
    return _refuse(request, Invalid("invalid", fields))


@api.exception_handler(HttpError)
def _refuse_body(request: HttpRequest, error: Exception) -> HttpResponse:
    problem = {"code": "invalid", "message": refusals.words(Invalid("invalid"))}
    return api.create_response(request, problem, status=getattr(error, "status_code", 400))


@open_to_all
@cache_control(public=True, max_age=300)
def docs(request: HttpRequest) -> HttpResponse:
    """What programs can ask, made from the same document that programs read; no scripts."""
    paths: dict[str, dict[str, Any]] = api.get_openapi_schema(path_prefix="/api/")["paths"]
    operations = [
        {"method": method.upper(), "path": path, **operation}
        for path, methods in paths.items()
        for method, operation in methods.items()
    ]
    return render(request, "web/api.html", {"operations": operations})
