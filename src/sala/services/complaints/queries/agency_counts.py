"""Figures of one agency or one area, for their public pages: counts only, so every complaint is in."""

from datetime import datetime

from django.db.models import Count

from sala.services.complaints.models import Complaint
from sala.services.complaints.queries.clock import UNFINISHED, is_late
from sala.services.complaints.queries.figures import PERIOD
from sala.services.complaints.rules import Outcome


def count_for(*, agency: str = "", area: str = "", now: datetime) -> dict[str, int]:
    """How many are open, how many of those are late, how many ended as solved within 90 days. Two queries."""
    concerned = Complaint.objects.exclude(matter__visibility="quarantined")
    if agency:
        concerned = concerned.filter(matter__agency=agency)
    if area:
        concerned = concerned.filter(matter__area__startswith=area)
    counted = concerned.filter(UNFINISHED).aggregate(open=Count("pk"), late=Count("pk", filter=is_late(now)))
    solved = concerned.filter(outcome=Outcome.CONFIRMED, matter__closed_at__gte=now - PERIOD).count()
    return {**counted, "solved": solved}
