"""Mends what Gazette PDFs do to Thai letters: "กาหนด", "มำตรำ", "สานั กงาน".

Sara am is lost or put for sara aa, and blanks stand inside words. Words are found in the list of `engines.thai` with
the two vowels taken as one; the spelling of the list is then written. What is not in the list stays as it is.
"""

import re
from functools import cache
from typing import Final

from sala.engines.legislation.letters import one_line
from sala.engines.thai.dictionary import word_list

# Verbs and nouns of every law, which a lost sara am turns into words that no law has (rice field, aunt …).
_MEANT: Final = {
    "นา": "นำ",
    "ทา": "ทำ",
    "คา": "คำ",
    "จา": "จำ",
    "อา": "อำ",
    "ซ้า": "ซ้ำ",
    "น้า": "น้ำ",
    "ชา": "ชำ",
}
_OTHER_WORDS: Final = (
    "จำกัด",
    "อำนาจ",
    "สำนักงาน",
    "กำหนด",
    "ดำเนิน",
    "คำคัดค้าน",
    "คำบอกกล่าว",
    "คำเสนอ",
    "กระทำ",
    "นำไป",
)
_RUN: Final = re.compile(r"[\u0e01-\u0e4e]+(?: [\u0e01-\u0e4e]+)*")
_LONGEST: Final = 24
_UNKNOWN: Final = 4.0
_SHORT: Final = 1.5  # little words stand inside longer ones, and long ones are the surer: ราคา, not รา and คา
_DEPENDENT: Final = re.compile("[\u0e30-\u0e3a\u0e45\u0e47-\u0e4e]")


def mend(text: str) -> str:
    """The text with its words spelled as in the word list, and without blanks inside words."""
    joined = re.sub("\u0e4d([\u0e48-\u0e4b]?)\u0e32", r"\1ำ", one_line(text))
    return _RUN.sub(lambda run: _mended(run.group()), joined)


@cache
def _spellings() -> dict[str, str]:
    """From a word with sara am as sara aa to the word; where two words come together, the one that laws mean."""
    found: dict[str, str] = {}
    for word in sorted((*word_list(), *_OTHER_WORDS)):
        key = word.replace("ำ", "า")
        if key not in found or "ำ" in found[key]:
            found[key] = word
    return found | _MEANT


def _mended(run: str) -> str:
    """One run of Thai letters and single blanks, cut into the fewest words that are known."""
    bare = run.replace(" ", "")
    blanks = _blanks(run)
    made, place = [], 0
    for word in _cut(bare.replace("ำ", "า")):
        end = place + len(word)
        printed = bare[place:end]
        spelled = _spellings().get(word, printed)
        inner = [at - place for at in range(place + 1, end) if at in blanks]
        made.append(" " if place in blanks else "")
        made.append(_with_blanks(spelled, inner))
        place = end
    return "".join(made)


def _blanks(run: str) -> set[int]:
    places, count = set(), 0
    for letter in run:
        if letter == " ":
            places.add(count)
        else:
            count += 1
    return places


def _with_blanks(word: str, places: list[int]) -> str:
    """A blank stays between two words that are whole, and goes from within one."""
    for place in reversed(places):
        left, right = word[:place], word[place:]
        if left in word_list() and right in word_list():
            word = f"{left} {right}"
    return word


def _cut(bare: str) -> list[str]:
    """The cheapest way to cut letters into known words; a letter that belongs to none costs most."""
    known = _spellings()
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(bare) + 1):
        cheapest = (best[end - 1][0] + _UNKNOWN, end - 1)
        for begin in range(max(0, end - _LONGEST), end):
            if (
                bare[begin:end] in known
                and not _DEPENDENT.match(bare, begin)
                and not _DEPENDENT.match(bare, end)
            ):
                cost = _SHORT if bare[begin:end] in _MEANT else 1.0 + 0.5 / (end - begin)
                cheapest = min(cheapest, (best[begin][0] + cost, begin))
        best.append(cheapest)
    words, end = [], len(bare)
    while end:
        begin = best[end][1]
        words.append(bare[begin:end])
        end = begin
    return words[::-1]
