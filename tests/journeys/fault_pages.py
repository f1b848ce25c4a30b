"""Pages that say what went wrong, each made by what the site itself calls."""

from collections.abc import Callable

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse

from sala.core.errors import Conflict, SalaError, TooLarge, TooMany
from sala.site import refusals, views


def _away(request: HttpRequest) -> HttpResponse:
    """What a visitor reads while the database starts anew."""
    try:
        raise OperationalError
    except OperationalError:
        return views.broken(request)


FAULTS: dict[str, Callable[[HttpRequest], HttpResponse]] = {
    "invalid": lambda request: refusals.answer(request, SalaError("invalid")),
    "form-too-old": lambda request: views.csrf_failure(request, ""),
    "changed": lambda request: refusals.answer(request, Conflict("changed_meanwhile")),
    "too-large": lambda request: refusals.answer(request, TooLarge("body_too_large")),
    "too-many": lambda request: refusals.answer(request, TooMany("too_many", retry_after=60)),
    "broken": views.broken,
    "away": _away,
}
