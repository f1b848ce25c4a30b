"""Doors for everyone: the public page of a complaint, the list, finding one's own again, joining."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_GET

from sala.commons.drafts import queries as drafts
from sala.commons.drafts import views as drafting
from sala.commons.drafts.queries import Proof
from sala.commons.drafts.views import wish_from
from sala.commons.files import actions as files
from sala.commons.identity import queries as people
from sala.commons.identity.actions import repeats
from sala.commons.matters import queries as matters
from sala.commons.matters import slots as spine
from sala.commons.participation import actions as participation
from sala.core import clock
from sala.core.errors import Conflict, Invalid, NotFound
from sala.core.gates import open_to_all
from sala.core.references import parse_reference
from sala.platform import limits
from sala.platform.requests import Request
from sala.services.complaints import actions, forms, queries, rules, words
from sala.services.complaints.queries import page
from sala.services.complaints.queries.appeals import may_appeal
from sala.services.complaints.rules import Move, Status
from sala.services.complaints.views import following, looks, rates

ENDED = (Status.CLOSED, Status.REJECTED)
public_for_seconds = cache_control(public=True, max_age=10, stale_while_revalidate=30)


@open_to_all
@public_for_seconds
@require_GET
def start(request: Request) -> HttpResponse:
    """The first page of complaints: file one, follow one, see what was filed last."""
    newest = matters.list_public(matters.Filter(kind="complaint"), size=10).matters
    return render(request, "complaints/start.html", {"shown": [(m, words.stage(m.stage)) for m in newest]})


@open_to_all
@public_for_seconds
@require_GET
def complaint(request: Request, reference: str) -> HttpResponse:
    """The public page: where it stands, who answers, by when, what was said and shown, the proof."""
    found = queries.find_complaint(reference)
    # One answer for what is hidden and for what is not there at all: a number by chance tells nothing.
    if found is None or not found.matter.is_public:
        return render(request, "complaints/not_public.html", {"reference": reference}, status=404)
    context = _context(page.get_page(found, now=clock.now(), is_own=False))
    # Who was counted a moment ago is not asked again whether they are affected too.
    return render(request, "complaints/complaint.html", context | {"has_joined": "joined" in request.GET})


def _context(shown: page.ComplaintPage) -> dict[str, object]:
    return {
        "page": shown,
        "complaint": shown.complaint,
        "matter": shown.complaint.matter,
        "status": words.status(shown.complaint),
        "time_left": words.time_left(shown.clock),
        "steps": words.line(shown),
    }


@open_to_all
@never_cache
def own(request: Request, reference: str) -> HttpResponse:
    """The page of the person who filed: what is asked of them first, everything they wrote, and what they can do."""
    if key := request.GET.get("key"):
        found = queries.find_by_key(reference, request.actor, Proof(key=key))
        drafts.require_no_staff(request.actor, found)
        drafting.remember(request, found.matter.reference, key)
        return redirect("complaints:own", reference=found.matter.reference)
    proof = drafting.proof_for(request, reference)
    found = queries.find_by_key(reference, request.actor, proof)
    looks.record_for_caller(request, found)
    now = clock.now()
    seen = people.list_looks_at_matter(found.matter.reference, now=now)
    is_covered = drafts.shows_digits_alone(request.actor, found, proof)
    shown = page.get_page(found, now=now, is_own=True, is_covered=is_covered)
    context = _context(shown) | {
        "looks": seen,
        "takable": frozenset() if is_covered else page.own_files(shown),
    }
    return render(request, "complaints/own.html", context)


@open_to_all
@never_cache
def claim(request: Request) -> HttpResponse:
    """The code on the paper of somebody who told it in person: exchanged once for a link of their own."""
    return drafting.claim(request, "complaints", rates.CLAIM, actions.claim_complaint)


@open_to_all
@never_cache
def confirm(request: Request, reference: str) -> HttpResponse:
    """Is it really solved? Yes, with a rating if the person likes."""
    found = queries.find_by_key(reference, request.actor, drafting.proof_for(request, reference))
    if (
        request.method == "GET"
        and found.state not in ENDED
        and (found.state, Move.CONFIRM) not in rules.MOVES
    ):
        return _not_now(request, found.matter.reference, _("The office has not said yet that it is done."))
    form = forms.RatingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        act = actions.rate_handling if found.state in ENDED else actions.confirm_resolution
        act(
            actor=request.actor,
            now=clock.now(),
            reference=found.matter.reference,
            proof=drafting.proof_for(request, reference),
            **form.cleaned_data,
        )
        messages.success(request, _("Thank you. It is closed, and counts as solved because you said so."))
        return redirect("complaints:own", reference=found.matter.reference)
    return render(
        request, "complaints/confirm.html", {"form": form, "matter": found.matter, "complaint": found}
    )


@open_to_all
@never_cache
def reopen(request: Request, reference: str) -> HttpResponse:
    """It is not solved: what is missing, and it is open again."""
    found = queries.find_by_key(reference, request.actor, drafting.proof_for(request, reference))
    if request.method == "GET" and (found.state, Move.REOPEN) not in rules.MOVES:
        return _not_now(
            request, found.matter.reference, _("It is still open, so there is nothing to open again.")
        )
    return _with_words(
        request,
        reference,
        "complaints/reopen.html",
        actions.reopen_complaint,
        _("It is open again, and the office has been told."),
    )


@open_to_all
@never_cache
def appeal(request: Request, reference: str) -> HttpResponse:
    """The person does not accept how it ended: why, and somebody above the office decides."""
    found = queries.find_by_key(reference, request.actor, drafting.proof_for(request, reference))
    if request.method == "GET" and not may_appeal(found, clock.now()):
        return _not_now(request, found.matter.reference, words.refusal("no_appeal_now"))
    return _with_words(
        request,
        reference,
        "complaints/appeal.html",
        actions.appeal,
        _("Your appeal goes to the office above, and you are told of the decision."),
    )


@open_to_all
@never_cache
def answer(request: Request, reference: str) -> HttpResponse:
    """The person's answer to the office, or something to add."""
    return _with_words(
        request,
        reference,
        "complaints/answer.html",
        actions.answer_question,
        _("Your words have been added."),
    )


