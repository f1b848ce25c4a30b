"""The doors for programs, put together: /api/, its OpenAPI document, and a page that describes it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from sala.commons.agencies.api import router as agencies
from sala.commons.ledger.api import router as ledger
from sala.commons.matters.api import router as matters
from sala.core.errors import Invalid, SalaError
from sala.core.gates import open_to_all
from sala.services.complaints.views.programs import router as complaints
from sala.web import programs, refusals

DESCRIPTION = (
    "Everything public on this site, without a key. Lists are read on with a cursor that each page gives. "
    "A refusal is {code, message, fields}: the code is for programs and does not change."
)
api = NinjaAPI(
    title="Sala",
    version="1",
    description=DESCRIPTION,
    docs_url=None,
    urls_namespace="api",
    parser=programs.OnlyJson(),
)
api.add_router("/matters", matters)
api.add_router("/complaints", complaints)
api.add_router("", agencies)
api.add_router("", ledger)


@api.exception_handler(SalaError)
def _refuse(request: HttpRequest, error: Exception) -> HttpResponse:
    assert isinstance(error, SalaError)
    response = api.create_response(request, refusals.problem(error), status=error.status)
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
    if isinstance(error.__cause__, SalaError):
        return _refuse(request, error.__cause__)
    problem = refusals.problem(Invalid("invalid"))
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
