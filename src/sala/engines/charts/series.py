"""Series over an axis: lines, steps and clouds of dots."""

from collections.abc import Sequence
from dataclasses import dataclass

from sala.engines.charts.chart import Chart, Language, table_of
from sala.engines.charts.frame import (
    MARGIN,
    Written,
    begin,
    labels_below,
    room_beside,
    series_number,
    value_axis_below,
    value_axis_beside,
)
from sala.engines.charts.scales import ChartError, Scale, Value, check, figure, nice_ticks, scale_for

HEIGHT = 240


@dataclass(frozen=True)
class Series:
    """A named row of values, one for each label of the chart; None leaves a gap."""

    name: str
    values: tuple[Value | None, ...]


def lines(
    title: str,
    labels: Sequence[str],
    series: Sequence[Series],
    *,
    name: str,
    about: str = "",
    width: int = 720,
    language: Language = "th",
    written: Written = figure,
    steps: bool = False,
) -> Chart:
    """Lines over evenly spaced labels, days or months; `steps` holds each value until the next.

    Raises ChartError where a series is not as long as the labels, and for values that are not finite numbers.
    """
    for one in series:
        if len(one.values) != len(labels):
            raise ChartError(f"{one.name!r} has {len(one.values)} values for {len(labels)} labels.")
    known = [check(value, one.name) for one in series for value in one.values if value is not None]
    frame = begin(title, width, language, about=about)
    frame.legend([one.name for one in series], lines=True)
    top, drawing = frame.top + 8, frame.drawing
    scale, ticks = scale_for(known, top + HEIGHT, top)
    left = MARGIN + room_beside(ticks, written)
    value_axis_beside(drawing, scale, ticks, left, width - MARGIN, written)
    step = (width - MARGIN - left) / max(1, len(labels))
    places = [left + step * (place + 0.5) for place in range(len(labels))]
    for number, one in enumerate(series):
        for run in _runs(one.values):
            spots = [(places[place], scale.place(value)) for place, value in run]
            if len(spots) == 1:
                drawing.circle(
                    *spots[0], 3, f"fill-{series_number(number)}", f"{one.name} {written(run[0][1])}"
                )
            else:
                drawing.polyline(
                    _stairs(spots) if steps else spots, f"line-{series_number(number)}", one.name
                )
    labels_below(drawing, labels, places, top + HEIGHT + 16)
    frame.top = top + HEIGHT + 22
    rows = [[label, *(one.values[place] for one in series)] for place, label in enumerate(labels)]
    told = "; ".join(f"{one.name}: {_ends(labels, one, written)}" for one in series)
    return frame.finish(told, table_of(title, [name, *(one.name for one in series)], rows))


def _runs(values: Sequence[Value | None]) -> list[list[tuple[int, Value]]]:
    """Values without a gap between them, with their places."""
    runs: list[list[tuple[int, Value]]] = [[]]
    for place, value in enumerate(values):
        if value is None:
            runs.append([])
        else:
            runs[-1].append((place, value))
    return [run for run in runs if run]


def _stairs(spots: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    stairs = [spots[0]]
    for (_, held), (x, y) in zip(spots, spots[1:], strict=False):
        stairs += [(x, held), (x, y)]
    return stairs


def _ends(labels: Sequence[str], one: Series, written: Written) -> str:
    """The first and last known value of a series in words."""
    known = [(label, value) for label, value in zip(labels, one.values, strict=True) if value is not None]
    if not known:
        return "–"
    return " → ".join(f"{label} {written(value)}" for label, value in (known[0], known[-1]))


@dataclass(frozen=True)
class Dot:
    """A dot of a scatter: its name, where it stands, how much it weighs (its area), and its series."""

    label: str
    x: Value
    y: Value
    weight: Value = 1
    series: int = 0


def scatter(
    title: str,
    dots: Sequence[Dot],
    *,
    name: str,
    x_name: str,
    y_name: str,
    series: Sequence[str] = (),
    about: str = "",
    width: int = 560,
    language: Language = "th",
    written: Written = figure,
) -> Chart:
    """Dots in a field; axes hold all values and need not begin at zero."""
    xs, ys = [check(dot.x, x_name) for dot in dots], [check(dot.y, y_name) for dot in dots]
    weights = [check(dot.weight, "weight") for dot in dots]
    if any(weight < 0 for weight in weights):
        raise ChartError("A dot cannot weigh less than nothing.")
    frame = begin(title, width, language, about=about)
    frame.legend(series)
    frame.drawing.text(MARGIN, frame.top + 12, y_name, "small soft", width=frame.inner)
    top, drawing = frame.top + 24, frame.drawing
    y_ticks = nice_ticks(min(ys, default=0), max(ys, default=1))
    left = MARGIN + room_beside(y_ticks, written)
    x_ticks = nice_ticks(min(xs, default=0), max(xs, default=1))
    across = Scale(x_ticks[0], x_ticks[-1], left, width - MARGIN - 12)
    up = Scale(y_ticks[0], y_ticks[-1], top + HEIGHT, top)
    value_axis_beside(drawing, up, y_ticks, left, width - MARGIN - 12, written)
    value_axis_below(drawing, across, x_ticks, top, top + HEIGHT, written)
    heaviest = max(weights, default=0) or 1
    for dot, weight in zip(dots, weights, strict=True):
        hint = f"{dot.label}: {written(dot.x)}, {written(dot.y)}"
        kind = f"fill-{series_number(dot.series)} seen"
        drawing.circle(across.place(dot.x), up.place(dot.y), 3 + 9 * (weight / heaviest) ** 0.5, kind, hint)
    drawing.text(width - MARGIN, top + HEIGHT + 34, x_name, "small soft", anchor="end", width=frame.inner)
    frame.top = top + HEIGHT + 40
    rows = [[dot.label, dot.x, dot.y, dot.weight] for dot in dots]
    told = (
        f"{x_name}: {written(min(xs))} – {written(max(xs))}; {y_name}: {written(min(ys))} – {written(max(ys))}"
        if dots
        else "–"
    )
    return frame.finish(told, table_of(title, [name, x_name, y_name, "n"], rows))
