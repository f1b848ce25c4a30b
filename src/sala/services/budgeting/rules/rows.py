"""What a row of a publisher's table says: where it stands, how much, and what is doubtful about it. Pure."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sala.core.money import SATANG_PER_BAHT, parse_baht
from sala.core.tables import Unfit
from sala.services.budgeting.rules.stages import Stage

# From above to below. A row may leave any but the first empty.
LEVELS = ("ministry", "agency", "plan", "output", "activity", "expense", "subexpense", "item")
KINDS = frozenset({"output", "project"})
LONGEST_NAME, MOST_SATANG = 1000, 10**15 * 9
# Instalments lie near their budget; what lies further away is a misreading (a range spread over a century was one).
NEAR_YEARS = 15
_BUDDHIST = 2300


@dataclass(frozen=True, slots=True)
class Given:
    """A row as understood. `path` are (level, kind, name); years are of the Buddhist era."""

    fiscal_year: int
    path: tuple[tuple[str, str, str], ...]
    stage: str
    money_year: int
    satang: int
    holds_on: str
    actor: str
    document: str
    page_from: int | None
    page_to: int | None
    doubtful: int
    note: str


def read_row(row: Mapping[str, str], options: Mapping[str, str]) -> Given:
    """A row of a table; what it does not say, the mapping's options do. Raises Unfit."""

    def told(name: str) -> str:
        return row.get(name, "") or options.get(name, "")

    fiscal_year = _year(told("fiscal_year"), "fiscal_year")
    if not fiscal_year:
        raise Unfit("fiscal_year", "missing")
    money_year = _year(row.get("money_year", ""), "money_year") or fiscal_year
    doubtful = _whole(row.get("doubtful", ""), "doubtful") or 0
    if abs(money_year - fiscal_year) > NEAR_YEARS:
        doubtful = max(doubtful, 1)
    stage = told("stage")
    if stage not in _STAGES:
        raise Unfit("stage", "unknown_value" if stage else "missing")
    holds_on = told("holds_on")
    try:
        date.fromisoformat(holds_on)
    except ValueError:
        raise Unfit("holds_on", "not_a_date" if holds_on else "missing") from None
    return Given(
        fiscal_year,
        _path(row.get("kind", ""), tuple([row.get(level, "") for level in LEVELS])),
        stage,
        money_year,
        _satang(row.get("amount", "")),
        holds_on,
        told("actor")[:120],
        row.get("document", "")[:120],
        _whole(row.get("page_from", ""), "page_from"),
        _whole(row.get("page_to", ""), "page_to"),
        doubtful,
        row.get("note", "")[:LONGEST_NAME],
    )


_STAGES = frozenset(stage.value for stage in Stage)


@lru_cache(maxsize=1 << 14)  # a line has several events, and they mostly stand together
def _path(kind: str, cells: tuple[str, ...]) -> tuple[tuple[str, str, str], ...]:
    if kind and kind not in KINDS:
        raise Unfit("kind", "unknown_value")
    path = []
    for level, cell in zip(LEVELS, cells, strict=True):
        name = " ".join(cell.split())
        if len(name) > LONGEST_NAME:
            raise Unfit(level, "too_long")
        if name:
            path.append((level, kind if level == "output" else "", name))
    if not path or path[0][0] != LEVELS[0]:
        raise Unfit(LEVELS[0], "missing")
    return tuple(path)


def _satang(text: str) -> int:
    if not text:
        raise Unfit("amount", "missing")
    try:
        satang = int(text) * SATANG_PER_BAHT if text.isascii() and text.isdigit() else parse_baht(text)
    except ValueError:
        raise Unfit("amount", "not_money") from None
    if abs(satang) > MOST_SATANG:
        raise Unfit("amount", "too_large")
    return satang


def _whole(text: str, column: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 8):
        raise Unfit(column, "not_whole")
    return int(text)


def _year(text: str, column: str) -> int:
    """A year in the Buddhist era, whichever era it was written in; 0 for none."""
    year = _whole(text, column) or 0
    if year and not (1900 <= year <= 2200 or 2443 <= year <= 2743):
        raise Unfit(column, "unlikely_year")
    return year + 543 if 0 < year < _BUDDHIST else year


def _canonical(told: list[object]) -> bytes:
    """RFC 8785 of a list of texts, lists, None and whole numbers below 2^53: without mappings nothing is to be ordered.

    `core.canonical` says the same ten times slower, since it looks at every value; a test holds them together.
    """
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def code_of(fiscal_year: int, path: tuple[tuple[str, str, str], ...]) -> str:
    """The permanent name of a heading in addresses: of its year and the names from above to itself."""
    return hashlib.sha256(_canonical([fiscal_year, *path])).hexdigest()[:16]


def leaf_of(given: Given, satang: int) -> bytes:
    """What is hashed of an event, so that anybody can prove it was in a load: a canonical JSON list of all it says.

    In order: fiscal year, path, stage, year of the money, satang, day, actor, document, pages, doubtful, note.
    """
    return _canonical(
        [
            given.fiscal_year,
            given.path,
            given.stage,
            given.money_year,
            satang,
            given.holds_on,
            given.actor,
            given.document,
            given.page_from,
            given.page_to,
            given.doubtful,
            given.note,
        ]
    )


def key_of(given: Given, heading: str, nth: int) -> str:
    """What the row is about, as 32 hex digits: the `nth` of its heading, stage, year, day, document and page."""
    told = f"{heading}|{given.stage}|{given.money_year}|{given.holds_on}|{given.document}|{given.page_from}|{nth}"
    return hashlib.sha256(told.encode()).hexdigest()[:32]
