"""Words near in meaning, for a search that found nothing: what people say otherwise, often mistype, or say in English.

Not a thesaurus: a short list of our own, of what people complain of and ask for; it widens a question, never a text.
"""

from functools import cache

from sala.engines.thai.dictionary import near_words, stop_words
from sala.engines.thai.terms import asked_together, words_of

MOST_THINGS = 8
_SHORTEST_PLURAL = 4
# Where and how, between the words for the thing itself: texts that tell the same put them otherwise or leave them out.
_LITTLE = frozenset(
    [
        "บน",
        "ใน",
        "ที่",
        "ตรง",
        "หน้า",
        "หลัง",
        "ข้าง",
        "แถว",
        "ใกล้",
        "ริม",
        "ไม่",
        "เป็น",
        "มี",
        "มาก",
        "แล้ว",
        "of",
        "the",
        "at",
        "in",
        "on",
        "near",
    ]
)


@cache
def _alternatives() -> dict[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Each expression as words in their plain form -> all expressions of its line, as words."""
    found: dict[tuple[str, ...], tuple[tuple[str, ...], ...]] = {}
    for line in near_words():
        expressions = tuple(tuple(words_of(expression)) for expression in line)
        for expression in expressions:
            found.setdefault(tuple(map(_plain, expression)), expressions)
    return found


@cache
def _longest() -> int:
    return max(map(len, _alternatives()), default=1)


def _plain(word: str) -> str:
    """An English word without the s of many of them; every other word as it is."""
    is_many = word.isascii() and len(word) >= _SHORTEST_PLURAL and word.endswith("s") and word.isalpha()
    return word[:-1] if is_many else word


def near_literals(text: str) -> tuple[str, ...]:
    """What a text asks for, one PostgreSQL `tsquery` literal a thing: each holds what is said for it otherwise, too.

    Of a text that names many things the first eight are taken; a text without a word gives none.
    """
    found: list[str] = []
    words, at = words_of(text), 0
    while at < len(words) and len(found) < MOST_THINGS:
        taken, literal = _thing(words[at:])
        if literal and literal not in found:
            found.append(literal)
        at += taken
    return tuple(found)


def _thing(words: list[str]) -> tuple[int, str]:
    """How many words the first thing takes, and its literal; "" for a word that carries no meaning of its own."""
    for count in range(min(_longest(), len(words)), 0, -1):
        known = _alternatives().get(tuple(map(_plain, words[:count])))
        if known:
            said = dict.fromkeys((tuple(words[:count]), *known))
            return count, _any(tuple(said))
    if words[0] in stop_words() or words[0] in _LITTLE:
        return 1, ""
    return 1, _any(tuple(dict.fromkeys([(words[0],), (_plain(words[0]),)])))


def _any(alternatives: tuple[tuple[str, ...], ...]) -> str:
    each = [asked_together(words) for alternative in alternatives for words in _forms(alternative)]
    return f"({' | '.join(dict.fromkeys(each))})"


def _forms(words: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """An expression; in English also of many."""
    many = (*words[:-1], f"{words[-1]}s") if words and words[-1].isascii() and words[-1].isalpha() else words
    return (words,) if many == words or words[-1].endswith("s") else (words, many)
