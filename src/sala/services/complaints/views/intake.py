"""Doors for those who take complaints for others: the fast page, and the slip that the person takes away."""

import secrets

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from sala.commons.agencies import queries as agencies
from sala.commons.drafts import actions as drafts
from sala.commons.drafts import views as drafting
from sala.commons.files import actions as files
from sala.commons.moderation.queries import covered_words
from sala.commons.participation import actions as participation
from sala.core import clock
from sala.core.actors import ANONYMOUS, Channel
from sala.core.errors import Conflict, Invalid, NotFound
from sala.core.gates import admits
from sala.engines.thai.public_text import shortened
from sala.platform.requests import Request
from sala.services.complaints import actions, forms, permissions, queries, words
from sala.services.complaints.models import Complaint
from sala.services.complaints.queries import callers
from sala.services.complaints.views import looks
from sala.services.complaints.views.answers import filing_from

_SLIP = "complaint_slip"


@admits(permissions.may_take_in)
@never_cache
def intake(request: Request) -> HttpResponse:
    """A complaint by telephone, at the counter or from paper: one page, keyboard only, ends with the slip.

    Enter in a line reads back and never sends: what was understood stands on top, with open ones near by about the
    same (joining counts as much), and everything can still be corrected below. Only its own button files it.
    """
    form = forms.IntakeForm(request.POST or None, initial={"channel": request.session.get("intake", "phone")})
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.errors else 200
        return render(request, "complaints/work/intake.html", {"form": form, "found": []}, status=status)
    request.session["intake"] = form.cleaned_data["channel"]
    if reference := request.POST.get("join", ""):
        return _join(request, reference, form)
    if {"send", "new"} & request.POST.keys():
        return _file(request, form)
    return _read_back(request, form)


def _read_back(request: Request, form: forms.IntakeForm) -> HttpResponse:
    """Everything as it will be filed, to be read to the person; files that came along are held meanwhile."""
    now, channel = clock.now(), Channel(form.cleaned_data["channel"])
    try:
        if wrong := actions.problems_of(_filing(form), channel, now):
            raise Invalid("invalid", wrong)
        token = _kept_files(request, form)
    except Invalid as refusal:
        return _asked_again(request, form, refusal)
    found = queries.list_similar(form.cleaned_data, now=now)
    earlier = _earlier(request, form) if "earlier" in request.POST else None
    context = {"form": form, "found": found, "told": form.told(), "token": token, "earlier": earlier}
    return render(request, "complaints/work/intake.html", context)


def _earlier(request: Request, form: forms.IntakeForm) -> list[tuple[Complaint, tuple[str, str]]]:
    """What the caller told before, with where it stands. That somebody looked is recorded with each."""
    found = callers.list_of_caller(form.cleaned_data["phone"], request.actor)
    for complaint in found:
        looks.record_look(request, complaint, "answer_caller")
    return [(complaint, words.stage(complaint.status)) for complaint in found]


def _file(request: Request, form: forms.IntakeForm) -> HttpResponse:
    actor = request.actor.by(Channel(form.cleaned_data["channel"]))
    try:
        token = _kept_files(request, form)
    except Invalid as refusal:
        return _asked_again(request, form, refusal)
    filing = _filing(form, token)
    try:
        filed = actions.file_complaint(actor=actor, now=clock.now(), filing=filing)
    except Invalid as refusal:
        return _asked_again(request, form, refusal)
    request.session[_SLIP] = [filed.reference, filed.code]
    return redirect("complaints:slip")


def _filing(form: forms.IntakeForm, token: str = "") -> actions.Filing:
    return filing_from(form.cleaned_data, token=token, language=get_language() or "th")


def _asked_again(request: Request, form: forms.IntakeForm, refusal: Invalid) -> HttpResponse:
    """The page with everything that was typed, and what is wrong beside its field."""
    for field, code in (refusal.fields or {"": refusal.code}).items():
        form.add_error(field if field in form.fields else None, words.refusal(code))
    return render(request, "complaints/work/intake.html", {"form": form, "found": []}, status=422)


def _kept_files(request: Request, form: forms.IntakeForm) -> str:
    """The draft that holds the pictures handed over at the counter, "" if there are none. Raises Invalid."""
    token = request.POST.get("draft", "")[:64]
    for file in request.FILES.getlist("files"):
        with files.kept_files([file], wish=drafting.wish_from(request)) as (kept,):
            token = token or drafts.save_draft(
                actor=request.actor,
                now=clock.now(),
                kind="complaint",
                token="",
                answers={"text": form.cleaned_data["text"]},
            )
            drafts.attach_to_draft(actor=request.actor, now=clock.now(), token=token, kept=kept)
    return token


def _join(request: Request, reference: str, form: forms.IntakeForm) -> HttpResponse:
    """Count the caller, not the one who writes it down; by their telephone, or each for themselves without."""
    caller = ANONYMOUS.by(Channel(form.cleaned_data["channel"]))
    mark = form.cleaned_data["phone"] or secrets.token_urlsafe(12)
    try:
        actions.join_complaint(actor=caller, now=clock.now(), reference=reference, mark=mark)
        participation.fold_changes(now=clock.now())
        told = _("The person is counted as affected too. The number to follow is %(reference)s.")
        messages.success(request, told % {"reference": reference})
    except Conflict as refusal:
        messages.info(request, f"{reference}: {words.refusal(refusal.code)}")
    return redirect("complaints:intake")


@admits(permissions.may_take_in)
@never_cache
@require_GET
def slip(request: Request) -> HttpResponse:
    """The slip of the complaint just taken, made for a narrow printer too: what the person takes away.

    Its code stands on paper alone; exchanged for a link it is used up, so a second user is noticed.
    """
    if _SLIP not in request.session:
        raise NotFound("not_found")
    reference, code = request.session[_SLIP]
    complaint = queries.get_complaint(reference)
    context = {
        "matter": complaint.matter,
        "complaint": complaint,
        "agency": agencies.find_agency(complaint.matter.agency),
        "subject": shortened(covered_words(complaint)),
        "issuer": _issuer(request),
        **drafting.slip_of(request, "complaints", reference, code),
    }
    return render(request, "complaints/work/slip.html", context)


def _issuer(request: Request) -> str:
    """The office in whose name the slip is given out."""
    mine = [grant.agency for grant in request.actor.grants if grant.role in permissions.INTAKE]
    agency = agencies.find_agency(mine[0]) if mine else None
    return agency.name(get_language() or "th") if agency else ""
