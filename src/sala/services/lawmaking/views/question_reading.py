"""Doors for everyone: the first page, answers to look through, one question, its own page, finding it again."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_GET

from sala.commons.drafts import queries as drafts
from sala.commons.drafts import views as drafting
from sala.commons.drafts.queries import Proof
from sala.commons.identity import queries as people
from sala.commons.matters import queries as matters
from sala.core import clock
from sala.core.characters import clean
from sala.core.digits import find_whole_number
from sala.core.errors import NotFound
from sala.core.gates import open_to_all
from sala.platform import limits
from sala.platform.requests import Request
from sala.services.lawmaking import actions
from sala.services.lawmaking.forms.question_asking import TrackForm
from sala.services.lawmaking.queries import question_figures, question_page, questions
from sala.services.lawmaking.queries.question_law import KIND
from sala.services.lawmaking.rules.questions import Reason
from sala.services.lawmaking.views import question_rates as rates
from sala.services.lawmaking.views.question_looks import LOOKS
from sala.services.lawmaking.words import question_telling as telling
from sala.services.lawmaking.words.question_names import NO_COURT, OWN_ACTS, REASONS, STANDINGS, stage

public_for_seconds = cache_control(public=True, max_age=10, stale_while_revalidate=30)
ON_START, ON_PAGE = 6, 20


@open_to_all
@public_for_seconds
@require_GET
def start(request: Request) -> HttpResponse:
    """What one may ask, what was answered lately, what is being asked: so that nobody asks twice."""
    newest = matters.list_public(matters.Filter(kind=KIND), size=8).matters
    answered, _more = question_figures.list_answers(size=ON_START, first_alone=True)
    context = {"shown": [(matter, stage(matter.stage)) for matter in newest], "answers": answered}
    return render(request, "lawmaking/questions/start.html", context)


@open_to_all
@public_for_seconds
@require_GET
def answers(request: Request) -> HttpResponse:
    """Everything that was answered, the newest first; narrowed by words of question, answer or law."""
    words = clean(request.GET.get("q", ""))[:200].strip()
    before = find_whole_number(request.GET.get("before", ""), least=1, most=2**63 - 1)
    found, after = question_figures.list_answers(words=words, before=before, size=ON_PAGE, first_alone=True)
    context = {"answers": found, "after": after, "q": words}
    return render(request, "lawmaking/questions/answers.html", context)


@open_to_all
@public_for_seconds
@require_GET
def public(request: Request, reference: str) -> HttpResponse:
    """The public page: where it stands, the answer with its sections, the road."""
    asked = questions.find_public(reference)
    if asked is None:
        return render(request, "lawmaking/questions/not_public.html", {"reference": reference}, status=404)
    shown = question_page.get_page(asked, now=clock.now(), is_own=False)
    return render(request, "lawmaking/questions/page.html", context_of(shown))


def context_of(shown: question_page.QuestionPage) -> dict[str, Any]:
    """What the templates of one question read."""
    return {
        "page": shown,
        "asked": shown.question,
        "matter": shown.question.matter,
        "status": STANDINGS[shown.standing],
        "road": telling.road(shown),
        "answers": [
            (one, REASONS[Reason(one.answer.reason)] if one.answer.reason else ("", ""))
            for one in shown.answers
        ],
        "no_court": NO_COURT,
    }


@open_to_all
@never_cache
@require_GET
def own(request: Request, reference: str) -> HttpResponse:
    """The page of the person who asked: what they can do now first, then everything, theirs included."""
    if key := request.GET.get("key"):
        asked = questions.get_own(reference, request.actor, Proof(key=key))
        drafts.require_no_staff(request.actor, asked)
        drafting.remember(request, asked.matter.reference, key)
        return redirect("questions:own", reference=asked.matter.reference)
    proof = drafting.proof_for(request, reference)
    asked = questions.get_own(reference, request.actor, proof)
    LOOKS.record_for_caller(request, asked)
    now, is_covered = clock.now(), drafts.shows_digits_alone(request.actor, asked, proof)
    shown = question_page.get_page(asked, now=now, is_own=True, is_covered=is_covered)
    more = {
        "own_acts": [(act.value, *OWN_ACTS[act]) for act in shown.acts],
        "looks": people.list_looks_at_matter(asked.matter.reference, now=now),
    }
    return render(request, "lawmaking/questions/own.html", context_of(shown) | more)


@open_to_all
@never_cache
def claim(request: Request) -> HttpResponse:
    """The code on the slip of somebody who asked in person: exchanged once for a link of their own."""
    return drafting.claim(request, "questions", rates.CLAIM, actions.claim_question, of=_("Legal question"))


@open_to_all
@never_cache
def track(request: Request) -> HttpResponse:
    """Finding a question by its number, and by the last digits of the telephone if one wants to act on it."""
    form = TrackForm(request.POST or None, initial={"reference": request.GET.get("reference", "")[:40]})
    if request.method == "POST" and form.is_valid():
        return _tracked(request, form)
    status = 422 if form.errors else 200
    return render(request, "lawmaking/questions/track.html", {"form": form}, status=status)


def _tracked(request: Request, form: TrackForm) -> HttpResponse:
    """To the public page, or to one's own; a number that is hidden and one that is none are answered alike."""
    typed, tail = form.cleaned_data["reference"], form.cleaned_data["phone_tail"]
    if not tail:
        asked = questions.find_public(typed)
        if asked is not None:
            return redirect("questions:question", reference=asked.matter.reference)
        form.add_error("reference", _("There is no public question under this number. Check each character."))
    else:
        limits.require_room_for(request, rates.OPEN_OWN, now=clock.now(), contact=typed.strip().upper())
        try:
            found = questions.get_own(typed, request.actor, Proof(phone_tail=tail))
        except NotFound:
            form.add_error("phone_tail", _("This number and these digits do not belong together."))
        else:
            number = found.matter.reference
            LOOKS.record_for_caller(request, found)
            drafting.remember(request, number, phone_tail=tail)
            return redirect("questions:own", reference=number)
    return render(request, "lawmaking/questions/track.html", {"form": form}, status=422)
