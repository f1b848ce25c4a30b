"""Doors of pictures and documents: showing one, taking one back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from sala.commons.drafts import views as drafting
from sala.commons.drafts.queries import is_sender
from sala.commons.drafts.views import find_file
from sala.commons.files import queries as kept
from sala.core import clock
from sala.core.errors import Conflict
from sala.core.gates import open_to_all
from sala.platform.requests import Request
from sala.services.complaints import actions, forms, words
from sala.services.complaints.queries import page
from sala.services.complaints.views import looks
from sala.services.complaints.views.filing import KIND


@open_to_all
@require_GET
def attachment(request: Request, reference: str, stored_as: str) -> HttpResponse:
    """A picture or document: public ones for everyone, others for the person and the staff concerned."""
    proof = drafting.find_proof(request, reference)
    complaint, file = page.get_attachment(reference, stored_as, request.actor, proof, clock.now())
    if page.is_look_at(complaint, file, request.actor, proof):
        looks.record_once(request, complaint)
    response = _shown(file.stored_as, file.media_type)
    # What is taken back is shown nowhere a minute later; until then asking again costs no transfer.
    is_for_all = file.is_seen(clock.now()) and complaint.matter.is_public
    response["Cache-Control"] = "public, max-age=60" if is_for_all else "private, no-store"
    etag = f'"{file.sha256}"'
    response["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response) or response


@open_to_all
@never_cache
@require_GET
def draft_file(request: Request, token: str, stored_as: str) -> HttpResponse:
    """A picture that goes with a draft, for whoever has the draft's secret address."""
    file = find_file(KIND, token, stored_as)
    return _shown(file.stored_as, file.media_type)


def _shown(stored_as: str, media_type: str) -> HttpResponse:
    response = HttpResponse(kept.read_file(stored_as), content_type=media_type)
    response["Content-Disposition"] = f'inline; filename="{stored_as}"'
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@open_to_all
@never_cache
def take_back(request: Request, reference: str, stored_as: str) -> HttpResponse:
    """Taking back a file that was added by mistake: why, and it is gone. The file itself is not shown here."""
    proof = drafting.find_proof(request, reference)
    complaint, file = page.get_takable(reference, stored_as, request.actor, proof)
    is_own = is_sender(request.actor, complaint, proof)
    back = "complaints:own" if is_own else "complaints:work_page"
    form = forms.TakeBackForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.take_back_file(
                actor=request.actor,
                now=clock.now(),
                reference=complaint.matter.reference,
                stored_as=stored_as,
                reason=actions.TakeBackReason(form.cleaned_data["reason"]),
                proof=proof,
            )
        except Conflict as refusal:
            form.add_error(None, words.refusal(refusal.code))
        else:
            messages.success(request, _("The file is deleted, and the steps say that one was taken back."))
            return redirect(back, reference=complaint.matter.reference)
    context = {"form": form, "file": file, "matter": complaint.matter, "back": back}
    return render(request, "complaints/take_back.html", context, status=422 if form.errors else 200)
