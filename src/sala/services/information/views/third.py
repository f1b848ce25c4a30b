"""The door of somebody an answer would touch: what is asked of them, until when; never who asked."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from sala.commons.agencies import queries as agencies
from sala.commons.identity.actions import repeats
from sala.core import clock
from sala.core.errors import Conflict, Invalid, NotFound
from sala.core.gates import open_to_all
from sala.platform import limits
from sala.platform.requests import Request
from sala.services.information import actions, permissions
from sala.services.information.forms import questions
from sala.services.information.models import ThirdParty
from sala.services.information.queries import cases, law
from sala.services.information.queries import request as requests
from sala.services.information.rules.ways import WayKind, ways_of_third_party
from sala.services.information.views import rates
from sala.services.information.words.names import refusal
from sala.services.information.words.ways import HOW_COUNTED


@open_to_all
@never_cache
def third_party(request: Request, reference: str, third_id: int, key: str) -> HttpResponse:
    """What concerns them, until when they may object, and later whether they may appeal."""
    limits.require_room_for(request, rates.THIRD, now=clock.now())
    asked = requests.find_request(reference)
    row = next((one for one in asked.third_parties.all() if one.pk == third_id), None) if asked else None
    if asked is None or row is None:
        raise NotFound("not_found")
    permissions.require_is_third_party(row, key)
    rules, today = law.law_of(asked.matter.agency), law.day_of(clock.now())
    ways = {way.kind: way for way in ways_of_third_party(cases.notice_of(row), rules, law.way_rules(), today)}
    form = _form(request, ways.keys())
    if request.method == "POST" and form is not None and form.is_valid() and _act(request, row, key, form):
        return redirect("information:third", reference=asked.matter.reference, third_id=third_id, key=key)
    office = agencies.find_agency(asked.matter.agency)
    context = {
        "row": row,
        "matter": asked.matter,
        "office_name": office.name(get_language() or "th") if office else asked.matter.agency,
        "form": form,
        "objects": ways.get(WayKind.OBJECT),
        "appeals": ways.get(WayKind.APPEAL_OVERRULED),
        "how_counted": HOW_COUNTED,
    }
    return render(request, "information/third.html", context, status=422 if form and form.errors else 200)


def _form(request: Request, open_ways: object) -> questions.ThirdPartyForm | questions.WordsForm | None:
    given = request.POST if request.method == "POST" else None
    kinds = set(open_ways)  # type: ignore[call-overload]  # the keys of a mapping
    if WayKind.OBJECT in kinds:
        return questions.ThirdPartyForm(given)
    return questions.WordsForm(given) if WayKind.APPEAL_OVERRULED in kinds else None


def _act(request: Request, row: ThirdParty, key: str, form: object) -> bool:
    now, reference = clock.now(), row.request.matter.reference
    act: Callable[..., object]
    shared: dict[str, Any] = {
        "actor": request.actor,
        "now": now,
        "reference": reference,
        "third_id": row.pk,
        "key": key,
    }
    if isinstance(form, questions.ThirdPartyForm):
        says = form.cleaned_data["says"] == "objects"
        text = form.cleaned_data["text"]
        act = partial(actions.reply_as_third_party, is_objection=says, text=text, **shared)
        done = _("The office has your objection.") if says else _("The office knows that you agree.")
    else:
        assert isinstance(form, questions.WordsForm)
        act = partial(actions.appeal_as_third_party, text=form.cleaned_data["text"], **shared)
        done = _("The Board has your appeal and passes it on.")
    try:
        repeats.do_form_once(request, door=f"third {row.pk}", now=now, act=act)
    except (Invalid, Conflict) as refused:
        form.add_error(None, refusal(refused.code))
        return False
    messages.success(request, done)
    return True
