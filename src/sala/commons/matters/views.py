"""Doors of the spine: any matter by its number, the list with its search, feeds, following."""

import math
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET

from sala.commons.agencies import queries as agencies
from sala.commons.identity import limits
from sala.commons.identity.requests import Request
from sala.commons.ledger import queries as ledger
from sala.commons.matters import actions, exporters, queries, rates, slots
from sala.commons.matters.forms import FollowForm
from sala.commons.matters.rules import Frequency
from sala.core import clock
from sala.core.actors import ANONYMOUS
from sala.core.atom import MEDIA_TYPE as ATOM
from sala.core.atom import FeedEntry, write_feed
from sala.core.errors import NotFound
from sala.core.gates import open_to_all
from sala.core.tables import csv_text

for_everyone = cache_control(public=True, max_age=10, stale_while_revalidate=30)
NAMES = ("kind", "agency", "area", "topic", "stage")
MOST_ROWS = 1000
MOST_POINTS = 500


@open_to_all
@require_GET
def short(request: HttpRequest, reference: str) -> HttpResponse:
    """The short address of a matter of any kind, as printed on slips: leads to its page."""
    matter = queries.find_matter(reference)
    if matter is None or matter.kind not in slots.page_of:
        raise NotFound("matter_not_found", reference=reference)
    return redirect(slots.page_of[matter.kind](matter.reference))


def _wanted(request: HttpRequest) -> queries.Filter:
    return queries.Filter(**{name: request.GET.get(name, "")[:40] for name in NAMES})


def _number(request: HttpRequest, name: str) -> int | None:
    text = request.GET.get(name, "")
    return int(text[:15]) if text.isascii() and text.isdigit() else None


@open_to_all
@for_everyone
@require_GET
def public_list(request: HttpRequest) -> HttpResponse:
    """Public matters: searched by words or the newest first, narrowed by filters, beside them the map."""
    wanted, asked = _wanted(request), request.GET.get("q", "").strip()
    if asked:
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
        "shown": [(matter, slots.stages[matter.kind](matter.stage)) for matter in shown],
        "wanted": wanted,
        "older": f"?{urlencode({**kept, **more})}" if more else "",
        "feeds": urlencode(kept),
        "agencies": agencies.agencies_by_code().values(),
        "provinces": agencies.areas_within(None),
        "topics": slots.topics.get(wanted.kind, slots.topics["complaint"])(get_language() or "th"),
        "stages": slots.stage_names["complaint"](),
        "area": agencies.find_area(wanted.area),
    }
    return render(request, "matters/list.html", context)


@open_to_all
@for_everyone
@require_GET
def rows(request: HttpRequest, form: str) -> HttpResponse | StreamingHttpResponse:
    """The list as data: JSON, CSV or Atom; up to 1,000 rows, `before` pages on."""
    size = min(_number(request, "size") or 100, MOST_ROWS)
    page = queries.list_public(_wanted(request), before=_number(request, "before"), size=max(size, 1))
    site = settings.SITE_URL
    if form == "csv":
        text = csv_text(exporters.COLUMNS, (exporters.row(m, site) for m in page.matters))
        return StreamingHttpResponse(text, content_type="text/csv; charset=utf-8")
    if form == "atom":
        entries = [_listed(matter) for matter in page.matters]
        address = request.build_absolute_uri()
        content = write_feed(title="Sala", address=address, entries=entries)
        return HttpResponse(content, content_type=ATOM)
    values = {"matters": [exporters.row(m, site) for m in page.matters], "before": page.before}
    return JsonResponse(values, json_dumps_params={"ensure_ascii": False})


def _listed(matter: Any) -> FeedEntry:
    address = f"{settings.SITE_URL}/m/{matter.reference}"
    stage = slots.stages[matter.kind](matter.stage)[0]
    return FeedEntry(key=address, title=matter.title, updated=matter.updated_at, link=address, summary=stage)


@open_to_all
@for_everyone
@require_GET
def points(request: HttpRequest) -> HttpResponse:
    """Matters with a point inside ?box=west,south,east,north as GeoJSON, the newest 500 (that hold ?q=)."""
    box = _box(request)
    if box is None:
        return JsonResponse({"code": "box_needed"}, status=400)
    if asked := request.GET.get("q", "").strip():
        held = queries.list_holding(asked, _wanted(request), size=MOST_POINTS).matters
        found = [matter for matter in held if _is_inside(matter, **box)]
    else:
        found = queries.list_points(_wanted(request), **box)
    return JsonResponse(exporters.points(found, settings.SITE_URL), json_dumps_params={"ensure_ascii": False})


@open_to_all
@cache_control(public=True, max_age=3600)
@require_GET
def places(request: HttpRequest) -> HttpResponse:
    """Names of areas inside ?box=, for the ground of the map: ?level=1 provinces, 2 districts, 3 subdistricts."""
    box = _box(request)
    if box is None:
        return JsonResponse({"code": "box_needed"}, status=400)
    language = get_language() or "th"
    found = [
        {"name": area.name(language), "latitude": area.latitude, "longitude": area.longitude}
        for area in agencies.areas_in_box(_number(request, "level") or 1, **box)
    ]
    return JsonResponse({"places": found}, json_dumps_params={"ensure_ascii": False})


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
    title, address = f"{matter.reference} {matter.title}", request.build_absolute_uri()
    return HttpResponse(write_feed(title=title, address=address, entries=told), content_type=ATOM)


def _entry(matter: Any, entry: ledger.LoggedEntry) -> FeedEntry:
    content, site = entry.content, settings.SITE_URL
    kind = str(content["kind"])
    what, more = slots.tellers[kind.partition(".")[0]](kind, content)
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
    limits.require_room_for(request, rates.ASK_BY_LETTER, now=now, contact=email.lower())
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
