"""A finished chart: the picture, and the table of the same figures that stands beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal

from sala.engines.charts.drawing import Drawing
from sala.engines.charts.scales import Value
from sala.engines.charts.style import STANDALONE_STYLE
from sala.engines.charts.text import printable

Language = Literal["th", "en"]
Cell = str | Value | None


@dataclass(frozen=True)
class Table:
    """The figures of a chart: who cannot see it, or wants them exactly, reads here. Cells are as given."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def table_of(caption: str, columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> Table:
    """A table; every row must be as long as the header."""
    made = Table(caption, tuple(columns), tuple(tuple(row) for row in rows))
    assert all(len(row) == len(made.columns) for row in made.rows)
    return made


@dataclass(frozen=True)
class Chart:
    """A picture of so many pixels with its words and its table."""

    title: str
    description: str
    width: int
    height: int
    drawing: Drawing
    table: Table
    language: Language = "th"

    def to_svg(self, *, standalone: bool = False, identity: str = "") -> str:
        """The picture as SVG.

        Inside a page (the default) it has classes and no style of its own, so that a strict content security
        policy lets it pass and the page's stylesheet, which holds `STYLE`, colours it for light and dark.
        `standalone` makes a file: style, paper and size inside. `identity` (unique in the page) ties the name
        and description to the picture for screen readers that ask for it.
        """
        size = f' width="{self.width}" height="{self.height}"'
        named = f' aria-labelledby="{escape(identity)}-t {escape(identity)}-d"' if identity else ""
        ids = (f' id="{escape(identity)}-t"', f' id="{escape(identity)}-d"') if identity else ("", "")
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="ch" viewBox="0 0 {self.width} {self.height}"{size} '
            f'role="img" lang="{self.language}"{named}>'
            f"<title{ids[0]}>{escape(printable(self.title), quote=False)}</title>"
            f"<desc{ids[1]}>{escape(printable(self.description), quote=False)}</desc>"
        )
        paper = Drawing()
        if standalone:
            paper.rect(0, 0, self.width, self.height, "paper")
        style = f"<style>{STANDALONE_STYLE}</style>" if standalone else ""
        return f"{head}{style}{paper}{self.drawing}</svg>\n"
