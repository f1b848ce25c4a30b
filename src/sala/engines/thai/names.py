"""Find the names of people in Thai text: by title, by lists of names, and by a conditional random field."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources
from typing import NamedTuple

from sala.engines.thai.dictionary import word_list
from sala.engines.thai.recogniser import common_words, tagged_people, wheel_file
from sala.engines.thai.tokens import pieces


class Found(NamedTuple):
    """A name at `text[start:end]`."""

    start: int
    end: int


_STRONG = (
    "นางสาว|นาย|นาง|น\\.\\s?ส\\.|นส\\.|ด\\.\\s?ช\\.|ด\\.\\s?ญ\\.|เด็กชาย|เด็กหญิง|ว่าที่\\s?ร้อยตรี|ว่าที่\\s?ร\\.ต\\.|"
    "พล\\.?\\s?(?:ต\\.?[ตทอ]|[ตทอ]|ร\\.?[ตทอ]|อ\\.?[ตทอ])\\.|พ\\.?ต\\.?[ตทอ]\\.|ร\\.?ต\\.?[ตทอ]\\.|ส\\.?ต\\.?[ตทอ]\\.|จ\\.?ส\\.?[ตทอ]\\.|"
    "ด\\.ต\\.|จ\\.ต\\.|พ\\.[ตทอ]\\.|ร\\.[ตทอ]\\.|ส\\.[ตทอ]\\.|นพ\\.|พญ\\.|ทพ\\.|ทพญ\\.|ดร\\.|ผศ\\.|รศ\\.|ม\\.ร\\.ว\\.|ม\\.ล\\."
)
_WEAK = (
    "คุณ|พี่|น้อง|ป้า|ลุง|น้า|อาจารย์|อา|ตา|ยาย|หมอ|ครู|อ\\.|กำนัน|ผู้ใหญ่บ้าน|ผู้ใหญ่|ผญ\\.?บ\\.|ผญ\\.|ช่าง|เฮีย|เจ๊|"
    "ชื่อ|ลงชื่อ|ผมชื่อ|ดาบ|จ่า|หมวด|สารวัตร|ปลัด|ผอ\\.|ส\\.อบต\\.|ส\\.ท\\.|ส\\.จ\\.|สท\\.|สจ\\.|"
    "หลวงพ่อ|หลวงปู่|หลวงตา|พระอาจารย์|พระครู|พระมหา"
)
_TITLE = re.compile(f"(?P<strong>(?:{_STRONG})(?:\\s?(?:{_STRONG}))*)|(?P<weak>(?:{_WEAK})+)")
_NEVER = frozenset(re.findall("[ก-๎]+", _WEAK)) | {"นาย", "นาง", "นางสาว", "เอง", "ดร", "สกุล"}
_LATIN = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Mister|MR|MRS|MS|MISS)\b\.?\s+(?P<it>[A-Z][A-Za-z'’-]+(?:\s+[A-Z][A-Za-z'’-]+){0,2})"
)
_CHUNK = re.compile(r"[ก-ฮะ-ฺเ-์ํ๎]+")
_GAP = re.compile(r"[ \u00a0]{1,3}(?:(?:นามสกุล|สกุล)[ \u00a0]{0,3})?")
# Family names given after a town one's forebears ruled; "ณ ตลาด" is only "at the market".
_OF_A_LAND = re.compile(
    "ณ (?:อยุธยา|เชียงใหม่|ลำปาง|ลำพูน|น่าน|ระนอง|นคร|สงขลา|พัทลุง|ถลาง|ตะกั่วทุ่ง|มโนรม|บางช้าง|หนองคาย|ร้อยเอ็ด|กาฬสินธุ์|"
    "มหาสารคาม|อุบล|ราชสีมา|ภูเก็ต|ไชยา|กาญจนบุรี|ป้อมเพชร์?|จัมปาศักดิ์|เวียงจันทน์|บางปะกง)"
)
# Chinese and highland family names, whatever the given name before them
_OF_A_CLAN = re.compile(r"[ก-ฮะ-ฺเ-์]{2,12}[ \u00a0]{1,2}แซ่[ \u00a0]?[ก-ฮะ-ฺเ-์]{2,8}(?![ก-ฮะ-ฺเ-์])")
_DEPENDENT = re.compile(r"[ะ-ฺๅ็-๎]")
_NOUN_STARTS = ("ผู้", "ที่", "การ", "ความ", "รอง", "สำนัก", "กระทรวง")
_LONGEST_NAME = 22
_PLACE_BEFORE = re.compile(
    "(?:หมู่บ้าน|บ้าน|วัด|โรงเรียน|ร\\.ร\\.|รร\\.|ถนน|ถ\\.|ซอย|ซ\\.|ตลาด|คลอง|แยก|สะพาน|ร้าน|ตำบล|ต\\.|อำเภอ|อ\\.|แขวง|เขต|บึง|สวน|"
    "อาคาร|คอนโด|ตึก|บริษัท|มูลนิธิ|โรงพยาบาล|รพ\\.|ปั๊ม|ค่าย|ท่าเรือ|สถานี|ชุมชน|วงเวียน|หาด|เกาะ|ดอย|เขา|อ่าง|เขื่อน|พระราม)\\s?$"
)
_PLACES = frozenset(["หมอชิต", "ครูเสด", "ปลัดเกษตร"])
# A shop or a soi called after someone stays readable; the house of ลุงสมพร does not.
_CALLED_AFTER = re.compile("(?:ร้าน|ซอย|ซ\\.|ตลาด|วัด|ถนน|ถ\\.|ปั๊ม|ศาล|โรงเรียน|มูลนิธิ|คลอง|สะพาน|ค่าย|คลินิก)\\s?$")


def own_words(name: str) -> frozenset[str]:
    """The lines of one of our own lists in `words`."""
    text = (resources.files("sala.engines.thai") / "words" / name).read_text(encoding="utf-8")
    return frozenset(line for line in text.splitlines() if line)


@cache
def province_names() -> tuple[str, ...]:
    """Thai province names, the longest first, with the usual short forms of Bangkok."""
    return tuple(
        sorted(own_words("provinces.txt") | {"กรุงเทพ", "กรุงเทพฯ", "กทม.", "กทม"}, key=len, reverse=True)
    )


@cache
def _not_names() -> frozenset[str]:
    return own_words("not_names.txt")


@cache
def _roles() -> frozenset[str]:
    return own_words("roles.txt")


@cache
def given_names() -> frozenset[str]:
    """Thai given names of PyThaiNLP's wheel (Thai Male and Female Names Corpus, CC BY-SA 4.0)."""
    files = ("person_names_male_th.txt", "person_names_female_th.txt")
    lines = (line for file in files for line in wheel_file(file).read_text(encoding="utf-8-sig").splitlines())
    names = frozenset(name for line in lines if len(name := line.strip()) > 1) | own_words("malay_names.txt")
    return names - _not_names() - _NEVER - common_words()


