"""A moderator's doors: what was set aside, what was covered; and the uncovered words, each look recorded."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from sala.commons.files import queries as files
from sala.commons.moderation import queries as moderated
from sala.commons.moderation.queries import covered_words, pieces
from sala.core.actors import Actor, Role
from sala.core.digits import find_whole_number
from sala.core.gates import admits
from sala.platform.requests import Request
from sala.services.complaints import forms, permissions, queries, rules, words
from sala.services.complaints.acts import BY_CODE
from sala.services.complaints.models import Complaint
from sala.services.complaints.queries import moderation
from sala.services.complaints.views.looks import record_look

# The largest number of a row that the database knows.
LAST_ROW = 2**63 - 1


def is_moderator(actor: Actor) -> bool:
    """Someone who moderates for an agency."""
    return actor.holds(Role.MODERATOR)


def is_reader(actor: Actor) -> bool:
    """Someone who works for an agency or oversees one."""
    return actor.holds_any(permissions.READERS)


def _row(request: Request, name: str) -> int | None:
    """After or before which row a list goes on; None from its beginning, and for what is no row's number."""
    return find_whole_number(request.GET.get(name), least=0, most=LAST_ROW)


@admits(is_moderator)
@never_cache
@require_GET
def quarantined(request: Request) -> HttpResponse:
    """What was set aside as spam or abuse: a real complaint is released with one press, spam stays with another."""
    after, is_checked = _row(request, "after") or 0, "checked" in request.GET
    every = Complaint.objects.all()
    found = moderated.list_set_aside(request.actor, every, after=after, is_checked=is_checked)
    older = found[-1].told.pk if len(found) == moderated.PAGE else None
    context = {
        "found": found,
        "older": older,
        "is_checked": is_checked,
        "at": "complaints",
        "real_words": BY_CODE["release"].label,
        "channels": words.CHANNELS,
    }
    return render(request, "moderation/set_aside.html", context)


@admits(is_moderator)
@never_cache
@require_GET
def covered(request: Request) -> HttpResponse:
    """Public complaints of whose words something was covered by the machine: those to check, or the checked."""
    is_checked = "checked" in request.GET
    before = _row(request, "before")
    found = moderated.list_covered(
        request.actor, moderation.filed_here(), before=before, is_checked=is_checked
    )
    context = {
        "rows": [(complaint, moderated.version_of(complaint)) for complaint in found],
        "older": found[-1].pk if len(found) == moderated.PAGE else None,
        "is_checked": is_checked,
        "at": "complaints",
    }
    return render(request, "moderation/covered.html", context)


@admits(is_reader)
@never_cache
@require_POST
def original(request: Request, reference: str) -> HttpResponse:
    """The uncovered words and pictures beside what everyone sees. Recorded: the person sees who looked, and why."""
    complaint = queries.get_for_staff(reference, request.actor)
    moderates = permissions.may_moderate(request.actor, complaint)
    record_look(request, complaint, request.POST.get("purpose", ""))
    is_public = complaint.privacy == "public" and complaint.matter.visibility == "public"
    kept = files.list_of_matter(complaint.pk)
    sent = [file for file in kept if file.message_id is None and not file.by_agency]
    told = complaint.matter.messages.filter(kind__in=rules.BY_PERSON).order_by("at", "pk")
    context = {
        "complaint": complaint,
        "matter": complaint.matter,
        "pieces": pieces(complaint.original),
        "covered": covered_words(complaint),
        "told": [(message, pieces(message.text)) for message in told],
        "pictures": sent,
        "takable": [file.pk for file in sent if permissions.may_take_back(request.actor, complaint, file)],
        "moderates": moderates and complaint.privacy == "public",
        "form": forms.MaskForm(complaint=complaint) if moderates and is_public else None,
        "may_keep": moderates and is_public and complaint.checked_at is None,
    }
    return render(request, "complaints/work/original.html", context)
