"""Doors of pictures and documents: showing one, taking one back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from sala.commons.identity.requests import Request
from sala.commons.matters import uploads
from sala.core import clock
from sala.core.errors import Conflict, NotFound
from sala.core.gates import open_to_all
from sala.services.complaints import actions, forms, permissions, queries, words
from sala.services.complaints.queries import page
from sala.services.complaints.views import looks, proofs


@open_to_all
@require_GET
def attachment(request: Request, reference: str, stored_as: str) -> HttpResponse:
    """A picture or document: public ones for everyone, others for the person and the staff concerned."""
    proof = proofs.proof_for(request, reference)
    file = page.get_attachment(reference, stored_as, request.actor, proof)
    if file.complaint is not None and page.is_look_at(file, request.actor, proof):
        looks.record_once(request, file.complaint)
    response = _shown(file.stored_as, file.media_type)
    # What is taken back is shown nowhere a minute later; until then asking again costs no transfer.
    response["Cache-Control"] = "public, max-age=60" if file.is_public else "private, no-store"
    etag = f'"{file.sha256}"'
    response["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response) or response


@open_to_all
@never_cache
@require_GET
def draft_file(request: Request, token: str, stored_as: str) -> HttpResponse:
    """A picture that goes with a draft, for whoever has the draft's secret address."""
    draft = queries.find_draft(token)
    file = draft and draft.attachments.filter(stored_as=stored_as).first()
    if not file:
        raise NotFound("draft_gone")
    return _shown(file.stored_as, file.media_type)


def _shown(stored_as: str, media_type: str) -> HttpResponse:
    response = HttpResponse(uploads.read_file(stored_as), content_type=media_type)
    response["Content-Disposition"] = f'inline; filename="{stored_as}"'
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@open_to_all
@never_cache
def take_back(request: Request, reference: str, stored_as: str) -> HttpResponse:
    """Taking back a file that was added by mistake: why, and it is gone. The file itself is not shown here."""
    proof = proofs.proof_for(request, reference)
    complaint, file = page.get_takable(reference, stored_as, request.actor, proof)
    is_own = permissions.is_complainant(request.actor, complaint, proof)
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
