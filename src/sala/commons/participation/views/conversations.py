"""The doors of an office: its conversations, opening one, adding and looking through statements, closing."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from sala.commons.participation import actions, permissions, queries, words
from sala.commons.participation.forms import OpeningForm, StatementForm
from sala.commons.participation.models import Conversation
from sala.commons.participation.rules.statements import Reason
from sala.core import clock
from sala.core.errors import Conflict, Invalid, NotFound, Refused
from sala.core.gates import admits
from sala.platform.requests import Request


@admits(permissions.works_somewhere)
@never_cache
@require_GET
def work(request: Request) -> HttpResponse:
    """Conversations of one's office; those with the most statements that wait first."""
    found = queries.list_worked(request.actor.agencies)
    return render(request, "participation/opinions/work.html", {"found": found, "now": clock.now()})


@admits(permissions.works_somewhere)
@never_cache
def open_new(request: Request) -> HttpResponse:
    """Open a conversation for a matter of one's office; a refusal keeps every word."""
    given = {"reference": request.GET.get("matter", "")[:40]}
    form = OpeningForm(request.POST if request.method == "POST" else None, initial=given)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.open_conversation(
                actor=request.actor,
                now=clock.now(),
                reference=form.cleaned_data["reference"],
                opening=actions.Opening(**form.values()),
            )
        except Invalid as refused:
            for name, code in refused.fields.items():
                form.add_error(name, words.sentence(code))
        except (Conflict, Refused, NotFound) as refused:
            form.add_error("reference", words.sentence(refused.code))
        else:
            messages.success(request, _("The conversation is open."))
            return redirect("opinions:work_page", reference=made.matter.reference)
    status = 422 if form.errors else 200
    return render(request, "participation/opinions/open.html", {"form": form}, status=status)


def _worked(request: Request, reference: str) -> Conversation:
    conversation = queries.get_conversation(reference)
    permissions.require_may_work(request.actor, conversation.matter.agency)
    return conversation


@admits(permissions.works_somewhere)
@never_cache
@require_GET
def work_page(request: Request, reference: str) -> HttpResponse:
    """What waits for a look, with the published reasons; the office's own statement; what was decided; closing."""
    return _page(request, _worked(request, reference), StatementForm())


def _page(
    request: Request, conversation: Conversation, form: StatementForm, status: int = 200
) -> HttpResponse:
    context = {
        "conversation": conversation,
        "matter": conversation.matter,
        "waiting": queries.list_waiting(conversation),
        "decided": [
            (one, words.STATEMENT_REASONS.get(one.reason, "")) for one in queries.list_decided(conversation)
        ],
        "reasons": words.STATEMENT_REASONS.items(),
        "is_open": queries.is_open(conversation),
        "form": form,
    }
    return render(request, "participation/opinions/work_page.html", context, status=status)


@admits(permissions.works_somewhere)
@never_cache
@require_POST
def seed(request: Request, reference: str) -> HttpResponse:
    """A statement of the office."""
    conversation, form = _worked(request, reference), StatementForm(request.POST)
    if form.is_valid():
        shared: dict[str, Any] = {
            "actor": request.actor,
            "now": clock.now(),
            "reference": conversation.matter.reference,
        }
        try:
            actions.seed_statement(**shared, text=form.cleaned_data["text"])
        except (Invalid, Conflict) as refused:
            code = refused.fields.get("text", refused.code) if isinstance(refused, Invalid) else refused.code
            form.add_error("text", words.sentence(code))
    if form.errors:
        return _page(request, conversation, form, status=422)
    messages.success(request, _("Added. Everybody can answer it now."))
    return redirect("opinions:work_page", reference=conversation.matter.reference)


@admits(permissions.works_somewhere)
@never_cache
@require_POST
def decide(request: Request, reference: str, number: int) -> HttpResponse:
    """Let a statement in, or refuse it with a published reason."""
    conversation = _worked(request, reference)
    code = request.POST.get("reason", "")
    shared: dict[str, Any] = {
        "actor": request.actor,
        "now": clock.now(),
        "reference": conversation.matter.reference,
    }
    if code and code not in set(Reason):
        messages.error(request, _("Choose one of the published reasons"))
        return redirect("opinions:work_page", reference=conversation.matter.reference)

    def act() -> None:
        actions.decide_statement(**shared, number=number, reason=Reason(code) if code else None)

    return _done(
        request, conversation, act, _("Not let in.") if code else _("Let in. Everybody can answer it now.")
    )


@admits(permissions.works_somewhere)
@never_cache
@require_POST
def close(request: Request, reference: str) -> HttpResponse:
    """Nobody answers any more."""
    conversation = _worked(request, reference)

    def act() -> None:
        actions.close_conversation(
            actor=request.actor, now=clock.now(), reference=conversation.matter.reference
        )

    return _done(request, conversation, act, _("The conversation is over."))


def _done(request: Request, conversation: Conversation, act: Callable[[], None], done: str) -> HttpResponse:
    try:
        act()
    except Conflict as refused:
        messages.error(request, words.sentence(refused.code))
    else:
        messages.success(request, done)
    return redirect("opinions:work_page", reference=conversation.matter.reference)
