"""A point becomes a place: province by its shape, smaller areas by the nearest known middle, and how sure that is.

Distances are on a sphere (haversine, mean radius 6,371.009 km). Each step looks at a bounded number of areas.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from sala.commons.places.rules.gazetteer import AreaView, Gazetteer

# Degrees that hold the whole country with its islands; outside them no shape need be asked.
SOUTH, NORTH, WEST, EAST = 5.5, 20.6, 97.2, 105.8
# So near 0,0 means "no position": a device without a fix, an empty cell read as nought.
NULL_DEGREES = 0.5
# The shapes are drawn coarsely and end at the shore: a pier may lie this far outside, less where land goes on.
BESIDE_KM, BESIDE_ON_LAND_KM = 3.0, 1.0
# Small islands are missing from the shapes: a point at sea is of the province whose shore is nearest.
AT_SEA_KM = 60.0
# A middle further off says nothing of where a point lies: subdistricts are rarely 16 km wide, districts rarely 50.
SUBDISTRICT_KM, DISTRICT_KM = 8.0, 25.0
# The nearest middle is taken for likely if the next one is at least this many times as far.
CLEARLY = 1.5
CELL = 0.1  # degrees; the size of the boxes in which middles are looked up


class Sureness(StrEnum):
    """How a place was found, the surest first."""

    SHAPE = "shape"  # the province's own shape holds the point, and no smaller area is claimed
    LIKELY = "likely"  # the nearest known middle, clearly nearer than the next
    PERHAPS = (
        "perhaps"  # the nearest known middle or shore, but another is almost as near, or no shape held it
    )


Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Shape:
    """One outline that covers one province, or several that were one when it was drawn.

    `rings` are sequences of longitude, latitude, longitude, latitude … in degrees; the last point joins the first.
    """

    codes: tuple[str, ...]
    rings: tuple[tuple[float, ...], ...]
    box: Box = field(
        init=False, compare=False
    )  # west, south, east, north: what lies outside needs no closer look
    ring_boxes: tuple[Box, ...] = field(init=False, compare=False)  # the same of each ring

    def __post_init__(self) -> None:
        boxes = tuple((min(r[::2]), min(r[1::2]), max(r[::2]), max(r[1::2])) for r in self.rings)
        west, south, east, north = zip(*boxes, strict=True)
        object.__setattr__(self, "box", (min(west), min(south), max(east), max(north)))
        object.__setattr__(self, "ring_boxes", boxes)

    def holds(self, latitude: float, longitude: float) -> bool:
        """Whether the point is inside (even-odd rule over all rings)."""
        is_inside = False
        for ring in self.rings:
            for x, y, other_x, other_y in _edges(ring):
                if (y > latitude) != (other_y > latitude):
                    is_inside ^= longitude < (other_x - x) * (latitude - y) / (other_y - y) + x
        return is_inside

    def kilometres_to(self, latitude: float, longitude: float) -> float:
        """How far the point is from the nearest edge, on a plane laid at its own latitude."""
        flat = math.cos(math.radians(latitude))
        nearest = math.inf
        for ring in self.rings:
            for x, y, other_x, other_y in _edges(ring):
                ax, ay = (x - longitude) * flat, y - latitude
                bx, by = (other_x - longitude) * flat, other_y - latitude
                nearest = min(nearest, _to_segment(ax, ay, bx, by))
        return nearest * KM_PER_DEGREE


KM_PER_DEGREE = 6371.009 * math.pi / 180


def _edges(ring: Sequence[float]) -> Iterator[tuple[float, float, float, float]]:
    x, y = ring[-2], ring[-1]
    for at in range(0, len(ring), 2):
        yield ring[at], ring[at + 1], x, y
        x, y = ring[at], ring[at + 1]


def _to_segment(ax: float, ay: float, bx: float, by: float) -> float:
    """From the origin to the nearest point of the segment a–b."""
    dx, dy = bx - ax, by - ay
    length = dx * dx + dy * dy
    share = 0.0 if length == 0 else max(0.0, min(1.0, -(ax * dx + ay * dy) / length))
    return math.hypot(ax + share * dx, ay + share * dy)


def kilometres(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """The distance of two points in degrees over the ground."""
    north, south = math.radians(latitude), math.radians(other_latitude)
    half = (
        math.sin((south - north) / 2) ** 2
        + math.cos(north) * math.cos(south) * math.sin(math.radians(other_longitude - longitude) / 2) ** 2
    )
    return 2 * 6371.009 * math.asin(min(1.0, math.sqrt(half)))


@dataclass(frozen=True, slots=True)
class PlaceOfPoint:
    """What a point is: the smallest area we may name ("" if our table has none there), how sure, how far its middle.

    `problem` is "" or why the point is no place here: "point_at_zero", "point_swapped" (latitude and longitude
    exchanged), "point_outside".
    """

    code: str = ""
    sureness: Sureness = Sureness.SHAPE
    kilometres: float | None = None
    problem: str = ""


@dataclass(frozen=True)
class Ground:
    """The shapes and the middles together; what turns points into places."""

    gazetteer: Gazetteer
    shapes: tuple[Shape, ...]
    neighbours: tuple[Shape, ...] = ()  # other countries' land, which is not the sea

    @cached_property
    def _cells(self) -> dict[tuple[int, int], list[AreaView]]:
        """Subdistricts and districts with a middle, by the cell it lies in."""
        cells: dict[tuple[int, int], list[AreaView]] = {}
        for area in self.gazetteer.by_code.values():
            if len(area.code) > 2 and area.latitude is not None and area.longitude is not None:
                cells.setdefault(_cell(area.latitude, area.longitude), []).append(area)
        return cells

    def place_of(self, latitude: float, longitude: float) -> PlaceOfPoint:
        """The place of a point in degrees. Total: a point that is none gets a problem, nothing is raised."""
        if problem := problem_of_point(latitude, longitude):
            return PlaceOfPoint(problem=problem)
        held = _holding(self.shapes, latitude, longitude)
        codes = held[0].codes if held else self._beside(latitude, longitude)
        if not codes:
            return PlaceOfPoint(problem="point_outside")
        near = list(self._middles_near(latitude, longitude, codes))
        return self._named(codes, near, latitude, longitude, is_held=bool(held))

    def _beside(self, latitude: float, longitude: float) -> tuple[str, ...]:
        """The provinces of the nearest shape for a point outside all of them: a pier, an island, a coarse border."""
        is_abroad = bool(_holding(self.neighbours, latitude, longitude))
        reach = BESIDE_ON_LAND_KM if is_abroad else AT_SEA_KM
        spare = reach / KM_PER_DEGREE * 1.1
        around = [
            (shape.kilometres_to(latitude, longitude), shape.codes)
            for shape in self.shapes
            if _in_box(_wider(shape.box, spare), latitude, longitude)
        ]
        distance, codes = min(around, default=(math.inf, ()))
        return codes if distance <= reach else ()

    def _middles_near(
        self, latitude: float, longitude: float, codes: Sequence[str]
    ) -> Iterator[tuple[float, AreaView]]:
        """Middles of the provinces named that are near enough to say something."""
        steps = math.ceil(DISTRICT_KM / (KM_PER_DEGREE * CELL * 0.93))
        row, column = _cell(latitude, longitude)
        for down in range(row - steps, row + steps + 1):
            for across in range(column - steps, column + steps + 1):
                for area in self._cells.get((down, across), ()):
                    far = kilometres(latitude, longitude, area.latitude or 0, area.longitude or 0)
                    if area.code[:2] in codes and far <= (
                        DISTRICT_KM if len(area.code) == 4 else SUBDISTRICT_KM
                    ):
                        yield far, area

    def _named(
        self,
        codes: tuple[str, ...],
        near: Iterable[tuple[float, AreaView]],
        latitude: float,
        longitude: float,
        *,
        is_held: bool,
    ) -> PlaceOfPoint:
        """The nearest subdistrict, else the nearest district, else the province."""
        ordered = sorted(near, key=lambda one: (-len(one[1].code), one[0], one[1].code))
        level = [(far, area) for far, area in ordered if len(area.code) == len(ordered[0][1].code)]
        if level:
            far, area = level[0]
            is_clear = is_held and (len(level) == 1 or level[1][0] >= CLEARLY * far)
            sureness = Sureness.LIKELY if is_clear else Sureness.PERHAPS
            return PlaceOfPoint(area.code, sureness, round(far, 1))
        if len(codes) == 1:
            code = codes[0] if self.gazetteer.find(codes[0]) else ""
            return PlaceOfPoint(code, Sureness.SHAPE if is_held else Sureness.PERHAPS)
        return PlaceOfPoint(self._nearest_province(codes, latitude, longitude), Sureness.PERHAPS)

    def _nearest_province(self, codes: tuple[str, ...], latitude: float, longitude: float) -> str:
        """Which of the provinces that one shape covers has the nearest middle of anything; "" if none has one."""
        middles = (
            (area.code[:2], area.latitude, area.longitude)
            for area in self.gazetteer.by_code.values()
            if area.code[:2] in codes and area.latitude is not None and area.longitude is not None
        )
        code = next(iter(nearest_first(latitude, longitude, middles)), (0.0, ""))[1]
        return code if self.gazetteer.find(code) else ""


def problem_of_point(latitude: float, longitude: float) -> str:
    """Why a point cannot be in the country at a glance, as a code; "" if the shapes must decide."""
    if not (math.isfinite(latitude) and math.isfinite(longitude)):
        return "point_outside"
    if abs(latitude) < NULL_DEGREES and abs(longitude) < NULL_DEGREES:
        return "point_at_zero"
    if SOUTH <= latitude <= NORTH and WEST <= longitude <= EAST:
        return ""
    if SOUTH <= longitude <= NORTH and WEST <= latitude <= EAST:
        return "point_swapped"
    return "point_outside"


def nearest_first(
    latitude: float, longitude: float, middles: Iterable[tuple[str, float, float]]
) -> list[tuple[float, str]]:
    """Kilometres and key of each (key, latitude, longitude), the nearest first; equals by key."""
    return sorted((kilometres(latitude, longitude, y, x), key) for key, y, x in middles)


def _cell(latitude: float, longitude: float) -> tuple[int, int]:
    return math.floor(latitude / CELL), math.floor(longitude / CELL)


def _holding(shapes: Iterable[Shape], latitude: float, longitude: float) -> list[Shape]:
    return [s for s in shapes if _in_box(s.box, latitude, longitude) and s.holds(latitude, longitude)]


def _wider(box: Box, spare: float) -> Box:
    west, south, east, north = box
    return west - spare, south - spare, east + spare, north + spare


def _in_box(box: Box, latitude: float, longitude: float) -> bool:
    west, south, east, north = box
    return west <= longitude <= east and south <= latitude <= north
