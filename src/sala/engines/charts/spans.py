"""Rows that reach from one value to another: stages on a timeline, and medians with their middle half."""

from collections.abc import Sequence
from dataclasses import dataclass

from sala.engines.charts.bars import BAR, ROW
from sala.engines.charts.chart import Chart, Language, table_of
from sala.engines.charts.drawing import SIZES
from sala.engines.charts.frame import MARGIN, Written, begin, value_axis_below
from sala.engines.charts.scales import ChartError, Scale, Value, check, figure, nice_ticks, scale_for
from sala.engines.charts.text import measure


@dataclass(frozen=True)
class Span:
    """A stage of something: from `start` to `end` on one axis (days, say). Not `is_done` is drawn open."""

    label: str
    start: Value
    end: Value
    note: str = ""
    is_done: bool = True


def timeline(
    title: str,
    spans: Sequence[Span],
    *,
    name: str,
    start_name: str,
    end_name: str,
    about: str = "",
    width: int = 720,
    language: Language = "th",
    written: Written = figure,
) -> Chart:
    """Stages one below another along one axis. Raises ChartError for a stage that ends before it begins."""
    begins = [check(span.start, span.label) for span in spans]
    ends = [check(span.end, span.label) for span in spans]
    if any(end < start for start, end in zip(begins, ends, strict=True)):
        raise ChartError("A stage ends before it begins.")
    frame = begin(title, width, language, about=about)
    left = MARGIN + min(
        max((measure(one.label, SIZES["label"]) for one in spans), default=0) + 12, frame.inner * 0.4
    )
    ticks = nice_ticks(min(begins, default=0), max(ends, default=1))
    scale = Scale(ticks[0], ticks[-1], left, width - MARGIN - 20)
    top, drawing = frame.top, frame.drawing
    value_axis_below(drawing, scale, ticks, top, top + ROW * len(spans), written)
    for place, span in enumerate(spans):
        y, x = top + ROW * place, scale.place(span.start)
        drawing.text(MARGIN, y + 19, span.label, "label", width=left - MARGIN - 10)
        hint = " · ".join(
            part for part in (span.label, f"{written(span.start)} – {written(span.end)}", span.note) if part
        )
        kind = "fill-1" if span.is_done else "open-1"
        drawing.rect(x, y + 6, scale.place(span.end) - x, BAR, kind, hint)
    frame.top = top + ROW * len(spans) + 24
    rows = [[span.label, span.start, span.end, span.note] for span in spans]
    told = "; ".join(f"{span.label} {written(span.start)} – {written(span.end)}" for span in spans[:12])
    return frame.finish(told, table_of(title, [name, start_name, end_name, ""], rows))


@dataclass(frozen=True)
class Median:
    """A row's median with its quartiles and how many values they are of; None where there are too few."""

    label: str
    low: Value | None
    median: Value | None
    high: Value | None
    count: int


def medians(
    title: str,
    rows: Sequence[Median],
    *,
    name: str,
    value_name: str,
    count_name: str,
    limit: Value | None = None,
    about: str = "",
    width: int = 720,
    language: Language = "th",
    written: Written = figure,
) -> Chart:
    """A dot for each median on the band of its middle half, with a broken line at a limit if there is one."""
    known = [
        check(value, row.label)
        for row in rows
        for value in (row.low, row.median, row.high)
        if value is not None
    ]
    frame = begin(title, width, language, about=about)
    left = MARGIN + min(
        max((measure(one.label, SIZES["label"]) for one in rows), default=0) + 12, frame.inner * 0.4
    )
    scale, ticks = scale_for(
        known if limit is None else [*known, check(limit, "limit")], left, width - MARGIN - 70
    )
    top, drawing = frame.top, frame.drawing
    value_axis_below(drawing, scale, ticks, top, top + ROW * len(rows), written)
    for place, row in enumerate(rows):
        y = top + ROW * place
        drawing.text(MARGIN, y + 19, row.label, "label", width=left - MARGIN - 10)
        if row.low is not None and row.high is not None:
            x = scale.place(row.low)
            drawing.rect(
                x, y + 12, scale.place(row.high) - x, 6, "band", f"{written(row.low)} – {written(row.high)}"
            )
        if row.median is not None:
            drawing.circle(
                scale.place(row.median), y + 15, 6, "fill-1", f"{row.label}: {written(row.median)}"
            )
        end = "–" if row.median is None else written(row.median)
        drawing.text(width - MARGIN, y + 19, end, "label", anchor="end")
    if limit is not None:
        drawing.line(scale.place(limit), top - 4, scale.place(limit), top + ROW * len(rows), "limit dashed")
    frame.top = top + ROW * len(rows) + 24
    table = [[row.label, row.median, row.low, row.high, row.count] for row in rows]
    columns = [name, value_name, f"{value_name} (25 %)", f"{value_name} (75 %)", count_name]
    told = "; ".join(f"{row.label} {'–' if row.median is None else written(row.median)}" for row in rows[:12])
    return frame.finish(told, table_of(title, columns, table))
