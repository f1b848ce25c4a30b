"""What every door for programs does alike: kinds of content, leave for other sites to read, one shape of refusal."""

import codecs
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control, patch_vary_headers
from ninja.parser import Parser

from sala.core.characters import as_taken
from sala.core.errors import NotAcceptable, SalaError, UnknownMedia, WrongMethod
from sala.site import refusals

Next = Callable[[HttpRequest], HttpResponse]

FOR_PEOPLE = "/api/docs"
KEPT_SECONDS = 5
SEEN_BY_OTHERS = "Allow, ETag, Link, RateLimit, RateLimit-Policy, Retry-After"
MAY_BE_ASKED_WITH = "Accept, If-None-Match, Last-Event-ID"
_CODES = {400: "invalid", 404: "not_found", 405: "wrong_method", 406: "not_acceptable", 415: "media_unknown"}


class ForPrograms:
    """Around /api/, /open311/ and files of tables: whatever is sent or breaks, the answer has the documented shape."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not refusals.is_for_programs(request.path) or request.path == FOR_PEOPLE:
            return self.get_response(request)
        try:
            require_media_taken(request)
            response = self.get_response(request)
        except SalaError as refusal:
            response = refusals.answer(request, refusal)
        if request.method == "OPTIONS" and response.status_code == WrongMethod.status:
            response = _may(response)
        elif response.status_code >= 400 and not refusals.is_in_data(response):
            response = _retold(request, response)
        if response.status_code >= 400:
            # Only refusals speak the reader's language: what may be kept is the same for everybody.
            response["Content-Language"] = refusals.language_for(request)
            patch_vary_headers(response, ("Accept-Language",))
        return _with_leave_to_read(request, response)


def require_media_taken(request: HttpRequest) -> None:
    """Raises NotAcceptable if the sender takes no form that we answer in. Open311 says it by the address's ending."""
    if not request.path.startswith("/api/"):
        return
    wanted = "text/csv" if request.GET.get("format") == "csv" else "application/json"
    given = "application/atom+xml" if request.path.endswith(".atom") else wanted
    if not request.accepts(given):
        raise NotAcceptable("not_acceptable")


class OnlyJson(Parser):
    """Reads what programs send: JSON in UTF-8, as it is declared."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The values that were sent. Raises UnknownMedia for anything that does not say it is JSON in UTF-8."""
        charset = (request.content_params or {}).get("charset", "utf-8")
        if request.content_type != "application/json" or not _is_utf8(charset):
            raise UnknownMedia("media_unknown")
        return taken(super().parse_body(request))


def taken(sent: Any) -> Any:
    """What was sent, without what would mislead a reader of its words: the rule of forms, for the words of JSON."""
    if not isinstance(sent, dict):
        return sent
    return {name: as_taken(value) if isinstance(value, str) else value for name, value in sent.items()}


def _is_utf8(charset: str) -> bool:
    try:
        return codecs.lookup(charset).name == "utf-8"
    except LookupError:
        return False


def _may(refused: HttpResponse) -> HttpResponse:
    """What may be done at an address, for a browser that asks before it reads from another site."""
    methods = [*filter(None, (m.strip() for m in refused.get("Allow", "").split(","))), "HEAD", "OPTIONS"]
    response = HttpResponse(status=204)
    response["Allow"] = ", ".join(dict.fromkeys(methods))
    response["Access-Control-Allow-Methods"] = "GET, HEAD"
    response["Access-Control-Allow-Headers"] = MAY_BE_ASKED_WITH
    response["Access-Control-Max-Age"] = "86400"
    return response


def _retold(request: HttpRequest, broken: HttpResponse) -> HttpResponse:
    """A refusal of the framework (a page, or nothing) in the shape that programs read."""
    error = SalaError(_CODES.get(broken.status_code, "broken" if broken.status_code >= 500 else "invalid"))
    error.status = broken.status_code
    response = refusals.answer(request, error)
    for name in ("Allow", "Retry-After"):
        if name in broken:
            response[name] = broken[name]
    return response


def _with_leave_to_read(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Other sites' scripts may read what everyone may read, and what is said to all is kept for a moment."""
    if request.method in ("GET", "HEAD", "OPTIONS"):
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = SEEN_BY_OTHERS
        if response.status_code == 200 and "Cache-Control" not in response:
            patch_cache_control(response, public=True, max_age=KEPT_SECONDS)
    return response
