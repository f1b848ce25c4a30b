"""Family names behind given ones, and names in rows: สมนึก คำดี, อารี และวิเชียร."""

import re
from collections.abc import Iterable, Iterator

from sala.engines.thai.dictionary import word_list
from sala.engines.thai.personal.callnames import given_form, nicknames
from sala.engines.thai.personal.due_cues import INITIAL_BEHIND, MOST
from sala.engines.thai.personal.due_words import (
    begins_with,
    ends,
    every_name,
    no_name,
    parts,
    talk,
    verbs_before,
)
from sala.engines.thai.personal.name_lists import (
    CHUNK,
    CLAN,
    family_form,
    family_names,
    follows,
    given_names,
    is_word_first,
    longest_prefix,
    not_names,
    own_words,
)
from sala.engines.thai.personal.names import Found, is_of_a_place, sounds_like_family
from sala.engines.thai.tokens import pieces

_NEXT = re.compile("[ ]?(?:[,;/]|และ|กับ|หรือ|พร้อมด้วย)[ ]?|[ ]")


def whole_names(text: str, found: Iterable[Found]) -> Iterator[Found]:
    """Each of `found` with the family name that stands behind it, and the listed names that stand in a row with it."""
    for one in found:
        last: Found | None = _whole(text, one)
        for _ in range(8):  # a row of names; the rest of a longer one has its own beginning
            if last is None:
                break
            yield last
            last = _next_in_row(text, last.end)


def _next_in_row(text: str, start: int) -> Found | None:
    """The listed name that stands behind a name that ends at `start`, joined by a comma, และ, กับ or a space."""
    gap = _NEXT.match(text, start)
    match = CHUNK.match(text, gap.end()) if gap else None
    if gap is None or match is None:
        return None
    chunk = match.group()[:MOST]
    known = longest_prefix(chunk, given_names())
    if len(known) < 4 or not ends(chunk, len(known)):
        return None
    if is_word_first(known) and (gap.group() == " " or len(known) < 5):
        return None
    return Found(match.start(), with_family(text, match.start() + len(known), known))


def _whole(text: str, found: Found) -> Found:
    name = text[found.start : found.end]
    if not "ก" <= name[-1:] <= "์":
        return found
    if " " not in name.strip():
        return Found(found.start, with_family(text, found.end, name))
    rows = name.split()
    is_row = len(rows) in (2, 3) and all(_is_foreign(word) for word in rows)
    gap = text[found.end : found.end + 1] == " "
    chunk = CHUNK.match(text, found.end + 1) if is_row and gap else None
    size = _short_end(chunk.group()[:MOST]) if chunk else 0
    return Found(found.start, chunk.start() + size) if chunk and size else found


def find_pairs(text: str, starts: dict[int, int]) -> Iterator[Found]:
    """A listed given name, a space, and a family name that other words follow: ให้ยุพิน จำปาทองไปรับแทน."""
    for gap in _PAIR_GAP.finditer(text):
        at = _given_before(text, gap.start(), starts)
        end = family_end_of(text, gap.end()) if at >= 0 else 0
        if not end:
            continue
        given = text[at : gap.start()]
        # "1. ประกอบ แสนดี": in a list a word that is a name too is one, before a word that is a family's
        is_listed = _LISTED.search(text[max(0, at - 6) : at]) and _is_family_first(text[gap.end() : end])
        if is_listed or (given in given_names() and not is_word_first(given)):
            yield Found(at, end)


def _given_before(text: str, end: int, starts: dict[int, int]) -> int:
    """Where the longest given name that ends at `end` begins, if no place is called so; else -1."""
    run = _RUN_BEFORE.search(text[max(0, end - MOST) : end])
    first = end - len(run.group()) if run else end
    for at in range(first, end - 3):
        if (at == first or at in starts) and text[at:end] in every_name():
            return -1 if is_of_a_place(text, at) else at
    return -1


