"""The office's page of a collection: how it stands, sheets of paper, what is set aside and comes back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from sala.commons.participation import actions, permissions, queries, words
from sala.commons.participation.forms import SetAsideForm, SheetForm
from sala.core import clock
from sala.core.digits import find_whole_number
from sala.core.errors import Conflict, NotFound
from sala.core.gates import signed_in
from sala.platform.requests import Request


@signed_in
@never_cache
def collection(request: Request, reference: str, purpose: str) -> HttpResponse:
    """The page, and what its forms send: `act` says which."""
    terms = queries.get_terms(reference, purpose)
    permissions.require_may_enter_sheets(request.actor, terms.agency)
    act = request.POST.get("act", "")
    sheet = SheetForm(request.POST if act == "sheet" else None, auto_id="sheet_%s")
    aside = SetAsideForm(request.POST if act in ("look", "aside") else None, auto_id="aside_%s")
    done, meets = False, None
    try:
        if act == "sheet" and sheet.is_valid():
            done = _enter(request, reference, purpose, sheet)
        elif act in ("look", "aside") and aside.is_valid():
            permissions.require_may_set_aside(request.actor, terms.agency)
            done = act == "aside" and _set_aside(request, reference, purpose, aside)
            meets = None if done else _look(terms, aside)
    except Conflict as refusal:
        (sheet if act == "sheet" else aside).add_error(None, words.refusal(refusal.code))
    if done:
        return redirect("participation:office", reference, purpose)
    context = {
        "terms": terms,
        "reference": reference,
        "standing": queries.standing_of(terms.collection),
        "sheet": sheet,
        "aside": aside,
        "meets": meets,
        "may_set_aside": permissions.may_set_aside(request.actor, terms.agency),
        "invalidations": [
            (each, words.REASONS[each.reason], words.STATES[each.state])
            for each in queries.list_invalidations(terms.collection)
        ],
    }
    is_wrong = bool(sheet.errors or aside.errors)
    return render(request, "participation/office.html", context, status=422 if is_wrong else 200)


def _enter(request: Request, reference: str, purpose: str, form: SheetForm) -> bool:
    entered = actions.enter_sheet(
        actor=request.actor,
        now=clock.now(),
        reference=reference,
        purpose=purpose,
        number=form.cleaned_data["number"],
        sheet=form.cleaned_data["lines"],
    )
    said = _("Sheet entered: {counted} new, {double} had signed already, {wrong} with a wrong number.")
    messages.success(
        request, said.format(counted=entered.counted, double=entered.double, wrong=entered.wrong)
    )
    return True


def _look(terms: queries.Terms, form: SetAsideForm) -> int:
    """How many it meets; the form now carries that number and the instant, for the second step."""
    until = clock.now()
    meets = queries.count_meeting(terms.collection, form.condition(until=until))
    form.data = {**dict(form.data.items()), "until": until.isoformat(), "expected": meets}
    return meets


def _set_aside(request: Request, reference: str, purpose: str, form: SetAsideForm) -> bool:
    given = form.cleaned_data
    if given["until"] is None or given["expected"] is None:
        return False
    actions.begin_invalidation(
        actor=request.actor,
        now=clock.now(),
        reference=reference,
        purpose=purpose,
        condition=form.condition(until=given["until"]),
        reason=form.reason_given(),
        expected=given["expected"],
    )
    messages.success(request, _("These signatures are being set aside. You can take it back below."))
    return True


@signed_in
@never_cache
@require_POST
def reverse_invalidation(request: Request, reference: str, purpose: str) -> HttpResponse:
    """Brings back what was set aside."""
    terms = queries.get_terms(reference, purpose)
    key = find_whole_number(request.POST.get("invalidation", ""), least=1, most=2**31)
    if key is None or not queries.is_of(terms.collection, key):
        raise NotFound("not_found")
    actions.reverse_invalidation(actor=request.actor, now=clock.now(), invalidation=key)
    messages.success(request, _("What was set aside comes back."))
    return redirect("participation:office", reference, purpose)
