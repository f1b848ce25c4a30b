"""The doors of figures and rules: how offices answer, and by which periods, sections and ways."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from sala.commons.agencies import queries as agencies
from sala.commons.tables.queries import percent
from sala.core import clock
from sala.core.gates import open_to_all
from sala.platform.requests import Request
from sala.services.information.queries import figures as counted
from sala.services.information.queries import law
from sala.services.information.rules import states
from sala.services.information.rules.grounds import Ground, Remedy, remedy
from sala.services.information.rules.standing import Standing, Who
from sala.services.information.words.desk import office as office_name
from sala.services.information.words.names import BASES, GROUNDS, MOVES, STANDINGS, WHO
from sala.services.information.words.names import PERIODS as PERIOD_NAMES
from sala.services.information.words.ways import EXPECTED_NOT_LAW, HOW_COUNTED, NO_LAST_DAY, WAYS

# The page shows those where something is late or much is asked; the table has all.
MOST_ROWS = 20
public_for_seconds = cache_control(public=True, max_age=10, stale_while_revalidate=30)


@open_to_all
@public_for_seconds
@require_GET
def figures(request: Request) -> HttpResponse:
    """How offices answer: the late ones first; of one office all there is to tell."""
    now, language = clock.now(), get_language() or "th"
    chosen = agencies.find_agency(request.GET.get("agency", "")[:40])
    rows = sorted(counted.offices(now), key=lambda row: (-row.late_now, -row.asked, row.agency))
    shown = [row for row in rows if chosen is None or row.agency == chosen.code]
    context = {
        "office": chosen,
        "office_name": office_name(chosen.code, language) if chosen else "",
        "rows": [_row(row, language) for row in shown[:MOST_ROWS]],
        "more": len(shown) > MOST_ROWS,
        "whole": {
            name: sum(getattr(row, name) for row in shown)
            for name in ("asked", "answered", "late_now", "documents", "upheld")
        },
        "grounds": _grounds(shown, language),
        "as_of": counted.counted_at(now),
    }
    return render(request, "information/figures.html", context)


def _row(row: counted.OfficeFigures, language: str) -> dict[str, Any]:
    return {
        "figures": row,
        "name": office_name(row.agency, language),
        "in_time": percent(row.in_time, row.answered),
    }


def _grounds(rows: list[counted.OfficeFigures], language: str) -> list[tuple[str, object, int]]:
    """Sections relied on, the most used first: (section, what it says, how often)."""
    counts = {ground: sum(row.by_ground.get(ground.value, 0) for row in rows) for ground in Ground}
    used = [
        (law.section_of(ground, language), GROUNDS[ground], count)
        for ground, count in counts.items()
        if count
    ]
    return sorted(used, key=lambda one: -one[2])


@open_to_all
@public_for_seconds
@require_GET
def rules(request: Request) -> HttpResponse:
    """The rules in force, from the same data by which they are applied."""
    language = get_language() or "th"
    is_english = language == "en"
    periods = [
        (
            PERIOD_NAMES.get(period.code, period.code),
            period,
            period.law_en if is_english else period.law_th,
            BASES[period.basis],
        )
        for period in law.periods()
    ]
    ways = [
        (
            WAYS[rule.way].name,
            WHO[rule.to],
            rule.section_en if is_english else rule.section_th,
            PERIOD_NAMES.get(rule.period, NO_LAST_DAY),
            BASES[rule.basis],
        )
        for rule in law.way_rules()
    ]
    context = {
        "periods": periods,
        "ways": ways,
        "grounds": [
            (law.section_of(ground, language), GROUNDS[ground], _turn_to(ground)) for ground in Ground
        ],
        "moves": [
            (STANDINGS[Standing(status.value)][0], [MOVES[what] for what in states.moves_from(status)])
            for status in states.Status
        ],
        "how_counted": HOW_COUNTED,
        "expected_not_law": EXPECTED_NOT_LAW,
    }
    return render(request, "information/rules.html", context)


def _turn_to(ground: Ground) -> object:
    return WHO[Who.BOARD] if remedy(ground) is Remedy.BOARD else WHO[Who.TRIBUNAL]
