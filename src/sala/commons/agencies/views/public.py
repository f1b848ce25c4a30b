"""Public pages of bodies and areas: who answers for what, where, by which law, and how it goes."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from sala.commons.agencies import queries, slots
from sala.commons.agencies.models import Mandate
from sala.commons.agencies.views import directory
from sala.commons.places import queries as places
from sala.core import clock
from sala.core.clock import BANGKOK
from sala.core.errors import NotFound
from sala.core.gates import open_to_all

# A ministry has thousands of offices under it at national size; the directory finds the others.
MOST_BELOW = 60
for_everyone = cache_control(public=True, max_age=30, stale_while_revalidate=60)


@open_to_all
@for_everyone
@require_safe
def agency(request: HttpRequest, code: str) -> HttpResponse:
    """One body: what it answers for by which law, its desks, its holidays, its open matters and figures."""
    body = queries.get_agency(code)
    today = clock.now().astimezone(BANGKOK).date()
    context = {
        "agency": body,
        "above": list(reversed(queries.superiors_of(code))),
        "below": [a for a in queries.agencies_by_code().values() if a.parent == code][:MOST_BELOW],
        "area": places.area_path(body.area) if body.area else None,
        "mandates": _named(queries.mandates_of(code)),
        "desks": queries.desks_of(code),
        "holidays": queries.holidays_after(today, code),
        "figures": _figures(code, ""),
        **directory.facts_of(body),
    }
    return render(request, "agencies/agency.html", context)


@open_to_all
@for_everyone
@require_safe
def area(request: HttpRequest, code: str) -> HttpResponse:
    """One area: what is in it, and who answers there for what."""
    path = places.area_path(code)
    if path is None:
        raise NotFound("not_found")
    context = {
        "area": path.areas[0],
        "path": path.areas[1:],
        "inside": places.areas_within(path.code),
        "mandates": _named(queries.mandates_in(path.code)),
        "figures": _figures("", path.code),
    }
    return render(request, "agencies/area.html", context)


def _named(mandates: list[Mandate]) -> list[tuple[str, Mandate]]:
    named = [(slots.topic_name(mandate.topic), mandate) for mandate in mandates]
    return sorted(named, key=lambda pair: pair[0])


def _figures(agency: str, area: str) -> list[tuple[int, str, str]]:
    return [row for figures in slots.figures for row in figures(agency, area)]
