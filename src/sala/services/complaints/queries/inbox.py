"""The lists officers work from: what must be done today first, by deadline."""

from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache, lru_cache
from typing import Any

from django.db.models import (
    BigIntegerField,
    BooleanField,
    CharField,
    DateTimeField,
    ExpressionWrapper,
    Q,
    QuerySet,
)

from sala.commons.ledger.statements import Given, Statement
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
    UNFINISHED,
    Clock,
    calendar,
    clock_of,
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
PERSONS_WORDS = Message.PERSONS


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
    """An officer's list, by deadline. Three queries whatever its length, and four more for a search."""
    values = _values(actor, agency, now)
    counts = _counts(values)
    is_many = counts.pop("unfinished") > MANY
    keys = _keys(wanted, values)
    found = Complaint.objects.select_related("matter", "desk", "officer").in_bulk(keys[:PAGE])
    shown = tuple(_row(found[key], now) for key in keys[:PAGE] if key in found)
    return Inbox(shown, counts, len(keys) > PAGE and wanted.page < LAST_PAGE, is_many)


def _values(actor: Actor, agency: str, now: datetime) -> dict[str, Any]:
    """What the conditions of the views speak of."""
    tomorrow = calendar(agency).after(now, DAY) or now
    return {"agency": agency, "person": actor.person_id, "now": now, "tomorrow": tomorrow}


_GIVEN: dict[str, Any] = {
    "agency": Given("agency", CharField()),
    "person": Given("person", BigIntegerField()),
    "now": Given("now", DateTimeField()),
    "tomorrow": Given("tomorrow", DateTimeField()),
}


def _counts(values: dict[str, Any]) -> dict[str, int]:
    """How many each view holds among the `MANY` + 1 unfinished ones that are due first; one query, of indexes alone."""
    (counts,) = _counting(MANY).run(values)
    return dict(zip(("unfinished", *_COUNTED), counts, strict=True))


_COUNTED = tuple(view for view in VIEWS if view not in ("closed", "shared"))


# Stands in the place of all matters, so that the conditions of the views speak of the first of them alone.
_FIRST = """
WITH matters_matter AS (
    SELECT id, agency, due_at, closed_at, visibility FROM matters_matter
    WHERE agency = %s AND closed_at IS NULL AND visibility <> 'quarantined' ORDER BY due_at, id LIMIT %s
) SELECT count(*), {counts} FROM ({marked}) marked
"""


@cache
def _counting(most: int) -> Statement:
    conditions = _conditions(_GIVEN)
    marks = {f"in_{view}": ExpressionWrapper(conditions[view], BooleanField()) for view in _COUNTED}
    marked = Statement.of(
        Complaint.objects.filter(conditions["unfinished"]).annotate(**marks).values_list(*marks)
    )
    counts = ", ".join(f"count(*) FILTER (WHERE {mark})" for mark in marks)
    sql = _FIRST.format(counts=counts, marked=marked.sql)
    return Statement(sql, (_GIVEN["agency"], most + 1, *marked.parameters))


def _keys(wanted: Wanted, values: dict[str, Any]) -> list[int]:
    """The row numbers of a page of the list, and of one more if there is one; one query, and four for a search."""
    view = wanted.view if wanted.view in VIEWS else "today"
    start = (min(max(wanted.page, 1), LAST_PAGE) - 1) * PAGE
    if wanted.filters().keys() <= {"view"}:
        return [key for (key,) in _listing(view, start).run(values)]
    return list(_ordered(_wanted(wanted, values), view, start))


@lru_cache(maxsize=256)
def _listing(view: str, start: int) -> Statement:
    return Statement.of(_ordered(Complaint.objects.filter(_conditions(_GIVEN)[view]), view, start))


