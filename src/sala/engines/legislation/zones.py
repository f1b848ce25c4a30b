"""The outer parts of a text: where instruments end (signatures), notes of reasons, footnotes of the publisher."""

import re
from dataclasses import dataclass
from typing import Final

from sala.engines.legislation.kinds import INSTRUMENTS
from sala.engines.legislation.letters import arabic, one_line

_SIGNED: Final = re.compile(r"ผู้ *รับ *สนอง *พระ *(?:บรม *)?ราช *โองการ")
_GIVEN: Final = re.compile(r"(?:ประกาศ(?:มา)?|ให้ไว้|สั่ง) *ณ *วันที่")
_NOTE: Final = re.compile(r"หมาย *เหตุ *:|^ *หมายเหตุ *$", re.MULTILINE)
_FOOTNOTE: Final = re.compile(r"^ *\[\d+\]", re.MULTILINE)
_KIND: Final = "|".join(re.escape(word) for word in INSTRUMENTS)
#: A line that names a later instrument, whose left-over sections follow.
_TITLE_LINE: Final = re.compile(
    rf"^ *(?:{_KIND})[^\n]*(?:\n[^\n]+)?(?:พ\.ศ\. *\d{{4}}|ฉบับที่ *\d+)", re.MULTILINE
)
#: The Council of State prints remains of amending acts under a line with the act's name and a footnote mark, which
#: is blank in the flat text; "(ฉบับที่ …)" and "แก้ไขเพิ่มเติม" make it a later one.
_LATER: Final = re.compile(
    rf"^ *(?:{_KIND})(?=[^\n]*(?:\n[^\n]+)?(?:ฉบับที่|แก้ไข))[^\n]*(?:\n[^\n]+)?\d{{4}} *\n *\n", re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Zones:
    """Offsets in a text. `stop` is where the publisher's footnotes begin; the rest are sorted lists of places."""

    stop: int
    signatures: tuple[int, ...]
    notes: tuple[int, ...]

    @property
    def ends(self) -> list[int]:
        """Places behind which another instrument may begin."""
        return sorted((*self.signatures, *self.notes))

    def end_after(self, place: int, limit: int) -> int:
        """Where what began at a place must end at the latest: the next signature or note, or `limit`."""
        return min((one for one in self.ends if place < one < limit), default=limit)


def find_zones(text: str, flat: str) -> Zones:
    """The outer parts of a text; `flat` is its view of the same length."""
    plain = arabic(text)
    stop = _footnotes(plain)
    given = [one.start() for one in _GIVEN.finditer(flat, 0, stop)]
    signed = [one.start() for one in _SIGNED.finditer(flat, 0, stop)]
    return Zones(
        stop, tuple(sorted({*signed, *given})), tuple(n.start() for n in _NOTE.finditer(flat, 0, stop))
    )


def _footnotes(plain: str) -> int:
    """Where the last run of lines that begin with [1], [2] … starts."""
    firsts = [found.start() for found in re.finditer(r"^ *\[1\]", plain, re.MULTILINE)]
    if not firsts:
        return len(plain)
    marks = len(_FOOTNOTE.findall(plain, firsts[-1]))
    return firsts[-1] if marks and not re.search(r"^ *มาตรา *\d", plain[firsts[-1] :][:40]) else len(plain)


def title_before(text: str, flat: str, start: int, after: int) -> str:
    """The name of the instrument whose first provision begins at `start`; empty if none stands before it."""
    found = None
    for found in _TITLE_LINE.finditer(flat, after, start):  # noqa: B007  # the last one counts
        pass
    if found is None:
        return ""
    return one_line(text[found.start() : min(found.end() + 20, start)].split("\n \n")[0].split("\n\n")[0])


def later_title(flat: str, start: int, limit: int) -> int | None:
    """Where a line that names a later amending instrument begins; None if there is none before `limit`."""
    found = _LATER.search(flat, start, limit)
    return found.start() if found else None


@dataclass(frozen=True, slots=True)
class Tail:
    """What follows the last provision: spans of the signature, of annexes and schedules, of notes and remains."""

    conclusions: tuple[int, int]
    annexes: tuple[int, int]
    notes: tuple[int, int]

    def is_annex(self, place: int) -> bool:
        """Whether a place lies in the annexes."""
        return self.annexes[0] <= place < self.annexes[1]


def split_tail(text: str, flat: str, outer: Zones, end: int) -> Tail:
    """Part what follows the last provision at its blank lines and at the first note."""
    note = min((one for one in outer.notes if one >= end), default=outer.stop)
    named = later_title(flat, end, outer.stop)
    stop = min(note, named if named is not None else outer.stop)
    if not any(end <= one < stop for one in outer.signatures):
        return Tail((end, end), (end, end), (end, outer.stop))
    signed = [one for one in outer.signatures if end <= one < stop][0]
    gap = re.compile(r"\n[ \t]*\n[ \t]*\n").search(flat, signed, stop)
    parted = gap.start() if gap else stop
    return Tail((end, parted), (parted, stop), (stop, outer.stop))