def _not_now(request: Request, reference: str, why: str) -> HttpResponse:
    messages.info(request, why)
    return redirect("complaints:own", reference=reference)


def _with_words(
    request: Request, reference: str, template: str, act: Callable[..., object], done: str
) -> HttpResponse:
    proof = drafting.proof_for(request, reference)
    found = queries.find_by_key(reference, request.actor, proof)
    form, problem = forms.WordsForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        try:
            _say(request, found.matter.reference, act, form.cleaned_data["text"], proof)
        except Invalid as refusal:
            problem = words.refusal(refusal.fields.get("files", refusal.code))
            form.add_error(None, problem)
        else:
            messages.success(request, done)
            return redirect("complaints:own", reference=found.matter.reference)
    context = {"form": form, "matter": found.matter, "complaint": found, "file_problem": problem}
    return render(request, template, context, status=422 if form.errors else 200)


def _say(request: Request, reference: str, act: Callable[..., object], text: str, proof: Proof) -> None:
    """Do it, with the pictures that came along; if it may not be done, none of them is kept."""
    now, sent = clock.now(), request.FILES.getlist("files")
    if repeats.was_form_sent(request, door=f"words {reference}", now=now):
        return
    for _file in sent:
        limits.require_room_for(request, rates.ATTACH, now=now)
    with files.kept_files(sent, wish=wish_from(request)) as kept:
        given = {"text": text, "proof": proof, "pictures": tuple(kept)}
        whole = partial(act, actor=request.actor, now=now, reference=reference, **given)
        repeats.do_form_once(request, door=f"words {reference}", now=now, act=whole)


@open_to_all
@public_for_seconds
@require_GET
def paper_form(request: Request) -> HttpResponse:
    """The form for those without internet: printed, filled in by hand, given to any office."""
    return render(request, "complaints/paper_form.html")


@open_to_all
@never_cache
def track(request: Request) -> HttpResponse:
    """Finding a complaint by its number, and by the last digits of the telephone if one wants to act on it."""
    form = forms.TrackForm(request.POST or None, initial={"reference": request.GET.get("reference", "")})
    if request.method == "POST" and form.is_valid():
        return _tracked(request, form)
    return render(request, "complaints/track.html", {"form": form})


def _tracked(request: Request, form: forms.TrackForm) -> HttpResponse:
    tail = form.cleaned_data["phone_tail"]
    try:
        reference = str(parse_reference(form.cleaned_data["reference"]))
    except ValueError:
        form.add_error("reference", _("A character of this number is wrong. Check each one."))
        return render(request, "complaints/track.html", {"form": form}, status=422)
    if parse_reference(reference).kind != spine.kinds["complaint"].letters:
        return redirect("matters:short", reference=reference)  # a number of another kind has its own page
    if not tail:
        return redirect("complaints:complaint", reference=reference)
    _require_room_to_try(request, reference)
    try:
        found = queries.find_by_key(reference, request.actor, Proof(phone_tail=tail))
    except NotFound:  # the same words whether there is no such number or these are not its digits
        form.add_error("phone_tail", _("This number and these digits do not belong together."))
    else:
        looks.record_for_caller(request, found)
        drafting.remember(request, reference, phone_tail=tail)
        return redirect("complaints:own", reference=reference)
    return render(request, "complaints/track.html", {"form": form}, status=422)


def _require_room_to_try(request: Request, reference: str) -> None:
    """Few tries from one place, and many fewer than ten thousand from all: so a stranger locks only themselves out."""
    now, address = clock.now(), limits.address_of(request) or ""
    limits.require_room_for(request, rates.OPEN_OWN, now=now, contact=f"{reference} {address}")
    limits.require_room_for(request, rates.OPEN_OWN_ALL, now=now, contact=reference)


@open_to_all
@never_cache
def join(request: Request, reference: str) -> HttpResponse:
    """Being affected too: counted once, and told of every step if one likes."""
    found = queries.get_complaint(reference)
    if not found.matter.is_public:
        raise NotFound("matter_not_found", reference=reference)
    form = forms.JoinForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _joined(request, found.matter.reference, form.cleaned_data["email"])
    context = {"matter": found.matter, "form": form, "is_signed_in": request.actor.is_signed_in}
    return render(request, "complaints/join.html", context, status=422 if form.errors else 200)


def _joined(request: Request, reference: str, email: str) -> HttpResponse:
    """Count the person once, and let them be told: by account, or at the address they typed."""
    now = clock.now()
    limits.require_room_for(request, rates.JOIN, now=now)
    try:
        # By what the device shows and not by a cookie, which anybody throws away to be counted again.
        mark = f"{limits.address_of(request)} {request.headers.get('User-Agent', '')[:200]}"
        actions.join_complaint(actor=request.actor, now=now, reference=reference, mark=mark)
        # The worker counts twice a second; whoever has just joined should not have to wait even for that.
        participation.fold_changes(now=now)
        messages.success(request, _("You are counted as affected too."))
    except Conflict as refusal:
        messages.info(request, words.refusal(refusal.code))
    if following.start(request, reference, email):
        messages.info(
            request, _("We have sent you a letter. Open the link in it, and you are told of the result.")
        )
    return redirect(reverse("complaints:complaint", kwargs={"reference": reference}) + "?joined")