def _ordered(rows: QuerySet[Complaint], view: str, start: int) -> QuerySet[Complaint, int]:
    order = ("-matter__closed_at",) if view == "closed" else ("matter__due_at", "pk")
    return rows.order_by(*order).values_list("pk", flat=True)[start : start + PAGE + 1]


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
    rows = _wanted(wanted, _values(actor, agency, now)).filter(matter__due_at__isnull=False)
    before = Q(matter__due_at__lt=due_at) | Q(matter__due_at=due_at, pk__lt=complaint.pk)
    after = Q(matter__due_at__gt=due_at) | Q(matter__due_at=due_at, pk__gt=complaint.pk)
    names = [
        rows.filter(side).order_by(*order).values_list("matter__reference", flat=True).first() or ""
        for side, order in ((before, ("-matter__due_at", "-pk")), (after, ("matter__due_at", "pk")))
    ]
    return Neighbours(*names)


def _wanted(wanted: Wanted, values: dict[str, Any]) -> QuerySet[Complaint]:
    conditions = _conditions(values)
    view = conditions.get(wanted.view, conditions["today"])
    if wanted.q:
        view = conditions["all"] & Q(pk__in=_sought(wanted.q, conditions, values["agency"]))
    return _narrowed(Complaint.objects.filter(view), wanted)


def _sought(text: str, conditions: dict[str, Q], agency: str) -> set[int]:
    """What an officer may mean: by words in what is public, letter by letter in the unfinished and the newest.

    Where words fill a page, letters are looked for only in what is not public, which has no words in the index. So
    it does not take longer the more an office has finished. A whole number finds everything.
    """
    public = matters.list_holding(text, matters.Filter(kind="complaint", agency=agency), size=MOST_FOUND)
    found = {matter.pk for matter in public.matters}
    looked = _HIDDEN if len(found) >= PAGE else Q()
    newest = Complaint.objects.filter(conditions["all"], looked).order_by("-matter").values("pk")[:NEWEST]
    for part in (conditions["unfinished"] & looked, Q(pk__in=newest)):
        rows = Complaint.objects.filter(part, _holds(text)).order_by("-matter")
        found.update(rows.values_list("pk", flat=True)[:MOST_FOUND])
    named = matters.find_matter(text)
    return found | ({named.pk} if named else set())


_HIDDEN = Q(matter__visibility__in=["agency_only", "confidential"])


def _conditions(values: dict[str, Any]) -> dict[str, Q]:
    """What each view holds; `values` are those of `_values`, or places for them."""
    own = Q(matter__agency=values["agency"]) & ~Q(matter__visibility="quarantined")
    return {
        "all": own,
        "unfinished": own & UNFINISHED,
        "today": own & RUNNING & Q(matter__due_at__lte=values["tomorrow"]),
        "overdue": own & is_late(values["now"]),
        "answered": own & _OPEN & Q(last_word__in=PERSONS_WORDS),
        "new": own & Q(status=Status.RECEIVED.value, is_triaged=False, matter__closed_at__isnull=True),
        "mine": own & _OPEN & Q(officer_id=values["person"]),
        "open": own & _OPEN,
        "paused": own & _OPEN & PAUSED,
        "waiting": own & Q(status=Status.RESOLVED.value, matter__closed_at__isnull=True),
        "escalated": own & _OPEN & ~Q(escalation=""),
        "bounced": own & _OPEN & Q(bounces__gte=BOUNCES_THAT_ALARM),
        "shared": Q(shares__agency=values["agency"]) & _OPEN,
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
    return Row(complaint, clock_of(complaint, now), guesses, complaint.last_word in PERSONS_WORDS)


def list_templates(agency: str) -> list[ReplyTemplate]:
    """The words an agency keeps for answers, by name."""
    return list(ReplyTemplate.objects.filter(agency=agency).order_by("name"))


def list_saved_views(actor: Actor, agency: str) -> list[SavedView]:
    """An officer's own views of the inbox, by name."""
    return list(SavedView.objects.filter(person=actor.person_id, agency=agency).order_by("name"))
