"""Treemaps: a whole cut into boxes as large as its parts, as square as can be, the largest first."""

from collections.abc import Sequence
from dataclasses import dataclass

from sala.engines.charts.chart import Chart, Language, table_of
from sala.engines.charts.drawing import SIZES
from sala.engines.charts.frame import MARGIN, Written, begin
from sala.engines.charts.scales import ChartError, Value, check, figure
from sala.engines.charts.text import measure

_INSET = 8


@dataclass(frozen=True)
class Part:
    """A part of a whole. `is_gap`: it is known to be there, and not what it is; it is drawn as such."""

    label: str
    value: Value
    is_gap: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where a box lies."""

    x: float
    y: float
    width: float
    height: float


def squarify(values: Sequence[float], place: Place) -> list[Place]:
    """Boxes whose areas are in the proportion of `values` (above zero, the largest first), together all of `place`.

    Bruls, Huizing and van Wijk, "Squarified treemaps" (2000): a row grows as long as its boxes become squarer.
    """
    found: list[Place] = []
    left, rest, total = list(values), place, sum(values)
    while left:
        scale = rest.width * rest.height / total if total > 0 else 0.0
        side = min(rest.width, rest.height)
        count = 1
        while count < len(left) and _worst(left[: count + 1], side, scale) <= _worst(
            left[:count], side, scale
        ):
            count += 1
        row, left = left[:count], left[count:]
        whole = sum(row)
        is_last = not left
        share = 1.0 if is_last or total <= 0 else whole / total
        found += _laid(row, whole, rest, share)
        if rest.width >= rest.height:
            rest = Place(rest.x + rest.width * share, rest.y, rest.width * (1 - share), rest.height)
        else:
            rest = Place(rest.x, rest.y + rest.height * share, rest.width, rest.height * (1 - share))
        total -= whole
    return found


def _worst(row: Sequence[float], side: float, scale: float) -> float:
    """How far the least square box of a row along `side` is from a square."""
    area = sum(row) * scale
    if not (area and side):
        return float("inf")
    return max(side**2 * max(row) * scale / area**2, area**2 / (side**2 * min(row) * scale))


def _laid(row: Sequence[float], whole: float, rest: Place, share: float) -> list[Place]:
    """A row along the shorter side, as thick as its share of the longer one."""
    found, reached = [], 0.0
    for value in row:
        part = value / whole
        if rest.width >= rest.height:
            thick = rest.width * share
            found.append(Place(rest.x, rest.y + rest.height * reached, thick, rest.height * part))
        else:
            thick = rest.height * share
            found.append(Place(rest.x + rest.width * reached, rest.y, rest.width * part, thick))
        reached += part
    return found


def treemap(
    title: str,
    parts: Sequence[Part],
    *,
    name: str,
    value_name: str,
    about: str = "",
    width: int = 720,
    height: int = 460,
    language: Language = "th",
    written: Written = figure,
) -> Chart:
    """A whole as boxes with their names and figures; what fits into no box is its hint, and stands in the table.

    Parts of zero have no box. Raises ChartError for values below zero, and for those that are no finite numbers.
    """
    checked = [(part, check(part.value, f"value of {part.label!r}")) for part in parts]
    if any(value < 0 for _, value in checked):
        raise ChartError("Values below zero are no parts of a whole.")
    shown = sorted(((part, value) for part, value in checked if value > 0), key=lambda one: -one[1])
    frame = begin(title, width, language, about=about)
    drawing, top = frame.drawing, frame.top + 10
    places = squarify([value for _, value in shown], Place(MARGIN, top, frame.inner, height))
    for (part, _), box in zip(shown, places, strict=True):
        told = written(part.value)
        wide, high = max(box.width - 2, 0.5), max(box.height - 2, 0.5)
        kind = "none edge-6 dashed" if part.is_gap else "fill-1"
        drawing.rect(box.x, box.y, wide, high, kind, f"{part.label}: {told}")
        colour = "" if part.is_gap else " on"
        inside = wide - 2 * _INSET
        if inside < measure(told, SIZES["label"]) * 1.1 or high < 28:
            continue
        y = box.y + 22
        if high >= 48 and inside >= 40:
            drawing.text(box.x + _INSET, y, part.label, f"small{colour}", width=inside)
            y += 20
        drawing.text(box.x + _INSET, y, told, f"label strong{colour}")
    frame.top = top + (height if shown else 0)
    table = table_of(title, [name, value_name], [[part.label, part.value] for part in parts])
    words = "; ".join(f"{part.label} {written(part.value)}" for part, _ in shown[:6])
    return frame.finish(words or "–", table)
