"""Which words changed between two texts.

Words are cut by the list of `engines.thai`. Blanks, quotation marks and the two sorts of digits do not count: two
publishers of one law differ in them.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from os.path import commonprefix
from typing import Final

from sala.engines.legislation.letters import arabic, without_marks
from sala.engines.thai.tokens import pieces

_NOTHING: Final = re.compile(r"[\s“”\"‘’'\x91-\x94]+")
_MOST_EDITS: Final = 120


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of one text that is `same`, `added` (only in the second) or `removed` (only in the first)."""

    what: str
    text: str


@dataclass(frozen=True, slots=True)
class _Words:
    """Words as compared, and what is printed of each with the blanks behind it."""

    keys: list[str]
    printed: list[str]


def words_of(text: str) -> _Words:
    """Cut a text into words."""
    keys: list[str] = []
    printed: list[str] = []
    for piece in pieces(without_marks(text)):
        key = _key(piece)
        if key:
            keys.append(key)
            printed.append(piece)
        elif printed:
            printed[-1] += piece
    return _Words(keys, printed)


@lru_cache(maxsize=1 << 16)
def _key(piece: str) -> str:
    """What of a piece counts."""
    return _NOTHING.sub("", arabic(piece))


def word_changes(before: str, after: str) -> tuple[Span, ...]:
    """The second text as spans against the first; joined without the removed ones they are the second, and so on."""
    head, tail = _ends_alike(before, after)
    old, new = words_of(before[head : len(before) - tail]), words_of(after[head : len(after) - tail])
    spans: list[Span] = []
    _add(spans, "same", [without_marks(after[:head])] if head else [])
    at_old = at_new = 0
    for start_old, start_new, length in [*matches(old.keys, new.keys), (len(old.keys), len(new.keys), 0)]:
        _add(spans, "removed", old.printed[at_old:start_old])
        _add(spans, "added", new.printed[at_new:start_new])
        _add(spans, "same", new.printed[start_new : start_new + length])
        at_old, at_new = start_old + length, start_new + length
    _add(spans, "same", [without_marks(after[len(after) - tail :])] if tail else [])
    return tuple(spans)


def _ends_alike(before: str, after: str) -> tuple[int, int]:
    """How many letters at the start and at the end are the same, whole words at blanks; they need no cutting."""
    most = min(len(before), len(after))
    head = len(commonprefix((before, after)))
    if head < most or len(before) != len(after):
        head = max(before.rfind(" ", 0, head), before.rfind("\n", 0, head)) + 1
    rest = most - head
    tail = min(len(commonprefix((before[::-1], after[::-1]))), rest)
    if tail:
        first = re.search(r"[ \n]", before[len(before) - tail :])
        tail = tail - first.start() if first else 0
    return head, tail


def _add(spans: list[Span], what: str, printed: Sequence[str]) -> None:
    if not printed:
        return
    text = "".join(printed)
    if spans and spans[-1].what == what:
        spans[-1] = Span(what, spans[-1].text + text)
    else:
        spans.append(Span(what, text))


def matches(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int, int]]:
    """Runs of equal words as (place in old, place in new, length), in order and not overlapping."""
    found: list[tuple[int, int, int]] = []
    stack = [(0, len(old), 0, len(new))]
    while stack:
        low, high, from_, to = _trimmed(old, new, stack.pop(), found)
        if low == high or from_ == to:
            continue
        anchors = _anchors(old, new, low, high, from_, to)
        if not anchors:
            found += _shortest(old, new, low, high, from_, to)
            continue
        found += [(one, other, 1) for one, other in anchors]
        edges = [(low - 1, from_ - 1), *anchors, (high, to)]
        stack += [(a + 1, c, b + 1, d) for (a, b), (c, d) in pairwise(edges) if c > a + 1 and d > b + 1]
    return _joined(sorted(found))


def _trimmed(
    old: Sequence[str], new: Sequence[str], box: tuple[int, int, int, int], found: list[tuple[int, int, int]]
) -> tuple[int, int, int, int]:
    """What is left between the equal words at the start and at the end, which go into `found`."""
    low, high, from_, to = box
    most = min(high - low, to - from_)
    head = next((n for n in range(most) if old[low + n] != new[from_ + n]), most)
    most -= head
    tail = next((n for n in range(most) if old[high - n - 1] != new[to - n - 1]), most)
    if head:
        found.append((low, from_, head))
    if tail:
        found.append((high - tail, to - tail, tail))
    return low + head, high - tail, from_ + head, to - tail


def _anchors(
    old: Sequence[str], new: Sequence[str], low: int, high: int, from_: int, to: int
) -> list[tuple[int, int]]:
    """Words that come once on each side, the longest row of them in the same order (patience)."""
    in_old, in_new = Counter(old[low:high]), Counter(new[from_:to])
    place = {old[i]: i for i in range(low, high) if in_old[old[i]] == 1}
    pairs = [(place[new[j]], j) for j in range(from_, to) if in_new[new[j]] == 1 and new[j] in place]
    return rising(pairs)


def rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest row of pairs whose first numbers rise; the pairs come ordered by the second."""
    tops: list[int] = []
    ends: list[int] = []
    links: list[int] = []
    for index, (first, _) in enumerate(pairs):
        at = bisect_left(tops, first)
        links.append(ends[at - 1] if at else -1)
        if at == len(tops):
            tops.append(first)
            ends.append(index)
        else:
            tops[at], ends[at] = first, index
    row, index = [], ends[-1] if ends else -1
    while index >= 0:
        row.append(pairs[index])
        index = links[index]
    return row[::-1]


def _shortest(
    old: Sequence[str], new: Sequence[str], low: int, high: int, from_: int, to: int
) -> list[tuple[int, int, int]]:
    """Equal words of a stretch by the shortest edit (Myers); none where the two have next to nothing in common."""
    left, right = old[low:high], new[from_:to]
    reach = {1: 0}
    history: list[dict[int, int]] = []
    for edits in range(min(len(left) + len(right), _MOST_EDITS) + 1):
        history.append(dict(reach))
        for diagonal in range(-edits, edits + 1, 2):
            x = _start(reach, diagonal, edits)[0]
            while x < len(left) and x - diagonal < len(right) and left[x] == right[x - diagonal]:
                x += 1
            reach[diagonal] = x
            if x >= len(left) and x - diagonal >= len(right):
                return [(low + a, from_ + b, 1) for a, b in _traced(history, len(left), len(right))]
    return []


def _start(reach: dict[int, int], diagonal: int, edits: int) -> tuple[int, int]:
    """Where a diagonal is entered by one more edit, and from which diagonal."""
    if diagonal == -edits or (diagonal != edits and reach[diagonal - 1] < reach[diagonal + 1]):
        return reach[diagonal + 1], diagonal + 1
    return reach[diagonal - 1] + 1, diagonal - 1


def _traced(history: list[dict[int, int]], x: int, y: int) -> Iterator[tuple[int, int]]:
    """The equal words on the way back from the end, last first."""
    for edits in range(len(history) - 1, -1, -1):
        diagonal = x - y
        entered, before = _start(history[edits], diagonal, edits) if edits else (0, 0)
        while x > entered:
            x, y = x - 1, y - 1
            yield x, y
        if edits:
            x = history[edits][before]
            y = x - before


def _joined(runs: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    made: list[tuple[int, int, int]] = []
    for one, other, length in runs:
        if made and made[-1][0] + made[-1][2] == one and made[-1][1] + made[-1][2] == other:
            made[-1] = (*made[-1][:2], made[-1][2] + length)
        else:
            made.append((one, other, length))
    return made
