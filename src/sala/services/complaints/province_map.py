"""The country's provinces by how complaints go there: shades, their meaning, and the same as a table."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sala.commons.places import queries as places
from sala.commons.tables.queries import SMALLEST_SAMPLE
from sala.services.complaints.queries import cached_figures

Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Measure:
    """What a map shows: its name, from which values on a shade is darker, and how a value is worked out and said."""

    name: Promise
    steps: tuple[float, ...]
    unit: str
    value: Callable[[Counts, int | None], float | None]


def _late_share(counts: Counts, people: int | None) -> float | None:
    return round(100 * counts["late"] / counts["open"]) if counts["open"] >= SMALLEST_SAMPLE else None


def _open(counts: Counts, people: int | None) -> float | None:
    return float(counts["open"])


def _by_people(counts: Counts, people: int | None) -> float | None:
    return round(10_000 * counts["open"] / people, 2) if people else None


MEASURES = {
    "late": Measure(gettext_lazy("Late, of 100 that are open"), (5, 10, 20, 40), " %", _late_share),
    "open": Measure(gettext_lazy("Open now"), (1, 5, 20, 100), "", _open),
    "people": Measure(gettext_lazy("Open, for each 10,000 people"), (0.02, 0.1, 0.5, 2), "", _by_people),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A province in the table beside the map; `value` None where too little is known to say anything."""

    code: str
    name: str
    open: int
    late: int
    value: float | None


def province_map(chosen: str, *, now: datetime, language: str) -> dict[str, object]:
    """The map by one measure with its key and its table, worst first; what cannot be told yet is hatched."""
    code = chosen if chosen in MEASURES else "late"
    measure, counts = MEASURES[code], cached_figures.provinces(now)
    rows = []
    for area in places.areas_within(None):
        here = counts.get(area.code, {"open": 0, "late": 0, "solved": 0})
        value = measure.value(here, area.population)
        rows.append(Row(area.code, area.name(language), here["open"], here["late"], value))
    shades = {
        row.code: places.Shade(places.shade_by(row.value, measure.steps), _said(row, measure)) for row in rows
    }
    told = [row for row in rows if row.open]
    return {
        "measure": code,
        "measures": [(key, one.name) for key, one in MEASURES.items()],
        "picture": places.draw_country(
            shades,
            language=language,
            address_of=lambda area: f"{reverse('matters:list')}?{urlencode({'area': area})}",
        ),
        "key": _key(measure),
        "provinces": sorted(
            told, key=lambda row: (row.value is None, -(row.value or 0), -row.open, row.code)
        ),
        "unit": measure.unit,
        "is_any_people": any(area.population for area in places.areas_within(None)),
    }


def _said(row: Row, measure: Measure) -> str:
    told = ngettext("%(n)d open", "%(n)d open", row.open) % {"n": row.open}
    return told if row.value is None else f"{measure.name}: {row.value:g}{measure.unit}, {told}"


def _key(measure: Measure) -> list[tuple[str, str]]:
    """The class of each shade with the values it stands for."""
    steps, unit = measure.steps, measure.unit
    ranges = [_("below %(value)s") % {"value": f"{steps[0]:g}{unit}"}]
    ranges += [f"{low:g}–{high:g}{unit}" for low, high in zip(steps, steps[1:], strict=False)]
    ranges.append(_("%(value)s and more") % {"value": f"{steps[-1]:g}{unit}"})
    return [(f"q{at}", words) for at, words in enumerate(ranges)]
