"""The doors of whoever asks: one question a page, what others asked before, the check, the number."""

from typing import Any

import segno
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from sala.commons.agencies import queries as agencies
from sala.commons.drafts import actions as drafting
from sala.commons.drafts import queries as drafts
from sala.commons.drafts import views as journeys
from sala.commons.drafts.queries import Contact
from sala.commons.drafts.views import Answers, Journey, Question
from sala.core import clock
from sala.core.deadlines import day_before
from sala.core.errors import Conflict, Invalid, NotFound
from sala.core.gates import open_to_all
from sala.engines import thai
from sala.platform import limits
from sala.platform.requests import Request
from sala.services.lawmaking import actions
from sala.services.lawmaking.forms import question_asking as forms
from sala.services.lawmaking.queries import questions
from sala.services.lawmaking.queries.question_law import KIND, law_of
from sala.services.lawmaking.rules.questions import Openness
from sala.services.lawmaking.views import question_rates as rates
from sala.services.lawmaking.words.question_names import OPENNESS, refusal, stage

PAGE = "lawmaking/questions/ask/question.html"
# What is asked, in order; after the first come questions like it, whose answer may be what is wanted.
JOURNEY = Journey(
    kind=KIND,
    namespace="questions",
    questions=(
        Question(name="what", form=forms.WhatForm, template=PAGE, then="similar"),
        Question(name="office", form=forms.OfficeForm, template=PAGE),
        Question(name="open", form=forms.OpenForm, template=PAGE),
        Question(name="contact", form=forms.ContactForm, template=PAGE),
    ),
    attach=rates.SAY,
)


@open_to_all
@never_cache
def start(request: Request) -> HttpResponse:
    """The first question: what would you like to know? Words typed elsewhere are filled in."""
    given = {
        "text": request.GET.get("text", "")[:4000],
        "about_law": request.GET.get("about_law", "")[:200],
        "agency": agencies.read_agency(request.GET.get("office", "")[:40]),
    }
    return journeys.start(request, JOURNEY, given)


@open_to_all
@never_cache
def step(request: Request, token: str, name: str) -> HttpResponse:
    """One question; the answer is kept at once, so that a lost connection loses nothing."""
    return journeys.step(request, JOURNEY, token, name)


def _answers(token: str) -> Answers:
    """What was typed so far. Raises NotFound for what is gone."""
    draft = drafts.find_draft(KIND, token)
    if draft is None:
        raise NotFound("draft_gone")
    return drafts.answers_of(draft)


@open_to_all
@never_cache
@require_GET
def similar(request: Request, token: str) -> HttpResponse:
    """What others asked that sounds the same, answered ones first: whoever finds theirs need not wait."""
    answers = _answers(token)
    onward = JOURNEY.next_after("what", answers, token)
    found = questions.list_like(str(answers.get("text") or ""))
    if not found:
        return redirect(onward)
    context = {
        "found": [(matter, is_answered, stage(matter.stage)) for matter, is_answered in found],
        "back": JOURNEY.address("what", token),
        "onward": onward,
        "token": token,
    }
    return render(request, "lawmaking/questions/ask/similar.html", context)


@open_to_all
@never_cache
def check(request: Request, token: str) -> HttpResponse:
    """Everything once more; who gets it, by which rule, and who sees what. Then it is sent."""
    if sent := drafts.sent_as(KIND, token):
        return _sent(request, *sent)
    answers = _answers(token)
    if not answers.get("agency"):
        return redirect(JOURNEY.address("office", token))
    filing, problem = _filing(answers, token), ""
    if request.method == "POST":
        try:
            return _send(request, token, filing)
        except Invalid as refused:
            problem = refusal(next(iter(refused.fields.values()), refused.code))
    context = _checked(token, filing) | {"problem": problem}
    return render(request, "lawmaking/questions/ask/check.html", context, status=422 if problem else 200)


def _checked(token: str, filing: actions.Filing) -> dict[str, Any]:
    language = get_language() or "th"
    office = agencies.get_agency(filing.agency)
    covered = str(thai.cover(filing.text))
    is_public = filing.openness is Openness.PUBLIC
    return {
        "rows": _rows(token, filing, agencies.agency_label(office, language)),
        "token": token,
        "office_name": agencies.agency_label(office, language),
        "expected": law_of(office.code).until("answer", clock.day_of(clock.now())),
        "is_public": is_public,
        "covered": covered if is_public and covered != filing.text else "",
        "back": JOURNEY.address("contact", token),
    }


def _rows(token: str, filing: actions.Filing, office: str) -> list[tuple[object, object, str]]:
    def change(name: str) -> str:
        return JOURNEY.address(name, token)

    contact = filing.contact
    reached_at = " · ".join(filter(None, (contact.name, contact.phone, contact.email)))
    return [
        (_("What you would like to know"), filing.text, change("what")),
        (_("Law or paper"), filing.about_law or _("Not given"), change("what")),
        (_("The office"), office, change("office")),
        (_("Who may read it"), OPENNESS[filing.openness], change("open")),
        (_("Name shown with it"), filing.shown_name or _("None"), change("open")),
        (_("How to reach you"), reached_at or _("Not given"), change("contact")),
    ]


def _filing(answers: Answers, token: str) -> actions.Filing:
    """What was typed as what the action takes."""

    def told(name: str) -> str:
        return str(answers.get(name) or "")

    openness = Openness(answers.get("openness") or Openness.PUBLIC)
    return actions.Filing(
        text=told("text"),
        agency=told("agency"),
        about_law=told("about_law"),
        # Of what nobody reads no name is shown.
        shown_name=told("shown_name") if openness is Openness.PUBLIC else "",
        openness=openness,
        contact=Contact(told("name"), told("phone"), told("email")),
        draft_token=token,
        language=get_language() or "th",
    )


def _send(request: Request, token: str, filing: actions.Filing) -> HttpResponse:
    now = clock.now()
    reached_at = filing.contact.phone or filing.contact.email
    limits.require_room_for(request, rates.FILE, now=now, contact=reached_at)
    try:
        filed = actions.file_question(actor=request.actor, now=now, filing=filing)
    except Conflict:  # pressed twice: the first press filed it, and its number is what the person wants
        if sent := drafts.sent_as(KIND, token):
            return _sent(request, *sent)
        raise
    return _sent(request, filed.reference, filed.key)


def _sent(request: Request, reference: str, key: str) -> HttpResponse:
    journeys.remember(request, reference, key)
    return redirect("questions:filed", reference=reference)


@open_to_all
@never_cache
@require_GET
def filed(request: Request, reference: str) -> HttpResponse:
    """The number, the expected day, who answers, the link and its picture; made to be printed or photographed."""
    proof = journeys.proof_for(request, reference)
    asked = questions.get_own(reference, request.actor, proof)
    number = asked.matter.reference
    link = request.build_absolute_uri(journeys.own_link("questions", number, proof.key)) if proof.key else ""
    context = {
        "matter": asked.matter,
        "expected": day_before(asked.matter.due_at) if asked.matter.due_at else None,
        "link": link,
        "qr": segno.make(link, error="m").svg_inline(scale=4, dark="#17203f", omitsize=True) if link else "",
    }
    return render(request, "lawmaking/questions/filed.html", context)


@open_to_all
@require_POST
def discard(request: Request, token: str) -> HttpResponse:
    """What was typed is gone."""
    drafting.discard_draft(actor=request.actor, token=token)
    messages.info(request, _("It is gone. Nothing was sent."))
    return redirect("questions:start")
