"""Where a paragraph (วรรค) may end when the text does not show it: how likely each blank is, by the words around it.

The weights in `cues.csv` are learned from published laws whose paragraphs stand one on a line, and from nothing else
(`tools/legislation_cues.py` makes the file again; docs/rules/law-texts.md says what it was measured on).
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

_LENGTHS: Final = (2, 3, 4, 6, 8, 12)
_STEPS: Final = (3, 8, 15, 30, 50, 80)
_SO_FAR: Final = (0, 12, 25, 45, 80, 130, 200)
_EARLIER: Final = re.compile("วรรค(?:หนึ่ง|สอง|สาม|สี่|ห้า|ก่อน)")
#: A sentence that begins so has not said yet what shall be, before a second part follows.
_OPENS: Final = re.compile("(?:แต่)?(?:ในกรณี|ถ้า|เมื่อ|หาก|ในระหว่าง|เพื่อ|ผู้ใด|ในการ)")
#: Words that carry a sentence on, so that no paragraph begins with them.
CARRIES_ON: Final = re.compile(
    r"(?:และ|หรือ|ซึ่ง|ที่|โดย|เว้นแต่|อัน|ก็|จึง|มิได้|ได้|ต้อง|จะ|ด้วย|ย่อม|แล้วแต่|ดังต่อไปนี้|ตาม|ของ|ในราช|แห่ง"
    r"|มาตรา(?!นี้)|วรรค|พ\.ศ\.|ๆ|\d|[a-z)]|ต่อ(?!หน้า|ไป))"
)

#: Words of a penalty or of an exception, which close a list: they belong to all of its points and not to the last.
CLOSES_A_LIST: Final = re.compile("(?:ผู้นั้น)?ต้องระวางโทษ|แต่อย่างไรก็ดี")


@dataclass(frozen=True, slots=True)
class Seen:
    """What is seen at a blank, all texts folded.

    `so_far` letters stand in the paragraph before it, which `opens` a sentence if it began with if, when and the like;
    `left` are its last letters, `chunk` those since the blank before; `right` follows, `following` until the next one;
    `in_item` tells that a list is being read.
    """

    so_far: int
    opens: bool
    left: str
    chunk: int
    right: str
    following: int
    in_item: bool


def opens_a_sentence(begun: str) -> bool:
    """Whether a paragraph that begins so must go on after its first blank."""
    return bool(_OPENS.match(begun))


def features(seen: Seen) -> Iterator[str]:
    """The names of what is seen at a blank; each has a weight."""
    yield "bias"
    for length in _LENGTHS:
        yield f">{seen.right[:length]}"
        yield f"<{seen.left[-length:]}"
    yield f"names an earlier one {bool(_EARLIER.search(seen.right[:60]))}"
    yield f"so far {sum(seen.so_far > step for step in _SO_FAR)}"
    yield f"chunk {sum(seen.chunk > step for step in _STEPS)}"
    yield f"following {sum(seen.following > step for step in _STEPS)}"
    yield f"in item {seen.in_item}"
    yield f"open {seen.chunk >= seen.so_far and seen.opens}"


@cache
def _weights() -> dict[str, float]:
    text = (files("sala.engines.legislation") / "cues.csv").read_text(encoding="utf-8")
    return {name: float(weight) for name, weight in csv.reader(text.splitlines())}


def likelihood(seen: Seen) -> float:
    """The log odds that a paragraph ends at a blank."""
    weights = _weights()
    return sum(weights.get(name, 0.0) for name in features(seen))
