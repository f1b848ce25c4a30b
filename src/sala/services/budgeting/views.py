"""Doors of budgets: the nation, a heading and its line of events, search, what was read, proofs."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from sala.commons.matters import slots as spine
from sala.core.characters import clean
from sala.core.dates import parse_date
from sala.core.digits import find_whole_number
from sala.core.errors import NotFound
from sala.core.gates import open_to_all
from sala.core.money import format_baht, parse_baht
from sala.engines import charts
from sala.platform.requests import Request
from sala.services.budgeting import queries, words
from sala.services.budgeting.models import Heading
from sala.services.budgeting.queries import Reading, Standing
from sala.services.budgeting.rules import identities, stages
from sala.services.budgeting.rules.stages import Stage

ON_PAGE, MOST_PAGES, LARGEST = 20, 500, 4
public_for_seconds = cache_control(public=True, max_age=10, stale_while_revalidate=30)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the address asks for: a day (None: as it stands), a stage, and words to carry on in links."""

    on: date | None
    stage: Stage | None
    # What was typed and is no day: said, and given back to be mended.
    not_a_day: str = ""

    def carried(self, **more: str) -> str:
        told = {"on": self.on.isoformat() if self.on else "", "stage": self.stage or "", **more}
        kept = urlencode({name: value for name, value in told.items() if value})
        return f"?{kept}" if kept else ""


def _asked(request: Request) -> _Asked:
    typed, told = clean(request.GET.get("on", ""))[:40].strip(), request.GET.get("stage", "")
    stage = Stage(told) if told in words.STAGES else None
    try:
        return _Asked(parse_date(typed) if typed else None, stage)
    except ValueError:
        return _Asked(None, stage, typed)


@dataclass(frozen=True, slots=True)
class _Row:
    """A part of a whole as a row: of 100 baht, and of an amount somebody typed."""

    name: str
    address: str
    satang: int | None
    share: object
    mine: int | None = None

    @property
    def baht(self) -> str:
        """The amount without its unit, which stands above the column."""
        return "–" if self.satang is None else format_baht(self.satang)


def _rows(below: list[Standing], stage: Stage, whole: int, asked: _Asked, mine: int | None) -> list[_Row]:
    rows = []
    for one in below:
        satang = one.sums.get(stage)
        address = (
            reverse("budget:heading", args=[one.heading.fiscal_year, one.heading.code]) + asked.carried()
        )
        part = None if mine is None or not whole or satang is None else mine * satang // whole
        share = None if satang is None else words.of_hundred(satang, whole)
        rows.append(_Row(one.heading.name, address, satang, share, part))
    return sorted(rows, key=lambda row: (row.satang is None, -(row.satang or 0), row.name))


def _steps(sums: Any, shown: Stage | None, asked: _Asked) -> list[dict[str, object]]:
    """Every stage in its order, with its sum; one nobody told of is a gap."""
    return [
        {
            "name": name,
            "satang": sums.get(stage),
            "is_told": stage in sums,
            "is_shown": stage == shown,
            "address": _Asked(asked.on, Stage(stage)).carried(),
        }
        for stage, name in words.STAGES.items()
    ]