@cache
def _beginnings() -> frozenset[str]:
    """The first three letters of every given name that has as many."""
    return frozenset(name[:3] for name in given_names() if len(name) > 2)


@cache
def family_names() -> frozenset[str]:
    """Thai family names of PyThaiNLP's wheel (same source)."""
    lines = wheel_file("family_names_th.txt").read_text(encoding="utf-8-sig").splitlines()
    return frozenset(name for line in lines if len(name := line.strip()) > 2) - _not_names()


@cache
def _family_parts() -> frozenset[str]:
    return own_words("family_parts.txt")


@cache
def _family_form() -> re.Pattern[str]:
    """A family name made of two to four of the words that Thai family names are made of."""
    parts = "|".join(sorted(_family_parts(), key=len, reverse=True))
    return re.compile(f"(?:{parts}){{2,4}}")


def _longest_prefix(chunk: str, names: frozenset[str]) -> str:
    for end in range(min(len(chunk), _LONGEST_NAME), 1, -1):
        if chunk[:end] in names and not _DEPENDENT.match(chunk[end : end + 1]):
            return chunk[:end]
    return ""


def _until_not_name(chunk: str) -> str:
    """The beginning of `chunk` before the first word that no name holds."""
    length = 0
    for piece in pieces(chunk):
        if piece in _not_names() or (len(piece) > 4 and piece.startswith(_NOUN_STARTS)):
            break
        length += len(piece)
    return chunk[: min(length, _LONGEST_NAME)]


