"""Find names by the place where one is due: behind a person who is called so, an office, a kin word."""

import re
from collections.abc import Iterator

from sala.engines.thai.dictionary import word_list
from sala.engines.thai.personal.callnames import given_form, nicknames
from sala.engines.thai.personal.due_cues import CALLED, FULL, INITIAL, KIN, MOST, OF_A_PLACE, OFFICE, TITLED
from sala.engines.thai.personal.due_words import before, ends, every_name, is_talk, no_name, parts
from sala.engines.thai.personal.name_lists import (
    CHUNK,
    DEPENDENT,
    beginnings,
    borne_names,
    follows,
    given_names,
    is_word_first,
    longest_prefix,
    not_names,
    own_words,
    roles,
)
from sala.engines.thai.personal.name_rows import find_pairs, with_family
from sala.engines.thai.personal.names import NOT_ALONE, Found, can_follow, is_of_a_place
from sala.engines.thai.personal.recogniser import function_words
from sala.engines.thai.tokens import pieces

_BOTH = re.compile(
    r"(?:^|(?<=\s))(?P<one>[ก-ฮเ-ไ][ก-ฮะ-ฺเ-์]{1,7})[ ]?(?:กับ|และ)[ ]?(?P<other>[ก-ฮเ-ไ][ก-ฮะ-ฺเ-์]{1,6}?)"
    r"(?=\s|$|ทะเลาะ|ไป|มา|ไม่|เป็น|ชอบ|ถูก|โดน|ทำ|อยู่)"
)
_BEGINS = re.compile(r"(?:^|(?<=[\s(\"“,]))(?=[ก-ฮเ-ไ])")


def find_doers(text: str) -> Iterator[Found]:
    """A listed given name at the beginning of a clause and a verb right behind it: ปิยะดาเห็นเหตุการณ์."""
    for begin in _BEGINS.finditer(text):
        match = CHUNK.match(text, begin.end())
        chunk = match.group()[:MOST] if match else ""
        known = longest_prefix(chunk, given_names()) if chunk[:3] in beginnings() else ""
        if (
            len(known) < 5
            or len(known) == len(chunk)
            or known in NOT_ALONE
            or is_word_first(known)
            or is_of_a_place(text, begin.end())
        ):
            continue
        verb = pieces(chunk[len(known) :])[0]
        if verb in follows() or (verb in function_words() and verb in before()):
            yield Found(begin.end(), begin.end() + len(known))


def find_due(text: str, starts: dict[int, int]) -> Iterator[Found]:
    """Names behind a person who is called so (คนขับชื่อ…), an office or a kin word, and initials; in no order.

    `starts`: where each piece of the text begins -> ends. Each place is read for a few dozen letters at most.
    """
    yield from _called(text)
    for cue in OFFICE.finditer(text):
        if cue.start() in starts and not OF_A_PLACE.search(text[max(0, cue.start() - 12) : cue.start()]):
            end = _behind_office(text, cue, starts[cue.start()])
            if end:
                yield Found(cue.start(), with_family(text, end, text[cue.end() : end]))
    yield from find_pairs(text, starts)
    yield from find_doers(text)
    yield from _two(text)
    for cue in INITIAL.finditer(text):
        is_titled = cue.group().startswith(("นาย ", "นาง ", "น.ส. "))
        if is_titled or cue["next"] in ("", ")", ",", ";") or can_follow(pieces(cue["next"])[0]):
            yield Found(*cue.span("it"))


def _called(text: str) -> Iterator[Found]:
    for cue in CALLED.finditer(text):
        is_sure = bool(cue["who"] or cue["kind"] or ":" in cue.group())
        end = _due_end(text, cue.end(), is_sure=is_sure) or (_borne_end(text, cue.end()) if is_sure else 0)
        if end:
            yield Found(cue.end(), with_family(text, end, text[cue.end() : end]))


def _two(text: str) -> Iterator[Found]:
    """เจี๊ยบกับปุ้ยทะเลาะกัน: two nicknames at the beginning of a clause."""
    for both in _BOTH.finditer(text):
        if both["one"] in nicknames() and both["other"] in nicknames():
            yield Found(*both.span("one"))
            yield Found(*both.span("other"))


def _behind_office(text: str, cue: re.Match[str], covered: int) -> int:
    """Where the name behind an office or a kin word ends, 0 if none is there; the cue's own word goes to `covered`."""
    end = _due_end(text, cue.end(), is_sure=bool(KIN.search(cue.group())))
    if not end or not _is_listed_where_unsure(text, cue, end):
        return 0
    if covered > cue.end() and text[cue.start() : covered] in word_list():
        return 0  # จ่าย, อาจ, ตาล
    if cue.group().startswith("หลวง") and text.startswith("วัด", end):
        return 0  # the monk of whom the temple tells
    return 0 if text[cue.start() : end].replace(" ", "") in own_words("not_called.txt") else end


