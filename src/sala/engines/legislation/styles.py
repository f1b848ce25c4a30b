"""How a text shows its paragraphs: what is told apart once for the whole text."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from statistics import median
from typing import Final

from sala.engines.legislation.letters import RUNNING_FOOT, arabic, flatten

_ALONE: Final = re.compile(r"^ *\((?:\d+|[ก-ฮ])\) *$", re.MULTILINE)
_ITEM_LINE: Final = re.compile(r"^ *\((?:\d+|[ก-ฮ])\)", re.MULTILINE)
_CONTINUING: Final = re.compile(r"^ *(?:และ|หรือ|ซึ่ง|โดย|เว้นแต่|ที่)", re.MULTILINE)


class Shape(StrEnum):
    """The three shapes of published texts."""

    LINES = "one paragraph a line"
    WRAPPED = "lines broken in mid-sentence"
    PAGE = "a page a line"


@dataclass(frozen=True, slots=True)
class Style:
    """`shape`; and whether the lines that were broken still show where paragraphs begin (`shows_lines`).

    Wrapped: the publisher's pages are broken after some 80 signs, markup counted; the markup before a paragraph fills a
    line, so that its first line ends at its first blank. Page: of a Gazette page the width of lines is known.
    """

    shape: Shape
    shows_lines: bool = False


def style_of(text: str, provisions: Iterable[str], *, is_page: bool) -> Style:
    """The style of a text, from its provisions."""
    if is_page:
        return Style(Shape.PAGE, bool(RUNNING_FOOT.search(arabic(text))))
    texts = [flatten(text) for text in provisions]
    joined = "\n".join(texts)
    lines = [line for line in joined.split("\n") if line.strip()]
    carried = len(_CONTINUING.findall(joined))
    if (
        len(lines) < 3 * len(texts)
        and median(map(len, lines or [""])) > 90
        or carried < max(3, 0.05 * len(lines))
    ):
        return Style(Shape.LINES)
    marked = len(_ITEM_LINE.findall(joined))
    return Style(Shape.WRAPPED, marked > 0 and len(_ALONE.findall(joined)) > 0.6 * marked)
