"""The doors of figures and rules: how offices answer legal questions, and by which periods."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from sala.commons.agencies import queries as agencies
from sala.commons.agencies.words import agency_name
from sala.commons.tables.queries import percent
from sala.core import clock
from sala.core.gates import open_to_all
from sala.platform.requests import Request
from sala.services.lawmaking.queries import question_figures as counted
from sala.services.lawmaking.queries.question_law import periods
from sala.services.lawmaking.rules.questions import Status, moves_from
from sala.services.lawmaking.words.question_names import BASES, HOW_COUNTED, MOVES, PERIODS, REASONS, stage

# The page shows those where something is late or much is asked; the table has all.
MOST_ROWS = 20
public_for_seconds = cache_control(public=True, max_age=10, stale_while_revalidate=30)


@open_to_all
@public_for_seconds
@require_GET
def figures(request: Request) -> HttpResponse:
    """How offices answer: the late ones first; of one office all there is to tell."""
    now = clock.now()
    chosen = agencies.find_agency(request.GET.get("agency", "")[:40])
    rows = sorted(counted.offices(now), key=lambda row: (-row.late_now, -row.asked, row.agency))
    shown = [row for row in rows if chosen is None or row.agency == chosen.code]
    context = {
        "office": chosen,
        "office_name": agency_name(chosen.code) if chosen else "",
        "rows": [_row(row) for row in shown[:MOST_ROWS]],
        "more": len(shown) > MOST_ROWS,
        "whole": {
            name: sum(getattr(row, name) for row in shown)
            for name in ("asked", "answered", "declined", "late_now", "passed_on")
        },
        "as_of": counted.counted_at(now),
    }
    return render(request, "lawmaking/questions/figures.html", context)


def _row(row: counted.OfficeFigures) -> dict[str, Any]:
    in_time = percent(row.in_time, row.finished)
    return {
        "figures": row,
        "name": agency_name(row.agency),
        "in_time": "–" if in_time is None else f"{in_time} %",
    }


@open_to_all
@public_for_seconds
@require_GET
def rules(request: Request) -> HttpResponse:
    """The rules in force, from the same data by which they are applied."""
    is_english = get_language() == "en"
    context = {
        "periods": [
            (PERIODS[p.code], p, p.law_en if is_english else p.law_th, BASES[p.basis])
            for p in periods()
            if p.code in PERIODS
        ],
        "reasons": list(REASONS.values()),
        "moves": [
            (stage(status.value)[0], [MOVES[what] for what in moves_from(status)]) for status in Status
        ],
        "how_counted": HOW_COUNTED,
    }
    return render(request, "lawmaking/questions/rules.html", context)
