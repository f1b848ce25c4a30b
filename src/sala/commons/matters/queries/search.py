"""Search in Thai and English: by words, then by words that mean the same, then by letter groups for slips."""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from sala.commons.matters.models import Matter
from sala.commons.matters.queries.matter import PAGE, Filter, Page
from sala.commons.matters.rules import PART, Visibility, part_tag
from sala.engines import thai

# Of the newest this many that hold all words the best are shown first: a very common word stays quick.
NEWEST = 200
RAREST = 4
FUZZY_POOL = 200
LEAST_LIKE = 0.5
LONGEST = 200
# How many of the newest matters are looked through at first; how many after that, what was found there tells.
# A common word is found among few, a rare one has few to read: so neither reads more the more matters there are.
NEAR = 2 * PART
# Looking further back than this for what is rarer costs more than reading all of it.
FAR = 24 * PART
# What was found is taken to lie as thick further back, less a quarter.
SPARE = 1.25

_NEWEST_OF_ALL = "SELECT coalesce(max(matter_id), 0) FROM matters_searchtext"
# The inner query is made alone first: the planner must not walk all matters to find the newest that fit.
_BY_WORDS = """
WITH fitting AS MATERIALIZED (SELECT matter_id FROM matters_searchtext WHERE words @@ %(fits)s::tsquery)
SELECT found.matter_id, ts_rank(told.words, %(query)s::tsquery) AS rank
FROM (SELECT matter_id FROM fitting WHERE matter_id <= %(last)s ORDER BY matter_id DESC LIMIT %(newest)s) found
JOIN matters_searchtext told ON told.matter_id = found.matter_id ORDER BY rank DESC, matter_id DESC
"""
# Of what was asked for, how much a matter holds: each thing counts once, in whichever words.
_BY_MOST = """
WITH fitting AS MATERIALIZED (SELECT matter_id FROM matters_searchtext WHERE words @@ %(fits)s::tsquery)
SELECT found.matter_id, held.count
FROM (SELECT matter_id FROM fitting WHERE matter_id <= %(last)s ORDER BY matter_id DESC LIMIT %(newest)s) found
JOIN matters_searchtext told ON told.matter_id = found.matter_id
CROSS JOIN LATERAL (SELECT count(*) FROM unnest(%(things)s::text[]) thing WHERE told.words @@ thing::tsquery) held
ORDER BY held.count DESC, ts_rank(told.words, %(query)s::tsquery) DESC, matter_id DESC
"""
_BY_GRAMS = """
WITH fitting AS MATERIALIZED (SELECT matter_id FROM matters_searchtext WHERE grams @@ %(fits)s::tsquery)
SELECT matter.id, matter.title
FROM (SELECT matter_id FROM fitting WHERE matter_id <= %(last)s ORDER BY matter_id DESC LIMIT %(newest)s) found
JOIN matters_matter matter ON matter.id = found.matter_id
"""
_HOLDING = """
WITH fitting AS MATERIALIZED (SELECT matter_id FROM matters_searchtext WHERE words @@ %(fits)s::tsquery)
SELECT matter_id FROM fitting WHERE matter_id <= %(last)s ORDER BY matter_id DESC LIMIT %(newest)s
"""
_FREQUENCIES = """
SELECT word, ndoc FROM ts_stat('SELECT grams FROM matters_searchtext ORDER BY matter_id DESC LIMIT 2000')
"""


@dataclass(frozen=True, slots=True)
class Found:
    """A page of what was found; `is_guess` when nothing held all the words and near ones are shown instead."""

    matters: tuple[Matter, ...]
    has_more: bool
    is_guess: bool


def search_matters(text: str, wanted: Filter, *, page: int = 1, size: int = PAGE) -> Found:
    """Public matters that hold all words of `text`, the best of the newest 200 first; if none does, near ones.

    Near are those that say the same otherwise, then those that hold at least half of what was asked, then those spelt
    alike. Eighteen queries at most, of which the later are made, and read more, only where the earlier found little.
    Text beyond 200 characters is not read.
    """
    text = text[:LONGEST]
    query, skip = thai.query_literal(text), (max(page, 1) - 1) * size
    ids = _by_words(query, wanted)[skip : skip + size + 1] if query else []
    if not ids and page == 1:
        return Found(_in_order(_near(text, wanted)[:size], wanted), False, True)
    return Found(_in_order(ids[:size], wanted), len(ids) > size, False)


