"""Cut Thai text, which has no spaces between words, into words and the words inside words."""

import re
from functools import lru_cache
from itertools import accumulate

import nlpo3

from sala.engines.thai.dictionary import tokeniser_name, word_list
from sala.engines.thai.normalise import normalise

_WORD = re.compile(r"[^\W_]")
_DEPENDENT = re.compile(r"[ะ-ฺๅ-๎]")  # signs that never begin a word
#: Grammatical words that add no meaning of their own inside a compound.
AFFIXES = frozenset(["การ", "ความ", "ผู้", "นัก", "ชาว", "คน", "ที่", "และ", "ของ", "แห่ง", "ใน", "ไม่", "ตาม"])
_SHORTEST_SUBWORD = 2
_LONGEST_COMPOUND = 60


# Letters in a row, without a space, from which on the tokeniser cuts by windows: in a long row that may be read in
# many ways (กรรมกรรมกรรม …) its work grows with the square. Of 90,000 rows in real texts two are as long.
_ENDLESS = re.compile("[ก-๎]{250}")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def pieces(text: str) -> list[str]:
    """Cut `text` as it stands: the pieces joined again are the text, spaces and signs included."""
    if not text:
        return []
    # JSON can carry half a pair of surrogates, which no encoding of the tokeniser holds.
    whole = _LONE_SURROGATE.sub("\ufffd", text)
    cut: list[str] = nlpo3.segment(whole, tokeniser_name(), _ENDLESS.search(whole) is not None)
    if whole is text or whole == text:
        return cut
    ends = list(accumulate(map(len, cut)))
    return [text[start:end] for start, end in zip([0, *ends], ends, strict=False)]


def tokens(text: str) -> list[str]:
    """Return the words of `text` in order: normalised, lower case, without spaces and punctuation."""
    return [piece for piece in pieces(normalise(text).lower()) if _WORD.search(piece)]


def _reach(word: str) -> list[list[int]]:
    """For each position of `word`, where the shorter dictionary words that begin there end."""
    words, size = word_list(), len(word)
    ends: list[list[int]] = [[] for _ in range(size)]
    for start in range(size):
        for end in range(start + 2, size + 1):
            if (
                (start, end) != (0, size)
                and word[start:end] in words
                and not _DEPENDENT.match(word[end : end + 1])
            ):
                ends[start].append(end)
    return ends


@lru_cache(maxsize=65536)
def subwords(token: str) -> tuple[str, ...]:
    """Return the dictionary words that `token` is made of: การร้องเรียน gives ร้องเรียน, ร้อง and เรียน.

    Only words that belong to a full split of the token count, so that no word appears by accident across a
    seam. Grammatical prefixes and words under three characters are left out. A single word gives ().
    """
    size = len(token)
    if size < 2 * 2 or size > _LONGEST_COMPOUND:
        return ()
    ends = _reach(token)
    from_start, to_end = {0}, {size}
    for start in range(size):
        if start in from_start:
            from_start.update(ends[start])
    for start in reversed(range(size)):
        if any(end in to_end for end in ends[start]):
            to_end.add(start)
    found = [
        token[start:end]
        for start in sorted(from_start & to_end - {size})
        for end in reversed(ends[start])
        if end in to_end and end - start >= _SHORTEST_SUBWORD
    ]
    return tuple(dict.fromkeys(word for word in found if word not in AFFIXES))


@lru_cache(maxsize=65536)
def parts(token: str) -> tuple[str, ...]:
    """Return the split of `token` into the fewest shorter dictionary words: รถจักรยานยนต์ is รถ and จักรยานยนต์.

    Of splits with as few words the one with the shortest first word wins, since Thai puts the head first.
    A word that is not made of others gives itself alone.
    """
    size = len(token)
    if size < 4 or size > _LONGEST_COMPOUND:
        return (token,)
    ends = _reach(token)
    best: list[tuple[str, ...] | None] = [None] * size + [()]
    for start in reversed(range(size)):
        for end in ends[start]:
            rest, so_far = best[end], best[start]
            if rest is not None and (so_far is None or len(rest) + 1 < len(so_far)):
                best[start] = (token[start:end], *rest)
    return best[0] or (token,)
