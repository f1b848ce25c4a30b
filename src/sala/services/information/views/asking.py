"""The doors of whoever asks: one question a page, what others asked before, the check, the number."""

from dataclasses import replace
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
from sala.commons.moderation.actions import is_suspect
from sala.core import clock
from sala.core.errors import Conflict, Invalid, NotFound
from sala.core.gates import open_to_all
from sala.engines import thai
from sala.platform import limits
from sala.platform.requests import Request
from sala.services.information import actions
from sala.services.information.forms import questions
from sala.services.information.queries import law, proposals
from sala.services.information.queries import request as requests
from sala.services.information.rules.grounds import Wish
from sala.services.information.rules.standing import Standing
from sala.services.information.rules.wishes import Form, Openness
from sala.services.information.views import rates
from sala.services.information.words.names import FORMS, OPENNESS, STANDINGS, WISHES, refusal
from sala.services.information.words.ways import EXPECTED_NOT_LAW

PAGE = "information/ask/question.html"


def _may_be_public(answers: Any) -> bool:
    """What is about oneself is never public, so that is not asked."""
    return bool(answers.get("wish", Wish.INFORMATION.value) == Wish.INFORMATION.value)


# What is asked, in order; after the first come requests like it, whose answer may be what is wanted.
JOURNEY = Journey(
    kind=law.KIND,
    namespace="information",
    questions=(
        Question(name="what", form=questions.WhatForm, template=PAGE, then="similar"),
        Question(name="office", form=questions.OfficeForm, template=PAGE),
        Question(name="where", form=questions.WhereForm, template=PAGE),
        Question(name="how", form=questions.HowForm, template=PAGE),
        Question(name="open", form=questions.OpenForm, template=PAGE, asked=_may_be_public),
        Question(name="contact", form=questions.ContactForm, template=PAGE),
    ),
    attach=rates.SAY,
)


@open_to_all
@never_cache
def start(request: Request) -> HttpResponse:
    """The first question: what would you like to know? Words typed elsewhere, or asked before, are filled in."""
    given = {
        "text": request.GET.get("text", "")[:4000],
        "agency": agencies.read_agency(request.GET.get("office", "")[:40]),
        "same_as": request.GET.get("again", "")[:40],
    }
    if given["same_as"] and (again := requests.find_request(given["same_as"])) and again.is_public:
        given |= {"text": str(again.public_text), "agency": again.matter.agency}
    return journeys.start(request, JOURNEY, given)


@open_to_all
@never_cache
def step(request: Request, token: str, name: str) -> HttpResponse:
    """One question; the answer is kept at once, so that a lost connection loses nothing."""
    return journeys.step(request, JOURNEY, token, name)


def _answers(token: str) -> Answers:
    """What was typed so far. Raises NotFound for what is gone."""
    draft = drafts.find_draft(law.KIND, token)
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
    found = proposals.list_like(str(answers.get("text") or "")) if _may_be_public(answers) else []
    if not found:
        return redirect(onward)
    context = {
        "found": [(matter, is_answered, STANDINGS[Standing(matter.stage)]) for matter, is_answered in found],
        "back": JOURNEY.address("what", token),
        "onward": onward,
        "token": token,
    }
    return render(request, "information/ask/similar.html", context)


@open_to_all
@never_cache
def check(request: Request, token: str) -> HttpResponse:
    """Everything once more; who gets it, by which rule, and who sees what. Then it is sent."""
    if sent := drafts.sent_as(law.KIND, token):
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
    return render(request, "information/ask/check.html", context, status=422 if problem else 200)


def _checked(token: str, filing: actions.Filing) -> dict[str, Any]:
    language, now = get_language() or "th", clock.now()
    office = agencies.get_agency(filing.agency)
    expected = law.law_of(office.code).until("answer", law.day_of(now))
    is_public = filing.openness is Openness.PUBLIC
    return {
        "rows": _rows(token, filing, agencies.agency_label(office, language)),
        "token": token,
        "office": office,
        "office_name": agencies.agency_label(office, language),
        "expected": expected,
        "expected_not_law": EXPECTED_NOT_LAW,
        "is_public": is_public,
        "covered": covered if is_public and (covered := thai.cover(filing.text)) != filing.text else "",
        "back": JOURNEY.address("contact", token),
    }


