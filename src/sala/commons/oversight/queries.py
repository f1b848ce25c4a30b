"""Figures of offices over time, what each officer has, and draws for an audit; of every kind, counted the same way."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Func, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat, Left

from sala.commons.identity import queries as people
from sala.commons.matters.queries import Matter
from sala.commons.oversight import permissions
from sala.commons.oversight.rules import WEEKS, Office, together
from sala.commons.worklist import queries as worklist
from sala.core.actors import Actor
from sala.platform.registration import Kind

WEEK = timedelta(days=7)
# The funnel shows what came in so long ago that it had this long to be done.
TIME_GIVEN = timedelta(days=30)
COHORT = timedelta(days=28)
MOST_DRAWN = 200


@dataclass(frozen=True, slots=True)
class Funnel:
    """How far those of a kind came that came in within `COHORT`, `TIME_GIVEN` ago: how many reached each step."""

    kind: str
    came: int
    steps: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """How offices do: by office and week, by kind and week, by province now, and how far the older ones came."""

    as_of: datetime
    ends: tuple[datetime, ...]
    offices: tuple[Office, ...]
    whole: Office
    kinds: tuple[tuple[str, Office], ...]
    provinces: Mapping[str, int]
    funnels: tuple[Funnel, ...]
    funnel_from: datetime
    funnel_until: datetime


def get_picture(codes: Collection[str] | None, now: datetime) -> Picture:
    """How these offices do, or all of them (None). Three queries for each kind, whatever their number or size."""
    ends = tuple(now - WEEK * back for back in range(WEEKS - 1, -1, -1))
    offices: dict[str, list[Office]] = defaultdict(list)
    kinds, funnels, provinces = [], [], Counter[str]()
    until = now - TIME_GIVEN
    for kind in worklist.kinds_worked_on():
        rows = _within(kind, codes)
        found = [_office(row) for row in _by_office(kind, rows, ends)]
        for office in found:
            offices[office.agency].append(office)
        kinds.append((kind.code, together(found) if found else _NOTHING))
        provinces.update(_late_by_province(kind, rows, now))
        funnels.append(_funnel(kind, rows, until - COHORT, until))
    summed = tuple(_named(code, together(parts)) for code, parts in sorted(offices.items()))
    return Picture(
        as_of=now,
        ends=ends,
        offices=summed,
        whole=together(summed) if summed else _NOTHING,
        kinds=tuple(kinds),
        provinces=dict(provinces),
        funnels=tuple(funnels),
        funnel_from=until - COHORT,
        funnel_until=until,
    )


_EMPTY = (0,) * WEEKS
_NOTHING = Office(agency="", came=_EMPTY, done=_EMPTY, late=_EMPTY, open_now=0)


def _named(agency: str, office: Office) -> Office:
    return Office(
        agency=agency, came=office.came, done=office.done, late=office.late, open_now=office.open_now
    )


def _within(kind: Kind, codes: Collection[str] | None) -> QuerySet[Any]:
    rows: QuerySet[Any] = worklist.worklist_of(kind.code).oversight.rows()
    return rows if codes is None else rows.filter(matter__agency__in=list(codes))


def _by_office(kind: Kind, rows: QuerySet[Any], ends: Sequence[datetime]) -> QuerySet[Any, dict[str, Any]]:
    """One row for each office: what came, was done and was late in each week, and what is open."""
    told, counts = worklist.worklist_of(kind.code).oversight, dict[str, Count]()
    for week, end in enumerate(ends):
        within = {"gt": end - WEEK, "lte": end}
        came = {f"matter__opened_at__{side}": at for side, at in within.items()}
        done = {f"done_at__{side}": at for side, at in within.items()}
        counts[f"came_{week}"] = Count("pk", filter=Q(**came))
        counts[f"done_{week}"] = Count("pk", filter=Q(**done))
        was_late = Q(matter__due_at__lt=end) & (Q(done_at__isnull=True) | Q(done_at__gt=end))
        is_last = end == ends[-1]
        counts[f"late_{week}"] = Count("pk", filter=told.late(end) if is_last else was_late)
    counts["open_now"] = Count("pk", filter=told.open_now)
    begin = ends[0] - WEEK
    # What was finished before the first week is in no column.
    seen = rows.filter(Q(done_at__isnull=True) | Q(done_at__gt=begin))
    found: QuerySet[Any, dict[str, Any]] = seen.values("matter__agency").annotate(**counts).order_by()
    return found


def _office(row: Mapping[str, Any]) -> Office:
    def weeks(name: str) -> tuple[int, ...]:
        return tuple(int(row[f"{name}_{week}"]) for week in range(WEEKS))

    return Office(
        agency=row["matter__agency"],
        came=weeks("came"),
        done=weeks("done"),
        late=weeks("late"),
        open_now=row["open_now"],
    )


def _late_by_province(kind: Kind, rows: QuerySet[Any], now: datetime) -> dict[str, int]:
    late = rows.filter(worklist.worklist_of(kind.code).oversight.late(now)).exclude(matter__area="")
    grouped = late.annotate(province=Left("matter__area", 2)).values_list("province")
    return dict(grouped.annotate(n=Count("pk")).order_by())


def _funnel(kind: Kind, rows: QuerySet[Any], since: datetime, until: datetime) -> Funnel:
    steps = worklist.worklist_of(kind.code).oversight.steps
    counts = {f"step_{at}": Count("pk", filter=condition) for at, (_, condition) in enumerate(steps)}
    cohort = rows.filter(matter__opened_at__gt=since, matter__opened_at__lte=until)
    found = cohort.aggregate(came=Count("pk"), **counts)
    return Funnel(kind.code, found["came"], tuple(found[name] for name in counts))


@dataclass(frozen=True, slots=True)
class Load:
    """What an officer has: open, late and due by tomorrow; `person_id` None is what lies with nobody by name."""

    person_id: int | None
    name: str
    open_now: int
    late_now: int
    due_soon: int


def list_loads(actor: Actor, agency: str, now: datetime) -> list[Load]:
    """What each officer of an office has, of every kind; the most late first. One query a kind, one for names."""
    counts: dict[int | None, Counter[str]] = defaultdict(Counter)
    values = worklist.values_of(actor, agency, now)
    for kind in worklist.kinds_worked_on():
        work = worklist.worklist_of(kind.code)
        conditions = work.conditions(values)
        grouped = (
            work.model.objects.filter(conditions["open"])
            .values("officer_id")
            .annotate(
                open_now=Count("pk"),
                late_now=Count("pk", filter=conditions["overdue"]),
                due_soon=Count("pk", filter=conditions["today"] & ~conditions["overdue"]),
            )
            .order_by()
        )
        for row in map(dict, grouped):
            counts[row.pop("officer_id")].update(row)
    names = people.display_names([person for person in counts if person is not None])
    loads = [
        Load(person, names.get(person or 0, ""), row["open_now"], row["late_now"], row["due_soon"])
        for person, row in counts.items()
    ]
    return sorted(loads, key=lambda load: (-load.late_now, -load.open_now, load.person_id or 0))


@dataclass(frozen=True, slots=True)
class Drawn:
    """A draw for an audit: from how many matters, and those with the lowest lots."""

    population: int
    matters: tuple[Matter, ...]


def draw_sample(actor: Actor, *, kind: str, since: datetime, until: datetime, seed: str, size: int) -> Drawn:
    """Matters that came in within a span, drawn by `rules.draw`; all of a kind or of every kind. Two queries.

    Raises Refused for whoever is no auditor. What is set aside is not drawn: nobody has accepted it yet.
    """
    permissions.require_may_audit(actor)
    codes = [kind] if kind else [known.code for known in worklist.kinds_worked_on()]
    rows = Matter.objects.filter(kind__in=codes, opened_at__gte=since, opened_at__lt=until)
    rows = rows.exclude(visibility="quarantined")
    # The same as `rules.lot`, where the rows are: a nation's year need not leave the database.
    text = Concat(Value(f"{seed}\n"), "reference", output_field=TextField())
    digest = Func(Func(text, Value("UTF8"), function="convert_to"), function="sha256")
    lots = Func(digest, Value("hex"), function="encode", output_field=TextField())
    return Drawn(rows.count(), tuple(rows.annotate(lot=Cast(lots, TextField())).order_by("lot")[:size]))
