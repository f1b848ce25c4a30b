"""What came in and what was confirmed: lately by province, day by day for a month. Only complaints made here."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, F, QuerySet
from django.db.models.functions import Left, TruncDate

from sala.commons.files import queries as files
from sala.commons.files.queries import File
from sala.core.clock import BANGKOK
from sala.services.complaints.models import Complaint
from sala.services.complaints.rules import Outcome

DAYS = 30
# "Today" would be empty every morning: what is new is what came within a day.
LATELY = timedelta(hours=24)
CASES = 3
# Of the newest confirmed so many are looked at for pictures of before and after.
LOOKED_AT = 60
_COUNTED = Complaint.objects.exclude(matter__visibility="quarantined").filter(source="")


@dataclass(frozen=True, slots=True)
class Day:
    """How many complaints came in on a day, and how many people confirmed as solved on it."""

    on: date
    filed: int
    confirmed: int


@dataclass(frozen=True, slots=True)
class SolvedCase:
    """A solved complaint with a picture from before and one from after, both public."""

    complaint: Complaint
    before: File
    after: File

    @property
    def days(self) -> int:
        """Whole days from the filing to the person's confirmation, at least one."""
        ended = self.complaint.matter.closed_at or self.complaint.matter.opened_at
        return max(1, (ended - self.complaint.began_at).days)


def midnight(now: datetime) -> datetime:
    """When today began in Thailand."""
    return datetime.combine(now.astimezone(BANGKOK).date(), time(), BANGKOK)


def list_days(now: datetime) -> list[Day]:
    """The last 30 days, today last. Two queries, each over an index of instants."""
    since = midnight(now) - timedelta(days=DAYS - 1)
    filed = _by_day(_COUNTED.filter(matter__opened_at__gte=since), "matter__opened_at")
    solved = _COUNTED.filter(outcome=Outcome.CONFIRMED, matter__closed_at__gte=since)
    confirmed = _by_day(solved, "matter__closed_at")
    days = [since.date() + timedelta(days=n) for n in range(DAYS)]
    return [Day(on, filed.get(on, 0), confirmed.get(on, 0)) for on in days]


def _by_day(rows: QuerySet[Complaint], instant: str) -> dict[date, int]:
    day = TruncDate(instant, tzinfo=BANGKOK)
    return dict(rows.values_list(day).annotate(count=Count("pk")).order_by())


def count_lately(now: datetime) -> tuple[int, int]:
    """How many came in, and how many people confirmed as solved, within the last 24 hours. Two queries."""
    since = now - LATELY
    solved = _COUNTED.filter(outcome=Outcome.CONFIRMED, matter__closed_at__gte=since)
    return _COUNTED.filter(matter__opened_at__gte=since).count(), solved.count()


def count_lately_by_province(now: datetime) -> dict[str, int]:
    """How many came in within 24 hours, by the two digits of the province; without a place left out. One query."""
    rows = _COUNTED.filter(matter__opened_at__gte=now - LATELY).exclude(matter__area="")
    return dict(rows.values_list(Left("matter__area", 2)).annotate(count=Count("pk")).order_by())


def list_solved_cases(now: datetime) -> list[SolvedCase]:
    """The newest confirmed complaints with a public picture from the person and one from the office. Two queries."""
    rows = Complaint.objects.filter(outcome=Outcome.CONFIRMED, matter__visibility="public")
    newest = list(rows.select_related("matter").order_by(F("matter__closed_at").desc())[:LOOKED_AT])
    shown = files.list_public([complaint.pk for complaint in newest], now)
    found = (_solved(complaint, shown.get(complaint.pk, [])) for complaint in newest)
    return [case for case in found if case][:CASES]


def _solved(complaint: Complaint, shown: list[File]) -> SolvedCase | None:
    pictures = [file for file in shown if file.is_picture]
    before = next((file for file in pictures if not file.by_agency), None)
    after = next((file for file in reversed(pictures) if file.by_agency), None)
    return SolvedCase(complaint, before, after) if before and after else None
