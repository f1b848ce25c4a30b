"""What the home page shows of complaints: today's map, a month as a line, solved cases, how the state is doing."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from sala.commons.places import queries as places
from sala.core.dates import format_date
from sala.engines import charts
from sala.platform.registration import Figure, Front
from sala.services.complaints.queries import cached_figures, today
from sala.services.complaints.queries.figures import Figures
from sala.services.complaints.queries.today import Day

# From how many new complaints on a shade of today's map is darker.
STEPS = (1, 2, 4, 9)


def front(now: datetime) -> Front:
    """How the state is doing with complaints, as the worker counted last; the pictures are drawn from the same."""
    counted = cached_figures.country(now)
    fixed = gettext("%(count)s really fixed in 90 days") % {"count": f"{counted.confirmed:,}"}
    days = cached_figures.days(now)
    return Front(
        counts=asdict(counted),
        figures=figures(counted),
        good_news=fixed if counted.confirmed else "",
        since=counted.since,
        as_of=cached_figures.counted_at(now),
        template="complaints/front.html",
        shown={
            "sentence": _sentence(*cached_figures.lately(now)),
            "trend": _trend(days),
            "map": _map(cached_figures.lately_by_province(now)),
            "key": _key(),
            "provinces": _provinces(cached_figures.lately_by_province(now)),
            "cases": today.list_solved_cases(now),
            "shares": _shares(counted),
            "counted": counted,
        },
    )


def figures(counted: Figures) -> list[Figure]:
    """The figures that say something: none at all before the first complaint was answered or late."""
    if not counted.resolved and not counted.late_now:
        return []
    in_time, days = counted.percent_in_time, counted.days_until_confirmed
    late = "late" if counted.late_now else "ok"
    shown = [
        Figure(str(in_time), _("of 100"), _("Offices replied by the date")) if in_time is not None else None,
        Figure(f"{days:,}", _("days"), _("Half were solved within")) if days is not None else None,
        Figure(f"{counted.late_now:,}", _("complaints"), _("Past their date now"), late),
    ]
    return [figure for figure in shown if figure]


def _sentence(filed: int, confirmed: int) -> tuple[str, str]:
    came = ngettext(
        "In 24 hours people across the country filed %(n)s complaint",
        "In 24 hours people across the country filed %(n)s complaints",
        filed,
    )
    solved = ngettext("and confirmed %(n)s as solved", "and confirmed %(n)s as solved", confirmed)
    return came % {"n": f"{filed:,}"}, solved % {"n": f"{confirmed:,}"}


def _trend(days: Sequence[Day]) -> Mapping[str, Any]:
    """The month as two lines, drawn wide and narrow, with the table that says the same."""
    language: charts.Language = "en" if get_language() == "en" else "th"
    labels = [_label(day, place, language) for place, day in enumerate(days)]
    series = [
        charts.Series(gettext("Filed"), tuple(day.filed for day in days)),
        charts.Series(gettext("Confirmed as solved"), tuple(day.confirmed for day in days)),
    ]
    title = gettext("The last 30 days, complaints a day")
    wide, narrow = (
        charts.lines(title, labels, series, name=gettext("Day"), width=width, language=language)
        for width in (720, 340)
    )
    return {"wide": wide.to_svg(), "narrow": narrow.to_svg(), "days": days, "title": title}


def _label(day: Day, place: int, language: str) -> str:
    """Each tenth day is named; the others stand without words, as there is no room for thirty."""
    if place % 10 and place != today.DAYS - 1:
        return ""
    return format_date(day.on, style="short", language=language).rsplit(" ", 1)[0]


def _provinces(counts: Mapping[str, int]) -> list[tuple[str, str, int]]:
    """(code, name, how many are new) of each province that has any, most first: what the map shows, as a table."""
    language = get_language() or "th"
    told = [(area.code, area.name(language), counts.get(area.code, 0)) for area in places.areas_within(None)]
    return sorted((row for row in told if row[2]), key=lambda row: (-row[2], row[0]))


def _map(counts: Mapping[str, int]) -> str:
    every = {area.code: counts.get(area.code, 0) for area in places.areas_within(None)}
    shades = {
        code: places.Shade(places.shade_by(float(count), STEPS), _new(count)) for code, count in every.items()
    }
    return places.draw_country(
        shades,
        language=get_language() or "th",
        address_of=lambda area: f"{reverse('matters:list')}?{urlencode({'area': area})}",
    )


def _new(count: int) -> str:
    return ngettext("%(n)d new", "%(n)d new", count) % {"n": count}


def _key() -> list[tuple[str, str]]:
    """The class of each shade with how many new complaints it stands for."""
    pairs = zip(STEPS, STEPS[1:], strict=False)
    ranges = [str(low) if high - low == 1 else f"{low}–{high - 1}" for low, high in pairs]
    return [(f"q{at}", words) for at, words in enumerate(["0", *ranges, f"{STEPS[-1]}+"])]


def _shares(counted: Figures) -> Mapping[str, int] | None:
    """Of 100 that the office said were done: solved, opened again or not answered. None below ten cases."""
    solved = counted.percent_confirmed
    if solved is None:
        return None
    return {"solved": solved, "silent": 100 - solved}