def _is_listed_where_unsure(text: str, cue: re.Match[str], end: int) -> bool:
    """Whether a name is a listed one, or stands where others may be believed too.

    Not behind a space (พี่ หิวๆ), before ๆ, in drawn-out letters (ไอ้ฟายยยย), in abbreviations (ปลัด พม.), or behind
    what begins words.
    """
    name = text[cue.end() : end]
    if text.startswith(("ๆ", "."), end) or _DRAWN.search(name):
        return False
    is_listed = name in nicknames() or name in given_names() or given_form().fullmatch(name) is not None
    if cue.group() in ("กะ", "แบ"):
        return is_listed or name in own_words("malay_nicknames.txt")
    return is_listed or not cue.group().endswith(" ") or "." in cue.group()


def _borne_end(text: str, start: int) -> int:
    """Where a name that is a word first ends, behind a person who is called so (ผู้ใหญ่บ้านชื่อสมัย); or 0."""
    match = CHUNK.match(text, start)
    chunk = match.group()[:MOST] if match else ""
    name = longest_prefix(chunk, every_name())
    is_other = name in not_names() or name in follows() or name in own_words("due_not.txt")
    return start + len(name) if len(name) >= 3 and not is_other and ends(chunk, len(name)) else 0


_DRAWN = re.compile(r"(.)\1\1")


def _due_end(text: str, start: int, *, is_sure: bool) -> int:
    """Where the name that is due at `start` ends; 0 if what stands there is none.

    A listed name or one put together as names are counts where a word follows that may stand behind a name; where
    it `is_sure` that one is due, so does a short word that is none of `_no_name`.
    """
    match = CHUNK.match(text, start)
    if match is None:
        return 0
    chunk = match.group()[:MOST]
    words = pieces(chunk)
    before_it = text[max(0, start - 8) : start]
    is_titled = TITLED.search(before_it) is not None
    if is_titled and _is_whole_name(match.group(), words, is_apart=before_it[-1:] in (" ", ".")):
        return start + len(match.group())
    if FULL.search(before_it) and chunk in borne_names() and chunk not in roles():
        return start + len(chunk)  # นายสมัคร, alone
    best = _listed_length(chunk, words)
    if best < 0:
        return 0
    best = max(best, _shortest_due(chunk, words, least=best, is_sure=is_sure, is_titled=is_titled))
    if not best and words[0] not in word_list():
        best = _cut_unknown(chunk)
    return start + best if best >= 2 else 0


def _listed_length(chunk: str, words: list[str]) -> int:
    """How long the listed name at the beginning is, 0 if none ends there; -1 if what stands there begins no name."""
    known = longest_prefix(chunk, given_names())
    length = len(known) if len(known) >= 3 and ends(chunk, len(known)) else 0
    is_other = words[0] in no_name() or (words[0] in follows() and words[0] not in parts())
    return -1 if is_other and not (length >= 4 and length > len(words[0])) else length


def _is_whole_name(chunk: str, words: list[str], *, is_apart: bool) -> bool:
    """Whether all of `chunk`, which stands behind a full title, is a name: ด.ญ. ขวัญข้าว, นางบุญเยี่ยม."""
    if len(words) > 3 or len(chunk) > 14 or is_talk(words):
        return False
    return is_apart or (len(words) > 1 and words[0] in parts())


def _shortest_due(chunk: str, words: list[str], *, least: int, is_sure: bool, is_titled: bool) -> int:
    """How long the shortest name beyond `least` letters is that the words make and that may end there; 0 if none."""
    length = 0
    for count, word in enumerate(words[:4], start=1):
        length += len(word)
        is_longer = length > least and ends(chunk, length)
        if is_longer and _is_due(words[:count], is_sure=is_sure, is_titled=is_titled):
            return length
    return 0


def _cut_unknown(chunk: str) -> int:
    """How long the word is that no dictionary holds, before the first word in it that may follow names: ฟลุ๊ค|จมน้ำ."""
    for length in range(3, 9):
        rest = chunk[length:]
        if DEPENDENT.match(rest) or chunk[length - 1 : length] in "เแโใไ" or rest[:1] in ("า", "ะ", ""):
            continue
        if any(
            rest[:size] in before() and not DEPENDENT.match(rest[size : size + 1]) for size in range(2, 9)
        ):
            return length
    return 0


def _is_due(words: list[str], *, is_sure: bool, is_titled: bool) -> bool:
    """Whether these words together are a name: listed, put together as names are, or unknown to the dictionary."""
    whole = "".join(words)
    if whole in nicknames() or whole in given_names() or given_form().fullmatch(whole):
        return len(whole) >= 2 and (is_sure or whole not in word_list() or whole in nicknames())
    if any(word in no_name() or word in follows() for word in words[1:]):
        return False
    if len(words) == 2 and words[0] in parts() and len(words[1]) <= (4 if is_sure else 6 if is_titled else 0):
        return True
    if whole.startswith(("ที่", "ของ", "ใน", "กับ")):
        return False
    is_unknown = any(word not in word_list() for word in words)
    return (is_unknown and 2 <= len(whole) <= 12) or (is_sure and len(words) == 1 and 2 <= len(whole) <= 6)
