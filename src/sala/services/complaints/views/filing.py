"""The citizen's doors: one question a page, kept in a draft, ending with a number."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import segno
from django import forms as django_forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from sala.commons.agencies import queries as agencies
from sala.commons.identity import limits
from sala.commons.identity.requests import Request
from sala.commons.matters import uploads
from sala.core import clock
from sala.core.errors import Conflict, Invalid, NotFound
from sala.core.gates import open_to_all
from sala.engines import thai
from sala.services.complaints import actions, forms, queries
from sala.services.complaints.queries.complaint import answers_of
from sala.services.complaints.views import proofs, rates
from sala.services.complaints.views.suspicion import is_suspect

Answers = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Step:
    """One page of the journey: its name in the address, its form, its template."""

    name: str
    form: type[django_forms.Form]
    template: str


STEPS = (
    Step("what", forms.WhatForm, "complaints/file/what.html"),
    Step("where", forms.WhereForm, "complaints/file/where.html"),
    Step("when", forms.WhenForm, "complaints/file/when.html"),
    Step("privacy", forms.PrivacyForm, "complaints/file/privacy.html"),
    Step("contact", forms.ContactForm, "complaints/file/contact.html"),
)
BY_NAME = {step.name: step for step in STEPS}


@open_to_all
@never_cache
def start(request: Request) -> HttpResponse:
    """The first question: what happened. Answering it makes the draft that the other questions fill."""
    initial = {"text": request.GET.get("text", "")[:4000], "topic": request.GET.get("topic", "")}
    form = forms.WhatForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        token = actions.save_draft(actor=request.actor, now=clock.now(), token="", answers=form.cleaned_data)
        return redirect("complaints:step", token=token, name="where")
    return _page(request, STEPS[0], form, token="")


@open_to_all
@never_cache
def step(request: Request, token: str, name: str) -> HttpResponse:
    """One question of a draft; the answer is kept at once, so that a lost connection loses nothing."""
    draft = queries.find_draft(token)
    if draft is None or name not in BY_NAME:
        raise NotFound("draft_gone")
    this = BY_NAME[name]
    if (unwanted := request.POST.get("remove", "")) and unwanted.isascii() and unwanted.isdigit():
        actions.detach_from_draft(actor=request.actor, token=token, attachment_id=int(unwanted[:15]))
        return redirect("complaints:step", token=token, name=name)
    form = this.form(request.POST or None, initial=answers_of(draft))
    problem = ""
    if request.method == "POST" and form.is_valid():
        actions.save_draft(actor=request.actor, now=clock.now(), token=token, answers=form.cleaned_data)
        problem = _attach(request, token)
        if not problem:
            return _onward(request, token, this)
        form.add_error(None, problem)
    attachments = list(draft.attachments.order_by("pk")) if name == "when" else []
    return _page(request, this, form, token=token, attachments=attachments, file_problem=problem)


def _onward(request: Request, token: str, this: Step) -> HttpResponse:
    if "stay" in request.POST:
        return redirect("complaints:step", token=token, name=this.name)
    if "to_check" in request.POST:
        return redirect("complaints:check", token=token)
    return HttpResponseRedirect(_after(token, this))


def _attach(request: Request, token: str) -> str:
    """Keep the files that came with the answer; the words for the first that could not be kept."""
    for file in request.FILES.getlist("files"):
        limits.require_room_for(request, rates.ATTACH, now=clock.now())
        try:
            kept = uploads.keep_file(file.read(uploads.LARGEST_BYTES + 1), file.name or "")
            actions.attach_to_draft(actor=request.actor, now=clock.now(), token=token, kept=kept)
        except Invalid as refusal:
            return f"{file.name}: {proofs.words_for(refusal.fields.get('files', 'invalid'))}"
    return ""


def _after(token: str, this: Step) -> str:
    position = STEPS.index(this) + 1
    if this.name == "when" or position == len(STEPS):
        name = "complaints:similar" if this.name == "when" else "complaints:check"
        return reverse(name, kwargs={"token": token})
    return reverse("complaints:step", kwargs={"token": token, "name": STEPS[position].name})


def _page(
    request: Request, this: Step, form: django_forms.Form, *, token: str, **more: object
) -> HttpResponse:
    position = STEPS.index(this)
    before = STEPS[position - 1].name if position else ""
    context = {
        "form": form,
        "token": token,
        "step": this,
        "number": position + 1,
        "total": len(STEPS),
        "back": reverse("complaints:step", kwargs={"token": token, "name": before}) if before else "",
        **more,
    }
    return render(request, this.template, context, status=422 if form.errors else 200)


@open_to_all
@never_cache
@require_GET
def similar(request: Request, token: str) -> HttpResponse:
    """Open complaints near by about the same: joining one is quicker and counts as much."""
    draft = queries.find_draft(token)
    if draft is None:
        raise NotFound("draft_gone")
    found = queries.list_similar(answers_of(draft), now=clock.now())
    if not found:
        return redirect("complaints:step", token=token, name="privacy")
    back = reverse("complaints:step", kwargs={"token": token, "name": "when"})
    context = {"found": found, "token": token, "back": back, "answered": 3, "total": len(STEPS)}
    return render(request, "complaints/file/similar.html", context)


@open_to_all
@never_cache
def check(request: Request, token: str) -> HttpResponse:
    """Everything once more, each answer with its "change"; then it is sent."""
    if sent := queries.sent_as(token):
        return _sent(request, *sent)
    draft = queries.find_draft(token)
    if draft is None:
        raise NotFound("draft_gone")
    answers = answers_of(draft)
    if request.method == "POST":
        return _send(request, token, answers)
    back = reverse("complaints:step", kwargs={"token": token, "name": "contact"})
    context = {
        "rows": _rows(token, answers),
        "token": token,
        "attachments": list(draft.attachments.order_by("pk")),
        "covered": _covered(answers),
        "back": back,
        "answered": len(STEPS),
        "total": len(STEPS),
    }
    return render(request, "complaints/file/check.html", context)


def _covered(answers: Answers) -> str:
    """The words as everyone will read them, if that is not as they were typed; "" for what is not public."""
    text = str(answers.get("text") or "")
    is_public = answers.get("privacy", "public") == "public"
    return covered if is_public and (covered := thai.mask(text).text) != text else ""


def _rows(token: str, answers: Answers) -> list[tuple[object, object, str]]:
    language = get_language() or "th"
    path = agencies.area_path(answers.get("area") or "")
    place = " ".join(filter(None, [answers.get("place"), path.label(language) if path else ""]))
    contact = " · ".join(filter(None, [answers.get(name) for name in ("name", "phone", "email")]))
    privacy = dict(forms.PrivacyForm.base_fields["privacy"].choices)  # type: ignore[attr-defined]  # a choice field
    topic = answers.get("topic")
    change: Callable[[str], str] = lambda name: reverse(  # noqa: E731  # one line, used once below
        "complaints:step", kwargs={"token": token, "name": name}
    )
    return [
        (_("What happened"), answers.get("text", ""), change("what")),
        (
            _("About"),
            queries.topic_name(topic, language) if topic else _("We propose it by your words"),
            change("what"),
        ),
        (_("Where"), place or _("Not given"), change("where")),
        (_("When"), answers.get("when") or _("Not given"), change("when")),
        (_("Who may see it"), privacy.get(answers.get("privacy", "public"), ""), change("privacy")),
        (_("How to reach you"), contact or _("Not given"), change("contact")),
    ]


def _send(request: Request, token: str, answers: Answers) -> HttpResponse:
    now = clock.now()
    contact = answers.get("phone") or answers.get("email") or ""
    room = limits.require_room_for(request, rates.FILE, now=now, contact=str(contact))
    text = str(answers.get("text") or "")
    filing = replace(
        proofs.filing_from(answers, token=token, language=get_language() or "th"),
        is_suspect=is_suspect(request, text, room_used=room.used),
    )
    try:
        filed = actions.file_complaint(actor=request.actor, now=now, filing=filing)
    except Conflict:  # pressed twice: the first press filed it, and its number is what the person wants
        if sent := queries.sent_as(token):
            return _sent(request, *sent)
        raise
    return _sent(request, filed.reference, filed.key)


def _sent(request: Request, reference: str, key: str) -> HttpResponse:
    proofs.remember(request, reference, key)
    return redirect("complaints:filed", reference=reference)


@open_to_all
@never_cache
@require_GET
def filed(request: Request, reference: str) -> HttpResponse:
    """The number, the date, who answers, the link and its QR picture; made to be printed or photographed."""
    proof = proofs.proof_for(request, reference)
    complaint = queries.find_by_key(reference, request.actor, proof)
    link = request.build_absolute_uri(proofs.own_link(complaint.matter.reference, proof.key))
    context = {
        "complaint": complaint,
        "matter": complaint.matter,
        "agency": agencies.find_agency(complaint.matter.agency),
        "link": link,
        "qr": segno.make(link, error="m").svg_inline(scale=4, dark="#17203f", omitsize=True),
    }
    return render(request, "complaints/filed.html", context)


@open_to_all
@require_POST
def discard(request: Request, token: str) -> HttpResponse:
    """What was typed is gone."""
    actions.discard_draft(actor=request.actor, token=token)
    messages.info(request, _("Your draft is gone. Nothing was sent."))
    return redirect("home")
