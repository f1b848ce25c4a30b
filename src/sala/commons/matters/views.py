"""Doors of the spine: any matter by its number, the list with its search, feeds, following."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    JsonResponse,
)
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET

from sala.commons.agencies import queries as agencies
from sala.commons.ledger import queries as ledger
from sala.commons.matters import actions, exporters, queries, slots
from sala.commons.matters.forms import FollowForm
from sala.commons.matters.rules import Frequency
from sala.commons.places import queries as places
from sala.core import clock, mailboxes
from sala.core.actors import ANONYMOUS
from sala.core.atom import MEDIA_TYPE as ATOM
from sala.core.atom import FeedEntry, write_feed
from sala.core.digits import find_whole_number
from sala.core.errors import NotFound
from sala.core.gates import open_to_all
from sala.core.references import parse_reference
from sala.platform import limits
from sala.platform.requests import Request
from sala.platform.tables import answers

for_everyone = cache_control(public=True, max_age=10, stale_while_revalidate=30)
Choices = tuple[str, Sequence[tuple[str, str]]]  # a heading, and codes with their words
NAMES = ("kind", "agency", "area", "topic", "stage")
MOST_ROWS = 1000
MOST_POINTS = 500


@open_to_all
@require_GET
def short(request: HttpRequest, reference: str) -> HttpResponse:
    """The short address of a matter of any kind, as printed on slips: leads to its page.

    By its letters alone: whether there is such a matter, and whether it is public, the page says or does not.
    """
    try:
        asked = parse_reference(reference)
    except ValueError:
        raise NotFound("matter_not_found", reference=reference) from None
    kind = next((kind for kind in slots.kinds.values() if kind.letters == asked.kind), None)
    if kind is None:
        raise NotFound("matter_not_found", reference=reference)
    return redirect(kind.page(str(asked)))


def _wanted(request: HttpRequest) -> queries.Filter:
    """What the list is narrowed to. An office may be named in words: people without scripts type its name."""
    wanted = queries.Filter(**{name: request.GET.get(name, "")[:40] for name in NAMES if name != "agency"})
    typed = request.GET.get("agency", "")[:200].strip()
    return replace(wanted, agency=agencies.read_agency(typed) or typed[:40])


def _number(request: HttpRequest, name: str) -> int | None:
    return find_whole_number(request.GET.get(name), least=0, most=2**63 - 1)


@open_to_all
@for_everyone
@require_GET
def public_list(request: HttpRequest) -> HttpResponse:
    """Public matters: searched by words or the newest first, narrowed by filters, beside them the map."""
    wanted, asked = _wanted(request), request.GET.get("q", "").strip()[:400]
    point = places.find_point(asked)
    if point:
        found, more = None, None
        shown = queries.list_around(wanted, latitude=point[0], longitude=point[1])
    elif asked:
        limits.require_room_for(request, answers.SEARCH, now=clock.now())
        number = max(_number(request, "page") or 1, 1)
        found = queries.search_matters(asked, wanted, page=min(number, 50))
        shown, more = found.matters, {"page": number + 1} if found.has_more else None
    else:
        page = queries.list_public(wanted, before=_number(request, "before"))
        found, shown = None, page.matters
        more = {"before": page.before} if page.before else None
    kept = {name: value for name in NAMES if (value := getattr(wanted, name))} | (
        {"q": asked} if asked else {}
    )
    context = {
        "asked": asked,
        "found": found,
        "shown": [(matter, slots.kinds[matter.kind].stage(matter.stage)) for matter in shown],
        "wanted": wanted,
        "older": f"?{urlencode({**kept, **more})}" if more else "",
        "feeds": urlencode(kept),
        "office": agencies.find_agency(wanted.agency),
        **_beside(asked, point),
        "picture": _picture(shown),
        "provinces": [(area.code, area.name(get_language() or "th")) for area in places.areas_within(None)],
        **_choices(wanted.kind),
        "begin": [kind.begin(asked) for kind in slots.kinds.values() if kind.begin],
        "area": places.find_area(wanted.area),
    }
    return render(request, "matters/list.html", context)


def _picture(shown: Sequence[queries.Matter]) -> str:
    """The places of the list's matters as a map drawn here, for a page without scripts; "" if none has one."""
    spots = [m for m in shown if m.latitude is not None and m.longitude is not None]
    marks = [places.Mark(m.latitude or 0, m.longitude or 0, "", "", m.title) for m in spots]
    if not marks:
        return ""
    return places.draw_map(
        marks,
        language=get_language() or "th",
        title=_("Where the matters of this page are"),
        width=420,
        height=460,
    )


