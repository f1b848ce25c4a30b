"""Find people by what they are called in a village: kin word and nickname; and by the words before a name."""

import re
from collections.abc import Iterator
from functools import cache

from sala.engines.thai.names import Found, family_end, given_names, is_clear_of, own_words

_KIN = "ลุง|ป้า|น้า|ปู่|ย่า|พี่|น้อง|เจ๊|เฮีย|ซ้อ|เสี่ย|ช่าง|ก๊ะ|คุณ|ยาย|(?<![ก-๛])(?:ตา|อา|บัง|แบ|กะ)"  # ตา and อา begin many words
_CALLED = re.compile(f"(?:{_KIN}){{1,2}}(?=[ก-๛])")
_NO_NAME = frozenset(
    ["น้องแมว", "น้องหมู", "น้องไก่", "น้องปลา", "น้องนก", "น้องเสือ", "พี่หนุ่ม", "คุณหนู", "คุณหญิง", "ตาปลา", "ตาไก่"]
)
_OF_A_SHOP = re.compile("(?:ร้าน|ซอย|ซ\\.|ตลาด|วัด|ถนน|ถ\\.|สวน|ปั๊ม|ศาล|โรงเรียน|สะพาน|คลอง|อู่|แยก|คลินิก|ชื่อ)\\s?$")
_CUE = re.compile(
    "(?:ผู้แจ้ง|ผู้ร้อง(?:เรียน|ทุกข์)?|ผู้เสียหาย|ขอแสดงความนับถือ|ด้วยความเคารพ(?:อย่างสูง)?|"
    "ชื่อ\\s?[-–/]\\s?(?:นาม)?สกุล|ชื่อบัญชี|ชื่อเล่น|ลงชื่อ|ชื่อ|ติดต่อ(?:กลับ)?(?:ที่)?|โทร(?:หา|กลับ)|"
    "(?P<self>กระผม|ดิฉัน|ข้าพเจ้า|(?<![ก-๛])(?:ผม|หนู)))(?P<gap>[ \u00a0]{0,3}[:：]?[ \u00a0]{0,3})(?=[ก-๛])"
)
_WORD = re.compile("[ก-ฮะ-ฺเ-ๅ็-๎]+")
_BEFORE_PHONE = re.compile(r"[ \u00a0]{0,3}(?:ที่|เบอร์|โทร\.?)?[ \u00a0:]{0,3}[0+(๐]")
_LONGEST_NICKNAME = 10


@cache
def nicknames() -> frozenset[str]:
    """Common Thai nicknames."""
    return own_words("nicknames.txt")


def find_called(text: str, starts: dict[int, int]) -> Iterator[Found]:
    """Names of people that lists of given names and titles leave out, in no order.

    ลุงดำ, น้องออม: a nickname after a kin word. ผู้ร้องเรียน จิราพร …, ขอแสดงความนับถือ …: a name where people sign.
    """
    for match in _CALLED.finditer(text):
        if match.start() in starts and not _OF_A_SHOP.search(
            text[max(0, match.start() - 12) : match.start()]
        ):
            yield from _nickname(text, match, starts)
    for match in _CUE.finditer(text):
        yield from _signed(text, match)


def _nickname(text: str, kin: re.Match[str], starts: dict[int, int]) -> Iterator[Found]:
    chunk = _WORD.match(text, kin.end())
    for size in range(min(_LONGEST_NICKNAME, len(chunk.group()) if chunk else 0), 1, -1):
        end = kin.end() + size
        if text[kin.end() : end] in nicknames() and is_clear_of(text, end, starts):
            if text[kin.start() : end] not in _NO_NAME:
                yield Found(kin.start(), end)
            return


def _signed(text: str, cue: re.Match[str]) -> Iterator[Found]:
    """A listed name that stands alone between spaces after the cue, with the family name that follows it."""
    word = _WORD.match(text, cue.end())
    if word is None or (cue.group("self") and not cue.group("gap")):
        return
    if word.group() in given_names() and len(word.group()) >= (5 if cue.group("self") else 3):
        yield Found(word.start(), family_end(text, word.end()))
    elif word.group() in nicknames() and not cue.group("self"):
        is_named = cue.group().startswith("ชื่อ") or _BEFORE_PHONE.match(text, word.end())
        if is_named and not _OF_A_SHOP.search(text[max(0, cue.start() - 12) : cue.start()]):
            yield Found(*word.span())
