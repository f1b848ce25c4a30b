"""Reads of budgets: the nation, a heading and what is below it, its events, search, what was read and what lacks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, F, Max, Q, QuerySet, Sum
from django.db.models.expressions import RawSQL

from sala.core.errors import NotFound
from sala.engines import merkle, thai
from sala.services.budgeting.models import BudgetEvent, DayTotal, Heading, Load
from sala.services.budgeting.rules import identities, proofs, stages
from sala.services.budgeting.rules import rows as rows_rules
from sala.services.budgeting.rules.identities import Broken
from sala.services.budgeting.rules.stages import Stage

LONGEST = 200


@dataclass(frozen=True, slots=True)
class Standing:
    """A heading with its sums by stage up to the day asked, and how many doubtful readings are in them."""

    heading: Heading
    sums: Mapping[Stage, int]
    doubtful: Mapping[Stage, int] = field(default_factory=dict)


def list_years() -> list[int]:
    """Fiscal years there are figures of, the newest first. One query."""
    found = Heading.objects.filter(parent=None).order_by("-fiscal_year")
    return list(found.values_list("fiscal_year", flat=True).distinct())


def _stand(headings: Iterable[Heading], on: date | None) -> list[Standing]:
    there = list(headings)
    told = DayTotal.objects.filter(heading__in=[one.pk for one in there])
    if on is not None:
        told = told.filter(holds_on__lte=on)
    sums: dict[int, dict[Stage, int]] = {}
    doubts: dict[int, dict[Stage, int]] = {}
    found = told.values_list("heading_id", "stage").annotate(Sum("satang"), Sum("doubtful"))
    for heading, stage, satang, doubtful in found.order_by("heading_id", "stage"):
        sums.setdefault(heading, {})[Stage(stage)] = satang
        doubts.setdefault(heading, {})[Stage(stage)] = doubtful
    return [Standing(one, sums.get(one.pk, {}), doubts.get(one.pk, {})) for one in there]


def list_top(year: int, on: date | None = None) -> list[Standing]:
    """The uppermost headings of a year as they stood on a day. Two queries. Raises NotFound for an unknown year."""
    found = _stand(_light().filter(fiscal_year=year, parent=None).order_by("name"), on)
    if not found:
        raise NotFound("no_such_budget")
    return found


def _light() -> QuerySet[Heading]:
    return Heading.objects.defer("words")


def get_heading(year: int, code: str) -> Heading:
    """A heading by its permanent name. One query. Raises NotFound."""
    found = _light().filter(fiscal_year=year, code=code).first()
    if found is None:
        raise NotFound("no_such_budget")
    return found


@dataclass(frozen=True, slots=True)
class Whole:
    """A heading as a page shows it: those above it, itself, and what stands directly below."""

    above: list[Heading]
    here: Standing
    below: list[Standing]

    def undivided(self, stage: Stage) -> int:
        """What stands at the heading itself and is not divided further, in satang."""
        return self.here.sums.get(stage, 0) - sum(one.sums.get(stage, 0) for one in self.below)


def get_whole(heading: Heading, on: date | None = None) -> Whole:
    """A heading with its neighbours above and below, as they stood on a day. Two queries."""
    near = _light().filter(Q(pk__in=heading.trail) | Q(parent=heading.pk)).order_by("name")
    by_id = {one.heading.pk: one for one in _stand(near, on)}
    above = [by_id[pk].heading for pk in heading.trail[:-1]]
    below = [one for one in by_id.values() if one.heading.parent_id == heading.pk]
    return Whole(above, by_id[heading.pk], below)


def list_events(heading: Heading, most: int = 500) -> list[BudgetEvent]:
    """What happened at the heading itself, in the order of days. One query."""
    found = BudgetEvent.objects.filter(heading=heading).select_related("load").defer("load__subtrees")
    return list(found.order_by("holds_on", "id")[:most])


def search(
    words: str, year: int | None, *, page: int, size: int
) -> tuple[list[tuple[Standing, list[Heading]]], int]:
    """Headings that hold all the words, each with those above it, and how many there are. Four queries at most."""
    query = thai.query_literal(words[:LONGEST])
    if not query:
        return [], 0
    found = _light().extra(where=["words @@ %s::tsquery"], params=[query])  # noqa: S610  # the words come by a placeholder
    if year:
        found = found.filter(fiscal_year=year)
    count = found.count()
    rank = RawSQL("ts_rank(words, %s::tsquery)", [query])  # a placeholder
    there = _stand(found.order_by("-fiscal_year", rank.desc(), "pk")[(page - 1) * size : page * size], None)
    above = _light().in_bulk({pk for one in there for pk in one.heading.trail[:-1]})
    return [(one, [above[pk] for pk in one.heading.trail[:-1]]) for one in there], count


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of a year's publications under a stage, beside the total that was printed (None: none known)."""

    loads: list[Load]
    stage: Stage | None
    read: int
    published: int | None
    doubtful: int

    @property
    def gap(self) -> int:
        """What was printed and not read, in satang; below nothing is more read than printed."""
        return 0 if self.published is None else self.published - self.read