def _beside(asked: str, point: tuple[float, float] | None) -> dict[str, object]:
    """What else the words may mean: a place, offices; for coordinates the name of where they are."""
    language = get_language() or "th"
    if point:
        around = places.area_path(places.place_of_point(*point).code)
        return {
            "around": around.label(language) if around else f"{point[0]:.4f}, {point[1]:.4f}",
            "is_point": True,
        }
    if not asked:
        return {}
    place = places.area_path(places.read_words(asked).sure)
    return {
        "place": (place.code, place.label(language)) if place else None,
        "offices": agencies.suggest_agencies(asked, language=language, limit=3),
    }


def _choices(chosen: str) -> dict[str, object]:
    """What the list can be narrowed to: kinds, and the topics and stages of the chosen kind or, by kind, of all."""
    kinds = [kind for kind in slots.kinds.values() if chosen in ("", kind.code)]
    language = get_language() or "th"
    return {
        "kinds": [(kind.code, kind.plural) for kind in slots.kinds.values()],
        "topics": _shared_first([(str(kind.plural), kind.topics(language)) for kind in kinds]),
        "stages": _shared_first([(str(kind.plural), kind.stages()) for kind in kinds]),
    }


def _shared_first(groups: list[Choices]) -> list[Choices]:
    """Groups of codes with their words, where a code that several kinds have stands once, before them all.

    The list is narrowed by the code alone, so that a choice under one kind would show the matters of the other too.
    """
    times = Counter(code for _heading, choices in groups for code, _words in choices)
    # from the last group to the first, whose words stand
    shared = {c: words for _heading, choices in reversed(groups) for c, words in choices if times[c] > 1}
    own: list[Choices] = [
        (heading, [one for one in choices if one[0] not in shared]) for heading, choices in groups
    ]
    return [(_("For every kind"), list(shared.items())), *own] if shared else own


@open_to_all
@for_everyone
@require_GET
def rows(request: HttpRequest, form: str) -> HttpResponse:
    """The list as data has moved to the tables; who still asks here is led on, with what was asked."""
    given = request.GET.copy()
    if "before" in given:
        given["cursor"] = str(given.pop("before")[-1])
    return HttpResponsePermanentRedirect(f"/data/matters.{form}?{given.urlencode()}")


@open_to_all
@for_everyone
@require_GET
def points(request: HttpRequest) -> HttpResponse:
    """Matters with a point inside ?box=west,south,east,north as GeoJSON, the newest 500 (that hold ?q=)."""
    box = _box(request)
    if box is None:
        return JsonResponse({"code": "box_needed"}, status=400)
    asked = request.GET.get("q", "").strip()
    if asked and places.find_point(asked) is None:
        held = queries.list_holding(asked, _wanted(request), size=MOST_POINTS).matters
        found = [matter for matter in held if _is_inside(matter, **box)]
    else:
        found = queries.list_points(_wanted(request), **box)
    values = exporters.points(found, settings.SITE_URL, _stage_of)
    return JsonResponse(values, json_dumps_params={"ensure_ascii": False})


def _stage_of(matter: queries.Matter) -> dict[str, str]:
    words, colour = slots.kinds[matter.kind].stage(matter.stage)
    return {"stage_name": str(words), "colour": colour}


def _is_inside(matter: queries.Matter, *, west: float, south: float, east: float, north: float) -> bool:
    if matter.latitude is None or matter.longitude is None:
        return False
    return south <= matter.latitude <= north and west <= matter.longitude <= east


def _box(request: HttpRequest) -> dict[str, float] | None:
    """The edges of ?box=west,south,east,north in degrees; None if it is no box."""
    try:
        edges = [float(part) for part in request.GET.get("box", "").split(",")]
    except ValueError:
        return None
    if len(edges) != 4 or not all(map(math.isfinite, edges)):
        return None
    return dict(zip(("west", "south", "east", "north"), edges, strict=True))


