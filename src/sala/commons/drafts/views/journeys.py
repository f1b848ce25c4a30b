"""What the doors of every service share: one question a page, what a visitor has shown to be who sent it, codes.

A journey is data: a service says what it asks, this asks it and keeps each answer at once.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import segno
from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from sala.commons.drafts import actions, queries
from sala.commons.drafts.forms import ClaimForm
from sala.commons.drafts.words import REFUSALS
from sala.commons.files import actions as files
from sala.commons.files import queries as file_queries
from sala.core import clock
from sala.core.digits import find_whole_number
from sala.core.errors import Invalid, NotFound, Refused, TooMany
from sala.design import slots as design
from sala.platform import limits
from sala.platform.requests import Request

Answers = dict[str, Any]
# Under what a session keeps what it has shown and looked at, and for how many matters.
_PROOFS = "proofs"
_LOOKS = "looks"
_LOOK_LASTS = timedelta(minutes=30)
_MOST_KEPT = 20
# A draft costs a stranger one press and us a week of keeping. A browser starts ten at once and thirty an hour; all
# behind one address, who may be a village on the evening of a flood, a hundred and twenty at once and 240 an hour.
# CONTACT is the browser, by the cookie of its forms: who throws that away is still counted by address.
START = limits.Policy(
    "draft.start",
    {
        limits.Key.CONTACT: limits.Rate(10, 1200),
        limits.Key.PERSON: limits.Rate(10, 1200),
        limits.Key.ADDRESS: limits.Rate(120, 1800),
    },
)


def _always(answers: Mapping[str, Any]) -> bool:
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One page of a journey: its name in the address, its form, its template.

    `asked` says of the answers so far whether it is asked at all; `then` names an address of the service that comes
    after it and before the next question ("" for none); `takes_files`, whether files may be added on it.
    """

    name: str
    form: type[forms.Form]
    template: str
    asked: Callable[[Mapping[str, Any]], bool] = _always
    then: str = ""
    takes_files: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """What a service asks before something is sent: its questions in order, and where its pages are.

    `namespace` has the addresses `step` (token, name), `check` (token) and those named in `then`; `attach` limits how
    many files come from one address.
    """

    kind: str
    namespace: str
    questions: tuple[Question, ...]
    attach: limits.Policy

    def question(self, name: str) -> Question:
        """The question of this name. Raises NotFound."""
        found = next((question for question in self.questions if question.name == name), None)
        if found is None:
            raise NotFound("draft_gone")
        return found

    def asked(self, answers: Mapping[str, Any]) -> list[Question]:
        """The questions that are asked of somebody who answered so far."""
        return [question for question in self.questions if question.asked(answers)]

    def address(self, name: str, token: str) -> str:
        """The address of a question of a draft."""
        return reverse(f"{self.namespace}:step", kwargs={"token": token, "name": name})

    def before(self, name: str, answers: Mapping[str, Any]) -> Question | None:
        """The question asked before this one, or None."""
        names = [question.name for question in self.asked(answers)]
        position = names.index(name) if name in names else 0
        return self.asked(answers)[position - 1] if position else None

    def after(self, question: Question, answers: Mapping[str, Any], token: str) -> str:
        """The address that follows a question: a page in between, the next question, or the last page."""
        if question.then:
            return reverse(f"{self.namespace}:{question.then}", kwargs={"token": token})
        return self.next_after(question.name, answers, token)

    def next_after(self, name: str, answers: Mapping[str, Any], token: str) -> str:
        """The address of the next question after this one, or of the last page."""
        names = [question.name for question in self.questions]
        later = names[names.index(name) + 1 :]
        following = next((q for q in self.asked(answers) if q.name in later), None)
        if following is not None:
            return self.address(following.name, token)
        return reverse(f"{self.namespace}:check", kwargs={"token": token})


