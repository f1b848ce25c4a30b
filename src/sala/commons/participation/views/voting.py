"""The doors of whoever takes part: one statement after the other, and a statement of one's own."""

import secrets
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from sala.commons.participation import actions, permissions, queries, words
from sala.commons.participation.forms import StatementForm
from sala.commons.participation.models import Conversation
from sala.commons.participation.rules.statements import NAMES
from sala.core import clock
from sala.core.errors import Conflict, Invalid, Refused
from sala.core.gates import open_to_all
from sala.platform import limits
from sala.platform.limits import Key, Policy, Rate
from sala.platform.requests import Request

# Wide for a village behind one address; a browser that forgets who it was begins anew only so often.
SAY = Policy("opinions.say", {Key.CONTACT: Rate(600, 3600), Key.ADDRESS: Rate(12_000, 3600)})
BEGIN = Policy("opinions.begin", {Key.ADDRESS: Rate(120, 3600)})
ADD = Policy("opinions.add", {Key.CONTACT: Rate(10, 3600), Key.ADDRESS: Rate(120, 3600)})
COOKIE, KEPT_SECONDS = "sala_voice", 180 * 86_400


def _mark(request: Request, conversation: Conversation) -> bytes:
    """What stands for whoever asks: their account, or their browser by its signed cookie; b"" for neither."""
    browser = request.get_signed_cookie(COOKIE, default="") or ""
    return queries.mark_for(conversation.matter.reference, request.actor.person_id, browser)


def _may_vote(request: Request, conversation: Conversation) -> bool:
    try:
        permissions.require_may_vote(request.actor, conversation)
    except Refused:
        return False
    return True


@open_to_all
@never_cache
def vote(request: Request, reference: str) -> HttpResponse:
    """One statement with three buttons; each answer counts at once, and the next one comes."""
    conversation = queries.get_conversation(reference)
    if request.method == "POST":
        return _say(request, conversation)
    return _page(request, conversation, StatementForm())


def _page(
    request: Request, conversation: Conversation, form: StatementForm, status: int = 200
) -> HttpResponse:
    asked = request.GET.get("statement", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else None
    mark = _mark(request, conversation)
    turn = queries.turn_of(conversation, mark, number)
    is_open, may_vote = queries.is_open(conversation), _may_vote(request, conversation)
    context = {
        "conversation": conversation,
        "matter": conversation.matter,
        "turn": turn,
        "at": min(turn.answered + 1, turn.all),
        "said_before": words.OPINIONS[turn.before[1]] if turn.before else "",
        "is_open": is_open,
        "may_vote": may_vote,
        "form": form,
    }
    response = render(request, "participation/opinions/vote.html", context, status=status)
    if is_open and may_vote and not mark:
        response.set_signed_cookie(
            COOKIE,
            secrets.token_urlsafe(16),
            max_age=KEPT_SECONDS,
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
    return response


def _say(request: Request, conversation: Conversation) -> HttpResponse:
    reference = conversation.matter.reference
    permissions.require_may_vote(request.actor, conversation)
    mark, opinion = _mark(request, conversation), NAMES.get(request.POST.get("v", ""))
    number = request.POST.get("number", "")
    if not mark:
        messages.error(
            request, _("Your browser keeps no cookies, so it cannot count once. Allow them, or sign in.")
        )
    elif opinion is None or not (number.isascii() and number.isdigit() and len(number) < 6):
        messages.error(request, _("Choose one of the three answers"))
    else:
        _require_room(request, conversation, mark)
        shared: dict[str, Any] = {"actor": request.actor, "conversation": conversation, "mark": mark}
        try:
            actions.say_opinion(**shared, number=min(int(number), 32_767), opinion=opinion)
        except Conflict as refused:
            messages.error(request, words.sentence(refused.code))
    return redirect("opinions:vote", reference=reference)


def _require_room(request: Request, conversation: Conversation, mark: bytes) -> None:
    now = clock.now()
    if not request.actor.is_signed_in and not queries.has_said(conversation, mark):
        limits.require_room_for(request, BEGIN, now=now)
    limits.require_room_for(request, SAY, now=now, contact=mark.hex())


@open_to_all
@never_cache
@require_POST
def add(request: Request, reference: str) -> HttpResponse:
    """A statement of one's own, to be looked at; a refusal comes back with everything that was typed."""
    conversation = queries.get_conversation(reference)
    permissions.require_may_vote(request.actor, conversation)
    mark, form = _mark(request, conversation), StatementForm(request.POST)
    if not mark:
        form.add_error(
            None, _("Your browser keeps no cookies, so it cannot count once. Allow them, or sign in.")
        )
    if not form.is_valid():
        return _page(request, conversation, form, status=422)
    now = clock.now()
    limits.require_room_for(request, ADD, now=now, contact=mark.hex())
    shared: dict[str, Any] = {
        "actor": request.actor,
        "now": now,
        "reference": conversation.matter.reference,
        "mark": mark,
    }
    try:
        actions.tell_statement(**shared, text=form.cleaned_data["text"])
    except (Invalid, Conflict) as refused:
        code = refused.fields.get("text", refused.code) if isinstance(refused, Invalid) else refused.code
        form.add_error("text", words.sentence(code))
        return _page(request, conversation, form, status=422)
    messages.success(
        request, _("Thank you. The office looks at your statement first; then others answer it.")
    )
    return redirect("opinions:vote", reference=conversation.matter.reference)
