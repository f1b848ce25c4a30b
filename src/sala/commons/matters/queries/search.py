"""Search in Thai and English: by words, then by letter groups for what was mistyped."""

import time
from dataclasses import dataclass
from typing import Any

from django.db import connection

from sala.commons.matters.models import Matter
from sala.commons.matters.queries.matter import PAGE, Filter, Page
from sala.commons.matters.rules import Visibility
from sala.engines import thai

# Of the newest this many that hold all words the best are shown first: a very common word stays quick.
NEWEST = 2000
RAREST = 4
FUZZY_POOL = 400
LEAST_LIKE = 0.5
LONGEST = 200

_BY_WORDS = """
SELECT matter.id, ts_rank(found.words, %(query)s::tsquery) AS rank FROM (
    SELECT matter_id, words FROM matters_searchtext WHERE words @@ %(query)s::tsquery
    ORDER BY matter_id DESC LIMIT %(newest)s
) found JOIN matters_matter matter ON matter.id = found.matter_id
WHERE {narrowing} ORDER BY rank DESC, matter.id DESC LIMIT %(size)s OFFSET %(skip)s
"""
_BY_GRAMS = """
SELECT matter.id, matter.title FROM (
    SELECT matter_id FROM matters_searchtext WHERE grams @@ %(query)s::tsquery ORDER BY matter_id DESC LIMIT %(pool)s
) found JOIN matters_matter matter ON matter.id = found.matter_id WHERE {narrowing}
"""
_FREQUENCIES = """
SELECT word, ndoc FROM ts_stat('SELECT grams FROM matters_searchtext ORDER BY matter_id DESC LIMIT 2000')
"""


@dataclass(frozen=True, slots=True)
class Found:
    """A page of what was found; `is_guess` when nothing held all the words and like ones are shown instead."""

    matters: tuple[Matter, ...]
    has_more: bool
    is_guess: bool


def search_matters(text: str, wanted: Filter, *, page: int = 1, size: int = PAGE) -> Found:
    """Public matters that hold all words of `text`, the best first; if none does, those with like letters.

    Three queries at most. Text beyond 200 characters is not read.
    """
    text = text[:LONGEST]
    query = thai.query_literal(text)
    ids = _by_words(query, wanted, page, size) if query else []
    if not ids and page == 1:
        return Found(_in_order(_by_grams(text, wanted)[:size]), False, True)
    return Found(_in_order(ids[:size]), len(ids) > size, False)


_HOLDING = """
SELECT matter.id FROM matters_searchtext found JOIN matters_matter matter ON matter.id = found.matter_id
WHERE found.words @@ %(query)s::tsquery AND matter.id < %(before)s AND {narrowing}
ORDER BY matter.id DESC LIMIT %(size)s
"""


def list_holding(text: str, wanted: Filter, *, before: int | None = None, size: int = PAGE) -> Page:
    """All public matters that hold all words of `text`, the newest first, below the cursor: for reading on to the end.

    Two queries. Text beyond 200 characters is not read; a text without a word is held by none.
    """
    query = thai.query_literal(text[:LONGEST])
    if not query:
        return Page((), None)
    narrowing, values = _narrowing(wanted)
    values |= {"query": query, "before": before or 2**62, "size": size + 1}
    with connection.cursor() as cursor:
        cursor.execute(_HOLDING.format(narrowing=narrowing), values)
        ids = [row[0] for row in cursor.fetchall()]
    return Page(_in_order(ids[:size]), ids[size - 1] if len(ids) > size else None)


def _narrowing(wanted: Filter) -> tuple[str, dict[str, Any]]:
    parts, values = ["matter.visibility = %(visibility)s"], {"visibility": Visibility.PUBLIC.value}
    for name in ("kind", "agency", "topic", "stage"):
        if value := getattr(wanted, name):
            parts.append(f"matter.{name} = %({name})s")
            values[name] = value
    if wanted.area:
        parts.append("matter.area LIKE %(area)s")
        values["area"] = wanted.area.replace("\\", "").replace("%", "").replace("_", "") + "%"
    return " AND ".join(parts), dict(values)


def _by_words(query: str, wanted: Filter, page: int, size: int) -> list[int]:
    narrowing, values = _narrowing(wanted)
    values |= {"query": query, "newest": NEWEST, "size": size + 1, "skip": (max(page, 1) - 1) * size}
    with connection.cursor() as cursor:
        cursor.execute(_BY_WORDS.format(narrowing=narrowing), values)
        return [row[0] for row in cursor.fetchall()]


def _by_grams(text: str, wanted: Filter) -> list[int]:
    """Matters whose title shares at least half of the text's letter groups, the likest first."""
    grams = thai.trigrams(text)
    if len(grams) < 2:
        return []
    rare = sorted(grams, key=lambda gram: (_frequency().get(gram, 0), gram))
    known = [gram for gram in rare if _frequency().get(gram, 0)][:RAREST] or rare[:RAREST]
    query = " | ".join("'" + gram.replace("\\", "\\\\").replace("'", "''") + "'" for gram in known)
    narrowing, values = _narrowing(wanted)
    with connection.cursor() as cursor:
        cursor.execute(_BY_GRAMS.format(narrowing=narrowing), {**values, "query": query, "pool": FUZZY_POOL})
        rows = cursor.fetchall()
    asked = frozenset(grams)
    scored = [(len(asked & frozenset(thai.trigrams(title))) / len(asked), pk) for pk, title in rows]
    return [pk for score, pk in sorted(scored, reverse=True) if score >= LEAST_LIKE]


_kept: dict[str, object] = {"until": 0.0, "grams": {}}


def _frequency() -> dict[str, int]:
    """How many of the newest 2,000 matters hold a letter group; kept for ten minutes in this process."""
    if float(str(_kept["until"])) < time.monotonic():
        with connection.cursor() as cursor:
            cursor.execute(_FREQUENCIES)
            _kept["grams"] = dict(cursor.fetchall())
        _kept["until"] = time.monotonic() + 600
    return _kept["grams"]  # type: ignore[return-value]  # set just above


def forget_frequencies() -> None:
    """Count letter groups anew at the next question; tests call it."""
    _kept["until"] = 0.0


def _in_order(ids: list[int]) -> tuple[Matter, ...]:
    found = Matter.objects.in_bulk(ids)
    return tuple(found[pk] for pk in ids if pk in found)
