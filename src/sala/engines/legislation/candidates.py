"""Places where a provision may begin, each with a score from what stands before and after it.

A reference ("ตามมาตรา ๒๖") looks like a beginning, and in page texts nothing begins a line. No sign alone decides;
the scores are weighed together with the order of the numbers (`sequence`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from sala.engines.legislation.kinds import WORDS, Kind
from sala.engines.legislation.numbers import PLAIN, SPACED, Key, key_of

# Words after which a reference stands, never a beginning.
_LEADS: Final = re.compile(
    r"(?:ตาม|ใน|ของ|และ|หรือ|แห่ง|กับ|ถึง|ฝ่าฝืน|จาก|โดย|ตั้งแต่|ยกเว้น|เว้นแต่|นอกจาก|ซึ่ง|เป็น|แก่|บทบัญญัติ|ความใน|ยกเลิก|ประกอบ"
    r"|ภายใต้บังคับ|ระหว่าง|เพิ่ม|ว่าด้วย|ได้แก่|คือ|อ้างถึง|แก้ไข|เช่น|ไม่ใช่|ตราไว้|ขัดต่อ|พ้น|ผู้ที่|ที่|,|\()$"
)
_LISTED: Final = re.compile(r"(?:มาตรา|ข้อ) *[\d/ ]+(?:ทวิ|ตรี|จัตวา)?$")
_INNER: Final = re.compile(r"(?:วรรค[ก-๎]{1,12}|\(\d+\)|\([ก-ฮ]\))$")
# What goes on after a number shows that it was only named.
_CARRIES: Final = re.compile(
    r"[ \n]*(?:วรรค[กหสทน]|แห่ง|และ(?:มาตรา|ข้อ|ให้ใช้| )|หรือ|ถึง(?:มาตรา|ข้อ)|ของ|(?:มาตรา|ข้อ) ?\d|ประกอบ|ทั้งนี้ตาม|นี้|นั้น"
    r"|แล้ว|ดังกล่าว|ก่อน|มาใช้|มาบังคับ|ต้องระวาง|[,)])"
)
_FORMULA: Final = re.compile(r"(?:ต่อไปนี้แทน|ดังนี้ *[“\"]|แทน *[“\"])[ \n“\"]*$")
# "ให้เพิ่มความต่อไปนี้เป็นมาตรา ๑๓/๑ แห่ง…" announces the very number that then stands in the quotation.
_ANNOUNCED: Final = re.compile(r"(?:ต่อไปนี้|เพิ่ม)เป็น(?:(?!ต่อไปนี้)[^“]){0,300}$")
_PAGE_LINE: Final = 1500


@dataclass(frozen=True, slots=True)
class Candidate:
    """`start` is the keyword's offset, `end` the one after the number; `score` is what speaks for a beginning."""

    start: int
    end: int
    number: str
    key: Key
    score: float


@dataclass(frozen=True, slots=True)
class View:
    """A text as the reader looks at it: `flat` (same length), and whether it is page text with run-on lines."""

    text: str
    flat: str
    is_page: bool
    depths: bytes

    def quoted(self, place: int) -> bool:
        """Whether a place lies within quotation marks."""
        return self.depths[place] > 0


def is_page_text(flat: str) -> bool:
    """Whether lines are whole pages, so that beginnings stand anywhere in them."""
    lines = [len(line) for line in flat.split("\n") if line.strip()]
    long = sum(length for length in lines if length > _PAGE_LINE)
    return bool(lines) and long > 0.5 * sum(lines)


def quote_depths(flat: str, resets: Iterator[int]) -> bytes:
    """How many quotation marks are open at each place, at most 3; a mark that was never closed ends at a reset."""
    depths = bytearray(len(flat) + 1)
    marks = [(found.start(), found.group()) for found in re.finditer("[“”]", flat)]
    events = [(0, ""), *sorted([*marks, *((place, "") for place in resets)])]
    ends = [*(place for place, _ in events[1:]), len(flat) + 1]
    depth = 0
    for (place, mark), end in zip(events, ends, strict=True):
        depth = min(depth + 1, 3) if mark == "“" else max(depth - 1, 0) if mark else 0
        depths[place:end] = bytes([depth]) * (end - place)
    return bytes(depths)


def find_candidates(view: View, kind: Kind) -> list[Candidate]:
    """Every place where a มาตรา or ข้อ may begin, in order."""
    word = WORDS[kind]
    spelled = " ?".join(word) if view.is_page else word
    pattern = re.compile(rf"(?<![ก-๎]){spelled}[ \n]*({SPACED if view.is_page else PLAIN})")
    found = []
    for match in pattern.finditer(view.flat):
        score = _score(view, match.start(), match.end())
        if score > -3:
            number = match.group(1)
            found.append(Candidate(match.start(), match.end(), number, key_of(number), score))
    return sorted([*found, *_torn_off(view.flat, word)], key=lambda one: one.start)


def _torn_off(flat: str, word: str) -> Iterator[Candidate]:
    """Numbers whose keywords a PDF piled up on one line ("มาตรา มาตรา มาตรา", then lines ๗ …, ๘ …, ๙ …)."""
    for pile in re.finditer(rf"^ *((?:{word} +)+){word} *$", flat, re.MULTILINE):
        lines = re.compile(rf"^ *({PLAIN})(?= )", re.MULTILINE).finditer(flat, pile.end() + 1)
        for line in list(islice(lines, pile.group().count(word)))[1:]:
            yield Candidate(line.start(1), line.end(1), line.group(1), key_of(line.group(1)), 3.0)


def _score(view: View, start: int, end: int) -> float:
    flat = view.flat
    before = flat[max(0, start - 60) : start]
    score = 2.0 + _by_place(view, before, flat, start) + _by_lead(before) + _by_follow(flat, end)
    return score - 5.0 * _is_announced(flat, start, end)


def _is_announced(flat: str, start: int, end: int) -> bool:
    told = _ANNOUNCED.search(flat[max(0, start - 320) : start])
    return told is not None and re.sub(r"\s", "", flat[start:end]) in re.sub(r"\s", "", told.group())


def _by_place(view: View, before: str, flat: str, start: int) -> float:
    line = before.rpartition("\n")[2] if "\n" in before else before
    score = 0.0
    if not line.strip(' -“"'):
        score += 1.0
        lines = before.split("\n")
        if len(lines) > 1 and not lines[-2].strip():
            score += 2.0
    elif not view.is_page:
        score -= 2.0
    if view.quoted(start) or line.strip(" -")[-1:] in ("“", '"'):
        score -= 4.0
    if _FORMULA.search(before):
        score -= 6.0
    return score


def _by_lead(before: str) -> float:
    told = before.rstrip()
    if _LEADS.search(told):
        return -4.0
    if _LISTED.search(told):
        return -2.5
    return -0.7 if _INNER.search(told) else 0.0


def _by_follow(flat: str, end: int) -> float:
    after = flat[end : end + 30]
    if _CARRIES.match(after):
        return -3.0
    if re.match(r" *\(\d+\)", after):
        return -1.5
    if re.match(r"  |[ ]*\n", after):
        return 0.7
    return -1.0 if re.match(r"[ก-๎]", after) else 0.0
