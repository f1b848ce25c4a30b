"""What the clock must look at: questions never answered, hearings that are over, answers long given, what is late."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from sala.commons.agencies import queries as agencies
from sala.commons.deadlines import queries as deadlines
from sala.core.actors import Role
from sala.core.deadlines import LEVELS, EscalationLevel
from sala.services.information.models import Answer, Request
from sala.services.information.queries import cases, law
from sala.services.information.queries.request import whole
from sala.services.information.rules import standing as standings
from sala.services.information.rules.states import ANSWERED, WITH_OFFICE, Status
from sala.services.information.rules.third_parties import is_heard
from sala.services.information.rules.ways import next_ways

CHUNK = 200


def _watched() -> QuerySet[Request]:
    """Requests that the clock looks at: for what is set aside it stands still until a moderator has looked."""
    return whole().exclude(matter__visibility="quarantined")


def is_asleep_due(request: Request, today: date) -> bool:
    """Whether the office's question was never answered within its days."""
    if request.state is not Status.CLARIFYING or request.asked_on is None:
        return False
    return today > law.law_of(request.matter.agency).until("sleep", request.asked_on)


def is_closing_due(request: Request, today: date) -> bool:
    """Whether an answered request has nothing pending and its days are over."""
    case = cases.case_of(request)
    if case.status not in ANSWERED or case.notified_on is None:
        return False
    is_pending = any(p.is_running for p in case.proceedings) or standings.is_owed(case)
    return not is_pending and today > law.law_of(request.matter.agency).until("close", case.notified_on)


def level_due(request: Request, now: datetime) -> EscalationLevel:
    """Who must be told by now that an answer is late; NONE for nobody."""
    matter = request.matter
    if request.state not in WITH_OFFICE or matter.due_at is None:
        return EscalationLevel.NONE
    return deadlines.level_due(law.KIND, due_at=matter.due_at, agency=matter.agency, now=now)


def list_asleep(now: datetime) -> Iterator[str]:
    """References of requests whose person never answered the office's question."""
    today = law.day_of(now)
    shortest = min((p.days for p in law.periods() if p.code == "sleep"), default=0)
    rows = _watched().filter(status=Status.CLARIFYING.value, asked_on__lte=today - timedelta(days=shortest))
    yield from (r.matter.reference for r in rows.iterator(CHUNK) if is_asleep_due(r, today))


def list_heard(now: datetime) -> Iterator[str]:
    """References of requests for which everybody it concerns was heard, or their days are over."""
    today = law.day_of(now)
    for request in _watched().filter(status=Status.CONSULTING.value).iterator(CHUNK):
        if all(is_heard(notice, today) for notice in cases.notices_of(request)):
            yield request.matter.reference


def list_closing(now: datetime) -> Iterator[str]:
    """References of answered requests that close by themselves."""
    today = law.day_of(now)
    shortest = min((p.days for p in law.periods() if p.code == "close"), default=0)
    rows = _watched().filter(
        status__in=sorted(ANSWERED), answers__notified_on__lte=today - timedelta(days=shortest)
    )
    yield from (r.matter.reference for r in rows.distinct().iterator(CHUNK) if is_closing_due(r, today))


# Days before the last one on which whoever may appeal is told: enough for a week-end and a morning.
WARNED_BEFORE = timedelta(days=3)


def ending_on(request: Request, today: date) -> date | None:
    """The last day to appeal against the newest answer, if few days are left and nobody was told so yet."""
    answer = cases.last_answer(request)
    if answer is None or answer.warned_on is not None:
        return None
    ways = next_ways(cases.case_of(request), law.law_of(request.matter.agency), law.way_rules(), today)
    last = min((way.until for way in ways if way.until is not None), default=None)
    return last if last is not None and last - WARNED_BEFORE <= today else None


def list_ending(now: datetime) -> Iterator[str]:
    """References of requests whose person has few days left to appeal and was not told yet."""
    today = law.day_of(now)
    # No period to appeal is longer than two months, so older answers are not looked at.
    rows = _watched().filter(
        answers__warned_on__isnull=True,
        answers__grounds__isnull=False,
        answers__notified_on__gte=today - timedelta(days=62),
    )
    yield from (r.matter.reference for r in rows.distinct().iterator(CHUNK) if ending_on(r, today))


def list_waiting_files(now: datetime) -> Iterator[tuple[str, int]]:
    """Reference and number of answers whose files waited for objectors and whose day has come."""
    rows = Answer.objects.filter(released_at__isnull=True, release_on__lte=law.day_of(now))
    # An objector's appeal that was dismissed ends the waiting too: then there is no day, only the ruling.
    ruled = Answer.objects.filter(
        released_at__isnull=True,
        request__proceedings__kind="objector_appeal",
        request__proceedings__stage="decided",
    )
    waiting = (rows | ruled).exclude(request__matter__visibility="quarantined")
    for answer in waiting.distinct().select_related("request__matter"):
        yield answer.request.matter.reference, answer.number


def list_late(now: datetime) -> Iterator[tuple[str, EscalationLevel]]:
    """Requests past their day whose next level has not been told yet, with that level."""
    rows = _watched().filter(status__in=sorted(WITH_OFFICE), matter__due_at__lt=now)
    for request in rows.exclude(escalation=EscalationLevel.CENTRAL.value).iterator(CHUNK):
        level = level_due(request, now)
        if LEVELS.index(level) > LEVELS.index(EscalationLevel(request.escalation)):
            yield request.matter.reference, level


def list_outdated(now: datetime) -> Iterator[str]:
    """References of requests whose kept word is not today's: only the date makes one late."""
    rows = Request.objects.exclude(matter__visibility="quarantined").filter(
        status__in=sorted(WITH_OFFICE), matter__due_at__lt=now, standing__in=_TIMELY
    )
    yield from rows.values_list("matter__reference", flat=True).iterator(CHUNK)


# What stands with the office and is not called late yet.
_TIMELY = tuple(sorted(status.value for status in WITH_OFFICE))


def told_of(step: object, request_id: int) -> list[int]:
    """The people to whom an escalation is told, by its entry's values: who supervises or heads the office."""
    level = EscalationLevel(step["content"]["level"])  # type: ignore[index]  # an entry's values
    agency = Request.objects.values_list("matter__agency", flat=True).get(pk=request_id)
    return agencies.people_told_of_lateness(level, agency)


def told_of_reminder(step: object, request_id: int) -> list[int]:
    """Who supervises the office that is reminded, or heads it."""
    agency = Request.objects.values_list("matter__agency", flat=True).get(pk=request_id)
    return agencies.people_told_of_lateness(EscalationLevel.SUPERVISOR, agency)


def told_of_proceeding(step: object, request_id: int) -> list[int]:
    """Whoever works for the Board's office: a complaint or an appeal waits for it."""
    board = law.find_board(date.fromisoformat(step["at"][:10]))  # type: ignore[index]  # an entry's values
    return agencies.people_with_role(board, [Role.SUPERVISOR, Role.OFFICER]) if board else []
