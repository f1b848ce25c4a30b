"""Doors of hearings for everyone: the list, one hearing, one part of its text with what was said, speaking."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_GET

from sala.commons.deadlines import queries as deadlines
from sala.commons.identity.actions import repeats
from sala.commons.participation import queries as participation
from sala.core import clock
from sala.core.deadlines import day_before
from sala.core.digits import find_whole_number
from sala.core.errors import Conflict, Invalid, NotFound
from sala.core.gates import open_to_all
from sala.engines import thai
from sala.engines.legislation import word_changes
from sala.engines.legislation.kinds import WORDS, Kind
from sala.platform import limits
from sala.platform.requests import Request
from sala.services.lawmaking import actions, permissions
from sala.services.lawmaking.forms.hearings import SpeakingForm
from sala.services.lawmaking.models import Hearing, HearingProvision, HearingText
from sala.services.lawmaking.queries import hearings
from sala.services.lawmaking.queries.hearings import KIND
from sala.services.lawmaking.rules import hearings as rules
from sala.services.lawmaking.rules.hearings import About, Rung, Stage
from sala.services.lawmaking.rules.laws import address_name
from sala.services.lawmaking.views.hearing_rates import SPEAK
from sala.services.lawmaking.words.hearing_names import ABOUTS, CHANNELS, RUNGS, stage
from sala.services.lawmaking.words.question_names import refusal

public_for_seconds = cache_control(public=True, max_age=10, stale_while_revalidate=30)
ON_START, ON_PAGE, ON_HEARING = 50, 20, 6


@open_to_all
@public_for_seconds
@require_GET
def start(request: Request) -> HttpResponse:
    """Hearings that are open, those that end soonest first; what opens soon, what is over."""
    context = {
        "open": [_line(one) for one in hearings.list_hearings(stages={Stage.OPEN}, size=ON_START)],
        "soon": [_line(one) for one in hearings.list_hearings(stages={Stage.ANNOUNCED}, size=ON_START)],
        "over": [_line(one) for one in hearings.list_hearings(stages={Stage.CLOSED}, size=ON_START)],
    }
    return render(request, "lawmaking/hearings/start.html", context)


def _line(one: Hearing) -> dict[str, Any]:
    return {
        "matter": one.matter,
        "about": ABOUTS[About(one.about)],
        "status": stage(one.matter.stage),
        "last_day": day_before(one.closes_at),
        "opens_at": one.opens_at,
    }


def of_hearing(hearing: Hearing) -> dict[str, Any]:
    """What every page of one hearing shows: where it stands by the clock, its days, how far it goes."""
    now = clock.now()
    standing = rules.stage_at(hearing.opens_at, hearing.closes_at, now)
    guided = deadlines.period(KIND, "guided", at=hearing.opens_at)
    days = rules.days_open(hearing.opens_at, hearing.closes_at)
    return {
        "hearing": hearing,
        "matter": hearing.matter,
        "about": ABOUTS[About(hearing.about)],
        "status": stage(standing.value),
        "is_open": standing is Stage.OPEN,
        "is_over": standing is Stage.CLOSED,
        "last_day": day_before(hearing.closes_at),
        "days": days,
        "days_left": max((hearing.closes_at - now).days, 0),
        "guided": guided.days,
        "is_short": days < guided.days,
        "rung": RUNGS[Rung(hearing.rung)],
        "can_work": False,
    }


def _version(hearing: Hearing, typed: str) -> tuple[list[HearingText], HearingText | None]:
    """The versions, and the one that is asked for, the newest unless told. Raises NotFound for one that is none."""
    texts = hearings.list_texts(hearing)
    if not typed:
        return texts, texts[0] if texts else None
    number = find_whole_number(typed, least=1, most=32767)
    found = next((text for text in texts if text.number == number), None)
    if found is None:
        raise NotFound("matter_not_found", reference=hearing.matter.reference)
    return texts, found


@open_to_all
@public_for_seconds
@require_GET
def hearing(request: Request, reference: str) -> HttpResponse:
    """One hearing: what is proposed and may still change, the questions, its text by sections, what was said."""
    found = hearings.get_hearing(reference)
    texts, text = _version(found, request.GET.get("version", "")[:10])
    provisions = hearings.list_provisions(text) if text else []
    counts = participation.count_by_provision(found.pk, text.number) if text else {}
    newest, _more = participation.list_comments(found.pk, size=ON_HEARING)
    labels = {one.eid: label_of(one) for one in provisions}
    context = of_hearing(found) | {
        "affected": found.affected.splitlines(),
        "open_points": found.open_points.splitlines(),
        "fixed_points": found.fixed_points.splitlines(),
        "questions": list(found.questions.order_by("number")),
        "texts": texts,
        "text": text,
        "units": [
            (one, labels[one.eid], address_name(one.eid), counts.get(one.eid, 0)) for one in provisions
        ],
        "voices": participation.count_voices(found.pk),
        "comments": _told(found, newest, labels, texts[0].number if texts else 0),
        "at_version": _at(texts, text),
        "related": hearings.related(found),
        "can_work": permissions.may_open_hearing(request.actor, found.matter.agency),
    }
    context["channels"] = [(CHANNELS.get(code, code), n) for code, n in context["voices"].channels.items()]
    return render(request, "lawmaking/hearings/hearing.html", context)


def _labels(text: HearingText | None) -> dict[str, str]:
    return {one.eid: label_of(one) for one in (hearings.list_provisions(text) if text else ())}


def label_of(one: HearingProvision) -> str:
    """What a part is called: its kind in Thai and its number as printed, or its heading."""
    return " ".join(filter(None, (WORDS[Kind(one.kind)], one.number))) or one.heading


def _told(found: Hearing, comments: list[Any], labels: dict[str, str], newest: int) -> list[dict[str, Any]]:
    """Comments as pages show them; a suggested wording beside the words it would replace.

    One query more where some are about an earlier version.
    """
    earlier = {(one.version, one.provision) for one in comments if 0 < one.version < newest and one.provision}
    if earlier:
        parts = hearings.list_parts(found, earlier)
        labels = labels | {f"{one.text.number} {one.eid}": label_of(one) for one in parts}
    return [
        {
            "one": comment,
            "label": _label(comment, labels, newest),
            "address": _address(found, comment, newest),
            "is_earlier": 0 < comment.version < newest,
            "channel": CHANNELS.get(comment.channel, "") if comment.channel != "web" else "",
            "wording": word_changes(comment.quote, comment.suggestion)
            if comment.quote and comment.suggestion
            else (),
        }
        for comment in comments
    ]


def _label(comment: Any, labels: dict[str, str], newest: int) -> str:
    """What the part is called in its own version: in the newest another may have its number by now."""
    if not comment.provision or comment.version in (0, newest):
        return labels.get(comment.provision, "")
    return labels.get(f"{comment.version} {comment.provision}", "")


def _address(found: Hearing, comment: Any, newest: int) -> str:
    if not comment.provision:
        return ""
    address = reverse("hearings:part", args=[found.matter.reference, address_name(comment.provision)])
    return address if comment.version == newest else f"{address}?version={comment.version}"


def _at(texts: list[HearingText], text: HearingText | None) -> str:
    """What an address carries on to stay in an earlier version."""
    return f"?version={text.number}" if text and text.number != texts[0].number else ""


@open_to_all
@public_for_seconds
@require_GET
def comments(request: Request, reference: str) -> HttpResponse:
    """Everything that was said, the newest first; narrowed to answers of one question."""
    found = hearings.get_hearing(reference)
    texts, text = _version(found, "")
    question = find_whole_number(request.GET.get("question", ""), least=1, most=rules.MOST_QUESTIONS)
    before = find_whole_number(request.GET.get("before", ""), least=1, most=2**63 - 1)
    page, after = participation.list_comments(found.pk, question=question, before=before, size=ON_PAGE)
    context = of_hearing(found) | {
        "can_moderate": permissions.may_moderate_hearing(request.actor, found.matter.agency),
        "comments": _told(found, page, _labels(text), texts[0].number if texts else 0),
        "after": after,
        "and_question": f"&question={question}" if question else "",
        "question": found.questions.filter(number=question).first() if question else None,
    }
    return render(request, "lawmaking/hearings/comments.html", context)


@open_to_all
@never_cache
def part(request: Request, reference: str, name: str) -> HttpResponse:
    """One part of the text, what was said about it, and the form to speak about it or about its words."""
    found = hearings.get_hearing(reference)
    texts, text = _version(found, request.GET.get("version", "")[:10])
    units = hearings.list_provisions(text) if text else []
    place = next((n for n, one in enumerate(units) if address_name(one.eid) == name and one.words), None)
    if place is None or text is None:
        raise NotFound("matter_not_found", reference=reference)
    one = units[place]
    before = find_whole_number(request.GET.get("before", ""), least=1, most=2**63 - 1)
    page, after = participation.list_comments(
        found.pk, at=(text.number, one.eid), before=before, size=ON_PAGE
    )
    spoken = [unit for unit in units if unit.words]
    at = spoken.index(one)
    more = {
        "one": one,
        "label": label_of(one),
        "name": name,
        "text": text,
        "texts": texts,
        "comments": _told(found, page, {one.eid: ""}, text.number),
        "at_version": _at(texts, text),
        "after": after,
        "near": [
            (label_of(unit), address_name(unit.eid)) if unit else None
            for unit in (spoken[at - 1] if at else None, spoken[at + 1] if at + 1 < len(spoken) else None)
        ],
    }
    speaking = {"version": text.number, "provision": one.eid}
    return _spoken(request, found, speaking, "lawmaking/hearings/part.html", more, has_words=True)


@open_to_all
@never_cache
def speak(request: Request, reference: str) -> HttpResponse:
    """To speak about the whole, or answer one question of the office."""
    found = hearings.get_hearing(reference)
    number = find_whole_number(request.GET.get("question", ""), least=1, most=rules.MOST_QUESTIONS)
    asked = found.questions.filter(number=number).first() if number else None
    speaking = {"question": asked.number if asked else None}
    more = {"asked": asked, "left": found.questions.filter(number__gt=number or 0).order_by("number").first()}
    return _spoken(request, found, speaking, "lawmaking/hearings/speak.html", more, has_words=False)


def _spoken(
    request: Request,
    found: Hearing,
    speaking: dict[str, Any],
    template: str,
    more: dict[str, Any],
    *,
    has_words: bool,
) -> HttpResponse:
    """The page with its form; sent, it is shown once more as everybody will read it, and then it is kept."""
    form = SpeakingForm(request.POST if request.method == "POST" else None, has_words=has_words)
    covered: dict[str, str] = {}
    if request.method == "POST":
        # Before anything is covered: that costs more than the page, and a stranger chooses how much of it.
        limits.require_room_for(request, SPEAK, now=clock.now())
        if form.is_valid():
            answer = _said(request, found, speaking, form)
            if isinstance(answer, HttpResponse):
                return answer
            covered = answer
    context = of_hearing(found) | more | {"form": form, "covered": covered}
    return render(request, template, context, status=422 if form.errors else 200)


def _said(
    request: Request, found: Hearing, speaking: dict[str, Any], form: SpeakingForm
) -> HttpResponse | dict[str, str]:
    """Keep the words and lead on; or the words as everybody will read them, if covering changes them; or why not."""
    told = form.cleaned_data
    as_read = {name: str(thai.cover(value)) for name, value in told.items() if value}
    wrong = _wrong_before_sending(speaking, told, as_read, found)
    is_as_told = all(told[name] == words for name, words in as_read.items())
    if not wrong and not is_as_told and "sure" not in request.POST:
        return as_read
    try:
        if wrong:
            raise Invalid("invalid", wrong)
        return _keep(request, found, speaking | told)
    except Invalid as refused:
        for field, code in (refused.fields or {"": refused.code}).items():
            form.add_error(field if field in form.fields else None, refusal(code))
    except Conflict as refused:
        form.add_error(None, refusal(refused.code))
    return {}


def _wrong_before_sending(
    speaking: dict[str, Any], told: dict[str, Any], as_read: dict[str, str], found: Hearing
) -> dict[str, str]:
    """What would be refused after the words were shown once more: nobody should find that out at the second press."""
    wrong = {}
    if as_read.get("shown_name", "") != told.get("shown_name", ""):
        wrong["shown_name"] = "name_is_somebodys"
    if told.get("quote"):
        one = hearings.find_provision(found, speaking["version"], speaking["provision"])
        try:
            participation.place_of(
                speaking["version"], speaking["provision"], one.words if one else "", told["quote"]
            )
        except Invalid as refused:
            wrong |= refused.fields
    return wrong


def _keep(request: Request, found: Hearing, told: dict[str, Any]) -> HttpResponse:
    now, reference = clock.now(), found.matter.reference
    spoken = partial(
        actions.speak_in_hearing,
        actor=request.actor,
        now=now,
        reference=reference,
        speaking=actions.Speaking(**told),
    )
    repeats.do_form_once(request, door="hearing speak", now=now, act=spoken)
    messages.success(request, _("Thank you. It stands here for all to read, and the office must answer."))
    if told.get("provision"):
        return redirect("hearings:part", reference=reference, name=address_name(told["provision"]))
    following = (
        told.get("question")
        and found.questions.filter(number__gt=told["question"]).order_by("number").first()
    )
    if following:
        return redirect(f"{reverse('hearings:speak', args=[reference])}?question={following.number}")
    return redirect("hearings:comments", reference=reference)
