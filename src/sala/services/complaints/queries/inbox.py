"""The lists officers work from: what must be done today first, by deadline."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from sala.commons.matters import queries as matters
from sala.core.actors import Actor
from sala.core.errors import NotFound
from sala.core.working_time import DAY
from sala.engines import thai
from sala.services.complaints import permissions
from sala.services.complaints.models import Complaint, Message, ReplyTemplate, SavedView
from sala.services.complaints.queries.clock import (
    OPEN,
    PAUSED,
    RUNNING,
    Clock,
    calendar,
    clock_of,
    clocked,
    is_late,
)
from sala.services.complaints.queries.counting import MANY
from sala.services.complaints.rules import BOUNCES_THAT_ALARM, Status

PAGE = 50
VIEWS = (
    *("today", "overdue", "answered", "new", "mine", "open", "paused", "waiting"),
    *("escalated", "bounced", "shared", "closed"),
)
_OPEN = OPEN
# An office's newest this many are looked through letter by letter; of older ones what is open or public.
NEWEST = 2000
MOST_FOUND = 500
LAST_PAGE = 200
# The last word is the person's: somebody must read it and answer.
PERSONS_WORDS = ("answer", "reopening")


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
    has_answer: bool


@dataclass(frozen=True, slots=True)
class Inbox:
    """A page of the list, and how many each view holds; `is_many`: counted are only the `MANY` due first."""

    rows: tuple[Row, ...]
    counts: dict[str, int]
    has_more: bool
    is_many: bool


def require_agency(actor: Actor, wanted: str = "") -> str:
    """The agency whose inbox the actor opens: the one wanted if they work there, else their first.

    Raises NotFound for someone who works for none, or not for that one.
    """
    mine = [g.agency for g in actor.grants if g.role in permissions.READERS]
    if not mine or (wanted and wanted not in mine):
        raise NotFound("agency_not_found", agency=wanted)
    return wanted or mine[0]


def get_inbox(actor: Actor, agency: str, wanted: Wanted, *, now: datetime) -> Inbox:
    """An officer's list, by deadline. Four queries whatever its length, and four more for a search."""
    conditions = _conditions(actor, agency, now)
    every = clocked().annotate(last_word=_last_word())
    counts = _counts(every, conditions)
    is_many = counts.pop("unfinished") > MANY
    order = ("-matter__closed_at",) if wanted.view == "closed" else ("matter__due_at", "pk")
    start = (min(max(wanted.page, 1), LAST_PAGE) - 1) * PAGE
    found = list(
        _wanted(every, conditions, wanted, agency)
        .select_related("matter", "desk", "officer")
        .prefetch_related("pauses")
        .order_by(*order)[start : start + PAGE + 1]
    )
    shown = tuple(_row(complaint, now) for complaint in found[:PAGE])
    return Inbox(shown, counts, len(found) > PAGE and wanted.page < LAST_PAGE, is_many)


def _counts(every: QuerySet[Complaint], conditions: dict[str, Q]) -> dict[str, int]:
    """How many each view holds among the `MANY` + 1 unfinished ones that are due first; one query."""
    first = Complaint.objects.filter(conditions["unfinished"]).order_by("matter__due_at").values("pk")
    told = [view for view in VIEWS if view not in ("closed", "shared")] + ["unfinished"]
    counts: dict[str, int] = every.filter(pk__in=first[: MANY + 1]).aggregate(
        **{view: Count("pk", filter=conditions[view]) for view in told}
    )
    return counts


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The references before and after one in an officer's list, "" at its ends."""

    previous: str = ""
    next: str = ""


def get_neighbours(
    actor: Actor, agency: str, wanted: Wanted, complaint: Complaint, *, now: datetime
) -> Neighbours:
    """What stands before and after a complaint in the list, also when it has just left it. Two queries."""
    due_at = complaint.matter.due_at
    if wanted.view == "closed" or due_at is None:
        return Neighbours()
    every = clocked().annotate(last_word=_last_word())
    rows = _wanted(every, _conditions(actor, agency, now), wanted, agency)
    rows = rows.filter(matter__due_at__isnull=False)
    before = Q(matter__due_at__lt=due_at) | Q(matter__due_at=due_at, pk__lt=complaint.pk)
    after = Q(matter__due_at__gt=due_at) | Q(matter__due_at=due_at, pk__gt=complaint.pk)
    names = [
        rows.filter(side).order_by(*order).values_list("matter__reference", flat=True).first() or ""
        for side, order in ((before, ("-matter__due_at", "-pk")), (after, ("matter__due_at", "pk")))
    ]
    return Neighbours(*names)


def _last_word() -> Subquery:
    """Of which kind the last message is, notes among colleagues apart."""
    rows = Message.objects.filter(complaint=OuterRef("pk")).exclude(kind="note")
    return Subquery(rows.order_by("-at", "-pk").values("kind")[:1])


def _wanted(
    rows: QuerySet[Complaint], conditions: dict[str, Q], wanted: Wanted, agency: str
) -> QuerySet[Complaint]:
    view = conditions.get(wanted.view, conditions["today"])
    if wanted.q:
        view = conditions["all"] & Q(pk__in=_sought(wanted.q, conditions, agency))
    return _narrowed(rows.filter(view), wanted)


def _sought(text: str, conditions: dict[str, Q], agency: str) -> set[int]:
    """What an officer may mean: letter by letter among the unfinished and the newest, by words in what is public.

    So it does not take longer the more an office has finished. A whole number finds everything.
    """
    newest = Complaint.objects.filter(conditions["all"]).order_by("-matter").values("pk")[:NEWEST]
    found: set[int] = set()
    for part in (conditions["unfinished"], Q(pk__in=newest)):
        rows = Complaint.objects.filter(part, _holds(text)).order_by("-matter")
        found.update(rows.values_list("pk", flat=True)[:MOST_FOUND])
    public = matters.list_holding(text, matters.Filter(kind="complaint", agency=agency), size=MOST_FOUND)
    found.update(matter.pk for matter in public.matters)
    named = matters.find_matter(text)
    return found | ({named.pk} if named else set())


def _conditions(actor: Actor, agency: str, now: datetime) -> dict[str, Q]:
    own = Q(matter__agency=agency) & ~Q(matter__visibility="quarantined")
    tomorrow = calendar(agency).after(now, DAY) or now
    return {
        "all": own,
        "unfinished": own & Q(matter__closed_at__isnull=True),
        "today": own & RUNNING & Q(matter__due_at__lte=tomorrow),
        "overdue": own & is_late(now),
        "answered": own & _OPEN & Q(last_word__in=PERSONS_WORDS),
        "new": own & Q(status=Status.RECEIVED.value, is_triaged=False, matter__closed_at__isnull=True),
        "mine": own & _OPEN & Q(officer_id=actor.person_id),
        "open": own & _OPEN,
        "paused": own & _OPEN & PAUSED,
        "waiting": own & Q(status=Status.RESOLVED.value, matter__closed_at__isnull=True),
        "escalated": own & _OPEN & ~Q(escalation=""),
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
    return rows


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
    return Row(
        complaint, clock_of(complaint, now), guesses, getattr(complaint, "last_word", None) in PERSONS_WORDS
    )


def list_templates(agency: str) -> list[ReplyTemplate]:
    """The words an agency keeps for answers, by name."""
    return list(ReplyTemplate.objects.filter(agency=agency).order_by("name"))


def list_saved_views(actor: Actor, agency: str) -> list[SavedView]:
    """An officer's own views of the inbox, by name."""
    return list(SavedView.objects.filter(person=actor.person_id, agency=agency).order_by("name"))
