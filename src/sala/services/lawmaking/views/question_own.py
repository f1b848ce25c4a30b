"""Doors of what the person who asked can do: each page says what follows; one button does it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from sala.commons.drafts import views as drafting
from sala.commons.identity.actions import repeats
from sala.core import clock
from sala.core.errors import Conflict, Invalid
from sala.core.gates import open_to_all
from sala.platform import limits
from sala.platform.requests import Request
from sala.services.lawmaking import actions
from sala.services.lawmaking.forms.question_asking import ButtonForm, WordsForm
from sala.services.lawmaking.queries import question_page, questions
from sala.services.lawmaking.rules.questions import OwnAct
from sala.services.lawmaking.views import question_rates as rates
from sala.services.lawmaking.words.question_names import OWN_ACTS, refusal


@dataclass(frozen=True, slots=True)
class Start:
    """How something begins: its action, and the form whose words it takes."""

    do: Callable[..., Any]
    form: type[forms.Form]


STARTS: Mapping[OwnAct, Start] = {
    OwnAct.EXPLAIN: Start(actions.explain_question, WordsForm),
    OwnAct.FOLLOW_UP: Start(actions.follow_up_question, WordsForm),
    OwnAct.REMIND: Start(actions.remind_office, ButtonForm),
    OwnAct.PUBLISH: Start(actions.publish_question, ButtonForm),
    OwnAct.WITHDRAW: Start(actions.withdraw_question, ButtonForm),
}


@open_to_all
@never_cache
def own_act(request: Request, reference: str, code: str) -> HttpResponse:
    """One thing the person can do: what it is, what follows, one button."""
    asked = questions.get_own(reference, request.actor, drafting.proof_for(request, reference))
    number = asked.matter.reference
    shown = question_page.get_page(asked, now=clock.now(), is_own=True)
    act = next((one for one in shown.acts if one.value == code), None)
    if act is None:
        messages.info(request, refusal("own_act_not_open"))
        return redirect("questions:own", reference=number)
    start = STARTS[act]
    form = start.form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _begin(request, act, number, form):
        return redirect("questions:own", reference=number)
    name, what, button, _done = OWN_ACTS[act]
    context = {
        "name": name,
        "what": what,
        "button": button,
        "matter": asked.matter,
        "page": shown,
        "form": form,
        "is_answering": act is OwnAct.EXPLAIN,
    }
    status = 422 if form.errors else 200
    return render(request, "lawmaking/questions/own_act.html", context, status=status)


def _begin(request: Request, act: OwnAct, reference: str, form: forms.Form) -> bool:
    """Do it once, however often the button is pressed; a refusal comes back with everything that was typed."""
    now = clock.now()
    limits.require_room_for(request, rates.SAY, now=now, contact=reference)
    proof = drafting.proof_for(request, reference)
    shared = {"actor": request.actor, "now": now, "reference": reference, "proof": proof}
    do = partial(STARTS[act].do, **shared, **form.cleaned_data)
    try:
        repeats.do_form_once(request, door=f"{act.value} {reference}", now=now, act=do)
    except (Invalid, Conflict) as refused:
        fields = refused.fields if isinstance(refused, Invalid) else {}
        for field, code in (fields or {"": refused.code}).items():
            form.add_error(field if field in form.fields else None, refusal(code))
        return False
    messages.success(request, str(OWN_ACTS[act][3]))
    return True
