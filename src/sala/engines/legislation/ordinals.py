"""วรรคหนึ่ง, วรรคสอง …: what the law says of its own paragraphs."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from sala.engines.legislation.letters import flatten
from sala.engines.legislation.numbers import SUFFIXES, Key, key_of

ORDINALS: Final = ("หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า", "สิบ", "สิบเอ็ด", "สิบสอง")
_NAMES: Final = "|".join(sorted(ORDINALS, key=len, reverse=True))
_SUFFIX: Final = "|".join(sorted(SUFFIXES, key=len, reverse=True))
_OWN: Final = re.compile(rf"วรรค(?P<which>{_NAMES}|ก่อน)")
_OF_ANOTHER: Final = re.compile(
    rf"(?:มาตรา|ข้อ)[\d/]+(?:{_SUFFIX})?(?:(?:วรรค(?:{_NAMES})|และ|หรือ|,|\([\dก-ฮ/]+\))*)$"
)
_OF_ANOTHER_AFTER: Final = re.compile(r"(?:\([\dก-ฮ/]+\)|และวรรค[ก-๎]{3,6})*(?:ของ|แห่ง)(?:มาตรา|ข้อ)")
_AHEAD: Final = re.compile(r"(?:ภายใต้บังคับ|เว้นแต่|นอกจาก|นอกจากกรณีตาม|เว้นแต่กรณีตาม)(?:ที่บัญญัติไว้ใน)?$")
_REFERENCE: Final = re.compile(
    rf"(?P<word>มาตรา|ข้อ)(?P<number>\d+(?:/\d+)?)(?P<paragraphs>(?:(?:และ|หรือ|,)?วรรค(?:{_NAMES})(?:\([\dก-ฮ/]+\))*)+)"
)
_REVERSED: Final = re.compile(
    rf"วรรค(?P<which>{_NAMES})(?:\([\dก-ฮ/]+\)|และวรรค(?:{_NAMES}))*(?:ของ|แห่ง)(?P<word>มาตรา|ข้อ)(?P<number>\d+(?:/\d+)?)"
)
_OTHER_LAW: Final = re.compile(r"(?:แห่ง|ของ)(?:พระราช|ประมวล|รัฐธรรมนูญ|กฎ|ระเบียบ)(?![^ ]{0,40}นี้)")


def ordinal(word: str) -> int:
    """1 for หนึ่ง; 0 for a word that is none."""
    return ORDINALS.index(word) + 1 if word in ORDINALS else 0


def earlier_paragraphs(chunks: Sequence[str]) -> Iterator[tuple[int, int]]:
    """For each run of letters that names an earlier paragraph of its own provision: its place, and which one."""
    told = ""
    for place, chunk in enumerate(chunks):
        flat = re.sub(r"\s", "", flatten(chunk))
        for found in _OWN.finditer(flat):
            before = (told + flat[: found.start()])[-60:]
            if (
                _OF_ANOTHER.search(before)
                or _OF_ANOTHER_AFTER.match(flat, found.end())
                or _AHEAD.search(before)
            ):
                continue
            yield place, ordinal(found.group("which")) or 1
        told = (told + flat)[-80:]


def named_paragraphs(text: str) -> dict[Key, int]:
    """How many paragraphs a provision must have at least, by its number, from all references in a law's text."""
    flat = re.sub(r"\s", "", flatten(text))
    least: dict[Key, int] = {}
    for found in _REFERENCE.finditer(flat):
        if not _OTHER_LAW.match(flat, found.end()):
            last = max(ordinal(word) for word in re.findall(_NAMES, found.group("paragraphs")))
            _note(least, found.group("number"), last)
    for found in _REVERSED.finditer(flat):
        if not _OTHER_LAW.match(flat, found.end()):
            _note(least, found.group("number"), ordinal(found.group("which")))
    return least


def _note(least: dict[Key, int], number: str, last: int) -> None:
    # whoever says "paragraph one" says that there is another
    key = key_of(number)
    least[key] = max(least.get(key, 1), last, 2)
