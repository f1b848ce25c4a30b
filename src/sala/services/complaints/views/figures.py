"""How it goes: the overview of those who oversee an agency, and the same figures for everyone."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_GET

from sala.commons.agencies import queries as agencies
from sala.commons.tables.queries import SMALLEST_SAMPLE
from sala.core import clock
from sala.core.errors import NotFound
from sala.core.gates import admits, open_to_all
from sala.platform.requests import Request
from sala.services.complaints import permissions, queries, words
from sala.services.complaints.models import Complaint
from sala.services.complaints.province_map import province_map
from sala.services.complaints.queries import cached_figures
from sala.services.complaints.queries import overview as counting
from sala.services.complaints.queries.appeals import list_waiting
from sala.services.complaints.queries.figures import PERIOD
from sala.services.complaints.tables import AGENCY_FIGURES

# The figures count whole weeks; five minutes more or less do not matter.
kept_for_minutes = cache_control(public=True, max_age=300, stale_while_revalidate=600)
Bar = tuple[str, int, float, str]
Tag = tuple[str, str]


@admits(permissions.may_oversee)
@never_cache
@require_GET
def overview(request: Request) -> HttpResponse:
    """What a supervisor, a head or an auditor sees: where it burns, at which desk, and how it goes."""
    overseen = permissions.overseen_agencies(request.actor)
    own = [code for code in request.actor.agencies if code in overseen]
    asked = request.GET.get("agency", "") or next(iter((*own, *overseen)), "")
    if asked not in overseen:
        raise NotFound("agency_not_found", agency=asked)
    now = clock.now()
    context = _about(asked) | {
        "agencies": [agencies.get_agency(code) for code in overseen],
        "escalated": _alarms(counting.get_overview(asked, now).escalated, now),
        "appeals": list_waiting(request.actor),
        "at_central": _alarms(counting.list_told_to_central(), now)
        if permissions.oversees_central(request.actor)
        else [],
        "beside": sorted(
            (row for row in cached_figures.offices(now) if row.agency in overseen),
            key=lambda row: (-row.late_now, -row.open_now, row.agency),
        ),
        "may_open": request.actor.holds_any(permissions.READERS, asked),
    }
    return render(request, "complaints/work/overview.html", context)


@open_to_all
@kept_for_minutes
@require_GET
def figures(request: HttpRequest) -> HttpResponse:
    """The figures of every office side by side, or of one in detail, with how they are counted."""
    asked = request.GET.get("agency", "")
    context: dict[str, Any] = {"days": PERIOD.days, "smallest": SMALLEST_SAMPLE}
    if asked:
        context |= _about(agencies.get_agency(asked).code)
    else:
        context["rows"] = cached_figures.offices(clock.now())
        chosen = request.GET.get("map", "")
        context |= province_map(chosen, now=clock.now(), language=get_language() or "th")
    return render(request, "complaints/figures.html", context)


@open_to_all
@kept_for_minutes
@require_GET
def figures_data(request: HttpRequest, form: str) -> HttpResponse:
    """The same figures as data have moved to the tables; who still asks here is led on."""
    return HttpResponsePermanentRedirect(f"/data/{AGENCY_FIGURES.name}.{form}")


def _alarms(told: Iterable[Complaint], now: datetime) -> list[tuple[Complaint, Tag, Tag]]:
    """Complaints with where they stand and how late they are, in words and colours."""
    return [(c, words.stage(c.status), words.time_left(queries.clock_of(c, now))) for c in told]


def _about(agency: str) -> dict[str, Any]:
    now, language = clock.now(), get_language() or "th"
    shown = counting.get_overview(agency, now)
    own = cached_figures.office(agency, now)
    desks = [
        (_("No desk") if names is None else names[language == "en"], n, "") for names, n in shown.by_desk
    ]
    topics = [(queries.topic_name(code, language), n, "") for code, n in shown.by_topic]
    urgencies = [(str(name), shown.by_urgency[code], kind) for code, (name, kind) in words.URGENCIES.items()]
    return {
        "agency": agency,
        "figures": own or counting.AgencyFigures(agency=agency),
        "open_now": shown.open_now,
        "charts": [
            (_("Open now, by urgency"), _bars(urgencies)),
            (_("Open now, by kind"), _bars(topics)),
            (_("Open now, by desk"), _bars(desks)),
        ],
        "days": PERIOD.days,
        "smallest": SMALLEST_SAMPLE,
    }


def _bars(counts: Iterable[tuple[str, int, str]]) -> list[Bar]:
    """Names and counts with the length of each one's bar (0 to 100, the longest is 100) and its colour."""
    rows = list(counts)
    most = max((n for _, n, _ in rows), default=0) or 1
    return [(name, n, round(100 * n / most, 1), kind) for name, n, kind in rows]
