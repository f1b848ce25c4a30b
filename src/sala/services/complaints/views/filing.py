"""The citizen's doors: one question a page, kept in a draft, ending with a number."""

from collections.abc import Callable
from dataclasses import replace

import segno
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from sala.commons.agencies import queries as agencies
from sala.commons.drafts import actions as drafting
from sala.commons.drafts import queries as drafts
from sala.commons.drafts import views as asking
from sala.commons.drafts.views import Answers, Journey, Question
from sala.commons.files import queries as file_queries
from sala.commons.moderation.actions import is_suspect
from sala.commons.places import queries as places
from sala.core import clock
from sala.core.errors import Conflict, NotFound
from sala.core.gates import open_to_all
from sala.engines import thai
from sala.platform import limits
from sala.platform.requests import Request
from sala.services.complaints import actions, forms, queries
from sala.services.complaints.views import rates
from sala.services.complaints.views.answers import filing_from

KIND = "complaint"


# What is asked, in order; after the pictures come complaints near by that one may join instead.
JOURNEY = Journey(
    kind=KIND,
    namespace="complaints",
    questions=(
        Question(name="what", form=forms.FirstForm, template="complaints/file/what.html"),
        Question(name="where", form=forms.WhereForm, template="complaints/file/where.html"),
        Question(
            name="when",
            form=forms.WhenForm,
            template="complaints/file/when.html",
            then="similar",
            takes_files=True,
        ),
        Question(name="privacy", form=forms.PrivacyForm, template="complaints/file/privacy.html"),
        Question(name="contact", form=forms.ContactForm, template="complaints/file/contact.html"),
    ),
    attach=rates.ATTACH,
)
STEPS = JOURNEY.questions


@open_to_all
@never_cache
def start(request: Request) -> HttpResponse:
    """The first question: what happened. Answering it makes the draft that the other questions fill."""
    initial = {name: request.GET.get(name, "")[:4000] for name in ("text", "topic", "privacy")}
    return asking.start(request, JOURNEY, initial)


@open_to_all
@never_cache
def step(request: Request, token: str, name: str) -> HttpResponse:
    """One question of a draft; the answer is kept at once, so that a lost connection loses nothing."""
    return asking.step(request, JOURNEY, token, name)


@open_to_all
@never_cache
@require_GET
def similar(request: Request, token: str) -> HttpResponse:
    """Open complaints near by about the same: joining one is quicker and counts as much."""
    draft = drafts.find_draft(KIND, token)
    if draft is None:
        raise NotFound("draft_gone")
    found = queries.list_similar(drafts.answers_of(draft), now=clock.now())
    if not found:
        return redirect("complaints:step", token=token, name="privacy")
    back = reverse("complaints:step", kwargs={"token": token, "name": "when"})
    context = {"found": found, "token": token, "back": back, "answered": 3, "total": len(STEPS)}
    return render(request, "complaints/file/similar.html", context)


@open_to_all
@never_cache
def check(request: Request, token: str) -> HttpResponse:
    """Everything once more, each answer with its "change"; then it is sent."""
    draft, sent = drafts.find_draft_or_sent(KIND, token)
    if sent:
        return _sent(request, *sent)
    if draft is None:
        raise NotFound("draft_gone")
    answers = drafts.answers_of(draft)
    if request.method == "POST":
        return _send(request, token, answers)
    limits.require_room_for(request, rates.FORESEE, now=clock.now())
    back = reverse("complaints:step", kwargs={"token": token, "name": "contact"})
    context = {
        "rows": _rows(token, answers),
        "token": token,
        "attachments": file_queries.list_held(draft.holder),
        "covered": _covered(answers),
        "prospect": _prospect(answers, token),
        "privacy": str(answers.get("privacy") or "public"),
        "back": back,
        "answered": len(STEPS),
        "total": len(STEPS),
    }
    return render(request, "complaints/file/check.html", context)


def _prospect(answers: Answers, token: str) -> dict[str, object] | None:
    """Which office will get it, by when it must reply and by which rule; None where nobody can say yet."""
    language = get_language() or "th"
    try:
        filing = filing_from(answers, token=token, language=language)
        found = actions.foresee(filing, clock.now())
    except (NotFound, ValueError):
        return None
    agency = agencies.find_agency(found.agency)
    return {
        "agency": agency.name(language) if agency else found.agency,
        "due_at": found.due_at,
        "law": found.law_en if language == "en" else found.law_th,
        "is_sure": found.is_sure,
        "is_chosen": answers.get("topic") not in (None, "", thai.OTHER),
    }


def _covered(answers: Answers) -> str:
    """The words as everyone will read them, if that is not as they were typed; "" for what is not public."""
    text = str(answers.get("text") or "")
    is_public = answers.get("privacy", "public") == "public"
    return covered if is_public and (covered := thai.cover(text)) != text else ""


def _area(answers: Answers, language: str) -> str:
    """The area that was named, else the one the point lies in, said as that; "" if there is neither."""
    if path := places.area_path(answers.get("area") or ""):
        return path.label(language)
    latitude, longitude = answers.get("latitude"), answers.get("longitude")
    if latitude is None or longitude is None:
        return ""
    path = places.area_path(places.place_of_point(latitude, longitude).code)
    return _("%(area)s (by the point you chose)") % {"area": path.label(language)} if path else ""


def _point(answers: Answers) -> str:
    """How much of the point everyone will see; "" without one."""
    if answers.get("latitude") is None or answers.get("privacy", "public") != "public":
        return ""
    return str(forms.SHOWN[answers.get("shown") or "about"])


def _rows(token: str, answers: Answers) -> list[tuple[object, object, str]]:
    language = get_language() or "th"
    place = " ".join(filter(None, [answers.get("place"), _area(answers, language)]))
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
        *([(_("The point, for everyone"), point, change("where"))] if (point := _point(answers)) else []),
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
        filing_from(answers, token=token, language=get_language() or "th"),
        is_suspect=is_suspect(request, text, room_used=room.used),
    )
    try:
        filed = actions.file_complaint(actor=request.actor, now=now, filing=filing)
    except Conflict:  # pressed twice: the first press filed it, and its number is what the person wants
        if sent := drafts.sent_as(KIND, token):
            return _sent(request, *sent)
        raise
    return _sent(request, filed.reference, filed.key)


def _sent(request: Request, reference: str, key: str) -> HttpResponse:
    asking.remember(request, reference, key)
    return redirect("complaints:filed", reference=reference)


@open_to_all
@never_cache
@require_GET
def filed(request: Request, reference: str) -> HttpResponse:
    """The number, the date, who answers, the link and its QR picture; made to be printed or photographed."""
    proof = asking.proof_for(request, reference)
    complaint = queries.find_by_key(reference, request.actor, proof)
    # Whoever is known by their account, or by four digits, bears no link: half a link would open nothing.
    number = complaint.matter.reference
    link = request.build_absolute_uri(asking.own_link("complaints", number, proof.key)) if proof.key else ""
    context = {
        "complaint": complaint,
        "matter": complaint.matter,
        "agency": agencies.find_agency(complaint.matter.agency),
        "link": link,
        "qr": segno.make(link, error="m").svg_inline(scale=4, dark="#17203f", omitsize=True) if link else "",
    }
    return render(request, "complaints/filed.html", context)


@open_to_all
@require_POST
def discard(request: Request, token: str) -> HttpResponse:
    """What was typed is gone."""
    drafting.discard_draft(actor=request.actor, token=token)
    messages.info(request, _("Your draft is gone. Nothing was sent."))
    return redirect("home")
