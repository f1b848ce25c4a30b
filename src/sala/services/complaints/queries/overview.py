"""How agencies do: what is open by urgency, desk and kind; what was done, in time, confirmed, opened again."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, Count, DateTimeField, F, Q, QuerySet, Value, When

from sala.commons.deadlines.queries import calendar, working_days_before
from sala.commons.tables import queries as tables
from sala.core.actors import Actor
from sala.core.deadlines import EscalationLevel, Urgency
from sala.platform.counts import up_to_many
from sala.services.complaints import permissions
from sala.services.complaints.models import Complaint
from sala.services.complaints.queries.clock import (
    HISTORY,
    OPEN,
    PAUSED,
    is_late,
    period,
)
from sala.services.complaints.queries.complaint import complaint_types
from sala.services.complaints.queries.figures import PERIOD
from sala.services.complaints.rules import BOUNCES_THAT_ALARM, Outcome, Privacy

_COUNTED = ~Q(matter__visibility="quarantined")


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyFigures:
    """Counts of one agency: of what it said was done within the period, and of what is open now."""

    agency: str
    said_done: int = 0
    resolved: int = 0
    in_time: int = 0
    answered_for: int = 0
    confirmed: int = 0
    reopened: int = 0
    open_now: int = 0
    late_now: int = 0
    bounced_now: int = 0

    @property
    def percent_in_time(self) -> int | None:
        """Of those done, how many by their date."""
        return tables.percent(self.in_time, self.resolved)

    @property
    def percent_confirmed(self) -> int | None:
        """Of those whose time to confirm is over or used, how many the person confirmed."""
        return tables.percent(self.confirmed, self.answered_for)

    @property
    def percent_reopened(self) -> int | None:
        """Of those once said to be done, how many the person opened again."""
        return tables.percent(self.reopened, self.said_done)


def figures_by_agency(now: datetime, agency: str = "") -> list[AgencyFigures]:
    """The figures of every agency that has any, or of one; by code. Three queries."""
    since = now - PERIOD
    rows = Complaint.objects.filter(_COUNTED)
    if agency:
        rows = rows.filter(matter__agency=agency)
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for row in (*_done(rows, since, now), *_open_again(rows, since), *_open(rows, now)):
        counts[str(row.pop("matter__agency"))].update(row)
    return [AgencyFigures(agency=code, **values) for code, values in sorted(counts.items())]


def _done(rows: QuerySet[Complaint], since: datetime, now: datetime) -> Iterable[Any]:
    confirmed = Q(outcome=Outcome.CONFIRMED)
    return (
        rows.filter(resolved_at__gte=since, resolved_at__lte=now)
        .values("matter__agency")
        .annotate(
            said_done=Count("pk"),
            resolved=Count("pk"),
            in_time=Count("pk", filter=Q(resolved_at__lte=F("matter__due_at"))),
            answered_for=Count("pk", filter=confirmed | Q(outcome=Outcome.UNCONFIRMED)),
            confirmed=Count("pk", filter=confirmed),
            reopened=Count("pk", filter=Q(reopened__gt=0)),
        )
    )


def _open_again(rows: QuerySet[Complaint], since: datetime) -> Iterable[Any]:
    """What was once said to be done and is so no longer; apart from what is, since each has an index of its own."""
    again = rows.filter(reopened__gt=0, resolved_at__isnull=True, matter__updated_at__gte=since)
    return again.values("matter__agency").annotate(said_done=Count("pk"), reopened=Count("pk"))


def _open(rows: QuerySet[Complaint], now: datetime) -> Iterable[Any]:
    return (
        rows.filter(OPEN)
        .values("matter__agency")
        .annotate(
            open_now=Count("pk"),
            late_now=Count("pk", filter=is_late(now)),
            bounced_now=Count("pk", filter=Q(bounces__gte=BOUNCES_THAT_ALARM)),
        )
    )


@dataclass(frozen=True, slots=True)
class Overview:
    """What is open at an agency now, and what somebody further up was told of."""

    by_urgency: Mapping[Urgency, int]
    by_desk: tuple[tuple[tuple[str, str] | None, int], ...]
    by_topic: tuple[tuple[str, int], ...]
    escalated: tuple[Complaint, ...]

    @property
    def open_now(self) -> int:
        """How many are open."""
        return sum(self.by_urgency.values())


MOST_ESCALATED = 50


def told_to(actor: Actor) -> Q:
    """The condition that somebody in this actor's place was told of a complaint: their own office's, and for
    the central unit what no office solved, wherever it lies (except confidential ones)."""
    mine = [agency for agency in actor.agencies if permissions.may_supervise(actor, agency)]
    told = Q(matter__agency__in=mine) & ~Q(escalation="")
    if permissions.oversees_central(actor):
        told |= Q(escalation=EscalationLevel.CENTRAL.value) & ~Q(privacy=Privacy.CONFIDENTIAL.value)
    return told & OPEN & _COUNTED


def count_alarms(actor: Actor) -> int:
    """How many open complaints this actor was told of, up to `MANY` + 1; no query for those told of none."""
    if not actor.holds_any(permissions.OVERSEERS):
        return 0
    return up_to_many(Complaint.objects.filter(told_to(actor)))


def list_told_to_central() -> list[Complaint]:
    """Open complaints that no office solved in time, wherever they lie; the longest overdue first."""
    rows = Complaint.objects.filter(OPEN, _COUNTED, escalation=EscalationLevel.CENTRAL.value)
    rows = rows.exclude(privacy=Privacy.CONFIDENTIAL.value).select_related("matter")
    return list(rows.order_by("matter__due_at", "pk")[:MOST_ESCALATED])


def get_overview(agency: str, now: datetime) -> Overview:
    """What is open at an agency. Three queries, whatever its size; `by_desk` gives names (Thai, English)."""
    rows = Complaint.objects.filter(_COUNTED, OPEN, matter__agency=agency)
    # Which ones is asked first, of the indexes alone.
    told = rows.exclude(escalation="").order_by("matter__due_at", "pk").values("pk")[:MOST_ESCALATED]
    escalated = Complaint.objects.filter(pk__in=told).select_related("matter")
    desks: Counter[tuple[str, str] | None] = Counter()
    topics: Counter[str] = Counter()
    urgencies = Counter(dict.fromkeys(_counted_urgencies(agency, now), 0))
    # Each open one is looked at once; an agency has few desks and kinds.
    for th, en, topic, count, *by_urgency in _grouped(rows, agency, now):
        desks[(th, en) if th else None] += count
        topics[topic] += count
        urgencies.update(dict(zip(urgencies, by_urgency, strict=True)))
    return Overview(
        by_urgency=dict(urgencies),
        by_desk=tuple(desks.most_common()),
        by_topic=tuple(topics.most_common()),
        escalated=tuple(escalated.order_by("matter__due_at", "pk")),
    )


def _grouped(rows: QuerySet[Complaint], agency: str, now: datetime) -> QuerySet[Complaint, Any]:
    counts = {code.value: count for code, count in _counted_urgencies(agency, now).items()}
    grouped = rows.values_list("desk__name_th", "desk__name_en", "matter__topic")
    return grouped.annotate(count=Count("pk"), **counts).order_by()


def _counted_urgencies(agency: str, now: datetime) -> dict[Urgency, Count]:
    nearly_at, long_at = _cuts(agency, now)
    late, runs = Q(matter__due_at__lt=now), Q(is_paused=False) & ~HISTORY
    very_late = Q(matter__due_at__lt=long_at)
    near = ~late & Q(matter__due_at__lte=nearly_at)
    return {
        Urgency.LONG_OVERDUE: Count("pk", filter=runs & very_late),
        Urgency.OVERDUE: Count("pk", filter=runs & late & ~very_late),
        Urgency.NEARLY_DUE: Count("pk", filter=runs & near),
        Urgency.ON_TIME: Count("pk", filter=runs & ~late & ~near),
        Urgency.PAUSED: Count("pk", filter=PAUSED),
        Urgency.HISTORY: Count("pk", filter=HISTORY),
    }


def _cuts(agency: str, now: datetime) -> tuple[Case | Value, Case | Value]:
    """Up to which date it is nearly due, and before which long overdue; by kind where the periods differ."""
    days = calendar(agency)
    groups: dict[tuple[int, int], list[str]] = defaultdict(list)
    for code in ("", *(topic.code for topic in complaint_types())):
        groups[period("nearly_due", code, now).days, period("long_overdue", code, now).days].append(code)
    cuts = [
        (codes, days.due(now, nearly) or now, working_days_before(days, now, long))
        for (nearly, long), codes in groups.items()
    ]
    usual = next(cut for cut in cuts if "" in cut[0])

    def by_topic(place: int) -> Case | Value:
        whens = [When(matter__topic__in=cut[0], then=Value(cut[place])) for cut in cuts if cut is not usual]
        if not whens:
            return Value(usual[place])
        return Case(*whens, default=Value(usual[place]), output_field=DateTimeField())

    return by_topic(1), by_topic(2)
