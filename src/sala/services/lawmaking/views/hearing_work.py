"""Staff's doors of hearings: those of one's office, opening one, another version, more time, taking words down."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from sala.commons.identity.actions import repeats
from sala.commons.moderation.actions import Breach
from sala.commons.participation import queries as participation
from sala.core import clock
from sala.core.actors import Channel
from sala.core.deadlines import day_before
from sala.core.errors import Conflict, Invalid
from sala.core.gates import admits
from sala.platform.requests import Request as Visit
from sala.services.lawmaking import actions, permissions
from sala.services.lawmaking.forms.hearings import HidingForm, LongerForm, OpeningForm, TakenForm, TextForm
from sala.services.lawmaking.models import Hearing
from sala.services.lawmaking.queries import hearings
from sala.services.lawmaking.rules.hearings import About, Rung, Stage
from sala.services.lawmaking.views.hearing_reading import of_hearing
from sala.services.lawmaking.words.hearing_names import stage
from sala.services.lawmaking.words.question_names import refusal

staff_only = admits(permissions.may_open_hearing)


@staff_only
@never_cache
@require_GET
def work(request: Visit) -> HttpResponse:
    """Hearings of one's own offices: open ones first, then what opens soon, then the newest that are over."""
    mine = [code for code in request.actor.agencies if permissions.may_open_hearing(request.actor, code)]
    found = [
        one
        for standing in (Stage.OPEN, Stage.ANNOUNCED, Stage.CLOSED)
        for one in hearings.list_hearings(stages={standing}, agencies=mine, size=50)
    ]
    context = {"hearings": [(one, stage(one.matter.stage), day_before(one.closes_at)) for one in found]}
    return render(request, "lawmaking/hearings/work/list.html", context)


@staff_only
@never_cache
def open_one(request: Visit) -> HttpResponse:
    """Open a hearing: one page, saved nowhere before it is sent, sent once."""
    language = get_language() or "th"
    form = OpeningForm(
        request.POST if request.method == "POST" else None, actor=request.actor, language=language
    )
    if request.method == "POST" and form.is_valid():
        told = dict(form.cleaned_data)
        opening = actions.Opening(**{**told, "about": About(told["about"]), "rung": Rung(told["rung"])})
        now, actor = clock.now(), request.actor

        opened = partial(actions.open_hearing, actor=actor, now=now, opening=opening)

        made: list[str] = []
        try:
            repeats.do_form_once(request, door="hearing open", now=now, act=lambda: made.append(opened()))
        except Invalid as refused:
            _say(form, refused)
        else:
            messages.success(request, _("The hearing stands for all to read."))
            # Sent twice, it was opened by the first: the list shows it.
            return redirect("hearings:work_page", reference=made[0]) if made else redirect("hearings:work")
    status = 422 if form.errors else 200
    return render(request, "lawmaking/hearings/work/open.html", {"form": form}, status=status)


def _say(form: forms.Form, refused: Invalid | Conflict) -> None:
    fields = refused.fields if isinstance(refused, Invalid) else {}
    for field, code in (fields or {"": refused.code}).items():
        form.add_error(field if field in form.fields else None, refusal(code))


@staff_only
@never_cache
def work_page(request: Visit, reference: str) -> HttpResponse:
    """One hearing for its office: how many spoke where, another version, more time, words of somebody who called."""
    found = hearings.get_hearing(reference)
    permissions.require_may_open_hearing(request.actor, found.matter.agency)
    acts = _acts(request, found)
    status = 200
    if request.method == "POST" and (form := acts.get(request.POST.get("act", ""))) is not None:
        if form.is_valid():
            said: list[str] = []
            try:
                # Recorded twice, words of one caller would count as those of two.
                repeats.do_form_once(
                    request,
                    door=f"hearing work {found.pk}",
                    now=clock.now(),
                    act=lambda: said.append(_act(request, found, form)),
                )
            except (Invalid, Conflict) as refused:
                _say(form, refused)
            else:
                messages.success(request, said[0] if said else _("This was done already."))
                return redirect("hearings:work_page", reference=found.matter.reference)
        status = 422
    texts = hearings.list_texts(found)
    context = of_hearing(found) | {
        "forms": acts,
        "texts": texts,
        "voices": participation.count_voices(found.pk),
        "open_act": request.POST.get("act", ""),
    }
    return render(request, "lawmaking/hearings/work/page.html", context, status=status)


def _acts(request: Visit, found: Hearing) -> dict[str, forms.Form]:
    chosen = request.POST.get("act", "") if request.method == "POST" else ""

    def bound(name: str) -> Any:
        return request.POST if chosen == name else None

    return {
        "take": TakenForm(bound("take"), has_words=False, auto_id="take_%s"),
        "text": TextForm(bound("text"), auto_id="text_%s"),
        "longer": LongerForm(bound("longer"), auto_id="longer_%s"),
    }


def _act(request: Visit, found: Hearing, form: forms.Form) -> str:
    """Do what a form asks; what is said afterwards. Raises Invalid, Conflict, Refused."""
    told, now, reference = dict(form.cleaned_data), clock.now(), found.matter.reference
    if isinstance(form, TakenForm):
        actor = request.actor.by(Channel(told.pop("channel")))
        speaking = actions.Speaking(**told)
        actions.speak_in_hearing(actor=actor, now=now, reference=reference, speaking=speaking)
        return _("Recorded. It counts as much as every other comment.")
    if isinstance(form, TextForm):
        actions.publish_hearing_text(actor=request.actor, now=now, reference=reference, **told)
        return _("The new version stands first. Comments stay in the version they are about.")
    actions.make_hearing_longer(actor=request.actor, now=now, reference=reference, **told)
    return _("People have until the end of that day.")


@admits(permissions.is_moderator)
@never_cache
def hide(request: Visit, reference: str, number: int) -> HttpResponse:
    """A comment that breaks a published rule is hidden by a moderator, never by the office that is told something."""
    found = hearings.get_hearing(reference)
    permissions.require_may_moderate_hearing(request.actor, found.matter.agency)
    comment = participation.get_comment(found.pk, number)
    form = HidingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.hide_hearing_comment(
                actor=request.actor,
                now=clock.now(),
                reference=found.matter.reference,
                comment=comment.pk,
                breach=Breach(form.cleaned_data["breach"]),
            )
        except Conflict as refused:
            _say(form, refused)
        else:
            messages.success(
                request, _("Nobody reads it any more. That one was hidden, and why, stays in the ledger.")
            )
            return redirect("hearings:comments", reference=found.matter.reference)
    context = {"form": form, "one": comment, "matter": found.matter}
    return render(request, "lawmaking/hearings/work/hide.html", context, status=422 if form.errors else 200)
