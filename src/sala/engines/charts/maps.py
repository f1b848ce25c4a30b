"""A choropleth: areas of a map, given as paths, shaded by a value in five steps."""

from collections.abc import Sequence
from dataclasses import dataclass

from sala.engines.charts.chart import Chart, Language, table_of
from sala.engines.charts.drawing import SIZES, Drawing
from sala.engines.charts.frame import MARGIN, Written, begin
from sala.engines.charts.scales import ChartError, Value, check, figure
from sala.engines.charts.style import SHADES
from sala.engines.charts.text import measure


@dataclass(frozen=True)
class Area:
    """A place with its outline as an SVG path in the coordinates of the map; no value is drawn as none."""

    name: str
    path: str
    value: Value | None


def quantile_breaks(values: Sequence[Value], steps: int = SHADES) -> list[float]:
    """Upper bounds of all steps but the last, so that about as many areas fall into each."""
    ordered = sorted(check(value) for value in values)
    if not ordered:
        return []
    bounds = [ordered[max(0, len(ordered) * step // steps - 1)] for step in range(1, steps)]
    return sorted(set(bounds))


def choropleth(
    title: str,
    areas: Sequence[Area],
    *,
    size: tuple[float, float],
    name: str,
    value_name: str,
    none_name: str,
    breaks: Sequence[Value] | None = None,
    about: str = "",
    width: int = 420,
    language: Language = "th",
    written: Written = figure,
) -> Chart:
    """Areas shaded from little to much. `size` is the width and height of the map's own coordinates.

    `breaks` are the rising upper bounds of all steps but the last (at most four); without them the areas are
    parted by quantiles. An area without a value is drawn as such, never as zero, and the legend says so.
    Raises ChartError for bounds that do not rise, and for values that are not finite numbers.
    """
    known = [area.value for area in areas if area.value is not None]
    bounds = quantile_breaks(known) if breaks is None else [check(one, "bound") for one in breaks]
    if len(bounds) >= SHADES or any(a >= b for a, b in zip(bounds, bounds[1:], strict=False)):
        raise ChartError(f"The bounds of a map must rise, and be at most {SHADES - 1}.")
    frame = begin(title, width, language, about=about)
    scale = frame.inner / size[0]
    shapes = Drawing()
    for area in areas:
        told = none_name if area.value is None else written(area.value)
        shapes.path(area.path, f"area {_shade(area.value, bounds)}", f"{area.name}: {told}")
    frame.drawing.group(shapes, x=MARGIN, y=frame.top, scale=scale)
    frame.top += size[1] * scale + 12
    values = [check(value) for value in known]
    keys = _keys(values, bounds, written)
    if len(known) < len(areas):
        keys.append(("none", none_name))
    x = float(MARGIN)
    for kind, text in keys:
        wide = measure(text, SIZES["small"]) + 36
        if x > MARGIN and x + wide > width - MARGIN:
            x, frame.top = float(MARGIN), frame.top + 20
        frame.drawing.rect(x, frame.top, 14, 14, kind)
        frame.drawing.text(x + 20, frame.top + 12, text, "small")
        x += wide
    frame.top += 20
    table = table_of(title, [name, value_name], [[area.name, area.value] for area in areas])
    most = sorted((area for area in areas if area.value is not None), key=lambda one: -check(one.value or 0))
    told = "; ".join(f"{area.name} {written(area.value or 0)}" for area in most[:5])
    return frame.finish(told or none_name, table)


def _shade(value: Value | None, bounds: Sequence[float]) -> str:
    """Steps run over the whole ladder of shades, so that few steps still differ as far as they can."""
    if value is None:
        return "none"
    step = sum(check(value) > bound for bound in bounds)
    return f"shade-{1 + round(step * (SHADES - 1) / len(bounds))}" if bounds else f"shade-{SHADES}"


def _keys(values: Sequence[float], bounds: Sequence[float], written: Written) -> list[tuple[str, str]]:
    """The steps of the legend that some area has, with the least and most value in each."""
    keys: dict[str, list[float]] = {}
    for value in sorted(values):
        keys.setdefault(_shade(value, bounds), []).append(value)
    return [
        (kind, written(found[0]) if found[0] == found[-1] else f"{written(found[0])} – {written(found[-1])}")
        for kind, found in keys.items()
    ]
