"""Doors of the ways: each page says what it costs, by which section, until when; one button begins it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from sala.commons.drafts import views as drafting
from sala.commons.identity.actions import repeats
from sala.core import clock
from sala.core.dates import format_date
from sala.core.errors import Conflict, Invalid, NotFound
from sala.core.gates import open_to_all
from sala.platform import limits
from sala.platform.requests import Request
from sala.services.information import actions
from sala.services.information.forms import questions
from sala.services.information.queries import page
from sala.services.information.queries import request as requests
from sala.services.information.rules.ways import WayKind
from sala.services.information.views import rates
from sala.services.information.words import shown as words
from sala.services.information.words.names import refusal
from sala.services.information.words.ways import HOW_COUNTED


@dataclass(frozen=True, slots=True)
class Start:
    """How a way begins: its action, whether it wants words, and what the person reads when it is done."""

    do: Callable[..., Any]
    has_words: bool
    done: Callable[[], str]


def _complain(way: WayKind) -> Callable[..., Any]:
    return partial(actions.lodge_complaint, against=way)


def _appeal(way: WayKind) -> Callable[..., Any]:
    return partial(actions.lodge_appeal, way=way)


STARTS: dict[WayKind, Start] = {
    WayKind.ANSWER_QUESTION: Start(
        actions.answer_question, True, lambda: _("The office has your answer. Its days run again.")
    ),
    WayKind.REMIND: Start(actions.remind_office, False, lambda: _("The office has been reminded.")),
    WayKind.SAY_WHAT_IS_MISSING: Start(
        actions.say_what_is_missing, True, lambda: _("The office takes your request up again.")
    ),
    WayKind.WITHDRAW: Start(actions.withdraw_request, False, lambda: _("Your request is withdrawn.")),
    WayKind.ATTACH_NOTE: Start(actions.attach_note, True, lambda: _("Your note goes with the record.")),
    **{
        way: Start(_complain(way), True, lambda: _("The Board has your complaint."))
        for way in (
            WayKind.COMPLAIN_SLOW,
            WayKind.COMPLAIN_NOT_GIVEN,
            WayKind.COMPLAIN_NOT_HELD,
            WayKind.COMPLAIN_NOT_OBEYED,
        )
    },
    **{
        way: Start(_appeal(way), True, lambda: _("The Board has your appeal and passes it on."))
        for way in (WayKind.APPEAL_REFUSAL, WayKind.APPEAL_CORRECTION)
    },
}


@open_to_all
@never_cache
def way(request: Request, reference: str, code: str) -> HttpResponse:
    """One way: what it is, by which section, until when, to whom; the words are prepared, one button sends them."""
    asked = requests.get_own(reference, request.actor, drafting.proof_for(request, reference))
    shown = page.get_page(asked, now=clock.now(), is_own=True)
    found = next((one for one in shown.ways if one.kind.value == code), None)
    if found is None:
        messages.info(request, refusal("way_not_open"))
        return redirect("information:own", reference=asked.matter.reference)
    start = STARTS.get(found.kind)
    form = _form(request, found.kind, shown) if start else None
    is_sent = request.method == "POST" and start is not None and form is not None and form.is_valid()
    if is_sent and _begin(request, start, found.kind, asked.matter.reference, form):
        return redirect("information:own", reference=asked.matter.reference)
    context = {
        "way": words.way(found, shown, get_language() or "th"),
        "asked": asked,
        "matter": asked.matter,
        "page": shown,
        "form": form,
        "how_counted": HOW_COUNTED,
        "is_advice": found.kind in words.ADVICE,
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "information/way.html", context, status=status)


def _form(request: Request, kind: WayKind, shown: page.RequestPage) -> Any:
    given = request.POST if request.method == "POST" else None
    if not STARTS[kind].has_words:
        return questions.ButtonForm(given)
    if kind is WayKind.ANSWER_QUESTION:
        return questions.WordsForm(given, label=_("Your answer"))
    return questions.WordsForm(
        given,
        initial={"text": prepared(kind, shown)},
        hint=_("We have begun it for you. Change what you like."),
    )


def prepared(kind: WayKind, shown: page.RequestPage) -> str:
    """The words of a complaint or an appeal as far as they follow from the request; the person goes on from there."""
    language = get_language() or "th"
    values = {
        "reference": shown.request.matter.reference,
        "office": shown.agency.name(language) if shown.agency else shown.request.matter.agency,
        "received": format_date(shown.case.received_on, language=language),
        "expected": format_date(shown.expected_on, language=language),
        "answered": format_date(shown.case.notified_on, language=language) if shown.case.notified_on else "",
        "sections": ", ".join(
            reason.section_en if language == "en" else reason.section_th
            for answer in shown.answers[:1]
            for reason in answer.reasons
        ),
    }
    text = _PREPARED.get(kind)
    return text() % values if text else ""


_PREPARED: dict[WayKind, Callable[[], str]] = {
    WayKind.COMPLAIN_SLOW: lambda: _(
        "I asked %(office)s on %(received)s (%(reference)s). An answer was expected by %(expected)s. "
        "I have none yet and ask the Board to look into it.\n\n"
    ),
    WayKind.COMPLAIN_NOT_GIVEN: lambda: _(
        "I asked %(office)s on %(received)s (%(reference)s). The answer of %(answered)s does not give what I "
        "asked for. I ask the Board to look into it.\n\n"
    ),
    WayKind.COMPLAIN_NOT_HELD: lambda: _(
        "%(office)s says (%(reference)s, %(answered)s) that it has no such thing. I ask the Board to check this. "
        "I think that it exists because\n\n"
    ),
    WayKind.COMPLAIN_NOT_OBEYED: lambda: _(
        "It was decided that I am to be given what I asked %(office)s for (%(reference)s). I still have not got it.\n\n"
    ),
    WayKind.APPEAL_REFUSAL: lambda: _(
        "I appeal against the answer of %(office)s of %(answered)s to my request %(reference)s, which relies on "
        "%(sections)s. I think it should be given because\n\n"
    ),
    WayKind.APPEAL_CORRECTION: lambda: _(
        "I appeal against the answer of %(office)s of %(answered)s to my request %(reference)s not to correct what "
        "it keeps about me. It is wrong because\n\n"
    ),
}


def _begin(request: Request, start: Start | None, kind: WayKind, reference: str, form: Any) -> bool:
    """Do it once, however often the button is pressed; a refusal comes back with everything that was typed."""
    if start is None:
        return False
    now = clock.now()
    limits.require_room_for(request, rates.SAY, now=now, contact=reference)
    values = {"text": form.cleaned_data["text"]} if start.has_words else {}
    proof = drafting.proof_for(request, reference)
    act = partial(start.do, actor=request.actor, now=now, reference=reference, proof=proof, **values)
    try:
        repeats.do_form_once(request, door=f"{kind.value} {reference}", now=now, act=act)
    except (Invalid, Conflict) as refused:
        fields = refused.fields if isinstance(refused, Invalid) else {}
        for field, code in (fields or {"": refused.code}).items():
            form.add_error(field if field in form.fields else None, refusal(code))
        return False
    messages.success(request, start.done())
    return True


@open_to_all
@require_POST
def accept(request: Request, reference: str) -> HttpResponse:
    """The person has what they wanted: it is closed."""
    return _own_act(request, reference, actions.accept_answer, _("Thank you. Your request is closed."))


@open_to_all
@require_POST
def publish(request: Request, reference: str) -> HttpResponse:
    """The person lets everyone read it."""
    return _own_act(request, reference, actions.publish_request, _("Everybody can read it now."))


@open_to_all
@require_POST
def withdraw_proceeding(request: Request, reference: str, proceeding_id: int) -> HttpResponse:
    """The person takes a complaint or an appeal back."""
    act = partial(actions.withdraw_proceeding, proceeding_id=proceeding_id)
    return _own_act(request, reference, act, _("It is taken back."))


def _own_act(request: Request, reference: str, act: Callable[..., Any], done: str) -> HttpResponse:
    asked = requests.get_own(reference, request.actor, drafting.proof_for(request, reference))
    number = asked.matter.reference
    try:
        act(actor=request.actor, now=clock.now(), reference=number, proof=drafting.proof_for(request, number))
    except NotFound:
        raise
    except (Invalid, Conflict) as refused:
        messages.error(request, refusal(refused.code))
    else:
        messages.success(request, done)
    return redirect("information:own", reference=number)
