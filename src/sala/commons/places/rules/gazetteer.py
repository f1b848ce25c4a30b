"""The country as one value in memory: every area by code, what lies in what, each with its middle."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from sala.core.area_codes import LEVEL_OF_DIGITS, area_chain


@dataclass(frozen=True, slots=True)
class AreaView:
    """An area as other boxes see it; latitude and longitude of its middle in degrees, None if unknown."""

    id: int
    code: str
    level: str
    name_th: str
    name_en: str
    latitude: float | None = None
    longitude: float | None = None
    postal_code: str = ""
    population: int | None = None

    def name(self, language: str) -> str:
        """The area's name in "th" or "en"."""
        return self.name_en if language == "en" else self.name_th


@dataclass(frozen=True, slots=True)
class AreaPath:
    """An area with those that contain it, the smallest first."""

    areas: tuple[AreaView, ...]

    @property
    def code(self) -> str:
        """The code of the smallest one."""
        return self.areas[0].code

    def label(self, language: str) -> str:
        """Names from small to large: "ในเมือง เมืองขอนแก่น ขอนแก่น"; in English with commas."""
        return (", " if language == "en" else " ").join(area.name(language) for area in self.areas)


@dataclass(frozen=True)
class Gazetteer:
    """Every area by its code. Made once from the table; pure, so that whatever is asked twice is answered alike."""

    by_code: Mapping[str, AreaView] = field(default_factory=dict)

    def find(self, code: str | None) -> AreaView | None:
        """One area, or None."""
        return self.by_code.get(code) if code else None

    def path(self, code: str | None) -> AreaPath | None:
        """An area with those that contain it, or None for a code that is not in the table."""
        found = tuple(area for part in area_chain(code) if (area := self.by_code.get(part)))
        return AreaPath(found) if found and found[0].code == code else None

    def within(self, parent: str | None) -> tuple[AreaView, ...]:
        """The areas directly inside one (the provinces if None), as Thai dictionaries sort."""
        return self._inside.get(parent or "", ())

    def between(self, level: str, south: float, north: float) -> tuple[AreaView, ...]:
        """The areas of a level whose middle lies between two latitudes (degrees), from south to north."""
        latitudes, areas = self._by_latitude.get(level, ((), ()))
        return areas[bisect_left(latitudes, south) : bisect_right(latitudes, north)]

    @cached_property
    def _by_latitude(self) -> dict[str, tuple[tuple[float, ...], tuple[AreaView, ...]]]:
        """For each level, the areas with a known middle by its latitude: a map asks for a strip of them."""
        levels: dict[str, list[tuple[float, str, AreaView]]] = {}
        for area in self.by_code.values():
            if area.latitude is not None and area.longitude is not None:
                levels.setdefault(area.level, []).append((area.latitude, area.code, area))
        return {
            level: (tuple(one[0] for one in sorted(rows)), tuple(one[2] for one in sorted(rows)))
            for level, rows in levels.items()
        }

    @cached_property
    def _inside(self) -> dict[str, tuple[AreaView, ...]]:
        inside: dict[str, list[AreaView]] = {}
        for area in sorted(self.by_code.values(), key=lambda a: a.name_th.lstrip("เแโใไ")):
            inside.setdefault(area.code[:-2], []).append(area)
        return {code: tuple(areas) for code, areas in inside.items()}


def gazetteer_of(areas: Iterable[AreaView]) -> Gazetteer:
    """The country from its table. A district or province without a middle gets the mean of those inside it.

    Such a mean is no official centre; it is good enough to say which of several is nearer, and to place a name.
    """
    known = {area.code: area for area in areas}
    for digits in sorted(LEVEL_OF_DIGITS, reverse=True)[1:]:
        sums: dict[str, list[tuple[float, float]]] = {}
        for area in known.values():
            if len(area.code) == digits + 2 and area.latitude is not None and area.longitude is not None:
                sums.setdefault(area.code[:digits], []).append((area.latitude, area.longitude))
        for code, middles in sums.items():
            if (found := known.get(code)) and found.latitude is None:
                known[code] = replace(
                    found,
                    latitude=sum(latitude for latitude, _ in middles) / len(middles),
                    longitude=sum(longitude for _, longitude in middles) / len(middles),
                )
    return Gazetteer(known)
