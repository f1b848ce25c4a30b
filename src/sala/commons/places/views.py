"""Doors of places: suggestions as one types a name, the name of a point, names for the ground of a map."""

import math

from django.http import HttpRequest, JsonResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from sala.commons.places import queries
from sala.core.gates import open_to_all

MOST_SUGGESTED = 8
for_an_hour = cache_control(public=True, max_age=3600)


@open_to_all
@for_an_hour
@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """Areas that ?q= may mean, the best first: {code, name} each; coordinates give the area they lie in."""
    asked, language = request.GET.get("q", "")[:400], get_language() or "th"
    if point := queries.find_point(asked):
        place = queries.place_of_point(*point)
        codes = [place.code] if place.code else []
    else:
        codes = [match.code for match in queries.read_words(asked, MOST_SUGGESTED).matches]
    paths = [path for code in codes if (path := queries.area_path(code))]
    areas = [{"code": path.code, "name": path.label(language)} for path in paths]
    return JsonResponse({"found": areas}, json_dumps_params={"ensure_ascii": False})


@open_to_all
@for_an_hour
@require_safe
def at(request: HttpRequest) -> JsonResponse:
    """The area of ?point=latitude,longitude: {code, name, words}; `words` say how sure it is, or ask what is wrong."""
    language = get_language() or "th"
    point = queries.find_point(request.GET.get("point", "")[:80])
    if point is None:
        return JsonResponse({"code": "point_needed"}, status=400)
    place = queries.place_of_point(*point)
    path = queries.area_path(place.code)
    name = path.label(language) if path else ""
    answer = {"code": place.code, "name": name, "sureness": place.sureness.value, "problem": place.problem}
    answer["words"] = _words(place, name)
    return JsonResponse(answer, json_dumps_params={"ensure_ascii": False})


def _words(place: queries.PlaceOfPoint, name: str) -> str:
    if place.problem:
        return _("This point is not in Thailand. Choose it again, or leave it out.")
    if not name:
        return _("The point is set. We know no name for this place.")
    if place.sureness is queries.Sureness.PERHAPS:
        return _("The point is set, probably in %(area)s") % {"area": name}
    return _("The point is set: %(area)s") % {"area": name}


@open_to_all
@for_an_hour
@require_safe
def names(request: HttpRequest) -> JsonResponse:
    """Names of areas inside ?box=, for the ground of the map: ?level=1 provinces, 2 districts, 3 subdistricts."""
    box = _box(request.GET.get("box", ""))
    if box is None:
        return JsonResponse({"code": "box_needed"}, status=400)
    language, level = get_language() or "th", request.GET.get("level", "1")
    found = [
        {"name": area.name(language), "latitude": area.latitude, "longitude": area.longitude}
        for area in queries.areas_in_box(int(level) if level in ("1", "2", "3") else 1, **box)
    ]
    return JsonResponse({"places": found}, json_dumps_params={"ensure_ascii": False})


def _box(text: str) -> dict[str, float] | None:
    """The edges of "west,south,east,north" in degrees; None if it is no box."""
    try:
        edges = [float(part) for part in text.split(",")]
    except ValueError:
        return None
    if len(edges) != 4 or not all(map(math.isfinite, edges)):
        return None
    return dict(zip(("west", "south", "east", "north"), edges, strict=True))
