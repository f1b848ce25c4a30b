"""A page of an officer's list, of one kind or of every kind; what is found by words; what stands before and after."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import (
    CharField,
    Q,
    QuerySet,
    Value,
)

from sala.commons.matters import queries as matters
from sala.commons.worklist.queries.counts import GIVEN, count_kinds, summed, values_of
from sala.commons.worklist.queries.wanted import (
    LAST_PAGE,
    Wanted,
    codes_of,
    condition_of,
    has_view,
    view_of,
    worklist_of,
)
from sala.core.actors import Actor
from sala.core.digits import find_whole_number
from sala.engines import thai
from sala.platform.statements import Statement

PAGE = 50
# An office's newest this many are looked through letter by letter; of older ones what is open or public.
NEWEST = 2000
MOST_FOUND = 500
_HIDDEN = Q(matter__visibility__in=["agency_only", "confidential"])


@dataclass(frozen=True, slots=True)
class Inbox:
    """A page of the list, and how many each view holds; `is_many`: counted are only the `MANY` due first.

    `kinds` is how many are open of each kind, also of those that are not in this list; `many_of` those with more.
    """

    rows: tuple[Any, ...]
    counts: dict[str, int]
    kinds: dict[str, int]
    has_more: bool
    is_many: bool
    many_of: frozenset[str]


def get_inbox(kind: str, actor: Actor, agency: str, wanted: Wanted, *, now: datetime) -> Inbox:
    """An officer's list, by deadline, with the rows of each kind among each other.

    Two queries whatever its length, one more for each kind on the page, and four more per kind for a search.
    """
    values = values_of(actor, agency, now)
    kinds = count_kinds(actor, agency, now=now)
    counts, is_many = summed(codes_of(kind), kinds)
    keys = _keys(kind, wanted, values)
    return Inbox(
        rows=_loaded(keys[:PAGE]),
        counts=counts,
        kinds={code: counted.views["open"] for code, counted in kinds.items()},
        has_more=len(keys) > PAGE and wanted.page < LAST_PAGE,
        is_many=is_many,
        many_of=frozenset(code for code, counted in kinds.items() if counted.is_many),
    )


def list_rows(
    kind: str, actor: Actor, agency: str, wanted: Wanted, *, most: int, now: datetime
) -> tuple[Any, ...]:
    """The first rows of an officer's list, at most `PAGE`. One query, and one more for each kind among them."""
    return _loaded(_keys(kind, wanted, values_of(actor, agency, now))[: min(most, PAGE)])


def _loaded(keys: Sequence["Key"]) -> tuple[Any, ...]:
    found: dict[int, Any] = {}
    for code in dict.fromkeys(code for code, _ in keys):
        work = worklist_of(code)
        rows = work.model.objects.select_related("matter", *work.related)
        found |= rows.in_bulk([key for of, key in keys if of == code])
    return tuple(found[key] for _, key in keys if key in found)


# (kind, row number) of a line.
Key = tuple[str, int]


def _keys(kind: str, wanted: Wanted, values: dict[str, Any]) -> list[Key]:
    """The kinds and row numbers of a page of the list, and of one more if there is one; one query, and four a kind
    for a search."""
    start = (min(max(wanted.page, 1), LAST_PAGE) - 1) * PAGE
    view = view_of(kind, wanted)
    if wanted.filters().keys() <= {"view"}:
        return _named(_listing(codes_of(kind), view, start).run(values))
    parts = tuple(
        (code, _wanted(code, wanted, values)) for code in codes_of(kind) if has_view(code, view) or wanted.q
    )
    return _named(_merged(parts, view, start).run(values)) if parts else []


def _named(rows: list[tuple[Any, ...]]) -> list[Key]:
    return [(str(code), int(key)) for code, _, key in rows]


@lru_cache(maxsize=256)
def _listing(codes: tuple[str, ...], view: str, start: int) -> Statement:
    parts = tuple(
        (
            code,
            worklist_of(code).model.objects.filter(condition_of(view, worklist_of(code).conditions(GIVEN))),
        )
        for code in codes
        if has_view(code, view)
    )
    return _merged(parts, view, start)


# A list in which nothing stands.
NOTHING = Statement("SELECT NULL, NULL, NULL WHERE false", ())


def _that_find(parts: Iterable[QuerySet[Any, Any]]) -> list[Statement]:
    """The statements of several kinds, without those of which it is known that they find nothing."""
    found = []
    for rows in parts:
        with suppress(EmptyResultSet):
            found.append(Statement.of(rows))
    return found


