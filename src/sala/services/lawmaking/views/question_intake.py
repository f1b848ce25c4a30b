"""Taking a legal question for somebody: by telephone, at the counter, on paper; and the slip they take away."""

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
from sala.core.deadlines import day_before
from sala.core.errors import Invalid, NotFound
from sala.core.gates import admits, open_to_all
from sala.engines.thai.public_text import shortened
from sala.platform.requests import Request as Visit
from sala.services.lawmaking import actions, permissions
from sala.services.lawmaking.forms.question_acts import IntakeForm
from sala.services.lawmaking.queries import questions
from sala.services.lawmaking.rules.questions import Openness
from sala.services.lawmaking.words.question_names import refusal

_SLIP = "question_slip"
takes_in = permissions.may_take_in


@admits(takes_in)
@never_cache
def intake(request: Visit) -> HttpResponse:
    """Write down what a person asks; they get the same number as everybody."""
    mine = request.actor.agencies
    form = IntakeForm(request.POST if request.method == "POST" else None, agency=mine[0] if mine else "")
    if request.method == "POST" and form.is_valid():
        try:
            return _taken(request, form)
        except Invalid as refused:
            for field, code in (refused.fields or {"": refused.code}).items():
                form.add_error(field if field in form.fields else None, refusal(code))
    status = 422 if form.errors else 200
    return render(request, "lawmaking/questions/work/intake.html", {"form": form}, status=status)


def _taken(request: Visit, form: IntakeForm) -> HttpResponse:
    told = form.cleaned_data
    openness = Openness(told["openness"])
    filing = actions.Filing(
        text=told["text"],
        agency=told["agency"],
        about_law=told["about_law"],
        shown_name=told["shown_name"] if openness is Openness.PUBLIC else "",
        openness=openness,
        contact=Contact(**{name: told[name] for name in ("name", "phone", "email")}),
        received_on=told["received_on"] or None,
    )
    now, actor = clock.now(), request.actor.by(Channel(told["channel"]))

    def act() -> actions.Filed:
        filed = actions.file_question(actor=actor, now=now, filing=filing)
        request.session[_SLIP] = [filed.reference, filed.code]
        return filed

    repeats.do_form_once(request, door="question intake", now=now, act=partial(act))
    return redirect("questions:slip")


@admits(takes_in)
@never_cache
@require_GET
def slip(request: Visit) -> HttpResponse:
    """What the person takes away: number, expected day, office; and on paper alone the code that makes their link.

    Staff never hold the link itself: the code is used up when its person exchanges it, so a second user is noticed.
    """
    reference, code = request.session.get(_SLIP, ("", ""))
    asked = questions.find_question(reference)
    if asked is None:
        raise NotFound("not_found")
    context = {
        "matter": asked.matter,
        "subject": shortened(covered_words(asked)),
        "expected": day_before(asked.matter.due_at) if asked.matter.due_at else None,
        **drafting.slip_of(request, "questions", reference, code),
    }
    return render(request, "lawmaking/questions/work/slip.html", context)


@open_to_all
@cache_control(public=True, max_age=10, stale_while_revalidate=30)
@require_GET
def paper_form(request: Visit) -> HttpResponse:
    """The form for those without internet: printed, filled in by hand, handed in at any office."""
    return render(request, "lawmaking/questions/paper_form.html")
