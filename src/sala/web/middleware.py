"""What happens around every request: headers, who acts, and refusals turned into pages that help."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DataError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from sala.commons.identity import queries as identity
from sala.core.errors import Invalid, SalaError, TooLarge, WrongMethod
from sala.web import refusals

Next = Callable[[HttpRequest], HttpResponse]


# No inline script or style anywhere; everything is served from here.
# The pictures of the map may come from elsewhere, if this installation says so.
def _tile_origin(tiles: str) -> str:
    """Where map pictures come from, as the policy names it: "https://{s}.a.example/…" gives https://*.a.example."""
    parts = urlsplit(tiles.replace("{s}", "*"))
    return f" {parts.scheme}://{parts.netloc}" if parts.scheme and parts.netloc else ""


CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'self'",
        f"img-src 'self' data:{_tile_origin(settings.TILES)}",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ]
)


class SecurityHeaders:
    """Adds the headers that keep other people's scripts and frames out."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        response.setdefault("Referrer-Policy", "same-origin")
        response.setdefault("Permissions-Policy", "camera=(self), geolocation=(self), microphone=()")
        response.setdefault("X-Content-Type-Options", "nosniff")
        response.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        if settings.SECURE_HSTS_SECONDS:
            response.setdefault("Strict-Transport-Security", f"max-age={settings.SECURE_HSTS_SECONDS}")
        return response


class LanguageByAddress(LocaleMiddleware):
    """Only the address says the language, so nothing varies by what a browser accepts, and caches keep one copy."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        response.setdefault("Content-Language", get_language() or settings.LANGUAGE_CODE)
        return response


class AnswerHead:
    """HEAD is answered wherever GET is: the same headers, no content."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "HEAD":
            return self.get_response(request)
        request.method = "GET"
        response = self.get_response(request)
        request.method = "HEAD"
        if response.streaming:
            response.streaming_content = ()  # type: ignore[attr-defined]  # a streaming answer has it
        else:
            length = len(response.content)
            response.content = b""
            response["Content-Length"] = str(length)
        return response


class RefuseHugeBodies:
    """Answers 413 before reading a body that no form of ours can send."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isascii() and length.isdigit() and int(length) > settings.LARGEST_BODY_BYTES:
            return refusals.answer(request, TooLarge("body_too_large"))
        return self.get_response(request)


class KnowActor:
    """Puts `request.actor` there: nobody known costs no query, a session one look-up when asked."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: identity.actor_of_session(request.session))  # type: ignore[attr-defined]  # our mark
        return self.get_response(request)


class AnswerRefusals:
    """Turns a SalaError raised by any door into a page (or JSON) that says what to do next."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != WrongMethod.status or response.content:
            return response
        # The framework's own answer is an empty page.
        told = refusals.answer(request, WrongMethod("only_by_form"))
        told["Allow"] = response["Allow"]
        return told

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, SalaError):
            return refusals.answer(request, exception)
        # A value that no column can hold (a NUL byte, a number beyond all ranges) is the sender's mistake, not ours.
        if isinstance(exception, DataError):
            return refusals.answer(request, Invalid("invalid"))
        return None
