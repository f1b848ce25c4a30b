"""The doors for programs, put together: /api/, its OpenAPI document, and a page that describes it."""

import json
import re
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import override
from django.views.decorators.cache import cache_control
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema

from sala.core.errors import Invalid, SalaError
from sala.core.gates import open_to_all
from sala.core.tables import csv_text
from sala.site import boxes, programs, refusals

DESCRIPTION = (
    "Everything public on this site, without a key. Lists are read on with a cursor that each page gives, and "
    "come as CSV too (`format=csv`; the header Link leads on). Other sites' scripts may read. "
    "A refusal is {code, message, fields}: the code is for programs and does not change; the message is Thai, or "
    "English for a reader whose Accept-Language prefers it."
)


_ACCEPT_LANGUAGE = {
    "name": "Accept-Language",
    "in": "header",
    "required": False,
    "description": "The language of refusals: th (default) or en.",
    "schema": {"type": "string"},
}


class Doors(NinjaAPI):
    """The doors for programs; a list may be asked for as CSV, and says in a header how it goes on."""

    def create_temporal_response(self, request: HttpRequest) -> HttpResponse:
        """The answer as it begins. Raises Invalid that names what the address asks and this door does not know.

        A misspelt filter passed over would answer with the whole list, and look like the answer to the question.
        """
        unknown = [
            name for name in request.GET if name not in _askable(_path(request), request.method or "GET")
        ]
        if unknown:
            raise Invalid("invalid", dict.fromkeys(unknown, "unknown_field"))
        return super().create_temporal_response(request)

    def create_response(
        self,
        request: HttpRequest,
        data: Any,
        *,
        status: int | None = None,
        temporal_response: HttpResponse | None = None,
    ) -> HttpResponse:
        """JSON, or the rows of a list as CSV where `format` asks for it."""
        response = super().create_response(request, data, status=status, temporal_response=temporal_response)
        if response.status_code == 200 and request.GET.get("format") == "csv":
            rows = _rows(json.loads(response.content))  # values as JSON writes them
            response.content = "".join(csv_text(_columns(request), rows)).encode()
            response["Content-Type"] = "text/csv; charset=utf-8"
        if isinstance(data, dict) and data.get("before") is not None:
            further = request.GET.copy()
            further["before"] = str(data["before"])
            response["Link"] = f'<{settings.SITE_URL}{request.path}?{further.urlencode()}>; rel="next"'
        return response

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        """The document, which says of every list that it can be had as CSV."""
        document = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        for methods in document["paths"].values():
            for operation in methods.values():
                operation.setdefault("parameters", []).append(_ACCEPT_LANGUAGE)
                if any(parameter["name"] == "format" for parameter in operation["parameters"]):
                    content = operation["responses"][200]["content"]
                    content["text/csv"] = {"schema": {"type": "string"}}
        return document


def _rows(data: Any) -> list[dict[str, Any]]:
    """The rows of an answer, which is a list or holds exactly one."""
    found: list[dict[str, Any]] = (
        data if isinstance(data, list) else next(v for v in data.values() if isinstance(v, list))
    )
    return found


def _columns(request: HttpRequest) -> tuple[str, ...]:
    """The names of a list's columns, as the document tells them: an empty table has them too."""
    return _columns_of(_path(request))


def _path(request: HttpRequest) -> str:
    """The address as the document writes it, with the names of its parts."""
    match = request.resolver_match
    assert match is not None
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", match.route)


@cache
def _askable(path: str, method: str) -> frozenset[str]:
    """The names that may stand in the query of an address; HEAD is asked as GET is."""
    document = api.get_openapi_schema(path_prefix="/api/")
    operation = document["paths"][path]["get" if method == "HEAD" else method.lower()]
    return frozenset(told["name"] for told in operation["parameters"] if told["in"] == "query")


@cache
def _columns_of(path: str) -> tuple[str, ...]:
    document = api.get_openapi_schema(path_prefix="/api/")
    schema = document["paths"][path]["get"]["responses"][200]["content"]["application/json"]["schema"]
    while "properties" not in schema or any(p.get("type") == "array" for p in schema["properties"].values()):
        inner = next((p for p in schema.get("properties", {}).values() if p.get("type") == "array"), schema)
        inner = inner.get("items", inner)
        schema = document["components"]["schemas"][inner["$ref"].rpartition("/")[2]]
    return tuple(schema["properties"])


api = Doors(
    title="Sala",
    version="1",
    description=DESCRIPTION,
    docs_url=None,
    urls_namespace="api",
    parser=programs.OnlyJson(),
)
for box in boxes.every_box():
    for prefix, router in box.routers:
        api.add_router(prefix, router)


@api.exception_handler(SalaError)
def _refuse(request: HttpRequest, error: Exception) -> HttpResponse:
    assert isinstance(error, SalaError)
    response = api.create_response(request, _problem(request, error), status=error.status)
    return refusals.with_wait(response, error)


def _problem(request: HttpRequest, error: SalaError) -> dict[str, object]:
    with override(refusals.language_for(request)):
        return refusals.problem(error)


@api.exception_handler(ValidationError)
def _refuse_values(request: HttpRequest, error: Exception) -> HttpResponse:
    assert isinstance(error, ValidationError)
    fields = {_name_sent(found["loc"]): _fault(found["type"]) for found in error.errors}
    return _refuse(request, Invalid("invalid", fields))


def _name_sent(place: tuple[Any, ...]) -> str:
    """The name a field has for its sender: without the part of the request, and without our name of the whole body."""
    parts = place[2:] if place[0] == "body" and len(place) > 2 else place[1:]
    return ".".join(str(part) for part in parts)


def _fault(kind: str) -> str:
    """The code of what is wrong with a field: not known, left out, no text, or not as it must be."""
    known = {"extra_forbidden": "unknown_field", "missing": "missing", "not_text": "not_text"}
    return known.get(kind, "invalid")


@api.exception_handler(HttpError)
def _refuse_body(request: HttpRequest, error: Exception) -> HttpResponse:
    if isinstance(error.__cause__, SalaError):
        return _refuse(request, error.__cause__)
    problem = _problem(request, Invalid("invalid"))
    return api.create_response(request, problem, status=getattr(error, "status_code", 400))


@open_to_all
@cache_control(public=True, max_age=300)
def docs(request: HttpRequest) -> HttpResponse:
    """What programs can ask, made from the same document that programs read; no scripts."""
    paths: dict[str, dict[str, Any]] = api.get_openapi_schema(path_prefix="/api/")["paths"]
    operations = [
        {
            "method": method.upper(),
            "path": path,
            **operation,
            "parameters": [p for p in operation["parameters"] if p["in"] != "header"],
        }
        for path, methods in paths.items()
        for method, operation in methods.items()
    ]
    return render(request, "site/api.html", {"operations": operations})
