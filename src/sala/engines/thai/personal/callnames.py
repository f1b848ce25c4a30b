"""Find people by what they are called in a village: kin word and nickname; and by the words before a name."""

import re
from collections.abc import Iterator
from functools import cache

from sala.engines.thai.dictionary import stop_words, word_list
from sala.engines.thai.personal.name_lists import (
    CLAN,
    OF_A_CLAN,
    family_end,
    given_names,
    not_names,
    own_words,
    province_names,
)
from sala.engines.thai.personal.names import Found, is_clear_of
from sala.engines.thai.personal.recogniser import common_words

_KIN = (
    "ลุง|ป้า|น้า|ปู่|ย่า|พี่|น้อง|เจ๊|เจ้|เฮีย|ซ้อ|เสี่ย|นายช่าง|ช่าง|ก๊ะ|คุณ|ยาย|พ่อหลวง|แม่หลวง|พ่อใหญ่|แม่ใหญ่|พ่อเฒ่า|"
    "แม่เฒ่า|อ้าย|เอื้อย|อาแปะ|แปะ|อาโก|อากง|อาม่า|อาเจ็ก|"
    "ไอ้หนุ่ม|ไอ้|อีนาง|ผู้ใหญ่|กำนัน|หลวงพ่อ|หลวงตา|หลวงปู่|หลวงพี่|ครู|หมอ|จ่า|ดาบ|ผู้กอง|ป๋า|เจ๊ะ|"
    "(?<![ก-๛])(?:ตา|อา|บัง|แบ|กะ|แม่|พ่อ|โก|อี|มะ|เปาะ)"  # these begin many words
)
_CALLED = re.compile(f"(?:{_KIN}){{1,2}}(?:(?<=[ก-๛]{{3}})[ ])?(?=[ก-๛])")
# Kin words before which an unknown word is a nickname; after the others it may be anything.
_SURE_KIN = re.compile(
    "(?:ลุง|ป้า|น้า|เจ๊|เจ้|เฮีย|ซ้อ|เสี่ย|พ่อหลวง|แม่หลวง|พ่อใหญ่|แม่ใหญ่|อ้าย|เอื้อย|น้อง|พี่|ยาย|ไอ้|นายช่าง|ก๊ะ|บัง|"
    "อาแปะ|แปะ|อาโก|อาม่า|อากง|ป๋า|หลวงพี่|หลวงตา|ผู้ใหญ่|กำนัน)[ ]?$"
)
_OLD_KIN = re.compile(
    "^(?:ลุง|ป้า|น้า|ยาย|ตา|ปู่|ย่า|เฮีย|เจ๊|เจ้|เสี่ย|ซ้อ|พ่อหลวง|แม่หลวง|พ่อใหญ่|แม่ใหญ่|พ่อเฒ่า|แม่เฒ่า|อ้าย|เอื้อย|แบ|บัง|"
    "กะ|ก๊ะ|คุณลุง|คุณป้า|คุณยาย|คุณตา)$"
)
_UNKNOWN = re.compile(r"[ก-ฮเ-ไ][ก-ฮะ-ฺเ-์]{1,6}")
_OF_A_SHOP = re.compile(
    "(?:ร้าน|ซอย|ซ\\.|ตลาด|วัด|ถนน|ถ\\.|สวน|ปั๊ม|ศาล|โรงเรียน|สะพาน|คลอง|อู่|แยก|คลินิก|ชื่อ|ท่า|ทุ่ง|หนอง|โรงสี|"
    "เพจ|ครัว|ก๋วยเตี๋ยว|ส้มตำ|ข้าวมันไก่|"
    "หมู่บ้าน|ชุมชน|อำเภอ|ตำบล|อ\\.|ต\\.|ดอย|ห้วย|ลำ|น้ำ|สมเด็จ|โรงพยาบาล|ค่าย|ต้น|องค์)\\s?$"
)
_CUE = re.compile(
    "(?:ผู้แจ้ง|ผู้ร้อง(?:เรียน|ทุกข์)?|ผู้เสียหาย|ผู้ประสบเหตุ|ผู้บาดเจ็บ|ผู้ป่วย|ผู้ตาย|คนขับ|เจ้าของ|ขอแสดงความนับถือ|ด้วยความเคารพ(?:อย่างสูง)?|"
    "ชื่อ\\s?[-–/]\\s?(?:นาม)?สกุล|ชื่อบัญชี|ชื่อเล่น|ลงชื่อ|(?<!เ)ชื่อ|ติดต่อ(?:กลับ)?(?:ที่)?|โทร(?:หา|กลับ)|จาก|โดย|"
    "(?P<self>กระผม|ดิฉัน|ข้าพเจ้า|(?<![ก-๛])(?:ผม|หนู)))(?P<gap>[ ]{0,3}[:]?[ ]{0,3})(?=[ก-๛])"
)
_WORD = re.compile("[ก-ฮเ-ไ][ก-ฮะ-ฺเ-ๅ็-๎]{0,39}")
_BEFORE_PHONE = re.compile(r"[ ]{0,3}(?:ที่|เบอร์|โทร\.?)?[ :]{0,3}[0+(]")
_CALLED_SO = re.compile(r"(?:(?<!เ)ชื่อ(?:จริง|เล่น)?(?:ว่า|คือ)?|เรียก(?:กัน)?ว่า)[ ]{0,2}(?=[ก-๛])")
_LONGEST_NICKNAME = 10


