"""Headings (บรรพ ภาค ลักษณะ หมวด ส่วนที่ บทที่ บทเฉพาะกาล): what stands directly before a provision or a smaller heading.

That is the rule that tells a heading from "ตามหมวด ๕", from the words ภาคี, ลักษณะ, ส่วน and บทบัญญัติ at the start of a
line, and from a table of contents.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sala.engines.legislation.candidates import View
from sala.engines.legislation.kinds import LONE_HEADINGS, RANK, Kind
from sala.engines.legislation.letters import one_line
from sala.engines.legislation.numbers import PLAIN, tidy, to_arabic

_LONGEST: Final = 260
_WORD: Final = (
    r"(?P<book>บรรพ)|(?P<part>ภาค)|(?P<title>ลักษณะ)|(?P<chapter>หมวด)|(?P<division>ส่วน(?: ?ที่)?)"
    r"|(?P<subdivision>บทที่)"
)
_NUMBERED: Final = re.compile(rf"(?<![ก-๎])(?:{_WORD})[ \n]*(?P<number>{PLAIN})(?![\d/])")
_TRANSITIONAL: Final = re.compile(r"(?<![ก-๎])บท ?เฉพาะ ?กาล(?![ก-๎])")
_LONE: Final = re.compile(rf"^ *({'|'.join(LONE_HEADINGS)}) *$", re.MULTILINE)
_LEADS: Final = re.compile(
    r"(?:ตาม|ใน|ของ|และ|หรือ|แห่ง|กับ|ถึง|จาก|โดย|เพิ่ม|เป็น|ยกเลิก|ชื่อ|ว่าด้วย|,|[“\"]|มาตรา *[\d/]+)$"
)
_RULE_OF_LINES: Final = re.compile(r"[_\-–—=*.…]{3,}")
_SENTENCE: Final = re.compile(r"แห่ง(?:พระราช|ประมวล)|มาใช้บังคับ|ดังต่อไปนี้|(?:มาตรา|วรรค|ข้อ) ?\d|หมายความว่า")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as found: offsets of its keyword and of where its words end, its number as printed, its words."""

    kind: Kind
    start: int
    end: int
    number: str
    number_arabic: str
    words: str


def find_headings(view: View, starts: Sequence[int], first: int) -> list[Heading]:
    """The headings of an instrument whose provisions begin at `starts` (offsets, sorted); none before `first`."""
    found: list[Heading] = []
    earlier = first
    for start in starts:
        found.extend(_run_before(view, max(earlier, start - 6 * _LONGEST), start))
        earlier = start
    return found


def _run_before(view: View, begin: int, end: int) -> list[Heading]:
    """The headings directly before a provision: nearest first, each larger than the one below it."""
    run: list[Heading] = []
    limit, rank = end, max(RANK.values())
    for kind, start, after, number in reversed(_marks(view.flat, begin, end)):
        if RANK[kind] >= rank or not _is_heading(view, start, after, limit):
            if run or limit - after > _LONGEST:
                break
            continue
        run.append(_made(view.text, kind, start, after, limit, number))
        limit, rank = start, RANK[kind]
    return run[::-1]


def _marks(flat: str, begin: int, end: int) -> list[tuple[Kind, int, int, str]]:
    marks = []
    for found in _NUMBERED.finditer(flat, begin, end):
        kind = Kind(_named(found))
        marks.append((kind, found.start(), found.end(), found.group("number")))
    marks += [
        (Kind.TRANSITIONAL, one.start(), one.end(), "") for one in _TRANSITIONAL.finditer(flat, begin, end)
    ]
    after_number = {end for _, _, end, _ in marks}
    for one in _LONE.finditer(flat, begin, end):
        # "หมวด ๑", and บททั่วไป on the next line: the words of that heading, none of its own
        if len(flat[: one.start(1)].rstrip()) not in after_number:
            marks.append((Kind.CHAPTER, one.start(1), one.start(1), ""))
    return sorted(marks, key=lambda mark: mark[1])


def _named(found: re.Match[str]) -> str:
    return next(name for name, value in found.groupdict().items() if value and name != "number")


def _is_heading(view: View, start: int, after: int, limit: int) -> bool:
    words = view.flat[after:limit]
    before = view.flat[max(0, start - 40) : start]
    if len(words.strip()) > _LONGEST or _SENTENCE.search(words) or view.quoted(start):
        return False
    line = before.rpartition("\n")
    starts_line = not line[2].strip(" #-") if line[1] else start < 40
    if not view.is_page:
        return starts_line and not re.search(r"\n\s*\n\s*\S[^\n]*\n\s*\n\s*\S", words.strip())
    return _LEADS.search(before.rstrip()) is None


def _made(text: str, kind: Kind, start: int, after: int, limit: int, number: str) -> Heading:
    words = one_line(_RULE_OF_LINES.sub(" ", text[after:limit])).strip(" -–")
    if kind is Kind.TRANSITIONAL:
        words = "บทเฉพาะกาล"
    printed = tidy(text[after - len(number) : after]) if number else ""
    return Heading(kind, start, after, printed, to_arabic(printed), words)