def get_reading(year: int, top: Sequence[Standing]) -> Reading:
    """How the figures of a year came here and how far they reach. One query."""
    loads = list(
        Load.objects.filter(fiscal_years__contains=[year]).defer("subtrees").order_by("recorded_at", "id")
    )
    total = stages.total_of({one.heading.code: one.sums for one in top})
    stage = stages.shown_stage(total)
    printed = [one for one in loads if one.published_satang is not None and one.published_stage == stage]
    return Reading(
        loads,
        stage,
        total.get(stage, 0) if stage else 0,
        printed[-1].published_satang if printed else None,
        sum(one.doubtful.get(stage, 0) for one in top) if stage else 0,
    )


def count_other_years(year: int) -> list[tuple[int, int, int]]:
    """Instalments of other years that stand beside a budget: (year of the money, events, satang). One query."""
    found = BudgetEvent.objects.filter(heading__fiscal_year=year).exclude(money_year=year)
    counted = found.values_list("money_year").annotate(Count("id"), Sum("satang"))
    return list(counted.order_by("money_year"))


def sums_on(year: int, on: date | None = None) -> dict[int, dict[Stage, int]]:
    """The sums by stage of every heading of a year as they stood on a day, by the heading's id. One query."""
    told = DayTotal.objects.filter(heading__fiscal_year=year).order_by()
    if on is not None:
        told = told.filter(holds_on__lte=on)
    known = {stage.value: stage for stage in Stage}
    sums: dict[int, dict[Stage, int]] = {}
    summed = told.values_list("heading_id", "stage").annotate(Sum("satang"))
    for heading, stage, satang in summed.iterator(chunk_size=10_000):
        sums.setdefault(heading, {})[known[stage]] = satang
    return sums


def list_broken(year: int, on: date | None = None) -> list[Broken]:
    """Every identity that does not hold in a year, over all of its headings. Three queries."""
    sums = sums_on(year, on)
    there = [Standing(one, sums.get(one.pk, {})) for one in _light().filter(fiscal_year=year).order_by("id")]
    below: dict[int, list[Standing]] = {}
    for one in there:
        if one.heading.parent_id:
            below.setdefault(one.heading.parent_id, []).append(one)
    own = _own_sums(year, on)
    broken: list[Broken] = []
    for one in there:
        where = f"{one.heading.code} {one.heading.name}"
        broken += identities.check_line(where, one.sums)
        for stage, satang in one.sums.items():
            parts = [child.sums.get(stage, 0) for child in below.get(one.heading.pk, ())]
            parts.append(own.get((one.heading.pk, stage), 0))
            broken += identities.check_children(f"{where} ({stage})", satang, parts)
    moved = [one.sums.get(Stage.TRANSFER, 0) for one in there if one.heading.parent_id is None]
    broken += identities.check_transfers(str(year), moved)
    return broken