@cache
def nicknames() -> frozenset[str]:
    """Common Thai nicknames."""
    return own_words("nicknames.txt")


@cache
def _old_names() -> frozenset[str]:
    """Short names of older people that are words too: they count only where they stand alone."""
    return own_words("old_names.txt")


@cache
def given_form() -> re.Pattern[str]:
    """A given name of the elder, made of two or three of the words that such names are made of."""
    parts = "|".join(
        sorted(own_words("family_parts.txt") | own_words("given_parts.txt"), key=len, reverse=True)
    )
    return re.compile(f"(?:{parts}){{2,3}}")


@cache
def _callings() -> frozenset[str]:
    return own_words("callings.txt")


def find_called(text: str, starts: dict[int, int]) -> Iterator[Found]:
    """Names of people that lists of given names and titles leave out, in no order.

    ลุงดำ, น้องออม: a nickname after a kin word. ผู้ร้องเรียน จิราพร …, ขอแสดงความนับถือ …: a name where people sign.
    """
    for match in _CALLED.finditer(text):
        before = text[max(0, match.start() - 12) : match.start()]
        if match.start() in starts and not _OF_A_SHOP.search(before):
            yield from _nickname(text, match, starts)
    for match in _CUE.finditer(text):
        yield from _signed(text, match)
    for match in _CALLED_SO.finditer(text):
        yield from _unknown(text, match.end(), match.end(), starts)


def _nickname(text: str, kin: re.Match[str], starts: dict[int, int]) -> Iterator[Found]:
    if clan := OF_A_CLAN.match(text, kin.end()):
        yield Found(kin.start(), clan.end())
        return
    chunk = _WORD.match(text, kin.end())
    is_word = text[kin.start() : starts[kin.start()]] in word_list()
    end = _nickname_end(text, kin, chunk.group(), starts) if chunk else 0
    if end:
        clan = CLAN.match(text, end)
        # อายุ and โกโก้ are words; a teacher who is small is no ครูน้อย
        if not (is_word and end <= starts[kin.start()]) and not _is_no_name(text, kin, end):
            yield Found(kin.start(), clan.end() if clan else end)
        return
    end = _unlisted_end(text, kin, chunk.group() if chunk else "", starts)
    if end and not (is_word and end <= starts[kin.start()]):
        yield Found(kin.start(), end)
    elif _SURE_KIN.search(kin.group()) and (kin.end() in starts or not is_word):
        yield from _unknown(text, kin.start(), kin.end(), starts)


def _unlisted_end(text: str, kin: re.Match[str], chunk: str, starts: dict[int, int]) -> int:
    """Where a name that no list of nicknames holds ends, by its place or by its parts; 0 if there is none."""
    if alone := _stands_alone(text, kin, starts):
        return alone
    return kin.end() + len(chunk) if len(kin.group()) > 2 and _is_put_together(chunk) else 0


