"""A moderator's doors: what was set aside, what was covered; and the uncovered words, each look recorded."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from sala.commons.identity import actions as identity
from sala.commons.identity.actions.looks import Subject
from sala.commons.identity.requests import Request
from sala.core import clock
from sala.core.actors import Actor, Role
from sala.core.gates import admits
from sala.services.complaints import forms, permissions, queries
from sala.services.complaints.models import Complaint
from sala.services.complaints.queries import moderation


def is_moderator(actor: Actor) -> bool:
    """Someone who moderates for an agency."""
    return actor.holds(Role.MODERATOR)


def is_reader(actor: Actor) -> bool:
    """Someone who works for an agency or oversees one."""
    return actor.holds_any(permissions.READERS)


@admits(is_moderator)
@never_cache
@require_GET
def quarantined(request: Request) -> HttpResponse:
    """What was set aside as spam or abuse: a real complaint is released with one press."""
    after = request.GET.get("after", "")
    found = moderation.list_quarantined(request.actor, after=int(after) if after.isdigit() else 0)
    older = found[-1].complaint.pk if len(found) == moderation.PAGE else None
    return render(request, "complaints/work/quarantine.html", {"found": found, "older": older})


@admits(is_moderator)
@never_cache
@require_GET
def covered(request: Request) -> HttpResponse:
    """Public complaints of whose words something was covered by the machine, to be checked."""
    before = request.GET.get("before", "")
    found = moderation.list_covered(request.actor, before=int(before) if before.isdigit() else None)
    older = found[-1].pk if len(found) == moderation.PAGE else None
    return render(request, "complaints/work/covered.html", {"found": found, "older": older})


@admits(is_reader)
@never_cache
@require_POST
def original(request: Request, reference: str) -> HttpResponse:
    """The uncovered words beside what everyone reads. Recorded: the person can see who looked, and why."""
    complaint = queries.get_for_staff(reference, request.actor)
    moderates = permissions.may_moderate(request.actor, complaint)
    record_look(request, complaint, "check_masking" if moderates else "handle_complaint")
    is_public = complaint.privacy == "public" and complaint.matter.visibility == "public"
    told = complaint.messages.filter(kind__in=("answer", "reopening")).order_by("at", "pk")
    context = {
        "complaint": complaint,
        "matter": complaint.matter,
        "pieces": moderation.pieces(complaint.original),
        "covered": moderation.covered_words(complaint),
        "told": [(message, moderation.pieces(message.text)) for message in told],
        "form": forms.MaskForm(complaint=complaint) if moderates and is_public else None,
    }
    return render(request, "complaints/work/original.html", context)


def record_look(request: Request, complaint: Complaint, purpose: str) -> None:
    """Tell the ledger and the person that their data is looked at, on behalf of the owner if the actor can."""
    mine = [g.agency for g in request.actor.grants if g.role in permissions.READERS]
    owner = complaint.matter.agency
    identity.record_access(
        actor=request.actor,
        agency=owner if owner in mine else mine[0],
        purpose=purpose,
        subjects=[Subject(person_id=complaint.person_id, matter=complaint.matter.reference)],
        now=clock.now(),
    )
