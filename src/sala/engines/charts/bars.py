"""Bars: lying ones with their names, shares of a whole, and columns over time, alone or stacked."""

from collections.abc import Sequence
from dataclasses import dataclass

from sala.engines.charts.chart import Chart, Language, table_of
from sala.engines.charts.drawing import SIZES
from sala.engines.charts.frame import (
    GAP,
    MARGIN,
    Written,
    begin,
    labels_below,
    room_beside,
    series_number,
    value_axis_below,
    value_axis_beside,
)
from sala.engines.charts.scales import ChartError, Scale, Value, check, figure, per_cent, scale_for
from sala.engines.charts.text import measure

ROW = 30
BAR = 18
COLUMNS_HEIGHT = 220


@dataclass(frozen=True)
class Bar:
    """One named row with a value for each series. A value of None was not measured, which is not zero."""

    label: str
    values: tuple[Value | None, ...]


def _checked(rows: Sequence[Bar], series: Sequence[str]) -> list[list[float | None]]:
    found = []
    for row in rows:
        if len(row.values) != len(series):
            raise ChartError(f"{row.label!r} has {len(row.values)} values for {len(series)} series.")
        found.append(
            [None if value is None else check(value, f"value of {row.label!r}") for value in row.values]
        )
    return found


def _label_room(labels: Sequence[str], inner: float) -> float:
    """Room for names at the left: what they need, at most two fifths of the picture."""
    return min(max((measure(label, SIZES["label"]) for label in labels), default=0) + 12, inner * 0.4)


def bars(
    title: str,
    rows: Sequence[Bar],
    *,
    name: str,
    series: Sequence[str],
    about: str = "",
    width: int = 720,
    language: Language = "th",
    written: Written = figure,
) -> Chart:
    """Lying bars, a row for each name; with more than one series they are stacked.

    `name` heads the column of labels in the table, `series` those of the values. Raises ChartError for values
    that are not finite numbers, and for values below zero in a stack.
    """
    values = _checked(rows, series)
    totals = [sum(value for value in row if value is not None) for row in values]
    if len(series) > 1 and any(value is not None and value < 0 for row in values for value in row):
        raise ChartError("Values below zero cannot be stacked.")
    frame = begin(title, width, language, about=about)
    frame.legend(series)
    left = MARGIN + _label_room([row.label for row in rows], frame.inner)
    ends = [written(total) for total in totals]
    right = width - MARGIN - max((measure(end, SIZES["label"]) for end in ends), default=0) - GAP
    scale, ticks = scale_for(totals, left, right)
    top, drawing = frame.top, frame.drawing
    value_axis_below(drawing, scale, ticks, top, top + ROW * len(rows), written)
    for place, (row, parts, end) in enumerate(zip(rows, values, ends, strict=True)):
        y = top + ROW * place
        drawing.text(MARGIN, y + 19, row.label, "label", width=left - MARGIN - 10)
        reached = 0.0
        for number, value in enumerate(parts):
            if value:
                begins, ends_at = sorted((scale.place(reached), scale.place(reached + value)))
                hint = f"{row.label}: {series[number]} {written(value)}"
                drawing.rect(begins, y + 6, ends_at - begins, BAR, f"fill-{series_number(number)}", hint)
                reached += value
        told = any(value is not None for value in parts)
        drawing.text(scale.place(max(reached, 0)) + GAP, y + 19, end if told else "–", "label")
    frame.top = top + ROW * len(rows) + 24
    table = table_of(title, [name, *series], [[row.label, *row.values] for row in rows])
    return frame.finish(_told(rows, ends), table)


def share_bars(
    title: str,
    rows: Sequence[Bar],
    *,
    name: str,
    series: Sequence[str],
    about: str = "",
    width: int = 720,
    language: Language = "th",
) -> Chart:
    """Lying bars of equal length, cut into the shares of their whole; a row without anything stays empty."""
    values = _checked(rows, series)
    if any(value is not None and value < 0 for row in values for value in row):
        raise ChartError("Values below zero are no parts of a whole.")
    frame = begin(title, width, language, about=about)
    frame.legend(series)
    left = MARGIN + _label_room([row.label for row in rows], frame.inner)
    scale = Scale(0.0, 1.0, left, width - MARGIN - 20)
    top, drawing = frame.top, frame.drawing
    value_axis_below(drawing, scale, [0, 0.25, 0.5, 0.75, 1], top, top + ROW * len(rows), per_cent)
    shares_of_rows = []
    for place, (row, parts) in enumerate(zip(rows, values, strict=True)):
        y, reached = top + ROW * place, 0.0
        drawing.text(MARGIN, y + 19, row.label, "label", width=left - MARGIN - 10)
        whole = sum(value for value in parts if value is not None)
        shares = [(value or 0) / whole if whole else 0.0 for value in parts]
        for number, share in enumerate(shares):
            if share:
                begins, ends = scale.place(reached), scale.place(reached + share)
                hint = f"{row.label}: {series[number]} {per_cent(share)}"
                drawing.rect(begins, y + 6, ends - begins, BAR, f"fill-{series_number(number)}", hint)
                reached += share
        shares_of_rows.append(", ".join(map(per_cent, shares)) if whole else "–")
    frame.top = top + ROW * len(rows) + 24
    table = table_of(title, [name, *series], [[row.label, *row.values] for row in rows])
    return frame.finish(_told(rows, shares_of_rows), table)


def columns(
    title: str,
    points: Sequence[Bar],
    *,
    name: str,
    series: Sequence[str],
    about: str = "",
    width: int = 720,
    language: Language = "th",
    written: Written = figure,
) -> Chart:
    """Standing bars over time (or any order), stacked where there is more than one series."""
    values = _checked(points, series)
    if len(series) > 1 and any(value is not None and value < 0 for row in values for value in row):
        raise ChartError("Values below zero cannot be stacked.")
    totals = [sum(value for value in row if value is not None) for row in values]
    frame = begin(title, width, language, about=about)
    frame.legend(series)
    top = frame.top + 8
    scale, ticks = scale_for(totals, top + COLUMNS_HEIGHT, top)
    left = MARGIN + room_beside(ticks, written)
    drawing = frame.drawing
    value_axis_beside(drawing, scale, ticks, left, width - MARGIN, written)
    step = (width - MARGIN - left) / max(1, len(points))
    for place, (point, parts) in enumerate(zip(points, values, strict=True)):
        reached = 0.0
        for number, value in enumerate(parts):
            if value:
                upper, lower = sorted((scale.place(reached), scale.place(reached + value)))
                hint = f"{point.label}: {series[number]} {written(value)}"
                kind = f"fill-{series_number(number)}"
                drawing.rect(left + step * (place + 0.14), upper, step * 0.72, lower - upper, kind, hint)
                reached += value
    places = [left + step * (place + 0.5) for place in range(len(points))]
    labels_below(drawing, [point.label for point in points], places, top + COLUMNS_HEIGHT + 16)
    frame.top = top + COLUMNS_HEIGHT + 22
    table = table_of(title, [name, *series], [[point.label, *point.values] for point in points])
    return frame.finish(_told(points, [written(total) for total in totals]), table)


def _told(rows: Sequence[Bar], ends: Sequence[str]) -> str:
    """The first and the last of the rows in words; the table holds them all."""
    told = [f"{row.label} {end}" for row, end in zip(rows, ends, strict=True)]
    return "; ".join(told if len(told) <= 12 else [*told[:6], "…", *told[-5:]])