_LISTED = re.compile(r"(?:^|\n|[0-9][.)]|[-•:,;/]|กับ|ของ|ถึง|คือ|โดย|และ|ให้)[ ]{0,2}$")
_PAIR_GAP = re.compile(r"(?<=[ก-์])[ ]{1,2}(?=[ก-ฮเ-ไ])")
_RUN_BEFORE = re.compile(r"[ก-ฮะ-ฺเ-์ํ๎]{1,24}$")


def _is_family_first(word: str) -> bool:
    """Whether a word is a family name sooner than anything else: listed, or put together and no word itself."""
    return word not in word_list() and (
        word in family_names()
        or family_form().fullmatch(word) is not None
        or given_form().fullmatch(word) is not None
    )


_GAP = re.compile(r"[ ]{1,2}(?:(?:นามสกุล|สกุล)[ ]{0,2})?(?=[ก-ฮเ-ไ])")


def with_family(text: str, end: int, given: str = "") -> int:
    """Where the family name behind `given`, which ends at `end`, ends; `end` if none follows."""
    if fixed := CLAN.match(text, end) or INITIAL_BEHIND.match(text, end):
        return fixed.end()
    gap = _GAP.match(text, end)
    last = (family_end_of(text, gap.end()) or end) if gap else end
    for _ in range(2 if _is_foreign(given) else 0):  # เหงียน ถิ ฮวา
        word = CHUNK.match(text, last + 1) if text[last : last + 1] == " " else None
        size = _short_end(word.group()[:MOST]) if word else 0
        if not size:
            break
        last += 1 + size
    return last


def family_end_of(text: str, start: int) -> int:
    """Where the family name that is due at `start` ends, before a word that may follow names; 0 if none is there."""
    match = CHUNK.match(text, start)
    if match is None:
        return 0
    chunk = match.group()[:MOST]
    words = pieces(chunk)
    if words[0] in talk() and (words[0] not in parts() or words[0] in not_names()):
        return 0
    if begins_with(chunk, verbs_before()) and chunk not in family_names():
        return 0  # ไม่ต้อง, ยึดอำนาจ
    best = _shortest_family(chunk, words)
    if not best and 4 <= len(match.group()) <= 14 and _may_be_family(chunk, words):
        best = len(chunk)
    return start + best if best else 0


def _shortest_family(chunk: str, words: list[str]) -> int:
    """How long the shortest family name is that `chunk` begins with and that may end where it does; 0 if none."""
    length = 0
    for count, word in enumerate(words, start=1):
        length += len(word)
        whole = chunk[:length]
        if length < 3 or not ends(chunk, length):
            continue
        is_family = whole in family_names() or family_form().fullmatch(whole) or sounds_like_family(whole)
        if is_family and not_names().isdisjoint(words[1:count]):
            return length
    return 0


def _may_be_family(chunk: str, words: list[str]) -> bool:
    """Whether a word that stands alone behind a given name is a family name that no list holds: ทุมมา, สอนศรี, ชื่นบาน."""
    if words[0] in not_names() or any(word in verbs_before() for word in words[1:]):
        return False
    if any(word not in word_list() for word in words):
        return len(words) <= 4
    if len(words) == 2 and words[1] in parts():
        return True
    return len(words) <= 2 and any(
        chunk[:size] in parts() and 2 <= len(chunk) - size <= 5 for size in range(2, len(chunk) - 1)
    )


def _is_foreign(given: str) -> bool:
    """Whether a name, with or without its title, is one that Thais do not bear, or shorter than theirs."""
    bare = given.removeprefix("นางสาว").removeprefix("นาย").removeprefix("นาง").strip()
    return bare in own_words("foreign_names.txt") or (
        len(bare) <= 4 and bare not in nicknames() and bare not in given_names() and bare not in parts()
    )


def _short_end(chunk: str) -> int:
    """How long the short name is that `chunk` begins with, before a word that may follow names; 0 if there is none."""
    words, length = pieces(chunk), 0
    if words[0] in no_name() or words[0] in follows():
        return 0
    for word in words:
        length += len(word)
        if length <= 6 and ends(chunk, length):
            return length
    return 0
