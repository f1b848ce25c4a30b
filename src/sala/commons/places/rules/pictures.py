"""Maps as SVG, drawn by the server: a piece of the country with marks, and the provinces shaded by a figure.

Pure: shapes and values come in, text goes out; what words contain is escaped. Colours are classes of places.css, so
that dark and high contrast follow the page. A map on a page without scripts, in a letter or on paper is this one.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from sala.commons.places.rules.points import Box, Shape

Spot = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Frame:
    """The piece of the country that a picture shows, in degrees, and its size in units."""

    west: float
    south: float
    east: float
    north: float
    width: int
    height: int

    def at(self, latitude: float, longitude: float) -> Spot:
        """Where a point lies in the picture."""
        across = (longitude - self.west) / (self.east - self.west) * self.width
        down = (self.north - latitude) / (self.north - self.south) * self.height
        return across, down

    def holds(self, latitude: float, longitude: float) -> bool:
        """Whether a point is in the picture."""
        return self.west <= longitude <= self.east and self.south <= latitude <= self.north


@dataclass(frozen=True, slots=True)
class Mark:
    """A pin: where, what stands in it (a number, or nothing), which class, and its words for those who point at it."""

    latitude: float
    longitude: float
    text: str = ""
    kind: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Name:
    """The name of an area at its middle; `level` 1 province, 2 district, 3 subdistrict."""

    latitude: float
    longitude: float
    words: str
    level: int


def frame_around(points: Sequence[Spot], *, width: int, height: int, least: float = 0.12) -> Frame:
    """The frame that holds all points (latitude, longitude) with a margin; at least `least` degrees high.

    Without points the whole country. Longitudes are shortened as at the middle of the frame, so shapes look as on maps.
    """
    spots = list(points) or [(5.5, 97.2), (20.6, 105.8)]
    south, north = min(p[0] for p in spots), max(p[0] for p in spots)
    west, east = min(p[1] for p in spots), max(p[1] for p in spots)
    middle = (south + north) / 2
    flat = math.cos(math.radians(middle))
    tall = max((north - south) * 1.3, (east - west) * 1.3 * flat * height / width, least)
    wide = tall * width / height / flat
    across = (west + east) / 2
    return Frame(across - wide / 2, middle - tall / 2, across + wide / 2, middle + tall / 2, width, height)


def draw_ground(frame: Frame, *, land: Iterable[Shape], abroad: Iterable[Shape]) -> str:
    """What lies under everything else of a map: neighbours and provinces, as two paths of SVG."""
    return (
        f'<path class="geo-abroad" d="{_paths(frame, abroad)}"/>'
        f'<path class="geo-land" d="{_paths(frame, land)}"/>'
    )


def draw_map(
    frame: Frame,
    *,
    ground: str,
    names: Iterable[Name] = (),
    marks: Iterable[Mark] = (),
    title: str,
) -> str:
    """The piece of the country in the frame: its `ground`, names where there is room, marks on top."""
    pins = [mark for mark in marks if frame.holds(mark.latitude, mark.longitude)]
    parts = [
        f'<svg class="geo" viewBox="0 0 {frame.width} {frame.height}" role="img" aria-label="{escape(title)}">',
        ground,
        *_names(frame, names, pins),
        *(_pin(frame, mark) for mark in pins),
        "</svg>",
    ]
    return "".join(parts)


def _pin(frame: Frame, mark: Mark) -> str:
    across, down = frame.at(mark.latitude, mark.longitude)
    words = f"<title>{escape(mark.title)}</title>" if mark.title else ""
    text = (
        f'<text y="-17" text-anchor="middle">{escape(mark.text)}</text>'
        if mark.text
        else '<circle cy="-21" r="4"/>'
    )
    kind = f" {escape(mark.kind)}" if mark.kind else ""
    return (
        f'<g class="pin{kind}" transform="translate({across:.1f} {down:.1f})">{words}'
        f'<path d="M0 0c-7-9-12-14-12-21a12 12 0 0 1 24 0C12-14 7-9 0 0z"/>{text}</g>'
    )


def _names(frame: Frame, names: Iterable[Name], pins: Iterable[Mark]) -> list[str]:
    """Names from the largest areas down; one that would lie over another, a pin or the edge is left out."""
    taken = [(x, y - 12, 14.0) for x, y in (frame.at(pin.latitude, pin.longitude) for pin in pins)]
    drawn = []
    for name in sorted(names, key=lambda n: (n.level, -n.latitude, n.longitude)):
        across, down = frame.at(name.latitude, name.longitude)
        half = len(name.words) * 4.2 + 6
        is_inside = half < across < frame.width - half and 14 < down < frame.height - 8
        is_free = all(abs(x - across) > half + other or abs(y - down) > 20 for x, y, other in taken)
        if is_inside and is_free:
            taken.append((across, down, half))
            drawn.append(
                f'<text class="geo-name l{name.level}" x="{across:.0f}" y="{down:.0f}" text-anchor="middle">'
                f"{escape(name.words)}</text>"
            )
    return drawn


def _paths(frame: Frame, shapes: Iterable[Shape]) -> str:
    """What of the shapes lies in the frame; most lie outside, and their boxes say so at once."""
    return "".join(
        _path(frame, ring, box)
        for shape in shapes
        if _touches(frame, shape.box)
        for ring, box in zip(shape.rings, shape.ring_boxes, strict=True)
        if _touches(frame, box)
    )


def _touches(frame: Frame, box: Box) -> bool:
    west, south, east, north = box
    return west < frame.east and east > frame.west and south < frame.north and north > frame.south


def _path(frame: Frame, ring: Sequence[float], box: Box) -> str:
    """What of a ring lies in the frame, on whole units; "" if nothing does."""
    wide, tall = frame.width / (frame.east - frame.west), frame.height / (frame.north - frame.south)
    west, north = frame.west, frame.north
    spots = [((x - west) * wide, (north - y) * tall) for x, y in zip(ring[::2], ring[1::2], strict=True)]
    rounded = [(round(x), round(y)) for x, y in _clipped(spots, frame, box)]
    steps = [p for p, before in zip(rounded, [None, *rounded], strict=False) if p != before]
    return f"M{'L'.join(f'{x} {y}' for x, y in steps)}z" if len(steps) > 2 else ""


def _clipped(spots: list[Spot], frame: Frame, box: Box) -> list[Spot]:
    """Sutherland and Hodgman 1974: cut by each side of the frame in turn, a little outside so that no edge shows.

    Only by those sides that the ring's box crosses: most rings lie wholly inside, or cross one or two.
    """
    spare = 4.0
    (left, bottom), (right, top) = frame.at(box[1], box[0]), frame.at(box[3], box[2])
    if left < -spare:
        spots = _cut(spots, 0, -spare, 1)
    if right > frame.width + spare:
        spots = _cut(spots, 0, frame.width + spare, -1)
    if top < -spare:
        spots = _cut(spots, 1, -spare, 1)
    if bottom > frame.height + spare:
        spots = _cut(spots, 1, frame.height + spare, -1)
    return spots


def _cut(spots: list[Spot], axis: int, limit: float, sign: int) -> list[Spot]:
    """What of a ring lies on one side of a line across one axis (0 or 1)."""
    if not spots:
        return spots
    kept: list[Spot] = []
    before = spots[-1]
    was_in = (before[axis] - limit) * sign >= 0
    for here in spots:
        is_in = (here[axis] - limit) * sign >= 0
        if is_in != was_in:
            share = (limit - before[axis]) / (here[axis] - before[axis])
            kept.append(
                (before[0] + share * (here[0] - before[0]), before[1] + share * (here[1] - before[1]))
            )
        if is_in:
            kept.append(here)
        before, was_in = here, is_in
    return kept


@dataclass(frozen=True, slots=True)
class Shade:
    """How a province is shaded: a class of places.css ("q0" to "q4", or "few" where too little is known), and words."""

    kind: str
    words: str


def draw_choropleth(
    paths: Iterable[tuple[Sequence[str], str]],
    shades: Mapping[str, Shade],
    *,
    name_of: Callable[[str], str],
    address_of: Callable[[str], str],
    width: int,
    height: int,
    title: str = "",
) -> str:
    """The provinces shaded by a figure, each with its words and a link. `paths` are (codes, SVG path).

    An outline that covers several provinces of today is hatched unless all of them have the same shade: no colour would
    be right. Without a title the picture is for eyes alone: the table beside it says the same to everyone. With one it
    is a group of links, each named by its words.
    """
    drawn = []
    for codes, path in paths:
        known = [shades.get(code, Shade("few", "")) for code in codes]
        kind = known[0].kind if len({shade.kind for shade in known}) == 1 else "few"
        words = "; ".join(f"{name_of(c)} {s.words}".strip() for c, s in zip(codes, known, strict=True))
        # An image may hold no links, so the whole is a group, and each link has its name.
        words, address = escape(words), escape(address_of(codes[0]))
        shape = f'<path class="{escape(kind)}" d="{path}"><title>{words}</title></path>'
        drawn.append(f'<a href="{address}" tabindex="-1" aria-label="{words}">{shape}</a>')
    role = f'role="group" aria-label="{escape(title)}"' if title else 'aria-hidden="true"'
    hatch = (
        '<defs><pattern id="few" width="40" height="40" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><path d="M0 0v40" class="hatch"/></pattern></defs>'
    )
    return (
        f'<svg class="thai" viewBox="-40 -40 {width + 80} {height + 80}" {role} focusable="false">'
        f'{hatch}<g class="provinces">{"".join(drawn)}</g></svg>'
    )


def shade_by(value: float | None, steps: Sequence[float]) -> str:
    """The class of a value among rising steps: below the first is "q0"; None is "few"."""
    return "few" if value is None else f"q{sum(value >= step for step in steps)}"
