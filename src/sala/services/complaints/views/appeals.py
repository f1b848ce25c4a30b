"""Doors of appeals against moderators: the person's, and that of whoever decides."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from sala.commons.drafts import views as drafting
from sala.commons.moderation import queries as moderated
from sala.core import clock
from sala.core.actors import Actor, Role
from sala.core.errors import Conflict, Invalid, SalaError
from sala.core.gates import admits, open_to_all
from sala.platform.requests import Request
from sala.services.complaints import actions, forms, queries, words
from sala.services.complaints.models import Complaint


def decides_appeals(actor: Actor) -> bool:
    """A moderator, or the head of an office."""
    return actor.holds(Role.MODERATOR) or actor.holds(Role.EXECUTIVE)


@open_to_all
@never_cache
def appeal_moderation(request: Request, reference: str, decision_id: int) -> HttpResponse:
    """The person does not accept what a moderator decided: why, and somebody else looks again."""
    proof = drafting.proof_for(request, reference)
    found = queries.find_by_key(reference, request.actor, proof)
    decision = moderated.get_decision(found.pk, decision_id)
    form = forms.WordsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.appeal_moderation(
                actor=request.actor,
                now=clock.now(),
                reference=found.matter.reference,
                decision_id=decision_id,
                text=form.cleaned_data["text"],
                proof=proof,
            )
        except (Conflict, Invalid) as refusal:
            form.add_error(None, words.refusal(refusal.code))
        else:
            messages.success(request, _("Your appeal was sent. You read the decision here."))
            return redirect("complaints:own", reference=found.matter.reference)
    context = {"form": form, "matter": found.matter, "decision": decision, "at": "complaints"}
    return render(request, "moderation/appeal.html", context, status=422 if form.errors else 200)


@admits(decides_appeals)
@never_cache
@require_GET
def moderation_appeals(request: Request) -> HttpResponse:
    """Appeals against moderators that this one may see, the first due first."""
    every = Complaint.objects.all()
    context = {"waiting": moderated.list_appeals(request.actor, "complaint", every), "at": "complaints"}
    return render(request, "moderation/appeals.html", context)


@admits(decides_appeals)
@never_cache
@require_POST
def rule_moderation(request: Request, reference: str, decision_id: int) -> HttpResponse:
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
    except SalaError as refusal:
        fields = refusal.fields.values() if isinstance(refusal, Invalid) else ()
        messages.error(request, f"{reference}: {words.refusal(next(iter(fields), refusal.code))}")
    return redirect("complaints:moderation_appeals")
