"""Find the names of people in Thai text: by title, by lists of names, and by a conditional random field."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sala.engines.thai.dictionary import word_list
from sala.engines.thai.personal.name_lists import (
    CHUNK,
    CLAN,
    OF_A_CLAN,
    beginnings,
    family_form,
    family_name,
    family_names,
    follows,
    given_name,
    given_names,
    is_put_together,
    is_word_first,
    longest_prefix,
    not_names,
    of_a_land,
    own_words,
    roles,
)
from sala.engines.thai.personal.recogniser import tagged_people
from sala.engines.thai.tokens import pieces


class Found(NamedTuple):
    """A name at `text[start:end]`."""

    start: int
    end: int


_STRONG = (
    "นางสาว|นาย(?!ช่าง)|นาง|น\\.\\s?ส\\.|นส\\.|ด\\.\\s?ช\\.|ด\\.\\s?ญ\\.|เด็กชาย|เด็กหญิง|ว่าที่\\s?ร้อยตรี|ว่าที่\\s?ร\\.ต\\.|"
    "พล\\.?\\s?(?:ต\\.?[ตทอ]|[ตทอ]|ร\\.?[ตทอ]|อ\\.?[ตทอ])\\.|พ\\.?ต\\.?[ตทอ]\\.|ร\\.?ต\\.?[ตทอ]\\.|"
    "ส\\.?ต\\.?[ตทอ]\\.|จ\\.?ส\\.?[ตทอ]\\.|"
    "ด\\.ต\\.|จ\\.ต\\.|พ\\.[ตทอ]\\.|ร\\.[ตทอ]\\.|ส\\.[ตทอ]\\.|นพ\\.|พญ\\.|ทพ\\.|ทพญ\\.|ดร\\.|ผศ\\.|"
    "รศ\\.|ม\\.ร\\.ว\\.|ม\\.ล\\.|"
    "ส\\.ส\\.|ส\\.ว\\.|สส\\.|สว\\.|โต๊ะอิหม่าม|อิหม่าม|โต๊ะครู|บาบอ|ฮัจยี|ฮัจญี|หะยี"
)
_WEAK = (
    "คุณ|พี่|น้อง|ป้า|ลุง|น้า|อาจารย์|อา|ตา|ยาย|หมอ|ครู|อ\\.|กำนัน|ผู้ใหญ่บ้าน|ผู้ใหญ่|ผญ\\.?บ\\.|ผญ\\.|นายช่าง|ช่าง|เฮีย|เจ๊|เจ้|"
    "ชื่อ|ลงชื่อ|ผมชื่อ|ดาบ|จ่า|หมวด|สารวัตร|ผู้กอง|ผู้กำกับ|ปลัด|ผอ\\.|ส\\.อบต\\.|ส\\.ท\\.|ส\\.จ\\.|สท\\.|สจ\\.|ผู้ช่วย|โค้ช|ท่าน|"
    "แม่หลวง|พ่อหลวง|แม่ใหญ่|พ่อใหญ่|แม่ชี|แม่|พ่อ|อ้าย|เอื้อย|ไอ้หนุ่ม|ไอ้|อีนาง|อี|เสี่ย|ซ้อ|ปู่|ย่า|นายก(?:ฯ)?|"
    "หลวงพ่อ|หลวงปู่|หลวงตา|หลวงพี่|หลวงน้า|พระอาจารย์|พระครู|พระมหา|พระอธิการ|พระปลัด|พระสมุห์|พระใบฎีกา|พระ|สามเณร|เณร|ครูบา|ตุ๊เจ้า"
)
_TITLE = re.compile(f"(?P<strong>(?:{_STRONG})(?:\\s?(?:{_STRONG})){{0,4}})|(?P<weak>(?:{_WEAK}){{1,3}})")
_AFTER_TITLE = re.compile(r"\s{0,2}")
_INITIAL = re.compile(r"\s{0,2}[ก-ฮ]\.(?:\s?[ก-ฮ]\.)?(?![ก-๎])|\s{1,2}[ก-ฮ](?=[ ]?(?:\(|นามสมมติ|$|\s))")
_PLACE_BEFORE = re.compile(
    "(?:หมู่บ้าน|บ้าน|วัด|โรงเรียน|ร\\.ร\\.|รร\\.|ถนน|ถ\\.|ซอย|ซ\\.|ตลาด|คลอง|แยก|สะพาน|ร้าน|ตำบล|ต\\.|"
    "อำเภอ|อ\\.|แขวง|เขต|บึง|สวน|"
    "อาคาร|คอนโด|ตึก|บริษัท|มูลนิธิ|โรงพยาบาล|รพ\\.|ปั๊ม|ค่าย|ท่าเรือ|สถานี|ชุมชน|วงเวียน|หาด|เกาะ|ดอย|เขา|อ่าง|"
    "เขื่อน|พระราม|จังหวัด|จ\\.|"
    "ห้าง|โรงแรม|รีสอร์ท|สนาม|หอพัก|แมนชั่น|ฟาร์ม|อู่|คลินิก|ศูนย์|กลุ่ม|หจก\\.|มัสยิด|ห้วย|หนอง|ลำ|แม่น้ำ|ยี่ห้อ|รุ่น|นิคม|"
    "พรรค|โครงการ|ทาง|สาย|ตรา|"
    "ทีม|เพจ|รายการ|ละคร|เพลง|หนัง|พันธุ์|พระ|ศาล|โรงงาน|บจก\\.|กองทุน|สมาคม|สหกรณ์|สาขา|ซุปเปอร์|มาร์ท|เพลส|"
    "วิลล์|วิลเลจ|ปาร์ค)\\s?$"
)
_PLACES = frozenset(["หมอชิต", "ครูเสด", "ปลัดเกษตร"])
# A shop or a soi called after someone stays readable; the house of ลุงสมพร does not. Nor is a statue a monk.
_CALLED_AFTER = re.compile(
    "(?:ร้าน|ซอย|ซ\\.|ตลาด|วัด|ถนน|ถ\\.|ปั๊ม|ศาล|โรงเรียน|มูลนิธิ|คลอง|สะพาน|ค่าย|คลินิก|องค์|รูปปั้น|รูปหล่อ|เหรียญ|"
    "พิธี|วิหาร|อนุสาวรีย์|รพ\\.|โรงพยาบาล|บ้าน(?=พระ))\\s?$"
)
_LOOK_BACK = 20


def titled(text: str, starts: dict[int, int]) -> Iterator[Found]:
    """Names after a title, from the title on. `starts`: where each piece of the text begins -> ends."""
    for match in _TITLE.finditer(text):
        if match.start() not in starts:
            continue
        if match["strong"] and (initial := _INITIAL.match(text, match.end())):
            yield Found(match.start(), initial.end())
            continue
        gap = _AFTER_TITLE.match(text, match.end())
        chunk = CHUNK.match(text, gap.end() if gap else match.end())
        if not chunk:
            continue
        end = (
            _strong_end(text, match, chunk, starts)
            if match["strong"]
            else _weak_end(text, match, chunk, starts)
        )
        if end:
            yield Found(chunk.start() if "ชื่อ" in match.group() else match.start(), end)


def _strong_end(text: str, title: re.Match[str], chunk: re.Match[str], starts: dict[int, int]) -> int:
    clan = OF_A_CLAN.match(text, chunk.start())
    if clan:
        return clan.end()
    known = longest_prefix(chunk.group(), given_names())
    covered = starts[title.start()]
    if covered > title.end() and chunk.start() + len(known) <= covered:
        return 0  # นายกรัฐมนตรี, นายอำเภอ: one word of the dictionary, no name reaches beyond it
    if title.group() in _FULL_TITLES and covered <= title.end() and (end := _foreign_end(text, chunk)):
        return end
    if covered <= title.end() and len(known) < _role_length(chunk.group()):
        return 0
    name = given_name(chunk.group())
    if len(name) < 2:
        return 0
    end = chunk.start() + len(name)
    after = family_name(text, end)
    plain = not known and after == end and all(piece in word_list() for piece in pieces(name))
    if plain and name == chunk.group() and covered <= title.end():
        return _short_names_end(text, end)
    return 0 if plain else after  # "นางไปไหน" is talk, not a name


_FULL_TITLES = frozenset(["นาย", "นาง", "นางสาว", "น.ส."])
_TWO_ALONE = re.compile(r"[ ]{1,2}(?P<it>[ก-ฮเ-ไ][ก-ฮะ-ฺเ-์]{1,11})(?=[ ),]|$)")


def _foreign_end(text: str, chunk: re.Match[str]) -> int:
    """นายเควิน ลี: two words alone behind a full title are names even where their syllables are words; else 0."""
    second = _TWO_ALONE.match(text, chunk.end())
    if (
        second is None
        or len(chunk.group()) > 12
        or not set(pieces(chunk.group())).isdisjoint(own_words("talk.txt") | roles())
    ):
        return 0
    first = pieces(second["it"])[0]
    return (
        0
        if first in not_names()
        or first in roles()
        or not set(pieces(second["it"])).isdisjoint(own_words("talk.txt"))
        else second.end("it")
    )


_SHORT = re.compile(r"[ ](?P<it>[ก-ฮเ-ไ][ก-ฮะ-ฺเ-์]{1,4})(?![ก-๎])")


def _short_names_end(text: str, end: int) -> int:
    """Behind a title and a short word that is one of the language too: the names of Burmese come in such rows."""
    last = end
    for _ in range(3):
        word = _SHORT.match(text, last)
        if word is None or word["it"] in not_names():
            break
        last = word.end()
    return last if last > end else 0


def _role_length(chunk: str) -> int:
    """How long the word is that makes a role of นาย or ends a name, if `chunk` begins with one; else 0."""
    first = pieces(chunk)[0]
    return len(first) if first in roles() or first in not_names() else 0


def _weak_end(text: str, title: re.Match[str], chunk: re.Match[str], starts: dict[int, int]) -> int:
    """After คุณ, ป้า, ชื่อ …, only a listed name of three letters or more that stands clear of what follows."""
    known = longest_prefix(chunk.group(), given_names())
    end = chunk.start() + len(known)
    if (
        len(known) < 3
        or known in roles()
        or (starts[title.start()] > title.end() and end <= starts[title.start()])
    ):
        return 0
    if starts.get(chunk.start(), 0) > end and text[chunk.start() : starts[chunk.start()]] in word_list():
        return 0  # the ประชา of ประชาชน
    before = text[max(0, title.start() - 12) : title.start()]
    if (
        text[title.start() : end] in _PLACES
        or title.group().startswith("อ.พระ")
        or _CALLED_AFTER.search(before)
    ):
        return 0
    rest = chunk.group()[len(known) :]
    if rest and not ends_here(known, pieces(rest)[0]):
        return 0
    after = CLAN.match(text, end)
    family = after.end() if after else family_name(text, end)
    has_family = family > end and (bool(after) or sounds_like_family(text[end:family].strip()))
    if len(known) < 4 and not has_family and "ชื่อ" not in title.group():
        return 0
    if title.group() in _LOOSE and not has_family and (is_word_first(known) or len(known) < 4):
        return 0  # "พ่อเจริญแล้ว", "แม่สมบูรณ์ดี", "พระประเสริฐ": words first, names second
    return family if has_family else end


_LOOSE = frozenset(
    ["พ่อ", "แม่", "ท่าน", "อี", "ไอ้", "พระ", "ตา", "อา", "ทาง", "ผู้ช่วย", "นายก", "ปู่", "ย่า", "หมวด"]
)


def sounds_like_family(word: str) -> bool:
    """Listed, or made of syllables that are no words of their own, as invented family names are."""
    if word in family_names() or family_form().fullmatch(word) or of_a_land(word):
        return True
    if len(word) >= 5 and word in given_names() and not is_word_first(word):
        return True  # many families bear the given name of a forebear
    return len(word) >= 5 and (
        is_put_together(word) or not all(piece in word_list() for piece in pieces(word))
    )


def is_clear_of(text: str, end: int, starts: dict[int, int]) -> bool:
    """Whether the name that ends at `end` is not the beginning of a longer word."""
    rest = CHUNK.match(text, end)
    if rest is None or end not in starts or rest.group().startswith("ๆ"):
        return rest is None
    return can_follow(text[end : starts[end]])


def can_follow(word: str) -> bool:
    """Whether `word` is one that no name holds, or is put together with one: ตัดไม้, เผาขยะ; or that names go before."""
    return (
        any(word[:size] in not_names() for size in range(max(2, min(3, len(word))), len(word) + 1))
        or word in follows()
        or any(word[:size] in follows() and word[size:] in word_list() for size in range(2, len(word) - 1))
    )


def ends_here(known: str, following: str) -> bool:
    """Whether the word `following` can stand right behind the name `known`."""
    is_other_word = following in word_list() and following not in given_names()
    return can_follow(following) or (len(known) >= 5 and is_other_word)


_SPACED = re.compile(r"(?<=[ก-์])[ ]{1,3}(?:(?:นามสกุล|สกุล)[ ]{0,3})?(?=[ก-ฮเ-ไ])")
_RUN_BEFORE = re.compile(r"[ก-ฮะ-ฺเ-์ํ๎]{1,24}$")


def paired(text: str, starts: dict[int, int]) -> Iterator[Found]:
    """A listed given name, a space and a listed family name, with no title before them."""
    for gap in _SPACED.finditer(text):
        family = CHUNK.match(text, gap.end())
        if family is None or not 4 <= len(family.group()) <= 18 or not _may_be_family(family.group()):
            continue
        run = _RUN_BEFORE.search(text[max(0, gap.start() - 24) : gap.start()])
        if run is None:
            continue
        first = gap.start() - len(run.group())
        begin = next(
            (at for at in range(first, gap.start()) if _is_given(text, at, (first, gap.start()), starts)), -1
        )
        # มานะ พยายาม are two words before they are two names; ใจดี is put together as family names are.
        given = text[begin : gap.start()]
        is_sure = given in given_names() and not is_word_first(given)
        if begin >= 0 and (is_sure or _is_family(family.group())) and not _are_words(given, family.group()):
            yield Found(begin, family.end())


def _may_be_family(word: str) -> bool:
    if _is_family(word):
        return True
    cut = pieces(word)
    return sounds_like_family(word) and len(cut) <= 3 and not any(piece in not_names() for piece in cut)


def _are_words(given: str, family: str) -> bool:
    return is_word_first(given) and family in word_list() and not family_form().fullmatch(family)


# How Thai given names end; with a family name behind it a word that no list holds is one.
_GIVEN_END = re.compile(
    "[ก-ฮเ-ไ][ก-ฮะ-ฺเ-์]{2,11}(?:วรรณ|พร|ลักษณ์|รัตน์|ศักดิ์|ชัย|พงษ์|พงศ์|วัฒน์|พล|วุฒิ|นันท์|ภรณ์|ฤทธิ์|เดช|สิทธิ์|ธิดา|"
    "กานต์|ชญา|ณัฐ|ภัทร|วิทย์|กร|นุช|ฤดี|มาศ|มณี|ภา|วดี|กฤต|เกียรติ|ชาติ)"
)


def _is_family(word: str) -> bool:
    return word in family_names() or bool(len(word) >= 5 and family_form().fullmatch(word))


def _is_given(text: str, at: int, run: tuple[int, int], starts: dict[int, int]) -> bool:
    """Whether a listed given name goes from `at` to the end of the run, and no place is named after it."""
    name = text[at : run[1]]
    if at == run[0]:
        return len(name) >= 3 and (
            name in given_names() or (name not in word_list() and bool(_GIVEN_END.fullmatch(name)))
        )
    return (
        len(name) >= 4
        and at in starts
        and name in given_names()
        and not _PLACE_BEFORE.search(text[max(0, at - _LOOK_BACK) : at])
    )


_ALONE = re.compile(r"(?:^|(?<=[\s(\"'“”,:;/]))(?P<it>[ก-ฮเ-ไ][ก-ฮะ-ฺเ-์]{3,21})(?=$|[\s),:;./\"'”])")


NOT_ALONE = frozenset(
    [
        "เอเชีย",
        "ประชารัฐ",
        "ทองหล่อ",
        "ทองดี",
        "มัทนา",
        "การะเกด",
        "อเมริกา",
        "ลาดพร้าว",
        "พระราม",
        "สุขุมวิท",
        "สยาม",
        "เอกชัย",
        "ประชาชื่น",
    ]
)


# เอกชัย ซอย 43, ลาดพร้าว 71: roads bear names, and numbers follow them.
_OF_A_ROAD = re.compile(r"\s?(?:ซอย|ซ\.|ถนน|แยก|กม\.|[0-9])")


def alone(text: str) -> Iterator[Found]:
    """A listed given name of four letters or more between spaces that is no word: "ธนพล กับเพื่อนขี่รถเสียงดัง"."""
    for match in _ALONE.finditer(text):
        name = match["it"]
        if (
            name not in given_names()
            or is_word_first(name)
            or name in NOT_ALONE
            or _PLACE_BEFORE.search(text[max(0, match.start() - _LOOK_BACK) : match.start()])
        ):
            continue
        if _OF_A_ROAD.match(text, match.end()):
            continue
        family = family_name(text, match.end())
        is_family = family > match.end() and _may_be_family(text[match.end() : family].strip())
        yield Found(match.start("it"), family if is_family else match.end())


def find_names(text: str, starts: dict[int, int]) -> list[Found]:
    """Return where names of people stand in `text`, titles included, in order and without overlap.

    `starts` is `piece_starts(text)`: cutting a text is half the work, and whoever looks for names looks twice.
    """
    found = [*titled(text, starts), *paired(text, starts), *alone(text), *recognised_people(text, starts)]
    kept: list[Found] = []
    taken = bytearray(len(text))
    for name in found:
        if not any(taken[name.start : name.end]):
            kept.append(name)
            taken[name.start : name.end] = b"\1" * (name.end - name.start)
    return sorted(kept)


def piece_starts(text: str) -> dict[int, int]:
    """Where each piece of `text` begins, and where it ends."""
    starts, position = {}, 0
    for piece in pieces(text):
        starts[position] = position + len(piece)
        position += len(piece)
    return starts


def recognised_people(text: str, starts: Iterable[int]) -> Iterator[Found]:
    """Names that the recogniser sees and a list of names confirms.

    It learned from news and calls too much a person, so a find counts only where it begins with a listed
    given name, and not after a word for a place: the soi or temple named after someone stays readable. It is
    slow, so it is asked only about texts where some word could be confirmed; most complaints have none.
    """
    confirmed = {
        start: known
        for start in starts
        if text[start : start + 3] in beginnings() and (known := listed_name(text, start))
    }
    if not confirmed:
        return
    for start, end in tagged_people(text):
        if known := confirmed.get(start, ""):
            stop = start + len(known)
            after = family_name(text, stop)
            has_family = sounds_like_family(text[stop:after].strip())
            yield Found(start, after if has_family else max(stop, min(end, after)))


def is_of_a_place(text: str, start: int) -> bool:
    """Whether a word for a place stands before `start`, which may be called after someone."""
    return _PLACE_BEFORE.search(text[max(0, start - _LOOK_BACK) : start]) is not None


def listed_name(text: str, start: int) -> str:
    """The listed given name of three letters or more that stands at `start`, clear of what follows; else ""."""
    chunk = CHUNK.match(text, start)
    known = longest_prefix(chunk.group(), given_names()) if chunk else ""
    if len(known) < 3 or _PLACE_BEFORE.search(text[max(0, start - _LOOK_BACK) : start]):
        return ""
    if _OF_A_ROAD.match(text, start + len(known)):
        return ""
    rest = chunk.group()[len(known) :] if chunk else ""
    return "" if rest and not ends_here(known, pieces(rest)[0]) else known
