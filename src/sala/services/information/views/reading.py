"""Doors for everyone: the first page, a request's public page, its person's own page, finding it again."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_GET

from sala.commons.drafts import queries as drafts
from sala.commons.drafts import views as drafting
from sala.commons.drafts.queries import Proof
from sala.commons.identity import queries as people
from sala.commons.matters import queries as matters
from sala.commons.matters import slots as spine
from sala.core import clock
from sala.core.errors import NotFound
from sala.core.gates import open_to_all
from sala.core.references import parse_reference
from sala.platform import limits
from sala.platform.requests import Request
from sala.services.information import actions
from sala.services.information.forms import questions
from sala.services.information.queries import documents, law, page
from sala.services.information.queries import request as requests
from sala.services.information.rules.standing import Standing
from sala.services.information.rules.wishes import Openness, may_become_public
from sala.services.information.views import rates
from sala.services.information.views.looks import LOOKS
from sala.services.information.words import shown as words
from sala.services.information.words.names import STANDINGS
from sala.services.information.words.road import road

public_for_seconds = cache_control(public=True, max_age=10, stale_while_revalidate=30)


@open_to_all
@public_for_seconds
@require_GET
def start(request: Request) -> HttpResponse:
    """What one may ask for, what was given lately, what is being asked: so that nobody asks twice."""
    newest = matters.list_public(matters.Filter(kind=law.KIND), size=8).matters
    context = {
        "shown": [(matter, STANDINGS[Standing(matter.stage)]) for matter in newest],
        "documents": documents.list_newest(6),
        "mail_address": settings.MAIL_ADDRESS,
    }
    return render(request, "information/start.html", context)


@open_to_all
@public_for_seconds
@require_GET
def public(request: Request, reference: str) -> HttpResponse:
    """The public page: where it stands, the answer with its files and sections, the road, what may be done."""
    asked = requests.find_public(reference)
    if asked is None:
        return render(request, "information/not_public.html", {"reference": reference}, status=404)
    return render(
        request, "information/request.html", context_of(page.get_page(asked, now=clock.now(), is_own=False))
    )


def context_of(shown: page.RequestPage) -> dict[str, Any]:
    """What the templates of one request read."""
    language = get_language() or "th"
    return {
        "page": shown,
        "asked": shown.request,
        "matter": shown.request.matter,
        "status": STANDINGS[shown.standing],
        "ways": [words.way(way, shown, language) for way in shown.ways],
        "road": road(shown),
        "answers": [words.answer(answer, language) for answer in shown.answers],
        "proceedings": [words.proceeding(row) for row in shown.proceedings],
        "facts": words.facts(shown),
    }


@open_to_all
@never_cache
@require_GET
def own(request: Request, reference: str) -> HttpResponse:
    """The page of the person who asked: what they can do now first, then everything, theirs included."""
    if key := request.GET.get("key"):
        asked = requests.get_own(reference, request.actor, Proof(key=key))
        drafts.require_no_staff(request.actor, asked)
        drafting.remember(request, asked.matter.reference, key)
        return redirect("information:own", reference=asked.matter.reference)
    proof = drafting.proof_for(request, reference)
    asked = requests.get_own(reference, request.actor, proof)
    LOOKS.record_for_caller(request, asked)
    now, is_covered = clock.now(), drafts.shows_digits_alone(request.actor, asked, proof)
    shown = page.get_page(asked, now=now, is_own=True, is_covered=is_covered)
    may_publish = may_become_public(shown.case.wish, Openness(asked.privacy))
    is_above = any(words.proceeding(row).may_withdraw for row in shown.proceedings)
    more = {
        "looks": people.list_looks_at_matter(asked.matter.reference, now=now),
        "is_persons": True,
        "may_publish": may_publish,
        # Who complained or appealed waits for that; taking it back comes before accepting the answer.
        "may_accept": asked.state in words.ANSWERED and not is_above,
        "is_above": is_above,
        "was_given": shown.standing in (Standing.GRANTED, Standing.PARTLY_GRANTED),
    }
    return render(request, "information/own.html", context_of(shown) | more)


@open_to_all
@never_cache
def claim(request: Request) -> HttpResponse:
    """The code on the slip of somebody who asked in person: exchanged once for a link of their own."""
    return drafting.claim(
        request, "information", rates.CLAIM, actions.claim_request, of=_("Information request")
    )


@open_to_all
@never_cache
def track(request: Request) -> HttpResponse:
    """Finding a request by its number, and by the last digits of the telephone if one wants to act on it."""
    form = questions.TrackForm(request.POST or None, initial={"reference": request.GET.get("reference", "")})
    if request.method == "POST" and form.is_valid():
        return _tracked(request, form)
    return render(request, "information/track.html", {"form": form}, status=422 if form.errors else 200)


def _of_another_kind(typed: str) -> str:
    """The number typed, if it is of another kind of matter, which has its own page; else ""."""
    try:
        reference = parse_reference(typed)
    except ValueError:
        return ""
    return "" if reference.kind == spine.kinds[law.KIND].letters else str(reference)


def _require_room_to_try(request: Request, reference: str) -> None:
    """Few tries from one place, and many fewer than ten thousand from all, however the number is written.

    What is no number opens nothing, whatever it is counted under.
    """
    now, address = clock.now(), limits.address_of(request) or ""
    limits.require_room_for(request, rates.OPEN_OWN, now=now, contact=f"{reference} {address}")
    limits.require_room_for(request, rates.OPEN_OWN_ALL, now=now, contact=reference)


def _tracked(request: Request, form: questions.TrackForm) -> HttpResponse:
    """To the public page, or to one's own; a number that is hidden and one that is none are answered alike."""
    typed, tail = form.cleaned_data["reference"], form.cleaned_data["phone_tail"]
    if other := _of_another_kind(typed):
        return redirect("matters:short", reference=other)
    asked = requests.find_request(typed)
    if not tail and asked is not None and asked.matter.is_public:
        return redirect("information:request", reference=asked.matter.reference)
    if not tail:
        form.add_error("reference", _("There is no public request under this number. Check each character."))
    else:
        _require_room_to_try(request, asked.matter.reference if asked else typed)
        try:
            found = requests.get_own(typed, request.actor, Proof(phone_tail=tail))
        except NotFound:
            form.add_error("phone_tail", _("This number and these digits do not belong together."))
        else:
            number = found.matter.reference
            LOOKS.record_for_caller(request, found)
            drafting.remember(request, number, phone_tail=tail)
            return redirect(reverse("information:own", args=[number]))
    return render(request, "information/track.html", {"form": form}, status=422)
