"""Marks on paper as SVG: every mark has a class and none has a colour, so that a page's stylesheet decides."""

from collections.abc import Iterable
from html import escape

from sala.engines.charts.text import printable, shorten, wrap

SIZES = {"letter": 36, "title": 20, "head": 16, "label": 14, "small": 12}
Points = Iterable[tuple[float, float]]


def _n(value: float) -> str:
    """A place with one decimal at most: shorter files, and no last bits that differ between machines."""
    rounded = round(float(value), 1)
    return f"{rounded:g}" if abs(rounded) < 1e5 else f"{rounded:.1f}"


# Kinds that are set in semibold (style.py), which is up to a tenth wider than the estimate: measured with the typeface.
_SEMIBOLD = frozenset({"title", "head", "strong"})
_BROADER = 1.1


def room(width: float, kind: str) -> float:
    """The estimated width of the longest text of a kind that fits a width, both in units of the drawing."""
    return width if _SEMIBOLD.isdisjoint(kind.split()) else width / _BROADER


class Drawing:
    """A list of marks. Coordinates are in pixels of the view box, y downwards.

    `kind` is one or more class names without their prefix: see `style.py`. `hint` is told when one points at
    the mark, and read aloud.
    """

    def __init__(self) -> None:
        self._marks: list[str] = []

    def __str__(self) -> str:
        return "".join(self._marks)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        kind: str = "label",
        *,
        anchor: str = "start",
        width: float | None = None,
    ) -> None:
        """A line of text on the base line `y`; cut at `width`, and then the whole of it is the hint."""
        whole = printable(text)
        shown = whole if width is None else shorten(whole, room(width, kind), SIZES[kind.split()[0]])
        hint = whole if shown != whole else ""
        placed = "" if anchor == "start" else f' text-anchor="{anchor}"'
        self._mark("text", f'x="{_n(x)}" y="{_n(y)}"{placed}', kind, _hint(hint) + escape(shown, quote=False))

    def paragraph(self, x: float, y: float, text: str, kind: str, *, width: float) -> float:
        """A text in as many lines as it takes; returns the base line after the last."""
        size = SIZES[kind.split()[0]]
        for line in wrap(text, room(width, kind), size):
            self.text(x, y, line, kind)
            y += size * 1.5
        return y

    def line(self, x1: float, y1: float, x2: float, y2: float, kind: str = "axis") -> None:
        """A straight line."""
        self._mark("line", f'x1="{_n(x1)}" y1="{_n(y1)}" x2="{_n(x2)}" y2="{_n(y2)}"', kind)

    def rect(self, x: float, y: float, width: float, height: float, kind: str, hint: str = "") -> None:
        """A rectangle; one without width or height is still one pixel, so that little is not nothing."""
        box = f'x="{_n(x)}" y="{_n(y)}" width="{_n(max(width, 1))}" height="{_n(max(height, 1))}"'
        self._mark("rect", box, kind, _hint(hint))

    def circle(self, x: float, y: float, radius: float, kind: str, hint: str = "") -> None:
        """A dot."""
        self._mark("circle", f'cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}"', kind, _hint(hint))

    def polyline(self, points: Points, kind: str, hint: str = "") -> None:
        """A line through points."""
        self._mark("polyline", f'points="{_points(points)}"', kind, _hint(hint))

    def polygon(self, points: Points, kind: str, hint: str = "") -> None:
        """A closed area."""
        self._mark("polygon", f'points="{_points(points)}"', kind, _hint(hint))

    def path(self, commands: str, kind: str, hint: str = "") -> None:
        """A path given by its commands, as a map's shapes are."""
        self._mark("path", f'd="{escape(printable(commands))}"', kind, _hint(hint))

    def group(
        self, inner: "Drawing", kind: str = "", *, x: float = 0.0, y: float = 0.0, scale: float = 1.0
    ) -> None:
        """Another drawing, moved and scaled as a whole."""
        moves = [f"translate({_n(x)} {_n(y)})"] if x or y else []
        moves += [f"scale({scale:.6g})"] if scale != 1.0 else []
        moved = f'transform="{" ".join(moves)}"' if moves else ""
        self._mark("g", moved, kind, str(inner))

    def _mark(self, name: str, attributes: str, kind: str, inside: str = "") -> None:
        classes = " ".join(f"ch-{one}" for one in kind.split())
        opened = " ".join(
            part for part in (name, f'class="{classes}"' if classes else "", attributes) if part
        )
        self._marks.append(f"<{opened}>{inside}</{name}>" if inside or name == "g" else f"<{opened}/>")


def _hint(text: str) -> str:
    return f"<title>{escape(printable(text), quote=False)}</title>" if text else ""


def _points(points: Points) -> str:
    return " ".join(f"{_n(x)},{_n(y)}" for x, y in points)
