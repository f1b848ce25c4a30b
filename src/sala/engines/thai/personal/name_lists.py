"""Lists of names and of words that are none, and where a given or family name ends in running Thai."""

import re
from functools import cache
from importlib import resources
from itertools import pairwise

from sala.engines.thai.dictionary import word_list
from sala.engines.thai.personal.recogniser import common_words, wheel_file
from sala.engines.thai.tokens import pieces

# A run of letters is looked at up to here: no name is longer, and an endless run must not be read again and again.
CHUNK = re.compile(r"[ก-ฮะ-ฺเ-์ํ๎]{1,48}")
GAP = re.compile(r"[ ]{1,3}(?:(?:นามสกุล|สกุล)[ ]{0,3})?")
# Family names given after a town one's forebears ruled; "ณ ตลาด" is only "at the market".
_OF_A_LAND = re.compile(
    "ณ (?:อยุธยา|เชียงใหม่|ลำปาง|ลำพูน|น่าน|ระนอง|นคร|สงขลา|พัทลุง|ถลาง|ตะกั่วทุ่ง|มโนรม|บางช้าง|หนองคาย|ร้อยเอ็ด|กาฬสินธุ์|"
    "มหาสารคาม|อุบล|ราชสีมา|ภูเก็ต|ไชยา|กาญจนบุรี|ป้อมเพชร์?|จัมปาศักดิ์|เวียงจันทน์|บางปะกง|ตะกั่วป่า|พิชัย|วิเชียร)"
)
# Chinese and highland family names, whatever the given name before them
OF_A_CLAN = re.compile(r"[ก-ฮะ-ฺเ-์]{2,12}[ ]{1,2}แซ่[ ]?[ก-ฮะ-ฺเ-์]{2,8}(?![ก-ฮะ-ฺเ-์])")
CLAN = re.compile(r"[ ]{0,2}แซ่[ ]?[ก-ฮะ-ฺเ-์]{2,8}(?![ก-ฮะ-ฺเ-์])")
DEPENDENT = re.compile(r"[ะ-ฺๅ็-๎]")
_NOUN_STARTS = ("ผู้", "ที่", "การ", "ความ", "รอง", "สำนัก", "กระทรวง")
LONGEST_NAME = 22
# Words that stand where names do: titles, kin and offices


@cache
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
def not_names() -> frozenset[str]:
    """Words that no name holds."""
    return own_words("not_names.txt")


@cache
def follows() -> frozenset[str]:
    """Words, verbs for the most part, before which a name may end: ตกท่อ, เบิกงบ. Names may hold some of them."""
    return own_words("follows.txt")


@cache
def roles() -> frozenset[str]:
    """What may follow นาย without being a name."""
    return own_words("roles.txt")


@cache
def borne_names() -> frozenset[str]:
    """Thai given names of PyThaiNLP's wheel, those too that are words first: behind นาย and alone, สมัคร is a name."""
    return _listed_names() | own_words("old_names.txt")


@cache
def _listed_names() -> frozenset[str]:
    files = ("person_names_male_th.txt", "person_names_female_th.txt")
    lines = (line for file in files for line in wheel_file(file).read_text(encoding="utf-8-sig").splitlines())
    return frozenset(name for line in lines if len(name := line.strip()) > 1)


@cache
def given_names() -> frozenset[str]:
    """Thai given names of PyThaiNLP's wheel (Thai Male and Female Names Corpus, CC BY-SA 4.0), and our own."""
    names = _listed_names()
    names |= own_words("malay_names.txt") | own_words("given_names.txt") | own_words("foreign_names.txt")
    return names - not_names() - own_words("titles.txt") - common_words()


def is_word_first(name: str) -> bool:
    """Whether `name` is a word of the dictionary that people mean as a word sooner than as a name."""
    return name in word_list() and name not in own_words("names_first.txt") | own_words("foreign_names.txt")


@cache
def beginnings() -> frozenset[str]:
    """The first three letters of every given name that has as many."""
    return frozenset(name[:3] for name in given_names() if len(name) > 2)


@cache
def family_names() -> frozenset[str]:
    """Thai family names of PyThaiNLP's wheel (same source)."""
    lines = wheel_file("family_names_th.txt").read_text(encoding="utf-8-sig").splitlines()
    return frozenset(name for line in lines if len(name := line.strip()) > 2) - not_names()


