"""Terms for a search index: words, words inside words, abbreviations, letter triples."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice
from typing import Literal

from sala.engines.thai.dictionary import abbreviations, stop_words
from sala.engines.thai.normalise import normalise
from sala.engines.thai.tokens import AFFIXES, parts, subwords, tokens

Weight = Literal["A", "B", "C", "D"]

_INNER: dict[Weight, Weight] = {"A": "C", "B": "D", "C": "D", "D": "D"}
_LONGEST_TERM = 200  # PostgreSQL holds lexemes of up to 2,046 bytes; a Thai letter takes three
_LAST_POSITION = 16_383  # PostgreSQL: a larger position is cut to this one
# Thai vowel and tone signs are combining marks, which \w leaves out.
_NOT_LETTERS = re.compile(r"[^\w\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]+|_")
_THAI_DOT = re.compile(r"(?<=[ก-๎])\.|\.(?=[ก-๎])")


@cache
def _abbreviation_of() -> dict[str, str]:
    return {full: short for short, full in abbreviations().items()}


def _canonical(token: str) -> str:
    """พ.ร.บ. and พรบ. and พรบ are one term."""
    return _THAI_DOT.sub("", token)[:_LONGEST_TERM]


def words_of(text: str) -> list[str]:
    """The words of a text in the spelling of the index, in order, stop words included."""
    words = [_canonical(token) for token in tokens(text)]
    return [word for word in words if word]


def _also(word: str) -> Iterator[str]:
    """What else a text that says `word` should be found by."""
    if word in abbreviations():
        yield from words_of(abbreviations()[word])
    if word in _abbreviation_of():
        yield _abbreviation_of()[word]
    yield from subwords(word)


def _placed_terms(words: Iterable[str], weight: Weight) -> Iterator[tuple[str, Weight, int]]:
    for position, word in enumerate(words, start=1):
        if word in stop_words():
            continue
        yield word, weight, position
        for inner in _also(word):
            if inner != word and inner not in stop_words():
                yield inner, _INNER[weight], position


def search_terms(text: str, weight: Weight = "A") -> list[tuple[str, Weight]]:
    """Return each term of `text` once, in the order met, with its weight for `setweight`.

    Whole words get `weight` (A for a title, B for a body); words inside them and the long or short form of an
    abbreviation get a lower one, so that "ร้องเรียน" finds "การร้องเรียน" but ranks it below itself.
    """
    best: dict[str, Weight] = {}
    for term, of, _ in _placed_terms(words_of(text), weight):
        best[term] = min(best.get(term, of), of)
    return list(best.items())


def _quoted(term: str) -> str:
    return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'"


def vector_literal(parts: Iterable[tuple[str, Weight]]) -> str:
    """Return a PostgreSQL `tsvector` literal, with positions and weights, for (text, weight) parts in order.

    Cast it with `::tsvector`; the server's own parser, which takes a Thai sentence for one word, is not used.
    """
    places: dict[str, dict[int, Weight]] = {}
    offset = 0
    for text, weight in parts:
        words = words_of(text)
        for term, of, position in _placed_terms(words, weight):
            spots = places.setdefault(term, {})
            spot = min(offset + position, _LAST_POSITION)
            spots[spot] = min(spots.get(spot, of), of)
        offset += len(words) + 1
    # PostgreSQL keeps at most 255 positions of a term.
    return " ".join(
        _quoted(term) + ":" + ",".join(f"{spot}{of}" for spot, of in islice(spots.items(), 255))
        for term, spots in places.items()
    )


def query_terms(text: str) -> list[tuple[str, ...]]:
    """Return the words a query asks for, each with its parts: ("ไฟดับ", "ไฟ", "ดับ"), ("บางรัก",).

    A text answers a word if it has the first of the tuple, or all the others. Affixes (การ, ความ) and stop
    words are no parts: การร้องเรียน also asks for ร้องเรียน. Stop words are dropped unless nothing else is left.
    """
    words = list(dict.fromkeys(words_of(text)))
    kept = [word for word in words if word not in stop_words()] or words
    return [_with_parts(word) for word in kept]


def _with_parts(word: str) -> tuple[str, ...]:
    inner = [part for part in parts(word) if part not in AFFIXES and part not in stop_words()]
    return (word, *(part for part in dict.fromkeys(inner) if part != word))


def query_literal(text: str) -> str:
    """Return a PostgreSQL `tsquery` literal for `query_terms`, for `::tsquery`; empty if no word is left."""
    return " & ".join(_asked(*asked) for asked in query_terms(text))


def asked_together(words: Iterable[str]) -> str:
    """A `tsquery` literal that asks for all of these words, each also by its parts."""
    return f"({' & '.join(_asked(*_with_parts(word)) for word in words)})"


def _asked(word: str, *inner: str) -> str:
    if not inner:
        return _quoted(word)
    return f"({_quoted(word)} | ({' & '.join(_quoted(part) for part in inner)}))"


def trigrams(text: str) -> list[str]:
    """Return the distinct letter triples of `text`, sorted, for finding words with a typing slip.

    Spaces and punctuation do not count, since Thai writers place spaces freely. A text of one or two letters
    is its own only triple.
    """
    told = letters(text)
    if len(told) < 3:
        return [told] if told else []
    return sorted({told[start : start + 3] for start in range(len(told) - 2)})


def letters(text: str) -> str:
    """Return the letters and digits of `text` in one spelling and in a row: what `trigrams` are the triples of."""
    return _NOT_LETTERS.sub("", normalise(text).lower())
