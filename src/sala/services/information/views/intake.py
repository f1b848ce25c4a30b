"""Taking a request for somebody: by telephone, at the counter, from a form on paper; and the slip they take away."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_GET

from sala.commons.drafts import views as drafting
from sala.commons.drafts.queries import Contact
from sala.commons.identity.actions import repeats
from sala.commons.moderation.queries import covered_words
from sala.core import clock
from sala.core.actors import Channel
from sala.core.errors import Invalid, NotFound
from sala.core.gates import admits, open_to_all
from sala.engines.thai.public_text import shortened
from sala.platform.requests import Request as Visit
from sala.services.information import actions
from sala.services.information.forms.intake import IntakeForm
from sala.services.information.queries import law
from sala.services.information.queries import request as requests
from sala.services.information.rules.grounds import Wish
from sala.services.information.rules.wishes import Form, Openness
from sala.services.information.views.work import takes_in
from sala.services.information.words.names import refusal
from sala.services.information.words.ways import EXPECTED_NOT_LAW

_SLIP = "information_slip"


@admits(takes_in)
@never_cache
def intake(request: Visit) -> HttpResponse:
    """Write down what a person wants to know; they get the same number as everybody."""
    mine = request.actor.agencies
    form = IntakeForm(request.POST if request.method == "POST" else None, agency=mine[0] if mine else "")
    if request.method == "POST" and form.is_valid():
        try:
            return _taken(request, form)
        except Invalid as refused:
            for field, code in (refused.fields or {"": refused.code}).items():
                form.add_error(field if field in form.fields else None, refusal(code))
    status = 422 if form.errors else 200
    return render(request, "information/work/intake.html", {"form": form}, status=status)


def _taken(request: Visit, form: IntakeForm) -> HttpResponse:
    told = form.cleaned_data
    parts = {name: told[name] for name in ("name", "phone", "email")}
    filing = actions.Filing(
        text=told["text"],
        agency=told["agency"],
        wish=Wish(told["wish"]),
        openness=Openness(told["openness"]),
        where_to_look=told["where_to_look"],
        wanted_as=Form(told["wanted_as"]),
        contact=Contact(**parts),
        address=told["address"],
        received_on=told["received_on"] or None,
    )
    now, actor = clock.now(), request.actor.by(Channel(told["channel"]))

    def act() -> actions.Filed:
        filed = actions.file_request(actor=actor, now=now, filing=filing)
        request.session[_SLIP] = [filed.reference, filed.code]
        return filed

    repeats.do_form_once(request, door="information intake", now=now, act=partial(act))
    return redirect("information:slip")


@admits(takes_in)
@never_cache
@require_GET
def slip(request: Visit) -> HttpResponse:
    """What the person takes away: number, expected day, office; and on paper alone the code that makes their link.

    Staff never hold the link itself: the code is used up when its person exchanges it, so a second user is noticed.
    """
    reference, code = request.session.get(_SLIP, ("", ""))
    asked = requests.find_request(reference)
    if asked is None:
        raise NotFound("not_found")
    context = {
        "matter": asked.matter,
        "asked": asked,
        "subject": shortened(covered_words(asked)),
        "expected": law.day_before(asked.matter.due_at) if asked.matter.due_at else None,
        "expected_not_law": EXPECTED_NOT_LAW,
        **drafting.slip_of(request, "information", reference, code),
    }
    return render(request, "information/work/slip.html", context)


@open_to_all
@cache_control(public=True, max_age=10, stale_while_revalidate=30)
@require_GET
def paper_form(request: Visit) -> HttpResponse:
    """The form for those without internet: printed, filled in by hand, handed in at any office."""
    return render(request, "information/paper_form.html")
