"""A moderator's doors to requests: what was set aside, what was covered, appeals; the uncovered words, recorded."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from sala.commons.drafts import views as drafting
from sala.commons.moderation import actions as moderation
from sala.commons.moderation import queries as moderated
from sala.core import clock
from sala.core.actors import Actor, Role
from sala.core.digits import find_whole_number
from sala.core.errors import Conflict, Invalid, SalaError
from sala.core.gates import admits, open_to_all
from sala.design.labels import counted
from sala.engines import thai
from sala.platform.requests import Request as Visit
from sala.services.information import actions
from sala.services.information.acts import BY_CODE
from sala.services.information.forms import moderation as forms
from sala.services.information.forms import questions
from sala.services.information.models import Request
from sala.services.information.queries import law, parts
from sala.services.information.queries import moderation as queues
from sala.services.information.queries import request as requests
from sala.services.information.views.looks import LOOKS
from sala.services.information.views.work import is_reader
from sala.services.information.words import parts as words
from sala.services.information.words.names import CHANNELS, refusal

# The largest number of a row that the database knows.
LAST_ROW = 2**63 - 1


def is_moderator(actor: Actor) -> bool:
    """Someone who moderates for an agency."""
    return actor.holds(Role.MODERATOR)


def decides_appeals(actor: Actor) -> bool:
    """A moderator, or the head of an office."""
    return actor.holds(Role.MODERATOR) or actor.holds(Role.EXECUTIVE)


def _shared(visit: Visit, here: str) -> dict[str, Any]:
    """What the moderator's pages share: the way from one to the others, each with how many wait there."""
    aside, covered, appeals = queues.counts(visit.actor)
    pages = [
        (counted(_("Set aside"), aside), "set_aside", is_moderator(visit.actor)),
        (counted(_("Covered words"), covered), "covered", is_moderator(visit.actor)),
        (counted(_("Appeals"), appeals), "moderation_appeals", True),
    ]
    mine = [(name, reverse(f"information:{page}"), page == here) for name, page, is_open in pages if is_open]
    return {"at": "information", "pages": mine if len(mine) > 1 else []}


def _row(visit: Visit, name: str) -> int | None:
    return find_whole_number(visit.GET.get(name), least=0, most=LAST_ROW)


@admits(is_moderator)
@never_cache
@require_GET
def set_aside(request: Visit) -> HttpResponse:
    """What was set aside as spam or abuse: a real request is released with one press, spam stays with another."""
    after, is_checked = _row(request, "after") or 0, "checked" in request.GET
    found = moderated.list_set_aside(request.actor, queues.every(), after=after, is_checked=is_checked)
    context = _shared(request, "set_aside") | {
        "found": [replace(row, covered=_in_full(row)) for row in found],
        "older": found[-1].told.pk if len(found) == moderated.PAGE else None,
        "is_checked": is_checked,
        "real_words": BY_CODE["release"].label,
        "channels": CHANNELS,
    }
    return render(request, "moderation/set_aside.html", context)


def _in_full(row: moderated.SetAside[Request]) -> str:
    """All that was written, covered: where it may be found is as good a place for advertising."""
    return "\n".join(filter(None, (row.covered, thai.cover(row.told.where_to_look))))


@admits(is_moderator)
@never_cache
@require_GET
def covered(request: Visit) -> HttpResponse:
    """Public requests of whose words something was covered by the machine: those to check, or the checked."""
    before, is_checked = _row(request, "before"), "checked" in request.GET
    found = moderated.list_covered(request.actor, queues.every(), before=before, is_checked=is_checked)
    context = _shared(request, "covered") | {
        "rows": [(asked, moderated.version_of(asked)) for asked in found],
        "older": found[-1].pk if len(found) == moderated.PAGE else None,
        "is_checked": is_checked,
    }
    return render(request, "moderation/covered.html", context)


@admits(is_reader)
@never_cache
@require_POST
def original(request: Visit, reference: str) -> HttpResponse:
    """The uncovered words beside what everyone reads, part by part. Recorded: the person sees who looked, and why."""
    asked = requests.get_for_staff(reference, request.actor, law.day_of(clock.now()))
    LOOKS.record(request, asked, request.POST.get("purpose", ""))
    context = {
        "matter": asked.matter,
        "is_read": asked.matter.is_public,
        "parts": _compared(asked, request.actor),
    }
    return render(request, "information/work/original.html", context)


def _compared(asked: Request, actor: Actor) -> list[dict[str, Any]]:
    """Each part as it was told beside what everyone reads, with a form for whoever may cover it.

    Of what is not public, what was asked and where it may be found beside what is covered of it.
    """
    if not asked.matter.is_public:
        told = {"": asked.original, parts.WHERE: asked.where_to_look}
        return [
            {"name": words.part_name(code), "pieces": moderated.pieces(text), "covered": thai.cover(text)}
            for code, text in told.items()
            if text
        ]
    may_cover = moderation.may_moderate(actor, asked)
    return [
        {
            "name": words.part_name(part.code),
            "pieces": moderated.pieces(part.original),
            "covered": part.public_text,
            "form": forms.CoverForm(request=asked, part=part, act=part.code or "told") if may_cover else None,
            "may_keep": may_cover and not part.code and asked.checked_at is None,
        }
        for part in parts.list_parts(asked)
    ]


@admits(decides_appeals)
@never_cache
@require_GET
def moderation_appeals(request: Visit) -> HttpResponse:
    """Appeals against moderators that this one may see, the first due first."""
    waiting = moderated.list_appeals(request.actor, law.KIND, queues.every())
    context = _shared(request, "moderation_appeals") | {"waiting": waiting}
    return render(request, "moderation/appeals.html", context)


@admits(decides_appeals)
@never_cache
@require_POST
def rule_moderation(request: Visit, reference: str, decision_id: int) -> HttpResponse:
    """The decision holds, or is undone; a refusal is told on the list."""
    try:
        actions.decide_moderation_appeal(
            actor=request.actor,
            now=clock.now(),
            reference=reference,
            decision_id=decision_id,
            is_upheld=request.POST.get("upheld") == "1",
            text=request.POST.get("text", "")[:2000],
        )
        messages.success(request, _("It is decided, and the person reads why."))
    except SalaError as refused:
        fields = refused.fields.values() if isinstance(refused, Invalid) else ()
        messages.error(request, f"{reference}: {refusal(next(iter(fields), refused.code))}")
    return redirect("information:moderation_appeals")


@open_to_all
@never_cache
def appeal_moderation(request: Visit, reference: str, decision_id: int) -> HttpResponse:
    """Whoever asked does not accept what a moderator decided: why, and somebody else looks again."""
    proof = drafting.proof_for(request, reference)
    asked = requests.get_own(reference, request.actor, proof)
    decision = moderated.get_decision(asked.pk, decision_id)
    given = request.POST if request.method == "POST" else None
    form = questions.WordsForm(given, label=_("Why you do not accept it"))
    if given is not None and form.is_valid():
        try:
            actions.appeal_moderation(
                actor=request.actor,
                now=clock.now(),
                reference=asked.matter.reference,
                decision_id=decision_id,
                text=form.cleaned_data["text"],
                proof=proof,
            )
        except (Conflict, Invalid) as refused:
            form.add_error(None, refusal(refused.code))
        else:
            messages.success(request, _("Your appeal was sent. You read the decision here."))
            return redirect("information:own", reference=asked.matter.reference)
    context = {"form": form, "matter": asked.matter, "decision": decision, "at": "information"}
    return render(request, "moderation/appeal.html", context, status=422 if form.errors else 200)
