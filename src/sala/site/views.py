"""The site's own doors: first page, health, and the pages for when something is missing or broken."""

import errno
import sys

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_GET

from sala.core import clock
from sala.core.errors import SalaError, TooLarge
from sala.core.gates import open_to_all
from sala.core.references import parse_reference
from sala.site import front, navigation, refusals

# What the system says when a disk, a quota or the largest file is full, or a disk went read-only in its distress.
FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS})


@open_to_all
@cache_control(public=True, max_age=5)
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The first page: one box, four doors, what is happening now, how the state is doing."""
    if question := request.GET.get("q", "").strip():
        return redirect(_answer(question))
    return render(request, "site/home.html", front.first_page(get_language() or "th"))


def _answer(question: str) -> str:
    """Where the box leads: a reference to its tracking page, anything else to the search."""
    try:
        reference = str(parse_reference(question))
    except ValueError:
        return front.search_address(question)
    return front.tracking_address(reference)


@open_to_all
@cache_control(public=True, max_age=1)
@require_GET
def happening_now(request: HttpRequest) -> HttpResponse:
    """Only the list of what is happening now, for refreshing it in place."""
    return render(request, "site/happening.html", {"happening": front.happening_now(get_language() or "th")})


@open_to_all
@cache_control(public=True, max_age=60)
@require_GET
def figures(request: HttpRequest) -> HttpResponse:
    """The counts behind the figures of the first page, for anyone to check."""
    counts: dict[str, object] = {}
    for shown in front.service_fronts(clock.now()).values():
        counts |= shown.counts
    return JsonResponse(counts)


@open_to_all
@never_cache
@require_GET
def healthz(request: HttpRequest) -> HttpResponse:
    """Alive: the process answers. Says nothing about the database; /readyz does."""
    return HttpResponse("ok\n", content_type="text/plain")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page for an address that is not there."""
    return render(request, "site/404.html", {"doors": navigation.doors()}, status=404)


def not_understood(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page for a form that was larger, or had more parts, than we read; and for requests that make no sense."""
    is_large = isinstance(exception, (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent))
    return refusals.answer(request, TooLarge("body_too_large") if is_large else SalaError("invalid"))


def broken(request: HttpRequest) -> HttpResponse:
    """The page for a fault of ours; needs no database, no session and nothing else of the site.

    While the database is away, or a disk is full, it says that it is for a moment only, and when to come back.
    """
    fault = sys.exception()
    is_full = isinstance(fault, OSError) and fault.errno in FULL
    is_away = is_full or isinstance(fault, OperationalError | InterfaceError)
    response = render(request, "site/500.html", {"is_away": is_away}, status=503 if is_away else 500)
    if is_away:
        response["Retry-After"] = "30"
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page for a form that was open too long or came from elsewhere."""
    return render(request, "site/csrf.html", status=403)
