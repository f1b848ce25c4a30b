"""How tables of areas are read: known layouts, what makes a row none, where two publishers disagree."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sala.core.area_codes import LEVEL_OF_DIGITS
from sala.core.tables import BadRow, Unfit, bad_row, require_readable


@dataclass(frozen=True, slots=True)
class AreaRow:
    """One area as a table tells it; latitude and longitude in degrees as text, empty if unknown."""

    code: str
    name_th: str
    name_en: str
    postal_code: str = ""
    latitude: str = ""
    longitude: str = ""
    population: str = ""
    line: int = 0

    @property
    def parent(self) -> str | None:
        """The code of the containing area, None for a province."""
        return self.code[:-2] if len(self.code) > 2 else None


class UnknownLayout(ValueError):
    """The header of a table is none that we know."""


# header columns that tell a layout -> our field -> its column. Two public tables of Thai areas are known by name.
LAYOUTS: Mapping[frozenset[str], Mapping[str, str]] = {
    frozenset({"provinceCode", "provinceNameTh", "provinceNameEn"}): {
        "code": "provinceCode",
        "name_th": "provinceNameTh",
        "name_en": "provinceNameEn",
    },
    frozenset({"districtCode", "districtNameTh", "districtNameEn"}): {
        "code": "districtCode",
        "name_th": "districtNameTh",
        "name_en": "districtNameEn",
        "postal_code": "postalCode",
    },
    frozenset({"subdistrictCode", "subdistrictNameTh", "subdistrictNameEn"}): {
        "code": "subdistrictCode",
        "name_th": "subdistrictNameTh",
        "name_en": "subdistrictNameEn",
        "postal_code": "postalCode",
    },
    frozenset({"id", "name_th", "name_en", "geography_id"}): {
        "running": "id",
        "name_th": "name_th",
        "name_en": "name_en",
    },
    frozenset({"id", "name_th", "name_en", "province_id"}): {
        "code": "id",
        "name_th": "name_th",
        "name_en": "name_en",
        "running": "province_id",
    },
    frozenset({"id", "name_th", "name_en", "district_id", "zip_code"}): {
        "code": "id",
        "name_th": "name_th",
        "name_en": "name_en",
        "postal_code": "zip_code",
        "latitude": "lat",
        "longitude": "long",
    },
    frozenset({"code", "name_th", "name_en"}): {
        "code": "code",
        "name_th": "name_th",
        "name_en": "name_en",
        "postal_code": "postal_code",
        "latitude": "latitude",
        "longitude": "longitude",
        "population": "population",
    },
}


def layout_of(columns: Sequence[str]) -> Mapping[str, str]:
    """Which column holds what, known by the header; the most specific layout wins. Raises UnknownLayout."""
    present = set(columns)
    fitting = [needed for needed in LAYOUTS if needed <= present]
    if not fitting:
        raise UnknownLayout(", ".join(columns))
    return LAYOUTS[max(fitting, key=lambda needed: (_smallest_area(needed), len(needed)))]


def _smallest_area(needed: frozenset[str]) -> int:
    """Files of smaller areas carry the codes of larger ones too, so the smallest area named decides."""
    return max(
        (("provinceCode", "districtCode", "subdistrictCode").index(c) for c in needed if c.endswith("Code")),
        default=-1,
    )


@dataclass(frozen=True, slots=True)
class AreaTable:
    """A table as it came: its name (for reports), its columns, its rows with their line numbers."""

    name: str
    columns: Sequence[str]
    rows: Sequence[tuple[int, Mapping[str, str]]]


@dataclass(frozen=True, slots=True)
class AreaReading:
    """What tables of areas say together: areas (larger first), rows that are none, disagreements."""

    areas: tuple["AreaRow", ...]
    bad: tuple[BadRow, ...]
    differences: tuple["Difference", ...]


def read_area_tables(tables: Sequence[AreaTable]) -> AreaReading:
    """Read tables of one or more publishers; where they disagree the first counts, and it is told.

    Later tables fill what earlier ones leave empty. Raises UnknownLayout for a header we do not know.
    """
    layouts = [layout_of(table.columns) for table in tables]
    running: dict[str, str] = {}
    for table, layout in zip(tables, layouts, strict=True):
        if "running" in layout and "code" in layout:
            running |= {row[layout["running"]]: row[layout["code"]][:2] for _, row in table.rows}
    merged: dict[str, AreaRow] = {}
    # Two publishers are told apart by how they name their columns: name_th, or provinceNameTh and the like.
    publishers: dict[bool, dict[str, AreaRow]] = {}
    bad: list[BadRow] = []
    for table, layout in zip(tables, layouts, strict=True):
        ours = publishers.setdefault("name_th" in layout.values(), {})
        here: set[str] = set()
        for line, row in table.rows:
            area = read_area(row, layout, running, line)
            if isinstance(area, AreaRow) and area.code in here:
                area = BadRow(line, layout.get("code", layout.get("running", "")), area.code, "repeated")
            if isinstance(area, BadRow):
                bad.append(area)
                continue
            here.add(area.code)
            ours[area.code] = area
            merged[area.code] = filled(merged[area.code], area) if area.code in merged else area
    sides = list(publishers.values())
    differences = [d for other in sides[1:] for d in compare_areas(sides[0], other)]
    areas = tuple(sorted(merged.values(), key=lambda a: (len(a.code), a.code)))
    return AreaReading(areas, tuple(bad), tuple(differences))


def filled(first: "AreaRow", later: "AreaRow") -> "AreaRow":
    """The first table's area with what it leaves empty taken from the later one."""
    return AreaRow(**{name: getattr(first, name) or getattr(later, name) for name in AreaRow.__slots__})


