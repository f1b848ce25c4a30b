"""The directory: finding an office by name, topic, telephone and place; when it is open, how it is reached."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from sala.commons.agencies import queries, slots, words
from sala.commons.places import queries as places
from sala.core import clock
from sala.core.gates import open_to_all

for_everyone = cache_control(public=True, max_age=30, stale_while_revalidate=60)
LAST_PAGE = 500


@open_to_all
@for_everyone
@require_safe
def list_offices(request: HttpRequest) -> HttpResponse:
    """Offices that fit what is asked, the nearest first; beside them the map; all of it works as words alone."""
    language, now = get_language() or "th", clock.now()
    wanted, page = _wanted(request), _page(request)
    found = queries.list_offices(wanted, now=now, language=language, page=page)
    first = (page - 1) * queries.PAGE + 1
    rows = [(first + at, office, words.opening(office.opening)) for at, office in enumerate(found.offices)]
    context = {
        "wanted": wanted,
        "found": found,
        "rows": rows,
        "chips": _chips(request, found),
        "near": found.where.label(language) if found.where else "",
        "marks": _marks(rows),
        "picture": _picture(rows, language),
        "more": max(found.total - first - len(rows) + 1, 0),
        "next": _address(request, page=str(page + 1)) if first + len(rows) <= found.total else "",
        "previous": _address(request, page=str(page - 1)) if page > 1 else "",
    }
    return render(request, "agencies/list.html", context)


def _wanted(request: HttpRequest) -> queries.Wanted:
    asked = request.GET.get("q", "")[:100].strip()
    group = request.GET.get("group", "")
    return queries.Wanted(
        q=asked,
        near=request.GET.get("near", "")[:400].strip(),
        group=group if group in queries.GROUPS else "",
        is_open="open" in request.GET,
        is_step_free="step_free" in request.GET,
        topics=tuple(slots.topics_of_words(asked)) if asked else (),
    )


def _page(request: HttpRequest) -> int:
    text = request.GET.get("page", "")
    return min(max(int(text), 1), LAST_PAGE) if text.isascii() and text.isdigit() and len(text) < 5 else 1


def _address(request: HttpRequest, **changes: str) -> str:
    """This list with some of what is asked changed; "" takes it away. Another choice begins on the first page."""
    kept = {
        name: request.GET[name]
        for name in ("q", "near", "group", "open", "step_free")
        if request.GET.get(name)
    }
    asked = {name: value for name, value in {**kept, **changes}.items() if value}
    return f"?{urlencode(asked)}" if asked else reverse("agencies:list")


def _chips(request: HttpRequest, found: queries.Directory) -> list[tuple[str, object, int, bool]]:
    """(address, words, how many, whether chosen) of each way to narrow the list; what would be empty is left out."""
    group, is_open, is_step_free = (request.GET.get(name, "") for name in ("group", "open", "step_free"))
    nothing = {"group": "", "open": "", "step_free": ""}
    chips: list[tuple[str, object, int, bool]] = [
        (_address(request, **nothing), _("All"), found.counts["all"], not (group or is_open or is_step_free))
    ]
    if found.counts["open"] or is_open:
        address = _address(request, open="" if is_open else "1")
        chips.append((address, _("Open at this hour"), found.counts["open"], bool(is_open)))
    for code in queries.GROUPS:
        if count := found.counts.get(code, 0):
            address = _address(request, group="" if code == group else code)
            chips.append((address, words.GROUPS[code], count, code == group))
    if found.counts["step_free"] or is_step_free:
        address = _address(request, step_free="" if is_step_free else "1")
        chips.append((address, _("Step-free"), found.counts["step_free"], bool(is_step_free)))
    return chips


Row = tuple[int, queries.Office, object]


def _marks(rows: Sequence[Row]) -> list[dict[str, object]]:
    """The offices of the page for the map's script."""
    return [
        {
            "at": office.point,
            "number": number,
            "name": office.label,
            "address": reverse("agencies:agency", args=[office.agency.code]),
            "about": office.is_about,
            "first": number == rows[0][0],
        }
        for number, office, _ in rows
        if office.point
    ]


def _picture(rows: Sequence[Row], language: str) -> str:
    """The same map drawn here, for a page without scripts."""
    marks = [
        places.Mark(*office.point, str(number), "now" if number == rows[0][0] else "", office.label)
        for number, office, _ in rows
        if office.point
    ]
    if not marks:
        return ""
    return places.draw_map(
        marks[::-1], language=language, title=_("Map of the offices in the list"), width=420, height=520
    )


@open_to_all
@for_everyone
@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """Offices that ?q= may mean: {code, name, value} each; `value` is what a form understands without a doubt."""
    found = queries.suggest_agencies(request.GET.get("q", ""), language=get_language() or "th")
    rows = [{"code": code, "name": label, "value": f"{label} [{code}]"} for code, label in found]
    return JsonResponse({"found": rows}, json_dumps_params={"ensure_ascii": False})


def facts_of(body: queries.AgencyView, now: datetime | None = None) -> dict[str, Any]:
    """How an office is reached, for its page: hours by day, whether it is open, channels, address and map."""
    language, now = get_language() or "th", now or clock.now()
    point, is_about = queries.point_of(body)
    title = body.name(language)
    mark = places.Mark(*point, "", "now", title) if point else None
    return {
        "label": queries.agency_label(body, language),
        "opening": words.opening(queries.opening_of(body, now=now)),
        "week": words.week(body.hours),
        "channels": [words.CHANNELS[code] for code in body.channels.split() if code in words.CHANNELS],
        "address": body.address(language),
        "is_about": is_about,
        "picture": places.draw_map([mark], language=language, title=title, least=0.25) if mark else "",
    }