def _given_name(chunk: str) -> str:
    """The given name that `chunk`, which follows a title, begins with; all of it if no word there ends it."""
    known = _longest_prefix(chunk, given_names())
    if known and len(known) == len(chunk):
        return known
    free = _until_not_name(chunk)
    if len(known) >= 3 and len(free) > len(known) and pieces(chunk[len(known) :])[0] in _not_names():
        return known
    return free if len(free) >= len(known) else known


def _family_name(text: str, start: int) -> int:
    """Where the family name that begins after the gap at `start` ends; `start` if none follows."""
    gap = _GAP.match(text, start)
    chunk = _CHUNK.match(text, gap.end()) if gap else None
    if not gap or not chunk:
        return start
    land = _OF_A_LAND.match(text, gap.end())
    if land:
        return land.end()
    if _family_form().fullmatch(chunk.group()):
        return chunk.end()
    known = _longest_prefix(chunk.group(), family_names())
    free = _until_not_name(chunk.group())
    if known and len(known) >= len(free):
        return gap.end() + len(known)
    return gap.end() + len(free) if len(free) >= 3 else start


def _is_role(chunk: str) -> bool:
    first = pieces(chunk)[:1]
    return not first or first[0] in _roles() or first[0] in _not_names()


def _titled(text: str, starts: dict[int, int]) -> Iterator[Found]:
    """Names after a title, from the title on. `starts`: where each piece of the text begins -> ends."""
    for match in _TITLE.finditer(text):
        if match.start() not in starts:
            continue
        gap = re.compile(r"[ \u00a0]{0,2}").match(text, match.end())
        chunk = _CHUNK.match(text, gap.end() if gap else match.end())
        if not chunk:
            continue
        end = (
            _strong_end(text, match, chunk, starts)
            if match.group("strong")
            else _weak_end(text, match, chunk, starts)
        )
        if end:
            begin = chunk.start() if match.group("weak") and "ชื่อ" in match.group() else match.start()
            yield Found(begin, end)


def _strong_end(text: str, title: re.Match[str], chunk: re.Match[str], starts: dict[int, int]) -> int:
    clan = _OF_A_CLAN.match(text, chunk.start())
    if clan:
        return clan.end()
    known = _longest_prefix(chunk.group(), given_names())
    covered = starts[title.start()]
    if covered > title.end() and chunk.start() + len(known) <= covered:
        return 0  # นายกรัฐมนตรี, นายอำเภอ: one word of the dictionary, no name reaches beyond it
    if covered <= title.end() and len(known) < 3 and _is_role(chunk.group()):
        return 0
    name = _given_name(chunk.group())
    if len(name) < 2:
        return 0
    end = chunk.start() + len(name)
    after = _family_name(text, end)
    plain = not known and after == end and all(piece in word_list() for piece in pieces(name))
    return 0 if plain else after  # "นางไปไหน" is talk, not a name


def _weak_end(text: str, title: re.Match[str], chunk: re.Match[str], starts: dict[int, int]) -> int:
    """After คุณ, ป้า, ชื่อ …, only a listed name of three letters or more that stands clear of what follows."""
    known = _longest_prefix(chunk.group(), given_names())
    end = chunk.start() + len(known)
    if len(known) < 3 or (starts[title.start()] > title.end() and end <= starts[title.start()]):
        return 0
    if text[title.start() : end] in _PLACES or _CALLED_AFTER.search(text[: title.start()][-12:]):
        return 0
    rest = chunk.group()[len(known) :]
    if rest and not _ends_here(known, pieces(rest)[0]):
        return 0
    after = _family_name(text, end)
    has_family = after > end and _sounds_like_family(text[end:after].strip())
    if len(known) < 4 and not has_family and "ชื่อ" not in title.group():
        return 0
    return after if has_family else end


def _sounds_like_family(word: str) -> bool:
    """Listed, or made of syllables that are no words of their own, as invented family names are."""
    if word in family_names() or _family_form().fullmatch(word) or _OF_A_LAND.match(word):
        return True
    return len(word) >= 5 and (
        _is_put_together(word) or not all(piece in word_list() for piece in pieces(word))
    )


def _is_put_together(word: str) -> bool:
    """Whether a word begins like a family name and holds nothing that ends one: ทองแท้, บุญช่วย."""
    parts, first, *rest = _family_parts(), *pieces(word)
    return first in parts and len(rest) in (1, 2) and len(word) <= 14 and not {*rest} & (_not_names() - parts)


