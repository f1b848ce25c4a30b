"""A moderator's doors to pictures: those that wait for a look, covering a part of one, showing or withholding it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from sala.commons.files import actions as files
from sala.commons.files import queries as kept
from sala.commons.files.forms import CoverForm
from sala.commons.moderation.actions import require_may_moderate
from sala.core import clock
from sala.core.errors import NotFound
from sala.core.gates import admits
from sala.platform.requests import Request
from sala.services.complaints import actions, queries
from sala.services.complaints.models import Complaint
from sala.services.complaints.queries import moderation
from sala.services.complaints.views import looks
from sala.services.complaints.views.moderation import is_moderator

DECISIONS = {"show": actions.show_picture, "withhold": actions.withhold_picture}


@admits(is_moderator)
@never_cache
@require_GET
def waiting(request: Request) -> HttpResponse:
    """Pictures and documents that wait for a moderator's look, by complaint, the oldest first."""
    context = {"waiting": moderation.list_waiting_files(request.actor)}
    return render(request, "complaints/work/pictures.html", context)


def _moderated(request: Request, reference: str, stored_as: str) -> tuple[Complaint, kept.File]:
    complaint = queries.get_for_staff(reference, request.actor)
    require_may_moderate(request.actor, complaint)
    file = kept.find_file(complaint.pk, stored_as)
    if file is None:
        raise NotFound("file_gone")
    return complaint, file


@admits(is_moderator)
@never_cache
def cover(request: Request, reference: str, stored_as: str) -> HttpResponse:
    """Squares over the picture; those that are ticked are covered in the copy that everyone sees from then on."""
    complaint, file = _moderated(request, reference, stored_as)
    if not file.is_picture:
        raise NotFound("file_gone")
    form = CoverForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        # Drawn before the action, so that no row stays locked while a picture is worked on.
        with files.kept_covered(file, form.areas()) as covered:
            actions.cover_picture(
                actor=request.actor,
                now=clock.now(),
                reference=complaint.matter.reference,
                stored_as=stored_as,
                kept=covered,
            )
        messages.success(request, _("Everyone sees the covered copy now."))
        return redirect("complaints:work_page", reference=complaint.matter.reference)
    if not (file.is_public and complaint.matter.is_public):
        looks.record_once(request, complaint)
    address = reverse("complaints:attachment", args=[complaint.matter.reference, stored_as])
    context = {"form": form, "file": file, "matter": complaint.matter, "address": address}
    return render(request, "complaints/work/cover.html", context, status=422 if form.errors else 200)


@admits(is_moderator)
@never_cache
@require_POST
def decide(request: Request, reference: str, stored_as: str) -> HttpResponse:
    """The moderator has looked: everyone may see it, or the office alone."""
    complaint, _file = _moderated(request, reference, stored_as)
    act = DECISIONS.get(request.POST.get("decision", ""))
    if act is None:
        raise NotFound("not_found")
    act(actor=request.actor, now=clock.now(), reference=complaint.matter.reference, stored_as=stored_as)
    messages.success(request, _("It is done, and stands in the steps."))
    return redirect("complaints:pictures")
