"""How offices answer legal questions: counts, lateness, how long first answers take. Also the answers as a list."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from statistics import median
from typing import Any

from django.db.models import Count, F, OuterRef, Q, Subquery

from sala.commons.tables import queries as tables
from sala.services.lawmaking.models import LegalAnswer, LegalQuestion, Passing
from sala.services.lawmaking.queries.question_law import KIND
from sala.services.lawmaking.rules.questions import OPEN, WITH_OFFICE, Openness, Status

GROUP = KIND


@dataclass(frozen=True, slots=True)
class OfficeFigures:
    """How one office deals with legal questions; medians and shares are None below ten cases."""

    agency: str
    asked: int = 0
    open_now: int = 0
    late_now: int = 0
    answered: int = 0
    declined: int = 0
    in_time: int = 0
    median_days: int | None = None
    passed_on: int = 0
    followed_up: int = 0

    @property
    def finished(self) -> int:
        """First answers of both kinds."""
        return self.answered + self.declined


def count_offices(now: datetime) -> list[OfficeFigures]:
    """The figures of every office that has any, by code. Three queries."""
    found: dict[str, dict[str, Any]] = defaultdict(dict)
    late = Q(status__in=sorted(WITH_OFFICE), matter__due_at__lt=now)
    rows = LegalQuestion.objects.values("matter__agency").annotate(
        asked=Count("pk"),
        open_now=Count("pk", filter=Q(status__in=sorted(OPEN))),
        late_now=Count("pk", filter=late),
        followed_up=Count("pk", filter=Q(followed_up_on__isnull=False)),
    )
    for row in map(dict, rows):
        found[str(row.pop("matter__agency"))] |= row
    days: dict[str, list[int]] = defaultdict(list)
    results: dict[str, Counter[str]] = defaultdict(Counter)
    first = LegalAnswer.objects.filter(number=1).values_list("agency", "result", "is_in_time", "days")
    for agency, result, is_in_time, taken in first:
        results[agency][result] += 1
        results[agency]["in_time"] += is_in_time
        days[agency].append(taken)
    for agency, counts in results.items():
        enough = len(days[agency]) >= tables.SMALLEST_SAMPLE
        found[agency] |= dict(counts) | {"median_days": round(median(days[agency])) if enough else None}
    passed = Passing.objects.values("from_agency").annotate(n=Count("pk"))
    for agency, count in passed.values_list("from_agency", "n"):
        found[agency]["passed_on"] = count
    return [OfficeFigures(agency=agency, **values) for agency, values in sorted(found.items())]


def everything(now: datetime) -> dict[str, dict[str, Any]]:
    """Everything that is cached, by name."""
    return {"offices": {"rows": [asdict(row) for row in count_offices(now)]}}


def offices(now: datetime) -> list[OfficeFigures]:
    """The figures of every office as the worker counted last, or counted now where none is fresh."""
    cached = tables.find_figure(GROUP, "offices", now)
    return count_offices(now) if cached is None else [OfficeFigures(**row) for row in cached["rows"]]


def office(agency: str, now: datetime) -> OfficeFigures:
    """The figures of one office; all nought where it was never asked."""
    return next((row for row in offices(now) if row.agency == agency), OfficeFigures(agency=agency))


def counted_at(now: datetime) -> datetime:
    """As of when the figures are."""
    return tables.find_counted_at(GROUP, now) or now


def by_standing() -> dict[str, int]:
    """How many questions stand where. One query."""
    return dict(LegalQuestion.objects.values_list("standing").annotate(n=Count("pk")).order_by())


def list_answers(
    *, agency: str = "", words: str = "", before: int | None = None, size: int, first_alone: bool = False
) -> tuple[Sequence[LegalAnswer], int | None]:
    """Public questions' answers that stand now, the newest first, and the key to read on from. Two queries.

    `words` stand in question, answer or law. `first_alone` leaves out those after asking on, which add to a first
    one; a replaced answer is on its question's page alone.
    """
    rows = LegalAnswer.objects.filter(
        result=Status.ANSWERED.value,
        is_replaced=False,
        question__privacy=Openness.PUBLIC.value,
        question__matter__visibility="public",
    )
    if first_alone:
        same = rows.filter(question=OuterRef("question")).order_by("number").values("pk")[:1]
        rows = rows.filter(pk=Subquery(same))
    if agency:
        rows = rows.filter(agency=agency)
    if words:
        text = Q(public_text__icontains=words) | Q(question__public_text__icontains=words)
        rows = rows.filter(text | Q(pk__in=_citing(words)))
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(
        rows.select_related("question__matter").prefetch_related("laws").order_by(F("pk").desc())[: size + 1]
    )
    shown = found[:size]
    return shown, shown[-1].pk if len(found) > size else None


def _citing(words: str) -> Any:
    cited = LegalAnswer.objects.filter(Q(laws__law__icontains=words) | Q(laws__section__icontains=words))
    return cited.values("pk")
