"""How the answering of complaints goes, counted from the complaints themselves: all but those set aside."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Aggregate, Count, DurationField, F, Q
from django.db.models.functions import Coalesce

from sala.services.complaints.models import Complaint
from sala.services.complaints.queries.clock import is_late
from sala.services.complaints.rules import UNFINISHED, Outcome, Status

PERIOD = timedelta(days=90)


class _Median(Aggregate):
    """The middle value: PostgreSQL's percentile_disc, which returns a value that occurred."""

    function = "percentile_disc"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of the complaints resolved within the last 90 days, and of those that are late now."""

    since: datetime
    resolved: int
    resolved_in_time: int
    answered_for: int
    confirmed: int
    late_now: int
    days_until_confirmed: int | None

    @property
    def percent_in_time(self) -> int | None:
        """Of the resolved, how many by their date; None without any."""
        return round(100 * self.resolved_in_time / self.resolved) if self.resolved else None

    @property
    def percent_confirmed(self) -> int | None:
        """Of those whose time to confirm is over or used, how many were confirmed; None without any."""
        return round(100 * self.confirmed / self.answered_for) if self.answered_for else None


def count_figures(now: datetime) -> Figures:
    """The figures of the first page at an instant. Two queries; `late_now` uses the index of open dates."""
    since = now - PERIOD
    took = F("resolved_at") - Coalesce("received_at", "matter__opened_at")
    confirmed = Q(outcome=Outcome.CONFIRMED)
    done = Complaint.objects.filter(resolved_at__gte=since, resolved_at__lte=now)
    counted = done.exclude(matter__visibility="quarantined").aggregate(
        resolved=Count("pk"),
        resolved_in_time=Count("pk", filter=Q(resolved_at__lte=F("matter__due_at"))),
        answered_for=Count("pk", filter=confirmed | Q(outcome=Outcome.UNCONFIRMED)),
        confirmed=Count("pk", filter=confirmed),
        took=_Median(took, filter=confirmed),
    )
    took_confirmed = counted.pop("took")
    return Figures(
        since=since,
        **counted,
        late_now=Complaint.objects.filter(is_late(now)).count(),
        days_until_confirmed=None
        if took_confirmed is None
        else max(1, round(took_confirmed / timedelta(days=1))),
    )


def count_by_status() -> dict[str, int]:
    """How many complaints stand where; every status is named, with 0 if there is none."""
    every = Complaint.objects.values_list("status").annotate(count=Count("*")).order_by()
    aside = dict(every.filter(matter__visibility="quarantined"))
    # One after the other, since each half has an index of its own.
    halves = (UNFINISHED, frozenset(Status) - UNFINISHED)
    found = dict(row for half in halves for row in every.filter(status__in=sorted(half)))
    return {status.value: found.get(status.value, 0) - aside.get(status.value, 0) for status in Status}