def _merged(parts: Sequence[tuple[str, QuerySet[Any]]], view: str, start: int) -> Statement:
    """(kind, date, row number) of a page of several kinds' rows and one more, in the order of the view.

    Each kind gives no more than could stand on the page, by its own index, so that a page costs no more where one
    kind has a million.
    """
    newest = any(view in worklist_of(code).by_closing for code, _ in parts)
    at = "matter__closed_at" if newest else "matter__due_at"
    order = (f"-{at}",) if newest else (at, "pk")
    statements = _that_find(
        rows.annotate(of=Value(code, CharField()))
        .order_by(*order)
        .values_list("of", at, "pk")[: start + PAGE + 1]
        for code, rows in parts
    )
    if not statements:
        return NOTHING
    # The parts name their columns as their tables do; only the places are the same in all of them.
    sql = " UNION ALL ".join(f"({part.sql})" for part in statements)
    return Statement(
        f"SELECT * FROM ({sql}) every (kind, due, key)"
        f" ORDER BY due {'DESC' if newest else 'ASC'}, key OFFSET {start} LIMIT {PAGE + 1}",
        tuple(p for part in statements for p in part.parameters),
    )


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The references before and after one in an officer's list, "" at its ends."""

    previous: str = ""
    next: str = ""


def get_neighbours(
    kind: str, actor: Actor, agency: str, wanted: Wanted, row: Any, *, now: datetime
) -> Neighbours:
    """What stands before and after a matter in the list, also when it has just left it. Two queries."""
    due_at, view, values = row.matter.due_at, view_of(kind, wanted), values_of(actor, agency, now)
    codes = [code for code in codes_of(kind) if has_view(code, view) or wanted.q]
    if due_at is None or any(view in worklist_of(code).by_closing for code in codes):
        return Neighbours()
    before = Q(matter__due_at__lt=due_at) | Q(matter__due_at=due_at, pk__lt=row.pk)
    after = Q(matter__due_at__gt=due_at) | Q(matter__due_at=due_at, pk__gt=row.pk)
    listed = {code: _wanted(code, wanted, values).filter(matter__due_at__isnull=False) for code in codes}
    return Neighbours(
        _nearest([rows.filter(before) for rows in listed.values()], "DESC"),
        _nearest([rows.filter(after) for rows in listed.values()], "ASC"),
    )


def _nearest(parts: Sequence[QuerySet[Any]], way: str) -> str:
    """The reference at the head of several kinds' rows, in the order of dates or against it; "" if there is none."""
    order = ("-matter__due_at", "-pk") if way == "DESC" else ("matter__due_at", "pk")
    statements = _that_find(
        rows.order_by(*order).values_list("matter__due_at", "pk", "matter__reference")[:1] for rows in parts
    )
    if not statements:
        return ""
    sql = " UNION ALL ".join(f"({part.sql})" for part in statements)
    whole = Statement(
        f"SELECT reference FROM ({sql}) near (due, key, reference) ORDER BY due {way}, key {way} LIMIT 1",
        tuple(p for part in statements for p in part.parameters),
    )
    return next((str(reference) for (reference,) in whole.run({})), "")


def _wanted(kind: str, wanted: Wanted, values: dict[str, Any]) -> QuerySet[Any]:
    """The rows of one kind that are wanted; the kind has the view, or words are sought."""
    work, given = worklist_of(kind), values
    conditions = work.conditions(given)
    if wanted.q:
        view = conditions["all"] & Q(pk__in=_sought(kind, wanted.q, conditions, values["agency"]))
    else:
        view = condition_of(wanted.view if has_view(kind, wanted.view) else work.views[0][0], conditions)
    return _narrowed(work.model.objects.filter(view), wanted)


def _sought(kind: str, text: str, conditions: Mapping[str, Any], agency: str) -> set[int]:
    """What an officer may mean: by words in what is public, letter by letter in the unfinished and the newest.

    Where words fill a page, letters are looked for only in what is not public, which has no words in the index. So
    it does not take longer the more an office has finished. A whole number finds everything.
    """
    model = worklist_of(kind).model
    public = matters.list_holding(text, matters.Filter(kind=kind, agency=agency), size=MOST_FOUND)
    found = {matter.pk for matter in public.matters}
    looked = _HIDDEN if len(found) >= PAGE else Q()
    newest = model.objects.filter(conditions["all"], looked).order_by("-matter").values("pk")[:NEWEST]
    for part in (conditions["unfinished"] & looked, Q(pk__in=newest)):
        rows = model.objects.filter(part, _holds(kind, text)).order_by("-matter")
        found.update(rows.values_list("pk", flat=True)[:MOST_FOUND])
    named = matters.find_matter(text)
    return found | ({named.pk} if named else set())


def _narrowed(rows: QuerySet[Any], wanted: Wanted) -> QuerySet[Any]:
    if wanted.topic:
        rows = rows.filter(matter__topic=wanted.topic)
    if wanted.area:
        rows = rows.filter(matter__area__startswith=wanted.area)
    if desk := find_whole_number(wanted.desk, least=1, most=2**63 - 1):
        rows = rows.filter(desk_id=desk)
    if officer := find_whole_number(wanted.officer, least=1, most=2**63 - 1):
        rows = rows.filter(officer_id=officer)
    return rows


def _holds(kind: str, text: str) -> Q:
    """A number, also a part of one, or all of the words, wherever in the matter they stand."""
    words = thai.normalise(text).split()[:8]
    number = Q(matter__reference__icontains="".join(words)) if words else Q(pk__isnull=True)
    told, holds = Q(), worklist_of(kind).holds
    for word in words:
        told &= holds(word)
    return number | told if words else number