def _own_sums(year: int, on: date | None) -> dict[tuple[int, Stage], int]:
    told = BudgetEvent.objects.filter(heading__fiscal_year=year, money_year=year)
    if on is not None:
        told = told.filter(holds_on__lte=on)
    summed = told.order_by().values_list("heading_id", "stage").annotate(Sum("satang"))
    return {(heading, Stage(stage)): satang for heading, stage, satang in summed}


def last_day_of(year: int) -> date | None:
    """The newest day anything holds from in a year. One query."""
    found: dict[str, Any] = DayTotal.objects.filter(heading__fiscal_year=year).aggregate(day=Max("holds_on"))
    day: date | None = found["day"]
    return day


def page_of_events(after: int, size: int, year: int | None = None) -> list[BudgetEvent]:
    """Events by their number, with headings and loads, for reading all of them. One query."""
    found = BudgetEvent.objects.filter(pk__gt=after)
    if year:
        found = found.filter(heading__fiscal_year=year)
    return list(
        found.select_related("heading", "load")
        .defer("load__subtrees", "heading__words")
        .order_by("pk")[:size]
    )


def paths_of(events: Sequence[BudgetEvent]) -> dict[int, list[Heading]]:
    """For the heading of each event, the headings from above to itself. One query."""
    above = _light().in_bulk({pk for one in events for pk in one.heading.trail})
    return {one.heading_id: [above[pk] for pk in one.heading.trail] for one in events}


def to_given(event: BudgetEvent, path: Sequence[Heading]) -> rows_rules.Given:
    """An event as the row it came from."""
    return rows_rules.Given(
        event.heading.fiscal_year,
        tuple((one.level, one.kind, one.name) for one in path),
        event.stage,
        event.money_year,
        event.satang,
        event.holds_on.isoformat(),
        event.actor,
        event.document,
        event.page_from,
        event.page_to,
        event.doubtful,
        event.note,
    )


def prove_event(number: int) -> dict[str, object]:
    """An event with the proof that it was in its load as it stands here. Three queries. Raises NotFound."""
    event = BudgetEvent.objects.select_related("load").filter(pk=number).first()
    if event is None:
        raise NotFound("no_such_budget")
    first = event.position // proofs.SUBTREE * proofs.SUBTREE
    beside = list(
        BudgetEvent.objects.filter(load=event.load_id, position__range=(first, first + proofs.SUBTREE - 1))
        .select_related("heading")
        .order_by("position")
    )
    paths = paths_of(beside)
    leaves = [_leaf(one, paths[one.heading_id]) for one in beside]
    load = event.load
    proof = proofs.prove(
        position=event.position,
        size=load.size,
        subtrees=bytes(load.subtrees),
        beside=[merkle.leaf_hash(leaf) for leaf in leaves],
    )
    return {
        "leaf": leaves[event.position - first].decode(),
        "position": event.position,
        "size": load.size,
        "proof": [one.hex() for one in proof],
        "root": load.root,
        "ledger_event": "budgeting.budget_loaded",
    }


def _leaf(event: BudgetEvent, path: Sequence[Heading]) -> bytes:
    return rows_rules.leaf_of(to_given(event, path), event.satang)


def count_events() -> int:
    """How many events there are in all. One query."""
    return int(BudgetEvent.objects.aggregate(most=Count("id"))["most"])


def sums_of_year(year: int) -> dict[Stage, int]:
    """The sums of a whole year by stage, from its events and not from the folded sums. One query."""
    told = BudgetEvent.objects.filter(heading__fiscal_year=year, money_year=F("heading__fiscal_year"))
    return {
        Stage(stage): satang for stage, satang in told.order_by().values_list("stage").annotate(Sum("satang"))
    }
