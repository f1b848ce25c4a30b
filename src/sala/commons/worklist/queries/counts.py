"""How many each view of an office's lists holds, and the values that the conditions of views speak of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db.models import (
    BigIntegerField,
    BooleanField,
    CharField,
    DateTimeField,
    ExpressionWrapper,
)

from sala.commons.deadlines.queries import calendar
from sala.commons.worklist.queries.wanted import EVERYWHERE, codes_of, condition_of, worklist_of
from sala.core.actors import Actor
from sala.core.working_time import DAY
from sala.platform.counts import MANY
from sala.platform.statements import Given, Statement


@dataclass(frozen=True, slots=True)
class Counted:
    """How many of a kind each counted view holds, of the `MANY` due first; whether there are more."""

    views: dict[str, int]
    is_many: bool


def count_views(kind: str, actor: Actor, agency: str, *, now: datetime) -> tuple[dict[str, int], bool]:
    """How many each counted view holds of the `MANY` of each kind that are due first; whether one has more.

    What an earlier system brought and nobody here has begun on is not among them, so thousands of such cannot push
    out the office's own. One query.
    """
    return summed(codes_of(kind), count_kinds(actor, agency, now=now))


def count_kinds(actor: Actor, agency: str, *, now: datetime) -> dict[str, Counted]:
    """How many each view of each kind holds, by the kind's code. One query, whatever their number."""
    codes = codes_of("")
    (row,) = _counting(codes, MANY).run(values_of(actor, agency, now))
    numbers, found = iter(row), dict[str, Counted]()
    for code in codes:
        whole = next(numbers)
        found[code] = Counted({view: next(numbers) for view in _counted(code)}, whole > MANY)
    return found


def summed(codes: Sequence[str], found: Mapping[str, Counted]) -> tuple[dict[str, int], bool]:
    """The views of several kinds together; one that a kind does not count has no number, which would be too small."""
    uncounted = {view for code in codes for view in worklist_of(code).uncounted}
    counts: dict[str, int] = {}
    for code in codes:
        for view, count in found[code].views.items():
            if view not in uncounted:
                counts[view] = counts.get(view, 0) + count
    return counts, any(found[code].is_many for code in codes)


def values_of(actor: Actor, agency: str, now: datetime) -> dict[str, Any]:
    """What the conditions of the views speak of."""
    tomorrow = calendar(agency).after(now, DAY) or now
    return {"agency": agency, "person": actor.person_id, "now": now, "tomorrow": tomorrow}


GIVEN: dict[str, Any] = {
    "agency": Given("agency", CharField()),
    "person": Given("person", BigIntegerField()),
    "now": Given("now", DateTimeField()),
    "tomorrow": Given("tomorrow", DateTimeField()),
}


def _counted(kind: str) -> tuple[str, ...]:
    work = worklist_of(kind)
    return (*(code for code, _ in work.views if code not in work.uncounted), *EVERYWHERE)


@lru_cache(maxsize=64)
def _counting(codes: tuple[str, ...], most: int) -> Statement:
    """One row: of each kind how many there are, and how many of them each of its counted views holds."""
    parts = [_counting_one(code, most) for code in codes]
    tables = ", ".join(f"({part.sql}) counts_{at}" for at, part in enumerate(parts))
    return Statement(f"SELECT * FROM {tables}", tuple(p for part in parts for p in part.parameters))


def _counting_one(code: str, most: int) -> Statement:
    work = worklist_of(code)
    conditions = work.conditions(GIVEN)
    marks = {
        f"in_{view}": ExpressionWrapper(condition_of(view, conditions), BooleanField())
        for view in _counted(code)
    }
    first = work.model.objects.filter(conditions["own"]).order_by("matter__due_at", "pk")
    marked = Statement.of(first.annotate(**marks).values_list(*marks)[: most + 1])
    counts = "".join(f", count(*) FILTER (WHERE {mark})" for mark in marks)
    return Statement(f"SELECT count(*){counts} FROM ({marked.sql}) marked", marked.parameters)