def read_area(
    row: Mapping[str, str], layout: Mapping[str, str], running: Mapping[str, str], line: int
) -> AreaRow | BadRow:
    """One row of a table as an area, or why it is none."""
    values = {field: (row.get(column) or "").strip() for field, column in layout.items()}
    code = values.get("code") or running.get(values.get("running", ""), "")
    by_column = {**row, layout.get("code", layout.get("running", "")): code}
    try:
        require_readable(row)
        _require_area(code, values, layout)
    except Unfit as unfit:
        return bad_row(line, by_column, unfit)
    return AreaRow(
        code=code,
        name_th=values["name_th"],
        name_en=values["name_en"],
        postal_code=values.get("postal_code", ""),
        latitude=values.get("latitude", ""),
        longitude=values.get("longitude", ""),
        population=values.get("population", ""),
        line=line,
    )


LONGEST_NAME = 120
MOST_DEGREES = {"latitude": 90, "longitude": 180}
_DEGREES = re.compile(r"-?[0-9]{1,3}(\.[0-9]+)?")


def _require_area(code: str, values: Mapping[str, str], layout: Mapping[str, str]) -> None:
    if not (code.isascii() and code.isdigit() and len(code) in LEVEL_OF_DIGITS):
        raise Unfit(layout.get("code", layout.get("running", "")), "not_an_area_code")
    for field in ("name_th", "name_en"):
        if not values[field]:
            raise Unfit(layout[field], "missing")
        if len(values[field]) > LONGEST_NAME:
            raise Unfit(layout[field], "too_long")
    if len(values.get("postal_code", "")) > 5:
        raise Unfit(layout["postal_code"], "too_long")
    _require_people(values, layout)
    for field, most in MOST_DEGREES.items():
        text = values.get(field, "")
        if text and not (_DEGREES.fullmatch(text) and abs(float(text)) <= most):
            raise Unfit(layout[field], "not_degrees")


def _require_people(values: Mapping[str, str], layout: Mapping[str, str]) -> None:
    people = values.get("population", "")
    if people and not (people.isascii() and people.isdigit() and len(people) < 10):
        raise Unfit(layout["population"], "not_a_number")


PREFIXES = ("เขต", "อำเภอ", "ตำบล", "แขวง", "จังหวัด")


def same_name(one: str, other: str) -> bool:
    """Whether two tables mean the same Thai name: the word for the kind of area before it does not count."""
    return _bare(one) == _bare(other)


def _bare(name: str) -> str:
    name = name.strip()
    for prefix in PREFIXES:
        name = name.removeprefix(prefix)
    return "".join(name.split())


@dataclass(frozen=True, slots=True)
class Difference:
    """Where two tables disagree about an area: `field` is "only_here", "only_there", "name_th" or "postal_code"."""

    code: str
    field: str
    ours: str
    theirs: str


def compare_areas(ours: Mapping[str, AreaRow], theirs: Mapping[str, AreaRow]) -> tuple[Difference, ...]:
    """Every disagreement of two area tables, by code; areas of levels that one table lacks do not count."""
    levels = {len(code) for code in ours} & {len(code) for code in theirs}
    found: list[Difference] = []
    for code in sorted({c for c in (*ours, *theirs) if len(c) in levels}):
        here, there = ours.get(code), theirs.get(code)
        if there is None and here is not None:
            found.append(Difference(code, "only_here", here.name_th, ""))
        elif here is None and there is not None:
            found.append(Difference(code, "only_there", "", there.name_th))
        elif here and there:
            found.extend(_differences(here, there))
    return tuple(found)


def _differences(here: AreaRow, there: AreaRow) -> Iterable[Difference]:
    if not same_name(here.name_th, there.name_th):
        yield Difference(here.code, "name_th", here.name_th, there.name_th)
    if here.postal_code and there.postal_code and here.postal_code != there.postal_code:
        yield Difference(here.code, "postal_code", here.postal_code, there.postal_code)