def list_holding(text: str, wanted: Filter, *, before: int | None = None, size: int = PAGE) -> Page:
    """All public matters that hold all words of `text`, the newest first, below the cursor: for reading on to the end.

    Five queries at most. Text beyond 200 characters is not read; a text without a word is held by none.
    """
    query = thai.query_literal(text[:LONGEST])
    if not query:
        return Page((), None)
    ids = [row[0] for row in _newest(_HOLDING, f"({query})", wanted, size + 1, below=before)]
    return Page(_in_order(ids[:size], wanted), ids[size - 1] if len(ids) > size else None)


def _by_words(query: str, wanted: Filter) -> list[int]:
    return [row[0] for row in _newest(_BY_WORDS, f"({query})", wanted, NEWEST)]


def _near(text: str, wanted: Filter) -> list[int]:
    """What comes near, each once, the nearest first."""
    things = thai.near_literals(text)
    told = _by_words(" & ".join(things), wanted) if things else []
    most = _by_most(things, wanted) if not told and len(things) > 1 else []
    return list(dict.fromkeys([*told, *most, *_by_grams(text, wanted)]))


def _by_most(things: tuple[str, ...], wanted: Filter) -> list[int]:
    """Matters that hold at least half of the things asked for, those that hold most first."""
    rows = _newest(_BY_MOST, f"({' | '.join(things)})", wanted, NEWEST, things=things)
    return [pk for pk, held in rows if 2 * held >= len(things)]


def _newest(
    sql: str, query: str, wanted: Filter, most: int, *, below: int | None = None, things: Sequence[str] = ()
) -> list[tuple[Any, ...]]:
    """Rows of the newest `most` matters that fit a query and the filters, reaching as far back as is needed."""
    fits = " & ".join([query, *map(_quoted, _tags(wanted))])
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST_OF_ALL)
        newest = min(cursor.fetchone()[0], (below or 2**62) - 1)
        reach: int | None = NEAR
        while True:
            reach = reach if reach is not None and reach < newest else None
            near = fits if reach is None else f"{fits} & ({_parts_since(newest - reach, newest)})"
            values = {"fits": near, "query": query, "newest": most, "last": newest, "things": list(things)}
            cursor.execute(sql, values)
            rows: list[tuple[Any, ...]] = cursor.fetchall()
            if reach is None or len(rows) >= most:
                return rows
            reach = _further(reach, len(rows), most)


def _further(reach: int, found: int, most: int) -> int | None:
    """How far back to look next, when so few of `most` were found within `reach`; None: through all there are."""
    if reach > NEAR or not found:
        return None
    needed = int(SPARE * NEAR * most / found)
    return needed if needed <= FAR else None


def _parts_since(first: int, last: int) -> str:
    return " | ".join(_quoted(part_tag(part)) for part in range(first // PART, last // PART + 1))


def _tags(wanted: Filter) -> list[str]:
    """The filters as tags of the index; it follows the ledger by a moment, so `_in_order` looks again."""
    named = {name: getattr(wanted, name) for name in ("kind", "agency", "topic", "stage", "area")}
    return [f"={name}:{value}" for name, value in named.items() if value]


def lexemes(terms: Iterable[str]) -> str:
    """Terms as a PostgreSQL tsvector literal."""
    return " ".join(map(_quoted, terms))


def _quoted(term: str) -> str:
    return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'"


def _by_grams(text: str, wanted: Filter) -> list[int]:
    """Matters whose title shares at least half of the text's letter groups, the likest first."""
    grams = thai.trigrams(text)
    if len(grams) < 2:
        return []
    rare = sorted(grams, key=lambda gram: (_frequency().get(gram, 0), gram))
    known = [gram for gram in rare if _frequency().get(gram, 0)][:RAREST] or rare[:RAREST]
    query = " | ".join(map(_quoted, known))
    rows = _newest(_BY_GRAMS, f"({query})", wanted, FUZZY_POOL)
    scored = [(_likeness(grams, title), pk) for pk, title in rows]
    return [pk for score, pk in sorted(scored, reverse=True) if score >= LEAST_LIKE]


def _likeness(grams: list[str], title: str) -> float:
    """The share of these letter groups that a title holds."""
    letters = thai.letters(title)
    return sum(gram in letters for gram in grams) / len(grams)


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


def _in_order(ids: list[int], wanted: Filter) -> tuple[Matter, ...]:
    found = wanted.narrow(Matter.objects.filter(visibility=Visibility.PUBLIC)).in_bulk(ids)
    return tuple(found[pk] for pk in ids if pk in found)
