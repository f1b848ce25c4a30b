"""The Board's doors: its list, and what reached it on paper."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from sala.commons.identity.actions import repeats
from sala.core import clock
from sala.core.errors import Conflict, Invalid, NotFound, Refused
from sala.platform.requests import Request as Visit
from sala.services.information import actions
from sala.services.information.forms.board import OutsideForm
from sala.services.information.queries import law, work
from sala.services.information.views.work import staff_only
from sala.services.information.words import desk
from sala.services.information.words.names import refusal


def _require_board(visit: Visit) -> None:
    """Raises Refused unless the visitor works for the Board's office."""
    if not work.is_board(visit.actor, law.day_of(clock.now())):
        raise Refused("not_allowed")


@staff_only
@never_cache
@require_GET
def board(request: Visit) -> HttpResponse:
    """What the Board's office has: complaints to decide, appeals to pass on, those before the Tribunal."""
    _require_board(request)
    today, language = law.day_of(clock.now()), get_language() or "th"
    context = {
        "running": [desk.above(row, today, language) for row in work.list_at_board()],
        "decided": [desk.above(row, today, language) for row in work.list_decided()],
    }
    return render(request, "information/work/board.html", context)


@staff_only
@never_cache
def outside(request: Visit) -> HttpResponse:
    """A complaint or an appeal that reached the Board on paper: recorded here, its clock runs from the day it came."""
    _require_board(request)
    given = request.POST if request.method == "POST" else None
    form = OutsideForm(given, initial={"reference": request.GET.get("reference", "")[:40]})
    if given is not None and form.is_valid() and (reference := _recorded(request, form)):
        messages.success(request, _("It is recorded, and its days run. The person and the office see it."))
        return redirect("information:work_page", reference=reference)
    status = 422 if form.errors else 200
    return render(request, "information/work/outside.html", {"form": form}, status=status)


def _recorded(visit: Visit, form: OutsideForm) -> str:
    """Record it once, however often the button is pressed; its number, or "" with the refusal beside its field."""
    now, reference = clock.now(), form.cleaned_data["reference"]
    act = partial(
        actions.record_outside, actor=visit.actor, now=now, reference=reference, outside=form.outside()
    )
    try:
        repeats.do_form_once(visit, door=f"outside {reference}", now=now, act=act)
    except (Invalid, Conflict, NotFound) as refused:
        fields = refused.fields if isinstance(refused, Invalid) else {}
        where = "reference" if isinstance(refused, NotFound) else ""
        for field, code in (fields or {where: refused.code}).items():
            form.add_error(field if field in form.fields else None, refusal(code))
        return ""
    return str(reference)