def family_end(text: str, start: int) -> int:
    """Where a family name standing alone after the given name that ends at `start` ends; `start` if none does."""
    end = _family_name(text, start)
    word = text[start:end].strip()
    is_alone = not _CHUNK.match(text, end)
    return end if is_alone and 4 <= len(word) <= 16 and not _is_talk(word) else start


def _is_talk(word: str) -> bool:
    return pieces(word)[0] in _not_names() - _family_parts()


def is_clear_of(text: str, end: int, starts: dict[int, int]) -> bool:
    """Whether the name that ends at `end` is not the beginning of a longer word."""
    rest = _CHUNK.match(text, end)
    if rest is None or end not in starts or rest.group().startswith("ๆ"):
        return rest is None
    return text[end : starts[end]] in _not_names()


def _ends_here(known: str, following: str) -> bool:
    return following in _not_names() or (len(known) >= 5 and following in word_list())


def _pair(text: str, starts: dict[int, int]) -> Iterator[Found]:
    """A listed given name, a space and a listed family name, with no title before them."""
    for chunk in _CHUNK.finditer(text):
        gap = _GAP.match(text, chunk.end())
        family = _CHUNK.match(text, gap.end()) if gap else None
        if not family or len(family.group()) < 4 or family.group() not in family_names():
            continue
        begin = next((at for at in range(*chunk.span()) if _is_given(text, at, chunk, starts)), -1)
        if begin >= 0:
            yield Found(begin, family.end())


def _is_given(text: str, at: int, chunk: re.Match[str], starts: dict[int, int]) -> bool:
    """Whether a listed given name goes from `at` to the end of `chunk`, and no place is named after it."""
    name = text[at : chunk.end()]
    if at == chunk.start():
        return len(name) >= 3 and name in given_names()
    return (
        len(name) >= 4
        and at in starts
        and name in given_names()
        and not _PLACE_BEFORE.search(text[:at][-20:])
    )


def piece_starts(text: str) -> dict[int, int]:
    """Where each piece of `text` begins, and where it ends."""
    starts, position = {}, 0
    for piece in pieces(text):
        starts[position] = position + len(piece)
        position += len(piece)
    return starts


def find_names(text: str, starts: dict[int, int]) -> list[Found]:
    """Return where names of people stand in `text`, titles included, in order and without overlap.

    `starts` is `piece_starts(text)`: cutting a text is half the work, and whoever looks for names looks twice.
    """
    found = [*_titled(text, starts), *_pair(text, starts), *(Found(*m.span()) for m in _LATIN.finditer(text))]
    found += recognised_people(text, starts)
    kept: list[Found] = []
    taken = bytearray(len(text))
    for name in found:
        if not any(taken[name.start : name.end]):
            kept.append(name)
            taken[name.start : name.end] = b"\1" * (name.end - name.start)
    return sorted(kept)


def recognised_people(text: str, starts: Iterable[int]) -> Iterator[Found]:
    """Names that the recogniser sees and a list of names confirms.

    It learned from news and calls too much a person, so a find counts only where it begins with a listed
    given name, and not after a word for a place: the soi or temple named after someone stays readable. It is
    slow, so it is asked only about texts where some word could be confirmed; most complaints have none.
    """
    confirmed = {
        start: known
        for start in starts
        if text[start : start + 3] in _beginnings() and (known := _listed_name(text, start))
    }
    if not confirmed:
        return
    for start, end in tagged_people(text):
        if known := confirmed.get(start, ""):
            stop = start + len(known)
            after = _family_name(text, stop)
            yield Found(
                start, after if _sounds_like_family(text[stop:after].strip()) else max(stop, min(end, after))
            )


def _listed_name(text: str, start: int) -> str:
    """The listed given name of three letters or more that stands at `start`, clear of what follows; else ""."""
    chunk = _CHUNK.match(text, start)
    known = _longest_prefix(chunk.group(), given_names()) if chunk else ""
    if len(known) < 3 or _PLACE_BEFORE.search(text[max(0, start - 20) : start]):
        return ""
    rest = chunk.group()[len(known) :] if chunk else ""
    return "" if rest and not _ends_here(known, pieces(rest)[0]) else known
