"""Reads about places: areas by code, by name and by point. The whole table is kept in memory while it is unchanged."""

import csv
import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path

from django.db.models import Q

from sala.commons.places import rules
from sala.commons.places.models import Area, AreaAlias, Edition
from sala.commons.places.rules import (
    AreaPath,
    AreaView,
    Mark,
    Match,
    PlaceOfPoint,
    Reading,
    Shade,
    Shown,
    Sureness,
    find_point,
    kilometres,
    nearest_first,
    problem_of_point,
    shade_by,
    shown_point,
)
from sala.core import area_codes, clock
from sala.core.remembering import Memory
from sala.platform.reference_data import forgets_when_changed, read_ahead

__all__ = [
    "AreaPath",
    "AreaView",
    "Mark",
    "Match",
    "PlaceOfPoint",
    "Reading",
    "Shade",
    "Shown",
    "Sureness",
    "area_chain",
    "area_path",
    "areas_in_box",
    "areas_of_level",
    "areas_within",
    "find_area",
    "find_point",
    "forget",
    "kilometres",
    "nearest_first",
    "draw_country",
    "draw_map",
    "place_of_point",
    "problem_of_point",
    "read_words",
    "search_areas",
    "shade_by",
    "shown_point",
]

DATA = Path(__file__).parent / "data"
LEVELS = {1: "province", 2: "district", 3: "subdistrict"}
MOST_PLACES = 150
_memory = Memory()
_read: list["_Country"] = []


@forgets_when_changed
def forget() -> None:
    """Drop what was kept; actions that change the tables and tests call it."""
    _memory.forget()
    _read.clear()


@dataclass(frozen=True)
class _Country:
    """The table as it stood at one edition, with what is made from it when it is first asked for."""

    edition: int
    gazetteer: rules.Gazetteer
    aliases: tuple[tuple[str, str], ...]

    @cached_property
    def names(self) -> rules.NameIndex:
        return rules.NameIndex(self.gazetteer, self.aliases)

    @cached_property
    def ground(self) -> rules.Ground:
        return rules.Ground(self.gazetteer, _shapes(), _abroad())


@read_ahead
def read_names() -> None:
    """The names of all places, so that nobody waits for their index: a quarter of a second at national size."""
    _ = _country().names


@_memory.keep(30)
def _edition() -> int:
    """The number of the table's last change; one row by its key, so that every process sees it within half a minute."""
    return Edition.objects.values_list("number", flat=True).order_by("pk").first() or 0


def _country() -> _Country:
    """The table in memory; read again only where another process or an import has changed it."""
    edition = _edition()
    kept = _read[:1]  # another thread may empty the list meanwhile
    if not kept or kept[0].edition != edition:
        kept = [_Country(edition, rules.gazetteer_of(_list_areas()), _list_aliases())]
        _read[:] = kept
    return kept[0]


def _list_areas() -> list[AreaView]:
    rows = Area.objects.order_by("code").values_list(
        "pk", "code", "level", "name_th", "name_en", "latitude", "longitude", "postal_code", "population"
    )
    return [
        AreaView(
            *row[:5],
            None if row[5] is None else float(row[5]),
            None if row[6] is None else float(row[6]),
            *row[7:],
        )
        for row in rows
    ]


def _list_aliases() -> tuple[tuple[str, str], ...]:
    """Other names in use today: those we ship, and the operator's own."""
    with (DATA / "aliases.csv").open(encoding="utf-8", newline="") as file:
        ours = [(row["code"], row["name"]) for row in csv.DictReader(file)]
    today = clock.now().astimezone(clock.BANGKOK).date()
    rows = AreaAlias.objects.filter(Q(valid_from__isnull=True) | Q(valid_from__lte=today))
    rows = rows.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=today))
    return (*ours, *rows.order_by("pk").values_list("area__code", "name"))


@cache
def _shapes() -> tuple[rules.Shape, ...]:
    rows = json.loads((DATA / "provinces.json").read_text("utf-8"))["shapes"]
    return tuple(rules.Shape(tuple(row["codes"]), tuple(map(tuple, row["rings"]))) for row in rows)


@cache
def _abroad() -> tuple[rules.Shape, ...]:
    rows = json.loads((DATA / "neighbours.json").read_text("utf-8"))["countries"]
    return tuple(rules.Shape((), tuple(map(tuple, row["rings"]))) for row in rows)


