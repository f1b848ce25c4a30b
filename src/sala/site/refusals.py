"""Words for every refusal code, and the page or JSON that carries them."""

import re
from collections.abc import Callable, Mapping
from functools import cache

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from sala.core.errors import Invalid, SalaError
from sala.core.languages import LANGUAGES, preferred
from sala.site import boxes

# Refusals that no box has for itself. A code that is missing everywhere is found by a shape test, not by a citizen.
SHARED = {
    "unknown_field": gettext_lazy("This is not known here, and would be lost."),
    "missing": gettext_lazy("This is needed."),
    "invalid": gettext_lazy("Please check what you entered and try again."),
    "not_allowed": gettext_lazy("You do not have permission to do this."),
    "sign_in_first": gettext_lazy("Please sign in first."),
    "not_found": gettext_lazy("We could not find what you were looking for."),
    "changed_meanwhile": gettext_lazy(
        "Someone else has changed this meanwhile. Look at it again before you go on."
    ),
    "out_of_range": gettext_lazy("That number is outside what can be asked for."),
    "open_or_closed": gettext_lazy("This can be open or closed, nothing else."),
    "person_not_found": gettext_lazy("We know no such person."),
    "wrong_method": gettext_lazy("This address can be read, or written to, but not in this way."),
    "not_acceptable": gettext_lazy("This is told as JSON (lists as CSV too). Ask for one of them."),
    "media_unknown": gettext_lazy("Send JSON in UTF-8, and say so: Content-Type: application/json."),
    "broken": gettext_lazy("Something broke on our side"),
    "only_by_form": gettext_lazy("There is nothing to open at this address."),
    "body_too_large": gettext_lazy("That was more at once than we can take."),
    "too_many": gettext_lazy("That was a lot in a short time. Please wait a little and try again."),
}


@cache
def every_word() -> Mapping[str, str | Promise]:
    """The sentence of each code, of all boxes and of none."""
    return SHARED | boxes.merged(lambda box: box.refusals)


def words(error: SalaError) -> str:
    """The sentence for a refusal, in the reader's language."""
    text = every_word().get(error.code)
    return str(text).format(**error.values) if text else _("Please check what you entered and try again.")


def problem(error: SalaError) -> dict[str, object]:
    """A refusal for programs, as `core.problems.Problem` says."""
    content: dict[str, object] = {"code": error.code, "message": words(error)}
    return content | {"fields": error.fields} if isinstance(error, Invalid) else content


IN_DATA = ("application/json", "text/xml", "application/atom+xml")


def is_for_programs(path: str) -> bool:
    """Whether programs ask at this address: they are answered in data, never with a page."""
    return path.startswith(API) or bool(FILES.fullmatch(path)) or _box_for_programs(path) is not None


API = "/api/"
# Tables as files: a program that asked for JSON and is told a page of HTML knows nothing.
FILES = re.compile(r"/data/[^/]+\.(?:json|ndjson|csv|atom)")


@cache
def _own_ways() -> Mapping[str, Callable[[str, int, str], HttpResponse]]:
    return boxes.merged(lambda box: box.refuse_programs)


def _box_for_programs(path: str) -> Callable[[str, int, str], HttpResponse] | None:
    """How a box refuses programs at this address, by a standard of its own; None where none does."""
    return next((refuse for prefix, refuse in _own_ways().items() if path.startswith(prefix)), None)


def language_for(request: HttpRequest) -> str:
    """The language of a refusal to a program: what it accepts, Thai by default. Addresses say it to people."""
    return preferred(request.headers.get("Accept-Language", ""), LANGUAGES)


def is_in_data(response: HttpResponse) -> bool:
    """Whether a refusal is in data already."""
    return bool(response.content) and response.get("Content-Type", "").startswith(IN_DATA)


def _for_programs(request: HttpRequest, error: SalaError) -> HttpResponse:
    with override(language_for(request)):
        if refuse := _box_for_programs(request.path):
            return refuse(request.path, error.status, words(error))
        return JsonResponse(problem(error), status=error.status)


def answer(request: HttpRequest, error: SalaError) -> HttpResponse:
    """A page, or data for programs; someone not signed in is led to the sign-in page and back."""
    if is_for_programs(request.path):
        response = _for_programs(request, error)
    elif error.code == "sign_in_first" and request.method == "GET":
        return redirect(f"{reverse('identity:sign_in')}?{urlencode({'next': request.get_full_path()})}")
    else:
        response = render(
            request,
            "site/refused.html",
            {"error": error, "words": words(error), "begin": _begin()},
            status=error.status,
        )
    return with_wait(response, error)


def _begin() -> tuple[str, str]:
    """(what to do, address) of the first thing a person can begin here; they may have lost one."""
    return next((kind.begin("") for kind in boxes.every_kind() if kind.begin), ("", ""))


def with_wait(response: HttpResponse, error: SalaError) -> HttpResponse:
    """A refusal that says when to come back, if it is one for now only."""
    if "retry_after" in error.values:
        wait = str(error.values["retry_after"])
        response["Retry-After"] = wait
        if "act" in error.values:  # a rate limit, and not merely somebody else's turn
            response["RateLimit"] = f'"{error.values["act"]}";r=0;t={wait}'
    return response