@open_to_all
@public_for_seconds
@require_GET
def start(request: Request, year: int | None = None) -> HttpResponse:
    """The whole of a year in one sentence, as boxes and as a table; the newest year unless told."""
    years = queries.list_years()
    if year is None and not years:
        return render(request, "budgeting/start.html", {"years": []})
    is_named, year = year is not None, year or years[0]
    asked = _asked(request)
    top = queries.list_top(year, asked.on)
    reading = queries.get_reading(year, top)
    sums = stages.total_of({one.heading.code: one.sums for one in top})
    shown = asked.stage or reading.stage
    mine = _typed_baht(request.GET.get("of", ""))
    context: dict[str, Any] = {
        "year": year,
        "is_named": is_named,
        "asked_stage": asked.stage,
        "years": years,
        "on": asked.on,
        "not_a_day": asked.not_a_day,
        "carried": asked.carried(),
        "steps": _steps(sums, shown, asked),
        "stage": shown and words.STAGES[shown],
        "meaning": shown and words.MEANINGS.get(shown, ""),
        "reading": reading,
        "is_example": any(load.is_example for load in reading.loads),
        "of": clean(request.GET.get("of", ""))[:40],
        "is_mine": mine is not None,
    }
    if shown in sums:
        gap = _gap(reading, shown, asked)
        whole = sums[shown] + gap
        rows = _rows(top, shown, whole, asked, mine)
        largest = [(row.name, row.satang) for row in rows[:LARGEST] if row.satang]
        context |= {
            "whole": whole,
            "gap": gap,
            "gap_row": _Row("", "", gap, words.of_hundred(gap, whole), mine and mine * gap // (whole or 1)),
            "whole_row": _Row("", "", whole, None),
            "rows": rows,
            "sentence": words.sentence(largest, whole, gap),
            "wide": _map(rows, gap, whole, 720, 440).to_svg(identity="map-wide"),
            "narrow": _map(rows, gap, whole, 328, 540).to_svg(identity="map-narrow"),
        }
    return render(request, "budgeting/start.html", context)


def _typed_baht(text: str) -> int | None:
    """An amount somebody typed, in satang; None for what is no amount, or too much of one."""
    try:
        satang = parse_baht(clean(text)[:40]) if text.strip() else None
    except ValueError:
        return None
    return satang if satang is not None and 0 < satang <= 10**15 else None


def _gap(reading: Reading, stage: Stage | None, asked: _Asked) -> int:
    """What was printed and not read, where the figures shown are those the print is about."""
    is_same = stage == reading.stage and asked.on is None
    return max(reading.gap, 0) if is_same else 0


def _map(rows: list[_Row], gap: int, whole: int, width: int, height: int) -> charts.Chart:
    parts = [
        charts.Part(row.name, words.of_hundred(row.satang, whole))
        for row in rows
        if row.satang and row.satang > 0
    ]
    if gap:
        parts.append(charts.Part(_("Not read yet"), words.of_hundred(gap, whole), is_gap=True))
    return charts.treemap(
        _("Of 100 baht"),
        parts,
        name=_("Part"),
        value_name=_("Of 100 baht"),
        width=width,
        height=height,
        language="en" if get_language() == "en" else "th",
        written=lambda value: f"{value:.2f}",
    )


@open_to_all
@public_for_seconds
@require_GET
def picture(request: Request, year: int) -> HttpResponse:
    """The boxes of a year as a file of its own, to share or print."""
    asked = _asked(request)
    top = queries.list_top(year, asked.on)
    reading = queries.get_reading(year, top)
    stage = asked.stage or reading.stage
    if stage is None:
        raise NotFound("no_such_budget")
    gap = _gap(reading, stage, asked)
    whole = sum(one.sums.get(stage, 0) for one in top) + gap
    drawn = _map(_rows(top, stage, whole, asked, None), gap, whole, 720, 440)
    return HttpResponse(drawn.to_svg(standalone=True), content_type="image/svg+xml")


@open_to_all
@public_for_seconds
@require_GET
def heading(request: Request, year: int, code: str) -> HttpResponse:
    """One heading: its sums by stage on a day, what stands below it, and everything that happened to it."""
    asked = _asked(request)
    whole = queries.get_whole(queries.get_heading(year, code), asked.on)
    here, sums = whole.here.heading, whole.here.sums
    shown = asked.stage or stages.shown_stage(sums) or next(iter(sums), None)
    told = words.level(here.level, here.kind)
    events = queries.list_events(here)
    names = " › ".join([*(one.name for one in whole.above), here.name])
    about = _("About the budget of fiscal year %(year)s: %(name)s") % {"year": year, "name": names[:600]}
    context: dict[str, Any] = {
        "year": year,
        "here": here,
        "told": told,
        "above": [(one.name, _heading_address(one) + asked.carried()) for one in whole.above],
        "on": asked.on,
        "not_a_day": asked.not_a_day,
        "steps": _steps(sums, shown, asked),
        "stage": shown and words.STAGES[shown],
        "satang": sums.get(shown) if shown else None,
        "meaning": shown and words.MEANINGS.get(shown, ""),
        "doubtful": whole.here.doubtful.get(shown, 0) if shown else 0,
        "broken": [
            (words.BROKEN[one.identity], one.difference) for one in identities.check_line(here.name, sums)
        ],
        "unallotted": identities.unallotted(sums) if Stage.ALLOTMENT in sums else None,
        "rows": _rows(whole.below, shown, sums.get(shown, 0), asked, None) if shown else [],
        "undivided": _Row("", "", whole.undivided(shown) if shown and whole.below else 0, None),
        "events": [(event, words.STAGES.get(event.stage, event.stage)) for event in events],
        "is_example": any(event.load.is_example for event in events),
        "begin": [kind.begin(about) for kind in spine.kinds.values() if kind.begin],
    }
    return render(request, "budgeting/heading.html", context)


def _heading_address(one: Heading) -> str:
    return reverse("budget:heading", args=[one.fiscal_year, one.code])


@open_to_all
@public_for_seconds
@require_GET
def search(request: Request) -> HttpResponse:
    """Headings whose name holds all the words, in one year or all."""
    asked = clean(request.GET.get("q", ""))[:200].strip()
    year = find_whole_number(request.GET.get("year", ""), least=2443, most=2743)
    page = find_whole_number(request.GET.get("page", ""), least=1, most=MOST_PAGES) or 1
    found, count = queries.search(asked, year, page=page, size=ON_PAGE)
    kept: dict[str, str | int] = {"q": asked, **({"year": str(year)} if year else {})}
    context = {
        "q": asked,
        "year": year,
        "count": count,
        "found": [
            {
                "name": one.heading.name,
                "year": one.heading.fiscal_year,
                "told": words.level(one.heading.level, one.heading.kind),
                "above": " › ".join(above.name for above in trail),
                "address": _heading_address(one.heading),
                "satang": one.sums.get(stage) if (stage := stages.shown_stage(one.sums)) else None,
                "stage": stage and words.STAGES[stage],
            }
            for one, trail in found
        ],
        "newer": f"?{urlencode({**kept, 'page': page - 1})}" if page > 1 else "",
        "older": f"?{urlencode({**kept, 'page': page + 1})}" if page * ON_PAGE < count else "",
    }
    return render(request, "budgeting/search.html", context)


@open_to_all
@public_for_seconds
@require_GET
def reading(request: Request, year: int) -> HttpResponse:
    """What was read of a year's papers, beside what was printed: totals, doubtful readings, loads with their roots."""
    found = queries.get_reading(year, queries.list_top(year))
    context = {
        "year": year,
        "reading": found,
        "stage": found.stage and words.STAGES[found.stage],
        "is_thai": get_language() != "en",
        "others": queries.count_other_years(year),
    }
    return render(request, "budgeting/reading.html", context)


@open_to_all
@require_GET
def proof(request: Request, number: int) -> JsonResponse:
    """The proof that an event was in the load whose root the ledger holds, for programs."""
    return JsonResponse(queries.prove_event(number), json_dumps_params={"ensure_ascii": False})
