"""Doors for those who take complaints for others: the fast page, and the slip that the person takes away."""

import secrets

import segno
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from sala.commons.agencies import queries as agencies
from sala.commons.identity.requests import Request
from sala.commons.matters import uploads
from sala.core import clock
from sala.core.actors import ANONYMOUS, Channel
from sala.core.errors import Conflict, Invalid, NotFound
from sala.core.gates import admits
from sala.services.complaints import actions, forms, permissions, queries, words
from sala.services.complaints.views import proofs

_SLIP = "complaint_slip"


@admits(permissions.may_take_in)
@never_cache
def intake(request: Request) -> HttpResponse:
    """A complaint by telephone, at the counter or from paper: one page, keyboard only, ends with the slip.

    Before a new one is filed, open ones near by about the same are offered once: joining counts as much.
    """
    form = forms.IntakeForm(request.POST or None, initial={"channel": request.session.get("intake", "phone")})
    found: list[queries.Similar] = []
    if request.method == "POST" and form.is_valid():
        request.session["intake"] = form.cleaned_data["channel"]
        if reference := request.POST.get("join", ""):
            return _join(request, reference, form)
        found = [] if "new" in request.POST else queries.list_similar(form.cleaned_data, now=clock.now())
        if not found:
            return _file(request, form)
    context = {"form": form, "found": found}
    return render(request, "complaints/work/intake.html", context, status=422 if form.errors else 200)


def _file(request: Request, form: forms.IntakeForm) -> HttpResponse:
    actor = request.actor.by(Channel(form.cleaned_data["channel"]))
    try:
        token = _kept_files(request, form)
    except Invalid as refusal:
        return _asked_again(request, form, refusal)
    filing = proofs.filing_from(form.cleaned_data, token=token, language=get_language() or "th")
    try:
        filed = actions.file_complaint(actor=actor, now=clock.now(), filing=filing)
    except Invalid as refusal:
        return _asked_again(request, form, refusal)
    request.session[_SLIP] = [filed.reference, filed.key]
    return redirect("complaints:slip")


def _asked_again(request: Request, form: forms.IntakeForm, refusal: Invalid) -> HttpResponse:
    """The page with everything that was typed, and what is wrong beside its field."""
    for field, code in (refusal.fields or {"": refusal.code}).items():
        form.add_error(field if field in form.fields else None, words.refusal(code))
    return render(request, "complaints/work/intake.html", {"form": form, "found": []}, status=422)


def _kept_files(request: Request, form: forms.IntakeForm) -> str:
    """The draft that holds the pictures handed over at the counter, "" if there are none. Raises Invalid."""
    token, files = "", request.FILES.getlist("files")
    for file in files:
        kept = uploads.keep_file(file.read(uploads.LARGEST_BYTES + 1), file.name or "")
        token = token or actions.save_draft(
            actor=request.actor, now=clock.now(), token="", answers={"text": form.cleaned_data["text"]}
        )
        actions.attach_to_draft(actor=request.actor, now=clock.now(), token=token, kept=kept)
    return token


def _join(request: Request, reference: str, form: forms.IntakeForm) -> HttpResponse:
    """Count the caller, not the one who writes it down; by their telephone, or each for themselves without."""
    caller = ANONYMOUS.by(Channel(form.cleaned_data["channel"]))
    mark = form.cleaned_data["phone"] or secrets.token_urlsafe(12)
    try:
        actions.join_complaint(actor=caller, now=clock.now(), reference=reference, mark=mark)
        told = _("The person is counted as affected too. The number to follow is %(reference)s.")
        messages.success(request, told % {"reference": reference})
    except Conflict as refusal:
        messages.info(request, f"{reference}: {words.refusal(refusal.code)}")
    return redirect("complaints:intake")


@admits(permissions.may_take_in)
@never_cache
@require_GET
def slip(request: Request) -> HttpResponse:
    """The slip of the complaint just taken: number, date, link and QR picture, made for a narrow printer too."""
    if _SLIP not in request.session:
        raise NotFound("not_found")
    reference, key = request.session[_SLIP]
    complaint = queries.get_complaint(reference)
    link = request.build_absolute_uri(proofs.own_link(reference, key))
    context = {
        "matter": complaint.matter,
        "complaint": complaint,
        "agency": agencies.find_agency(complaint.matter.agency),
        "link": link,
        "qr": segno.make(link, error="m").svg_inline(scale=4, dark="#17203f", omitsize=True),
    }
    return render(request, "complaints/work/slip.html", context)
