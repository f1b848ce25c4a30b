"""A moderator's doors: what was set aside, what was covered; and the uncovered words, each look recorded."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from sala.commons.identity.requests import Request
from sala.core.actors import Actor, Role
from sala.core.gates import admits
from sala.services.complaints import forms, permissions, queries
from sala.services.complaints.queries import moderation
from sala.services.complaints.queries.inbox import PERSONS_WORDS
from sala.services.complaints.views.looks import record_look


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
    """What was set aside as spam or abuse: a real complaint is released with one press, spam stays with another."""
    after, is_checked = request.GET.get("after", ""), "checked" in request.GET
    found = moderation.list_quarantined(
        request.actor, after=int(after) if after.isdigit() else 0, is_checked=is_checked
    )
    older = found[-1].complaint.pk if len(found) == moderation.PAGE else None
    context = {"found": found, "older": older, "is_checked": is_checked}
    return render(request, "complaints/work/quarantine.html", context)


@admits(is_moderator)
@never_cache
@require_GET
def covered(request: Request) -> HttpResponse:
    """Public complaints of whose words something was covered by the machine: those to check, or the checked."""
    before, is_checked = request.GET.get("before", ""), "checked" in request.GET
    found = moderation.list_covered(
        request.actor, before=int(before) if before.isdigit() else None, is_checked=is_checked
    )
    context = {
        "rows": [(complaint, queries.version_of(complaint)) for complaint in found],
        "older": found[-1].pk if len(found) == moderation.PAGE else None,
        "is_checked": is_checked,
    }
    return render(request, "complaints/work/covered.html", context)


@admits(is_reader)
@never_cache
@require_POST
def original(request: Request, reference: str) -> HttpResponse:
    """The uncovered words and pictures beside what everyone sees. Recorded: the person sees who looked, and why."""
    complaint = queries.get_for_staff(reference, request.actor)
    moderates = permissions.may_moderate(request.actor, complaint)
    record_look(request, complaint, request.POST.get("purpose", ""))
    is_public = complaint.privacy == "public" and complaint.matter.visibility == "public"
    sent = complaint.attachments.filter(message__isnull=True, by_agency="").order_by("pk")
    told = complaint.messages.filter(kind__in=PERSONS_WORDS).order_by("at", "pk")
    context = {
        "complaint": complaint,
        "matter": complaint.matter,
        "pieces": moderation.pieces(complaint.original),
        "covered": moderation.covered_words(complaint),
        "told": [(message, moderation.pieces(message.text)) for message in told],
        "pictures": sent,
        "takable": [file.pk for file in sent if permissions.may_take_back(request.actor, complaint, file)],
        "form": forms.MaskForm(complaint=complaint) if moderates and is_public else None,
        "may_keep": moderates and is_public and complaint.checked_at is None,
    }
    return render(request, "complaints/work/original.html", context)