@open_to_all
@for_everyone
@require_GET
def steps(request: HttpRequest, reference: str, form: str) -> HttpResponse:
    """The steps of one public matter as a feed: Atom, or JSON with the ledger's positions."""
    matter = queries.get_matter(reference, ANONYMOUS)
    entries = [e for e in ledger.entries_of_matter(matter.reference) if e.position >= 0]
    if form == "json":
        values = [{"position": e.position, **e.content} for e in entries]
        return JsonResponse(
            {"reference": matter.reference, "entries": values}, json_dumps_params={"ensure_ascii": False}
        )
    told = [_entry(matter, entry) for entry in reversed(entries)]
    content = write_feed(
        title=f"{matter.reference} {matter.title}",
        address=f"{settings.SITE_URL}{request.path}",
        page=f"{settings.SITE_URL}/m/{matter.reference}",
        language=get_language() or "th",
        entries=told,
    )
    return HttpResponse(content, content_type=ATOM)


def _entry(matter: Any, entry: ledger.LoggedEntry) -> FeedEntry:
    content, site = entry.content, settings.SITE_URL
    kind = str(content["kind"])
    what, more = slots.kinds[kind.partition(".")[0]].describe_entry(kind, content)
    at = datetime.fromisoformat(content["at"])
    key, link = f"{site}/ledger/{entry.position}", f"{site}/m/{matter.reference}"
    return FeedEntry(key=key, title=what, updated=at, link=link, summary=more, kind=kind)


@open_to_all
@never_cache
def follow(request: Request, reference: str) -> HttpResponse:
    """Being told of each step: by account, or at an e-mail address that confirms."""
    matter = queries.get_matter(reference, request.actor)
    form = FollowForm(request.POST or None, is_signed_in=request.actor.is_signed_in)
    if request.method == "POST" and form.is_valid():
        return _followed(request, matter.reference, form)
    context = {
        "form": form,
        "matter": matter,
        "is_following": queries.is_following(matter, request.actor.person_id),
    }
    return render(request, "matters/follow.html", context, status=422 if form.errors else 200)


def _followed(request: Request, reference: str, form: FollowForm) -> HttpResponse:
    now, language = clock.now(), get_language() or "th"
    frequency = Frequency(form.cleaned_data["frequency"])
    if request.actor.is_signed_in:
        actions.follow_matter(
            actor=request.actor, now=now, reference=reference, frequency=frequency, language=language
        )
        messages.success(request, _("You follow it now."))
        return redirect("matters:follow", reference=reference)
    email = form.cleaned_data["email"]
    limits.require_room_for(request, actions.ASK_BY_LETTER, now=now, contact=mailboxes.folded(email))
    actions.follow_by_email(
        actor=request.actor,
        now=now,
        reference=reference,
        email=email,
        frequency=frequency,
        language=language,
    )
    return render(request, "matters/letter_sent.html", {"reference": reference})


@open_to_all
@never_cache
def unfollow(request: Request, reference: str) -> HttpResponse:
    """Being told no more, for someone signed in."""
    if request.method == "POST":
        actions.unfollow(actor=request.actor, reference=reference)
        messages.success(request, _("You follow it no longer."))
    return redirect("matters:follow", reference=reference)


@open_to_all
@never_cache
def confirm_follow(request: Request, token: str) -> HttpResponse:
    """The link of the first letter; asks for a click, since mail programs open links by themselves."""
    if request.method == "POST":
        matter = actions.confirm_follow(actor=request.actor, now=clock.now(), token=token)
        return render(request, "matters/link_done.html", {"matter": matter, "begins": True})
    return render(request, "matters/link.html", {"begins": True})


@open_to_all
@csrf_exempt  # the link itself is the secret; a mail program posts it without our form (RFC 8058)
@never_cache
def unfollow_link(request: Request, token: str) -> HttpResponse:
    """The link in each letter that ends the following; asks for a click as well."""
    if request.method == "POST":
        matter = actions.unfollow_by_token(actor=request.actor, token=token)
        return render(request, "matters/link_done.html", {"matter": matter, "begins": False})
    return render(request, "matters/link.html", {"begins": False})
