"""What happens around every request: headers, who acts, and refusals turned into pages that help."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DataError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, UnreadablePostError
from django.middleware.locale import LocaleMiddleware
from django.utils.cache import has_vary_header, patch_vary_headers
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from sala.commons.identity import queries as identity
from sala.core.characters import as_taken
from sala.core.digits import find_whole_number
from sala.core.errors import Invalid, SalaError, TooLarge, WrongMethod
from sala.site import refusals

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


class TellWhoItIsFor:
    """Marks pages that look different for somebody known, so that no browser or proxy shows one as the other.

    Every page says at its top who is signed in, and the session's cookie decides that. `Vary: Cookie` is the mark
    that a browser checks by itself before it shows a page it has kept: without the cookie of then, or with another,
    it asks again (docs/adr/0007-kept-pages.md). What was made for somebody known is theirs: kept by no proxy, and by
    their browser only to be asked about each time.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ("Cookie",))
        is_somebodys = settings.SESSION_COOKIE_NAME in request.COOKIES and has_vary_header(response, "Cookie")
        if is_somebodys and "public" in response.get("Cache-Control", ""):
            response["Cache-Control"] = "private, no-cache"
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
    """Answers 413 before reading a body that no form of ours can send, and 400 for a length that is no number."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not (length.isascii() and length.isdigit()):
            return refusals.answer(request, SalaError("invalid"))
        if find_whole_number(length, least=0, most=settings.LARGEST_BODY_BYTES) is None:
            return refusals.answer(request, TooLarge("body_too_large"))
        return self.get_response(request)


class TakeWords:
    """Takes away from everything typed into a form what would mislead its reader (`characters.as_taken`).

    At the one place that every form passes: what was typed is kept, sealed and committed to as it is read later.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # What is sent to /api/ is JSON, read whole by its own door (`programs.OnlyJson`), by the same rule.
        if request.method == "POST" and not request.path.startswith(refusals.API):
            self._take(request)
        return self.get_response(request)

    def _take(self, request: HttpRequest) -> None:
        try:
            sent = request.POST
        except UnreadablePostError:  # the sender is gone in the middle of it
            return
        if all(text.isascii() and text.isprintable() for texts in sent.lists() for text in texts[1]):
            return
        taken = sent.copy()
        for name, texts in sent.lists():
            taken.setlist(name, [as_taken(text) for text in texts])
        taken._mutable = False
        request.POST = taken  # type: ignore[assignment]  # the framework's own setter takes it


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
        code = "wrong_method" if refusals.is_for_programs(request.path) else "only_by_form"
        refusal = refusals.answer(request, WrongMethod(code))
        refusal["Allow"] = response["Allow"]
        return refusal

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, SalaError):
            return refusals.answer(request, exception)
        # A value that no column can hold (a NUL byte, a number beyond all ranges) is the sender's mistake, not ours.
        if isinstance(exception, DataError):
            return refusals.answer(request, Invalid("invalid"))
        return None
