"""What charts with axes have in common: the words above, a legend, grid lines with figures, labels below."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sala.engines.charts.chart import Chart, Language, Table
from sala.engines.charts.drawing import SIZES, Drawing
from sala.engines.charts.scales import Scale, Value, figure
from sala.engines.charts.style import SERIES
from sala.engines.charts.text import measure

MARGIN = 16
GAP = 8
Written = Callable[[Value], str]


def series_number(place: int) -> int:
    """The colour of the series at a place; after the last colour the first comes again."""
    return place % SERIES + 1


@dataclass
class Frame:
    """A chart in the making: `top` is where the next thing may stand."""

    title: str
    width: int
    language: Language
    drawing: Drawing
    top: float = MARGIN

    @property
    def inner(self) -> float:
        """The width between the margins."""
        return self.width - 2 * MARGIN

    def legend(self, names: Sequence[str], *, lines: bool = False) -> None:
        """Names beside their colours, in as many rows as they take. A single series needs none."""
        if len(names) < 2:
            return
        x, size = float(MARGIN), SIZES["label"]
        for place, name in enumerate(names):
            wide = min(measure(name, size), self.inner - 24) + 24
            if x > MARGIN and x + wide > self.width - MARGIN:
                x, self.top = float(MARGIN), self.top + size * 1.6
            number = series_number(place)
            if lines:
                self.drawing.line(x, self.top + size / 2, x + 16, self.top + size / 2, f"line-{number}")
            else:
                self.drawing.rect(x, self.top + 1, 14, 14, f"fill-{number}")
            self.drawing.text(x + 22, self.top + size - 1, name, "label", width=self.inner - 24)
            x += wide + 16
        self.top += size * 1.6 + GAP

    def finish(self, description: str, table: Table) -> Chart:
        """The chart, as high as what was drawn."""
        height = int(self.top + MARGIN)
        return Chart(self.title, description, self.width, height, self.drawing, table, self.language)


def begin(title: str, width: int, language: Language, *, about: str = "") -> Frame:
    """A frame with its title and, in a softer hand, what the figures are."""
    frame = Frame(title, width, language, Drawing())
    y = frame.drawing.paragraph(MARGIN, frame.top + 20, title, "title", width=frame.inner)
    if about:
        y = frame.drawing.paragraph(MARGIN, y - 4, about, "label soft", width=frame.inner)
    frame.top = y - 6
    return frame


def value_axis_below(
    drawing: Drawing,
    scale: Scale,
    ticks: Sequence[float],
    top: float,
    bottom: float,
    written: Written = figure,
) -> None:
    """Standing grid lines with their figures below; figures that would touch are left out."""
    free = float("-inf")
    for tick in ticks:
        x = scale.place(tick)
        drawing.line(x, top, x, bottom, "axis" if tick == 0 else "grid")
        half = measure(written(tick), SIZES["small"]) / 2
        if x - half > free:
            drawing.text(x, bottom + 16, written(tick), "small soft", anchor="middle")
            free = x + half + GAP


def value_axis_beside(
    drawing: Drawing,
    scale: Scale,
    ticks: Sequence[float],
    left: float,
    right: float,
    written: Written = figure,
) -> None:
    """Lying grid lines with their figures on the left."""
    for tick in ticks:
        y = scale.place(tick)
        drawing.line(left, y, right, y, "axis" if tick == 0 else "grid")
        drawing.text(left - 6, y + 4, written(tick), "small soft", anchor="end")


def room_beside(ticks: Sequence[float], written: Written = figure) -> float:
    """The width that figures on the left need."""
    return max(measure(written(tick), SIZES["small"]) for tick in ticks) + 10


def labels_below(drawing: Drawing, labels: Sequence[str], places: Sequence[float], y: float) -> None:
    """Labels of points in time or of columns, so many that none touches the next; first and last come first."""
    if not labels:
        return
    wide = max(measure(label, SIZES["small"]) for label in labels) + GAP
    reach = abs(places[-1] - places[0]) / max(1, len(places) - 1)
    step = max(1, -(-int(wide) // max(1, int(reach))))
    for place in range(0, len(labels), step):
        anchor = "middle"
        drawing.text(places[place], y, labels[place], "small soft", anchor=anchor)
