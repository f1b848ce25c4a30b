"""The lists officers work from: what must be done today first, by deadline."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet

from sala.core.actors import Actor
from sala.core.errors import NotFound
from sala.engines import thai
from sala.services.complaints import permissions
from sala.services.complaints.models import Complaint, ReplyTemplate, SavedView
from sala.services.complaints.queries.clock import Clock, clock_of
from sala.services.complaints.rules import BOUNCES_THAT_ALARM, OPEN, Status

PAGE = 50
VIEWS = ("today", "overdue", "new", "mine", "open", "waiting", "bounced", "shared", "closed")
_OPEN = Q(status__in=[status.value for status in OPEN])


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What an officer's list is narrowed to; "" means all."""

    view: str = "today"
    topic: str = ""
    area: str = ""
    desk: str = ""
    q: str = ""
    page: int = 1

    def filters(self) -> dict[str, str]:
        """The filters as a saved view keeps them."""
        return {k: v for k, v in asdict(self).items() if k != "page" and v}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list."""

    complaint: Complaint
    clock: Clock
    guesses: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Inbox:
    """A page of the list, and how many each view holds."""

    rows: tuple[Row, ...]
    counts: dict[str, int]
    has_more: bool


def require_agency(actor: Actor, wanted: str = "") -> str:
    """The agency whose inbox the actor opens: the one wanted if they work there, else their first.

    Raises NotFound for someone who works for none, or not for that one.
    """
    mine = [g.agency for g in actor.grants if g.role in permissions.READERS]
    if not mine or (wanted and wanted not in mine):
        raise NotFound("agency_not_found", agency=wanted)
    return wanted or mine[0]


def get_inbox(actor: Actor, agency: str, wanted: Wanted, *, now: datetime) -> Inbox:
    """An officer's list, by deadline. Four queries whatever its length."""
    conditions = _conditions(actor, agency, now)
    every = Complaint.objects.all()
    counts = every.filter(conditions["all"] & (_OPEN | Q(status=Status.RESOLVED.value))).aggregate(
        **{view: Count("pk", filter=conditions[view]) for view in VIEWS if view not in ("closed", "shared")}
    )
    view = conditions["all"] if wanted.q else conditions.get(wanted.view, conditions["today"])
    rows = _narrowed(every.filter(view), wanted)
    order = ("-matter__closed_at",) if wanted.view == "closed" else ("matter__due_at", "pk")
    start = (max(wanted.page, 1) - 1) * PAGE
    found = list(
        rows.select_related("matter", "desk")
        .prefetch_related("pauses")
        .order_by(*order)[start : start + PAGE + 1]
    )
    shown = tuple(_row(complaint, now) for complaint in found[:PAGE])
    return Inbox(shown, {**counts}, len(found) > PAGE)


def _conditions(actor: Actor, agency: str, now: datetime) -> dict[str, Q]:
    own = Q(matter__agency=agency) & ~Q(matter__visibility="quarantined")
    return {
        "all": own,
        "today": own & _OPEN & Q(matter__due_at__lte=now + timedelta(days=1)),
        "overdue": own & _OPEN & Q(matter__due_at__lt=now),
        "new": own & Q(status=Status.RECEIVED.value, is_triaged=False),
        "mine": own & _OPEN & Q(officer_id=actor.person_id),
        "open": own & _OPEN,
        "waiting": own & Q(status=Status.RESOLVED.value),
        "bounced": own & _OPEN & Q(bounces__gte=BOUNCES_THAT_ALARM),
        "shared": Q(shares__agency=agency) & _OPEN,
        "closed": own & Q(matter__closed_at__isnull=False),
    }


def _narrowed(rows: QuerySet[Complaint], wanted: Wanted) -> QuerySet[Complaint]:
    if wanted.topic:
        rows = rows.filter(matter__topic=wanted.topic)
    if wanted.area:
        rows = rows.filter(matter__area__startswith=wanted.area)
    if wanted.desk.isdigit():
        rows = rows.filter(desk_id=int(wanted.desk))
    return rows.filter(_holds(wanted.q)) if wanted.q else rows


def _holds(text: str) -> Q:
    """A number, also a part of one, or all of the words, wherever in the complaint they stand."""
    words = thai.normalise(text).split()[:8]
    number = Q(matter__reference__icontains="".join(words)) if words else Q(pk__isnull=True)
    told = Q()
    for word in words:
        told &= Q(original__icontains=word) | Q(matter__place__icontains=word)
    return number | told if words else number


def _row(complaint: Complaint, now: datetime) -> Row:
    guesses = tuple((str(g[0]), round(float(g[1]) * 100)) for g in complaint.guesses[:2])
    return Row(complaint, clock_of(complaint, now), guesses)


def list_templates(agency: str) -> list[ReplyTemplate]:
    """The words an agency keeps for answers, by name."""
    return list(ReplyTemplate.objects.filter(agency=agency).order_by("name"))


def list_saved_views(actor: Actor, agency: str) -> list[SavedView]:
    """An officer's own views of the inbox, by name."""
    return list(SavedView.objects.filter(person=actor.person_id, agency=agency).order_by("name"))