def start(request: Request, journey: Journey, initial: Answers) -> HttpResponse:
    """The first question. Answering it makes the draft that the other questions fill.

    Whoever has started too many lately gets what they typed back, with the wait in the answer's headers.
    """
    first = journey.questions[0]
    form = first.form(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        try:
            browser = request.COOKIES.get(settings.CSRF_COOKIE_NAME, "")[:100]
            limits.require_room_for(request, START, now=clock.now(), contact=browser)
        except TooMany as refusal:
            form.add_error(None, str(design.refusal_words[refusal.code]))
            page = _page(request, journey, first, form, token="", answers={})
            page.status_code = refusal.status
            page["Retry-After"] = str(refusal.values["retry_after"])
            return page
        token = actions.save_draft(
            actor=request.actor, now=clock.now(), kind=journey.kind, token="", answers=answers
        )
        return redirect(journey.after(first, answers, token))
    return _page(request, journey, first, form, token="", answers={})


def step(request: Request, journey: Journey, token: str, name: str) -> HttpResponse:
    """One question of a draft; the answer is kept at once, so that a lost connection loses nothing.

    Raises NotFound for a draft that is gone, or a question that is not asked.
    """
    draft, this = queries.find_draft(journey.kind, token), journey.question(name)
    if draft is None:
        raise NotFound("draft_gone")
    if _changed_files(request, token):
        return redirect(journey.address(name, token))
    answers = queries.answers_of(draft)
    form, problem = this.form(request.POST or None, initial=answers), ""
    if request.method == "POST" and form.is_valid():
        answers = {**answers, **form.cleaned_data}
        actions.save_draft(
            actor=request.actor, now=clock.now(), kind=journey.kind, token=token, answers=form.cleaned_data
        )
        problem = _attach(request, journey, token) if this.takes_files else ""
        if not problem:
            return _onward(request, journey, this, answers, token)
        form.add_error(None, problem)
    held = file_queries.list_held(draft.holder) if this.takes_files else []
    more = {"attachments": held, "file_problem": problem}
    return _page(request, journey, this, form, token=token, answers=answers, **more)


def _onward(request: Request, journey: Journey, this: Question, answers: Answers, token: str) -> HttpResponse:
    if "stay" in request.POST:
        return redirect(journey.address(this.name, token))
    if "to_check" in request.POST:
        return redirect(f"{journey.namespace}:check", token=token)
    return redirect(journey.after(this, answers, token))


def _page(
    request: Request,
    journey: Journey,
    this: Question,
    form: forms.Form,
    *,
    token: str,
    answers: Answers,
    **more: object,
) -> HttpResponse:
    asked = journey.asked(answers)
    before = journey.before(this.name, answers)
    context = {
        "form": form,
        "token": token,
        "step": this,
        "number": asked.index(this) + 1 if this in asked else 1,
        "total": len(asked),
        "back": journey.address(before.name, token) if before and token else "",
        **more,
    }
    return render(request, this.template, context, status=422 if form.errors else 200)


def _changed_files(request: Request, token: str) -> bool:
    """Take a file away again, or change who may see it, by its button; whether one was pressed."""
    for pressed in ("remove", *files.Wish):
        number = find_whole_number(request.POST.get(f"file_{pressed}"), least=1, most=2**63 - 1)
        if number is None:
            continue
        at: Answers = {"actor": request.actor, "token": token, "attachment_id": number}
        if pressed == "remove":
            actions.detach_from_draft(**at)
        else:
            actions.wish_for_draft_file(**at, wish=files.Wish(pressed))
        return True
    return False


def _attach(request: Request, journey: Journey, token: str) -> str:
    """Keep the files that came with the answer; the words for the first that could not be kept."""
    for file in request.FILES.getlist("files"):
        limits.require_room_for(request, journey.attach, now=clock.now())
        try:
            with files.kept_files([file], wish=wish_from(request)) as (kept,):
                actions.attach_to_draft(actor=request.actor, now=clock.now(), token=token, kept=kept)
        except Invalid as refusal:
            code = refusal.fields.get("files", "invalid")
            return f"{file.name}: {design.refusal_words.get(code, code)}"
    return ""


def remember(request: Request, reference: str, key: str = "", phone_tail: str = "") -> None:
    """Keep a proof for this session, and who showed it, so that the secret need not stay in addresses."""
    kept = dict(request.session.get(_PROOFS, {}))
    kept.pop(reference, None)
    kept[reference] = [key, phone_tail, request.actor.person_id]
    request.session[_PROOFS] = dict(list(kept.items())[-_MOST_KEPT:])


def proof_for(request: Request, reference: str) -> queries.Proof:
    """What this session has shown for a matter; costs no query for a visitor without a session.

    Raises Refused for staff if it was shown before they signed in, by whoever sat at the same browser.
    """
    proof, is_theirs = _kept_proof(request, reference)
    if not is_theirs:
        raise Refused("for_the_person_alone")
    return proof


def find_proof(request: Request, reference: str) -> queries.Proof:
    """As `proof_for`, for doors that others may enter too: what is not the visitor's own is as if never shown."""
    proof, is_theirs = _kept_proof(request, reference)
    return proof if is_theirs else queries.NO_PROOF


def _kept_proof(request: Request, reference: str) -> tuple[queries.Proof, bool]:
    if not request.session.session_key:
        return queries.NO_PROOF, True
    key, phone_tail, *shown_by = request.session.get(_PROOFS, {}).get(reference, ("", ""))
    if not (key or phone_tail):
        return queries.NO_PROOF, True
    is_theirs = queries.bears(request.actor, shown_by[0] if shown_by else None)
    return queries.Proof(key=key, phone_tail=phone_tail), is_theirs


def has_looked(request: Request, reference: str) -> bool:
    """Whether this session's look at a matter was recorded within half an hour: a page with five pictures is one."""
    at = request.session.get(_LOOKS, {}).get(reference, "")
    return bool(at) and clock.now() - datetime.fromisoformat(at) <= _LOOK_LASTS


def remember_look(request: Request, reference: str) -> None:
    """Keep that this session's look was recorded just now."""
    kept = dict(request.session.get(_LOOKS, {}))
    kept.pop(reference, None)
    kept[reference] = clock.now().isoformat()
    request.session[_LOOKS] = dict(list(kept.items())[-_MOST_KEPT:])


def own_link(namespace: str, reference: str, key: str) -> str:
    """The address that opens one's own matter; whoever has it can act."""
    return f"{reverse(f'{namespace}:own', kwargs={'reference': reference})}?key={key}"


def claim(
    request: Request, namespace: str, policy: limits.Policy, act: Callable[..., str], *, of: str = ""
) -> HttpResponse:
    """The code on the paper of somebody who told it in person: exchanged once for a link of their own.

    `act` is the service's action, of actor, now, reference and code; `namespace` has the addresses `claim` and
    `filed` (of a reference); `of` names the kind in the page's title, where several kinds have such a page.
    Raises Refused for staff.
    """
    given = {name: request.GET.get(name, "")[:40] for name in ("reference", "code")}
    form = ClaimForm(request.POST or None, initial=given)
    if request.method == "POST" and form.is_valid():
        reference, code = form.cleaned_data["reference"], form.cleaned_data["code"]
        now, address = clock.now(), limits.address_of(request) or ""
        limits.require_room_for(request, policy, now=now, contact=f"{reference} {address}")
        try:
            key = act(actor=request.actor, now=now, reference=reference, code=code)
        except NotFound:
            form.add_error(None, REFUSALS["code_not_good"])
        else:
            remember(request, reference, key)
            return redirect(f"{namespace}:filed", reference=reference)
    return render(request, "drafts/claim.html", {"form": form, "of": of}, status=422 if form.errors else 200)


def slip_of(request: Request, namespace: str, reference: str, code: str) -> dict[str, str]:
    """What the paper of somebody says of its code: address, code to be typed, both as a picture."""
    link = request.build_absolute_uri(reverse(f"{namespace}:claim"))
    asked = urlencode({"reference": reference, "code": code})
    picture = segno.make(f"{link}?{asked}", error="m").svg_inline(scale=4, dark="#17203f", omitsize=True)
    return {"link": link, "code": f"{code[:5]} {code[5:]}", "qr": picture}


def wish_from(request: Request) -> files.Wish:
    """Who may see the files that come with a form, as its sender chose."""
    chosen = request.POST.get("files_wish", "")
    return files.Wish(chosen) if chosen in set(files.Wish) else files.Wish.PUBLIC


def find_file(kind: str, token: str, stored_as: str) -> file_queries.File:
    """A file that goes with a draft, for whoever has the draft's secret address. Raises NotFound."""
    draft = queries.find_draft(kind, token)
    file = draft and file_queries.find_held(draft.holder, stored_as)
    if not file:
        raise NotFound("draft_gone")
    return file
