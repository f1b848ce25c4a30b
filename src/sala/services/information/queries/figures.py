"""What becomes of requests, per office: counts, how long answers take, what is refused by which section."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from statistics import median
from typing import Any

from django.db.models import Count, F, Q

from sala.commons.tables import queries as tables
from sala.services.information.models import Answer, GroundRelied, Proceeding, Request
from sala.services.information.queries.law import KIND
from sala.services.information.rules.proceedings import Kind, Ruling
from sala.services.information.rules.states import OPEN, WITH_OFFICE

GROUP = KIND
# What may be spam counts for nobody, neither as work nor as lateness.
COUNTED = Request.objects.exclude(matter__visibility="quarantined")


@dataclass(frozen=True, slots=True)
class OfficeFigures:
    """How one office deals with requests; medians and shares are None below ten cases."""

    agency: str
    asked: int = 0
    open_now: int = 0
    late_now: int = 0
    answered: int = 0
    in_time: int = 0
    median_days: int | None = None
    granted: int = 0
    partly_granted: int = 0
    refused: int = 0
    not_held: int = 0
    documents: int = 0
    complaints: int = 0
    appeals: int = 0
    upheld: int = 0
    by_ground: Mapping[str, int] = field(default_factory=dict)


def count_offices(now: datetime) -> list[OfficeFigures]:
    """The figures of every office that has any, by code. Five queries."""
    found: dict[str, dict[str, Any]] = defaultdict(dict)
    late = Q(status__in=sorted(WITH_OFFICE), matter__due_at__lt=now)
    rows = COUNTED.values("matter__agency").annotate(
        asked=Count("pk"),
        open_now=Count("pk", filter=Q(status__in=sorted(OPEN))),
        late_now=Count("pk", filter=late),
    )
    for row in map(dict, rows):
        found[str(row.pop("matter__agency"))] |= row
    days: dict[str, list[int]] = defaultdict(list)
    results: dict[str, Counter[str]] = defaultdict(Counter)
    timely: Counter[str] = Counter()
    answers = Answer.objects.filter(number=1, request__in=COUNTED).values_list(
        "agency", "result", "is_in_time", "notified_on", "request__received_on", "request__clarified_on"
    )
    for agency, result, is_in_time, notified_on, received_on, clarified_on in answers:
        timely[agency] += is_in_time
        results[agency][result] += 1
        began = max(day for day in (received_on, clarified_on) if day is not None and day <= notified_on)
        days[agency].append((notified_on - began).days)
    for agency, counts in results.items():
        taken = days[agency]
        found[agency] |= dict(counts) | {
            "answered": counts.total(),
            "in_time": timely[agency],
            "median_days": round(median(taken)) if len(taken) >= tables.SMALLEST_SAMPLE else None,
        }
    _count_more(found)
    return [OfficeFigures(agency=agency, **values) for agency, values in sorted(found.items())]


def _count_more(found: dict[str, dict[str, Any]]) -> None:
    """Documents, grounds, and what went above, beside the other figures of each office."""
    given = Answer.objects.filter(request__in=COUNTED).values("agency").annotate(n=Count("documents"))
    for agency, count in given.values_list("agency", "n"):
        found[agency]["documents"] = count
    grounds: dict[str, dict[str, int]] = defaultdict(dict)
    relied = (
        GroundRelied.objects.filter(answer__request__in=COUNTED)
        .values("answer__agency", "ground")
        .annotate(n=Count("pk"))
    )
    for agency, ground, count in relied.values_list("answer__agency", "ground", "n"):
        grounds[agency][ground] = count
    for agency, by_ground in grounds.items():
        found[agency]["by_ground"] = by_ground
    above = (
        Proceeding.objects.filter(request__in=COUNTED)
        .annotate(office=F("request__matter__agency"))
        .values("office")
    )
    right = Q(ruling__in=[Ruling.UPHELD.value, Ruling.PARTLY_UPHELD.value])
    own = ~Q(kind=Kind.OBJECTOR_APPEAL.value)
    counted = above.annotate(
        complaints=Count("pk", filter=Q(kind=Kind.COMPLAINT.value)),
        appeals=Count("pk", filter=own & ~Q(kind=Kind.COMPLAINT.value)),
        upheld=Count("pk", filter=own & right),
    )
    for row in map(dict, counted):
        found[str(row.pop("office"))] |= row


def everything(now: datetime) -> dict[str, dict[str, Any]]:
    """Everything that is cached, by name: the rows of all offices, and each by its own name."""
    rows = [asdict(row) for row in count_offices(now)]
    return {"offices": {"rows": rows}} | {f"office:{row['agency']}": row for row in rows}


def offices(now: datetime) -> list[OfficeFigures]:
    """The figures of every office as the worker counted last, or counted now where none is fresh."""
    cached = tables.find_figure(GROUP, "offices", now)
    return count_offices(now) if cached is None else [OfficeFigures(**row) for row in cached["rows"]]


def office(agency: str, now: datetime) -> OfficeFigures:
    """The figures of one office; all nought where it was never asked."""
    found = {row.agency: row for row in offices(now)}
    return found.get(agency, OfficeFigures(agency=agency))


def counted_at(now: datetime) -> datetime:
    """As of when the figures are."""
    return tables.find_counted_at(GROUP, now) or now


def by_standing() -> dict[str, int]:
    """How many requests stand where. One query."""
    rows = COUNTED.values_list("standing").annotate(n=Count("pk")).order_by()
    return dict(rows)
