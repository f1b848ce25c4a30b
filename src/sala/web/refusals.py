"""Words for every refusal code, and the page or JSON that carries them."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from sala.commons.identity import words as identity_words
from sala.commons.matters import words as matter_words
from sala.core.errors import Invalid, SalaError
from sala.core.languages import LANGUAGES, preferred
from sala.services.complaints import words as complaint_words
from sala.services.complaints.views import open311

# One line per code. A code that is missing here is found by a shape test, not by a citizen.
WORDS = {
    **identity_words.REFUSALS,
    **matter_words.REFUSALS,
    **complaint_words.REFUSALS,
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
    "desk_there_already": gettext_lazy("There is a desk of this name already."),
    "last_administrator": gettext_lazy(
        "An agency needs an administrator. Give the role to somebody else first."
    ),
    "role_already_held": gettext_lazy("This person holds that role already."),
    "wrong_method": gettext_lazy("This address can be read, or written to, but not in this way."),
    "not_acceptable": gettext_lazy("This is told as JSON (lists as CSV too). Ask for one of them."),
    "media_unknown": gettext_lazy("Send JSON in UTF-8, and say so: Content-Type: application/json."),
    "broken": gettext_lazy("Something broke on our side"),
    "only_by_form": gettext_lazy("There is nothing to open at this address."),
    "body_too_large": gettext_lazy("That was more at once than we can take."),
    "too_many": gettext_lazy("That was a lot in a short time. Please wait a little and try again."),
}


def words(error: SalaError) -> str:
    """The sentence for a refusal, in the reader's language."""
    text = WORDS.get(error.code)
    return str(text).format(**error.values) if text else _("Please check what you entered and try again.")


def problem(error: SalaError) -> dict[str, object]:
    """A refusal for programs, as `core.problems.Problem` says."""
    told: dict[str, object] = {"code": error.code, "message": words(error)}
    return told | {"fields": error.fields} if isinstance(error, Invalid) else told


PROGRAMS = ("/api/", open311.BASE)
TOLD = ("application/json", "text/xml", "application/atom+xml")


def is_for_programs(path: str) -> bool:
    """Whether programs ask at this address: they are answered in data, never with a page."""
    return path.startswith(PROGRAMS)


def language_for(request: HttpRequest) -> str:
    """The language of a refusal to a program: what it accepts, Thai by default. Addresses say it to people."""
    return preferred(request.headers.get("Accept-Language", ""), LANGUAGES)


def is_told(response: HttpResponse) -> bool:
    """Whether a refusal is in data already."""
    return bool(response.content) and response.get("Content-Type", "").startswith(TOLD)


def _for_programs(request: HttpRequest, error: SalaError) -> HttpResponse:
    with override(language_for(request)):
        if request.path.startswith(open311.BASE):
            return open311.refuse(request.path, error.status, words(error))
        return JsonResponse(problem(error), status=error.status)


def answer(request: HttpRequest, error: SalaError) -> HttpResponse:
    """A page, or data for programs; someone not signed in is led to the sign-in page and back."""
    if is_for_programs(request.path):
        response = _for_programs(request, error)
    elif error.code == "sign_in_first" and request.method == "GET":
        return redirect(f"{reverse('identity:sign_in')}?{urlencode({'next': request.get_full_path()})}")
    else:
        response = render(
            request, "web/refused.html", {"error": error, "words": words(error)}, status=error.status
        )
    return with_wait(response, error)


def with_wait(response: HttpResponse, error: SalaError) -> HttpResponse:
    """A refusal that says when to come back, if it is one for now only."""
    if "retry_after" in error.values:
        wait = str(error.values["retry_after"])
        response["Retry-After"] = wait
        response["RateLimit"] = f'"{error.values.get("act", "")}";r=0;t={wait}'
    return response