@cache
def _family_parts() -> frozenset[str]:
    return own_words("family_parts.txt")


@cache
def family_form() -> re.Pattern[str]:
    """A family name made of two to four of the words that Thai family names are made of."""
    parts = "|".join(sorted(_family_parts(), key=len, reverse=True))
    return re.compile(f"(?:{parts}){{2,4}}")


def longest_prefix(chunk: str, names: frozenset[str]) -> str:
    """The longest of `names` that `chunk` begins with and that no vowel sign carries on; "" if there is none."""
    for end in range(min(len(chunk), LONGEST_NAME), 1, -1):
        if chunk[:end] in names and not DEPENDENT.match(chunk[end : end + 1]):
            return chunk[:end]
    return ""


def until_not_name(chunk: str) -> str:
    """The beginning of `chunk` before the first word that no name holds."""
    length = 0
    for piece in pieces(chunk):
        if piece in not_names() or (len(piece) > 4 and piece.startswith(_NOUN_STARTS)):
            break
        if length >= 4 and piece in follows() and piece not in _family_parts():
            break
        length += len(piece)
    return chunk[: min(length, LONGEST_NAME)]


def given_name(chunk: str) -> str:
    """The given name that `chunk`, which follows a title, begins with; all of it if no word there ends it."""
    known = longest_prefix(chunk, given_names())
    if known and len(known) == len(chunk):
        return known
    free = until_not_name(chunk)
    if len(known) >= 3 and len(free) > len(known) and pieces(chunk[len(known) :])[0] in not_names():
        return known
    return free if len(free) >= len(known) else known


def family_name(text: str, start: int) -> int:
    """Where the family name that begins after the gap at `start` ends; `start` if none follows."""
    gap = GAP.match(text, start)
    chunk = CHUNK.match(text, gap.end()) if gap else None
    if not gap or not chunk:
        return start
    land = _OF_A_LAND.match(text, gap.end())
    if land:
        return land.end()
    if family_form().fullmatch(chunk.group()):
        return chunk.end()
    if _is_alone_and_short(text, chunk):
        return chunk.end()
    if before_verb := _before_a_verb(chunk.group()):
        return gap.end() + before_verb
    known = longest_prefix(chunk.group(), family_names())
    free = until_not_name(chunk.group())
    if known and len(known) >= len(free):
        return gap.end() + len(known)
    return gap.end() + len(free) if len(free) >= 3 else start


def _before_a_verb(chunk: str) -> int:
    """How long the family name is at the beginning of `chunk` that a verb stands right behind: แก้วมณี|เบิกงบ; else 0."""
    length = 0
    for word, following in pairwise(pieces(chunk)):
        length += len(word)
        if following in follows() and (
            chunk[:length] in family_names() or family_form().fullmatch(chunk[:length])
        ):
            return length
    return 0


def _is_alone_and_short(text: str, chunk: re.Match[str]) -> bool:
    """Whether the chunk stands between spaces and is a part of family names with one word more: ดีพร้อม."""
    if not 5 <= len(chunk.group()) <= 12 or text[chunk.end() : chunk.end() + 1] not in (
        "",
        " ",
        "\n",
        ")",
        ",",
    ):
        return False
    first, *rest = pieces(chunk.group())
    return len(rest) == 1 and first in _family_parts() and first not in not_names()


def of_a_land(word: str) -> bool:
    """Whether `word` is ณ with a town of old."""
    return _OF_A_LAND.match(word) is not None


def is_put_together(word: str) -> bool:
    """Whether a word begins like a family name and holds nothing that ends one: ทองแท้, บุญช่วย."""
    parts, first, *rest = _family_parts(), *pieces(word)
    return first in parts and len(rest) in (1, 2) and len(word) <= 14 and not {*rest} & (not_names() - parts)


def family_end(text: str, start: int) -> int:
    """Where a family name standing alone after the given name that ends at `start` ends; `start` if none does."""
    end = family_name(text, start)
    word = text[start:end].strip()
    is_alone = not CHUNK.match(text, end)
    return end if is_alone and 4 <= len(word) <= 16 and not _is_talk(word) else start


def _is_talk(word: str) -> bool:
    return pieces(word)[0] in (not_names() | follows()) - _family_parts()