@cache
def _outline() -> tuple[int, int, tuple[tuple[tuple[str, ...], str], ...]]:
    """The provinces as a picture: its width and height in units, and an SVG path with the codes it covers."""
    content = json.loads((DATA / "outline.json").read_text("utf-8"))
    width, height = content["size"]
    return width, height, tuple((tuple(row["codes"]), row["path"]) for row in content["paths"])


def draw_country(
    shades: Mapping[str, Shade], *, language: str, address_of: Callable[[str], str], title: str = ""
) -> str:
    """The provinces shaded by a figure, as SVG; a province that `shades` lacks is hatched."""
    width, height, paths = _outline()

    def name_of(code: str) -> str:
        area = find_area(code)
        return area.name(language) if area else code

    return rules.draw_choropleth(
        paths, shades, name_of=name_of, address_of=address_of, width=width, height=height, title=title
    )


def draw_map(
    marks: Sequence[Mark],
    *,
    language: str,
    title: str,
    width: int = 420,
    height: int = 300,
    least: float = 0.3,
) -> str:
    """The piece of the country around the marks, as SVG; `least` is the least height in degrees. No query."""
    frame = rules.frame_around(
        [(mark.latitude, mark.longitude) for mark in marks], width=width, height=height, least=least
    )
    tall = frame.north - frame.south
    levels = (1,) if tall > 3 else (1, 2) if tall > 0.8 else (2, 3)
    box = {"south": frame.south, "west": frame.west, "north": frame.north, "east": frame.east}
    names = [
        rules.Name(area.latitude or 0, area.longitude or 0, area.name(language), level)
        for level in levels
        for area in areas_in_box(level, **box)
    ]
    return rules.draw_map(frame, ground=_ground(frame), names=names, marks=marks, title=title)


@lru_cache(maxsize=128)
def _ground(frame: rules.Frame) -> str:
    """The ground of a frame: the same for every visit of a page until what it shows lies elsewhere."""
    return rules.draw_ground(frame, land=_shapes(), abroad=_abroad())


def find_area(code: str | None) -> AreaView | None:
    """One area by its code, or None."""
    return _country().gazetteer.find(code)


def area_path(code: str | None) -> AreaPath | None:
    """An area with those that contain it, or None for a code we do not know."""
    return _country().gazetteer.path(code)


def area_chain(code: str | None) -> tuple[str, ...]:
    """The code with those of the areas that contain it, the smallest first."""
    return area_codes.area_chain(code)


def areas_within(parent: str | None) -> tuple[AreaView, ...]:
    """The areas directly inside one (the provinces if None), by Thai name."""
    return _country().gazetteer.within(parent)


def areas_of_level(level: str) -> list[AreaView]:
    """Every area of a level ("province", "district", "subdistrict"), by code."""
    return [area for area in _country().gazetteer.by_code.values() if area.level == level]


def areas_in_box(level: int, *, south: float, west: float, north: float, east: float) -> list[AreaView]:
    """Areas of a level (1 province, 2 district, 3 subdistrict) whose middle lies in a box of degrees; 150 at most."""
    found = _country().gazetteer.between(LEVELS.get(level, ""), south, north)
    return sorted((a for a in found if west <= (a.longitude or 0) <= east), key=_code)[:MOST_PLACES]


def _code(area: AreaView) -> str:
    return area.code


def place_of_point(latitude: float, longitude: float) -> PlaceOfPoint:
    """The smallest area that a point in degrees lies in, as far as we know, and how sure that is.

    A point that is none here (0,0, exchanged, another country) comes back with a `problem`, for doors to ask about.
    """
    if not (math.isfinite(latitude) and math.isfinite(longitude)):
        return PlaceOfPoint(problem="point_outside")
    return _country().ground.place_of(latitude, longitude)


def read_words(text: str, limit: int = 12) -> Reading:
    """What place a few words may mean: names, short forms, typos, postcodes; the known part where the rest is not."""
    return _country().names.read(text, limit)


def search_areas(text: str, limit: int = 20) -> list[AreaView]:
    """Areas that words may mean, the best first; nothing for fewer than two letters."""
    if len(text.strip()) < 2:
        return []
    known = _country().gazetteer
    return [known.by_code[match.code] for match in read_words(text, limit).matches]