def _rows(token: str, filing: actions.Filing, office: str) -> list[tuple[object, object, str]]:
    def change(name: str) -> str:
        return JOURNEY.address(name, token)

    form = str(FORMS[filing.wanted_as])
    if filing.is_certified:
        form = f"{form} ({_('certified as true')})"
    opened = [(_("Who may read it"), OPENNESS[filing.openness], change("open"))]
    contact = filing.contact
    reached_at = " · ".join(filter(None, (contact.name, contact.phone, contact.email, filing.address)))
    return [
        (_("What you would like to know"), filing.text, change("what")),
        (_("What it is about"), WISHES[filing.wish], change("what")),
        (_("The office"), office, change("office")),
        (_("Where it may be found"), filing.where_to_look or _("Not given"), change("where")),
        (_("How you would like it"), form, change("how")),
        *(opened if filing.wish is Wish.INFORMATION else []),
        (_("How to reach you"), reached_at or _("Not given"), change("contact")),
    ]


def _filing(answers: Answers, token: str) -> actions.Filing:
    """What was typed as what the action takes; what was never asked has the safe answer."""
    wish = Wish(answers.get("wish") or Wish.INFORMATION)
    chosen = Openness(answers.get("openness") or Openness.PUBLIC)
    contact = Contact(*(str(answers.get(name) or "") for name in ("name", "phone", "email")))
    return actions.Filing(
        text=str(answers.get("text") or ""),
        agency=str(answers.get("agency") or ""),
        wish=wish,
        openness=chosen if wish is Wish.INFORMATION else Openness.AGENCY_ONLY,
        where_to_look=str(answers.get("where_to_look") or ""),
        wanted_as=Form(answers.get("wanted_as") or Form.FILE),
        is_certified=bool(answers.get("is_certified")),
        contact=contact,
        address=str(answers.get("address") or ""),
        same_as=str(answers.get("same_as") or ""),
        draft_token=token,
        language=get_language() or "th",
    )


def _send(request: Request, token: str, filing: actions.Filing) -> HttpResponse:
    now = clock.now()
    reached_at = filing.contact.phone or filing.contact.email
    room = limits.require_room_for(request, rates.FILE, now=now, contact=reached_at)
    written = f"{filing.text}\n{filing.where_to_look}".strip()
    filing = replace(filing, is_suspect=is_suspect(request, written, room_used=room.used))
    try:
        filed = actions.file_request(actor=request.actor, now=now, filing=filing)
    except Conflict:  # pressed twice: the first press filed it, and its number is what the person wants
        if sent := drafts.sent_as(law.KIND, token):
            return _sent(request, *sent)
        raise
    return _sent(request, filed.reference, filed.key)


def _sent(request: Request, reference: str, key: str) -> HttpResponse:
    journeys.remember(request, reference, key)
    return redirect("information:filed", reference=reference)


@open_to_all
@never_cache
@require_GET
def filed(request: Request, reference: str) -> HttpResponse:
    """The number, the expected day, who answers, the link and its picture; made to be printed or photographed."""
    proof = journeys.proof_for(request, reference)
    asked = requests.get_own(reference, request.actor, proof)
    number = asked.matter.reference
    link = (
        request.build_absolute_uri(journeys.own_link("information", number, proof.key)) if proof.key else ""
    )
    context = {
        "asked": asked,
        "matter": asked.matter,
        "expected": law.day_before(asked.matter.due_at) if asked.matter.due_at else None,
        "link": link,
        "qr": segno.make(link, error="m").svg_inline(scale=4, dark="#17203f", omitsize=True) if link else "",
        "expected_not_law": EXPECTED_NOT_LAW,
    }
    return render(request, "information/filed.html", context)


@open_to_all
@require_POST
def discard(request: Request, token: str) -> HttpResponse:
    """What was typed is gone."""
    drafting.discard_draft(actor=request.actor, token=token)
    messages.info(request, _("It is gone. Nothing was sent."))
    return redirect("information:start")