def _nickname_end(text: str, kin: re.Match[str], chunk: str, starts: dict[int, int]) -> int:
    """Where the longest listed nickname behind the kin word ends, clear of what follows; 0 if there is none."""
    for size in range(min(_LONGEST_NICKNAME, len(chunk)), 1, -1):
        end, nickname = kin.end() + size, chunk[:size]
        is_old = nickname in _old_names() and size == len(chunk) and _OLD_KIN.search(kin.group())
        is_listed = nickname in nicknames() or is_old
        if is_listed and (CLAN.match(text, end) or is_clear_of(text, end, starts)):
            return end
    return 0


def _stands_alone(text: str, kin: re.Match[str], starts: dict[int, int]) -> int:
    """Where the name ends in ลุงหนวด, ป้าติ่งเอาขยะ: one short word behind a kin word, alone or before a verb; else 0.

    None that tells what the person is or does (`callings.txt`).
    """
    end = starts.get(kin.end(), 0)
    word = text[kin.end() : end]
    if not (2 <= len(word) <= 5 and _OLD_KIN.search(kin.group()) and _UNKNOWN.match(word)):
        return 0
    is_other = word in not_names() or word in _callings() or word in common_words() or word in stop_words()
    if is_other or text[kin.start() : end] in own_words("not_called.txt"):
        return 0
    following = text[end : starts.get(end, end)]
    goes_on = following in not_names() and _SURE_KIN.search(kin.group())
    return end if "ๆ" not in word and (following[:1] in (" ", "", ",", ")") or goes_on) else 0


def _is_no_name(text: str, kin: re.Match[str], end: int) -> bool:
    nickname = text[kin.end() : end]
    if text[kin.start() : end].replace(" ", "") in own_words("not_called.txt") or (
        nickname in _SIZES and kin.group().strip() in ("ครู", "หมอ", "พ่อ", "แม่", "ผู้ใหญ่")
    ):
        return True
    if nickname in _COUNTS and text.startswith("คน", end):
        return True
    return kin.group().startswith("หลวง") and text.startswith("วัด", end)  # the monk of whom the temple tells


_SIZES = frozenset(["น้อย", "ใหญ่", "เล็ก", "หนุ่ม", "สาว", "เก่า", "ใหม่", "หนึ่ง", "อ้วน", "เตี้ย", "ดำ"])
_COUNTS = frozenset(["หนึ่ง", "สอง", "สาม", "สี่"])


def _is_put_together(chunk: str) -> bool:
    """Whether all of `chunk` is put together as Thai names are (บุญเรือน, ทองสุข) and no word of its own."""
    return 4 <= len(chunk) <= 14 and chunk not in word_list() and bool(given_form().fullmatch(chunk))


def _unknown(text: str, begin: int, start: int, starts: dict[int, int]) -> Iterator[Found]:
    """A short word that no dictionary holds, where a name is due, and what follows can stand behind a name."""
    end = starts.get(start) or starts.get(
        begin, start
    )  # what no dictionary holds is one piece with the kin word
    word = text[start:end]
    if not _UNKNOWN.fullmatch(word) or word in word_list() or word in _callings() or word in not_names():
        return
    if is_clear_of(text, end, starts) or text[end : starts.get(end, end)] in word_list():
        yield Found(begin, family_end(text, end) if text[end : end + 1] == " " and begin == start else end)


def _signed(text: str, cue: re.Match[str]) -> Iterator[Found]:
    """A listed name that stands alone between spaces after the cue, with the family name that follows it."""
    word = _WORD.match(text, cue.end())
    if word is None or (cue["self"] and not cue["gap"]):
        return
    is_loose = cue.group()[:3] in ("จาก", "โดย")
    if is_loose and (
        word.group() in word_list() or word.group() in province_names() or word.group() in _callings()
    ):
        return
    if word.group() in given_names() and len(word.group()) >= (5 if cue["self"] or is_loose else 3):
        yield Found(word.start(), word.end() if is_loose else family_end(text, word.end()))
    elif word.group() in nicknames() and not cue["self"]:
        is_named = cue.group().startswith("ชื่อ") or _BEFORE_PHONE.match(text, word.end())
        if is_named and not _OF_A_SHOP.search(text[max(0, cue.start() - 12) : cue.start()]):
            yield Found(*word.span())
