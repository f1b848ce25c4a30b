"""Finds paragraphs in Gazette pages by the lines that were lost: a paragraph begins where a short line ended.

The PDF's lines are joined by blanks, but a full line is some 72 signs wide, the first of a paragraph some 8 less. The
likeliest way to cut a text into such lines, weighed with the words around each blank, tells where paragraphs end.
"""

import math
import re
from collections.abc import Sequence
from typing import Final

_ABOVE_OR_BELOW: Final = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")
# Measured on Gazette pages of 2565-2566 whose paragraphs another source prints (docs/rules/law-texts.md).
_FULL: Final = (72.0, 3.2)
_FIRST: Final = (63.5, 3.5)
_WIDEST: Final = 82
#: มาตรา and a number stand before the first line of a provision's own text.
KEYWORD_WIDTH: Final = 8.0
_ANY_LAST: Final = math.log(72.0)


def width(text: str) -> int:
    """The signs of a text that stand beside one another; vowels and tone marks above or below do not widen it."""
    return len(text) - len(_ABOVE_OR_BELOW.findall(text))


def paragraph_starts(
    widths: Sequence[float], odds: Sequence[float], indent: float, line_ends: Sequence[bool]
) -> set[int]:
    """Which runs of letters begin a paragraph, besides the first.

    `widths` are those of the runs with the blank behind each; `odds` the log odds that a paragraph ends before each
    run, of which the first counts for nothing; `indent` what stands on the first line already; `line_ends` tells where
    a page ended before a run, so that a line surely did.
    """
    count = len(widths)
    reach = [0.0]
    for one in widths:
        reach.append(reach[-1] + one)
    # best[place][is_first]: cost of all before, and where the line before began
    best: list[list[tuple[float, tuple[int, int] | None]]] = [
        [(math.inf, None)] * 2 for _ in range(count + 1)
    ]
    best[0][1] = (0.0, None)
    for begin in range(count):
        for is_first in (0, 1):
            cost = best[begin][is_first][0]
            if cost == math.inf:
                continue
            offset = indent if begin == 0 else 0.0
            for end in range(begin + 1, count + 1):
                wide = reach[end] - reach[begin] + offset
                if wide > _WIDEST + offset and end > begin + 1:
                    break
                _reach(best, begin, is_first, end, cost, wide, odds, count)
                if end < count and line_ends[end]:
                    break
    return _walk(best, count)


def _reach(
    best: list[list[tuple[float, tuple[int, int] | None]]],
    begin: int,
    is_first: int,
    end: int,
    cost: float,
    wide: float,
    odds: Sequence[float],
    count: int,
) -> None:
    last = cost + _last_cost(wide, is_first)
    if end == count:
        if last < best[end][0][0]:
            best[end][0] = (last, (begin, is_first))
        return
    full = cost + _full_cost(wide, is_first)
    if full < best[end][0][0]:
        best[end][0] = (full, (begin, is_first))
    if last - odds[end] < best[end][1][0]:
        best[end][1] = (last - odds[end], (begin, is_first))


def _full_cost(wide: float, is_first: int) -> float:
    mean, spread = _FIRST if is_first else _FULL
    return 0.5 * min(((wide - mean) / spread) ** 2, 40.0) + math.log(spread * 2.5)


def _last_cost(wide: float, is_first: int) -> float:
    mean, spread = _FIRST if is_first else _FULL
    over = max(0.0, wide - mean - spread)
    return _ANY_LAST + 0.5 * min((over / spread) ** 2, 40.0)


def _walk(best: list[list[tuple[float, tuple[int, int] | None]]], count: int) -> set[int]:
    starts: set[int] = set()
    place, is_first = count, 0
    while (before := best[place][is_first][1]) is not None:
        if is_first:
            starts.add(place)
        place, is_first = before
    return starts
