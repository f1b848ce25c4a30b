"""What the clock itself does: let sleep, close, tell further up, keep what lists ask, follow moved holidays."""

from datetime import date, datetime

from sala.commons.deadlines import actions as deadlines
from sala.commons.ledger import actions as ledger
from sala.commons.matters import actions as matters
from sala.core.actors import SYSTEM, Actor
from sala.core.clock import BANGKOK
from sala.core.deadlines import LEVELS, EscalationLevel
from sala.core.errors import Conflict
from sala.services.information import events, permissions
from sala.services.information.actions.above import clock_of
from sala.services.information.actions.records import iso, locked, locked_at_work, move, named, settled
from sala.services.information.actions.third_parties import hear_out
from sala.services.information.models import Request
from sala.services.information.queries import cases, due, law
from sala.services.information.rules import standing as standings
from sala.services.information.rules.states import Move, Status


@ledger.action
def let_sleep(*, now: datetime, reference: str, actor: Actor = SYSTEM) -> None:
    """What its person never explained rests until they do. Raises Conflict before its day."""
    permissions.require_system(actor)
    request = locked_at_work(reference)
    if not due.is_asleep_due(request, law.day_of(now)):
        raise Conflict("not_yet")
    move(request, Move.LAPSE)
    ledger.record_entry(events.RequestSleeps(**named(request)), actor=actor, at=now)
    settled(request, now=now)


@ledger.action
def end_hearings(*, now: datetime, reference: str, actor: Actor = SYSTEM) -> None:
    """The days of everybody it concerns are over: the office has the request again. Raises Conflict before."""
    permissions.require_system(actor)
    request = locked_at_work(reference)
    hear_out(request, now)
    if request.state is not Status.RECEIVED:
        raise Conflict("not_yet")
    ledger.record_entry(events.HearingEnded(**named(request)), actor=actor, at=now)
    settled(request, now=now)


@ledger.action
def close_answered(*, now: datetime, reference: str, actor: Actor = SYSTEM) -> None:
    """Nothing is pending any more and every day to appeal is over: it closes. Raises Conflict before."""
    permissions.require_system(actor)
    request = locked_at_work(reference)
    if not due.is_closing_due(request, law.day_of(now)):
        raise Conflict("not_yet")
    move(request, Move.CLOSE)
    ledger.record_entry(events.RequestClosed(**named(request), is_by_person=False), actor=actor, at=now)
    settled(request, now=now)


@ledger.action
def warn_of_last_day(*, now: datetime, reference: str, actor: Actor = SYSTEM) -> date:
    """Whoever may appeal is told that few days are left, once for each answer; the last one is returned.

    Raises Conflict before, or if they were told.
    """
    permissions.require_system(actor)
    request = locked_at_work(reference)
    until, answer = due.ending_on(request, law.day_of(now)), cases.last_answer(request)
    if until is None or answer is None:
        raise Conflict("not_yet")
    answer.warned_on = law.day_of(now)
    answer.save(update_fields=["warned_on"])
    ledger.record_entry(events.LastDayNear(**named(request), until=iso(until)), actor=actor, at=now)
    settled(request, now=now)
    return until


@ledger.action
def escalate_request(*, now: datetime, reference: str, level: EscalationLevel, actor: Actor = SYSTEM) -> None:
    """Somebody further up is told that an answer is late. Raises Conflict if they were told, or it is not late."""
    permissions.require_system(actor)
    request = locked_at_work(reference)
    told = LEVELS.index(EscalationLevel(request.escalation))
    if LEVELS.index(due.level_due(request, now)) < LEVELS.index(level) or LEVELS.index(level) <= told:
        raise Conflict("not_yet")
    request.escalation = level.value
    ledger.record_entry(events.RequestEscalated(**named(request), level=level.value), actor=actor, at=now)
    settled(request, now=now)


@ledger.action_without_entry("what the date alone changes is no step of anybody: the page shows it at once")
def refresh_standing(*, now: datetime, reference: str, actor: Actor = SYSTEM) -> bool:
    """The word that lists show is that of today; whether it changed."""
    permissions.require_system(actor)
    request = locked_at_work(reference)
    case, rules = cases.case_of(request), law.law_of(request.matter.agency)
    word = standings.standing(case, rules, law.day_of(now)).value
    if word == request.standing:
        return False
    Request.objects.filter(pk=request.pk).update(standing=word)
    matters.move_matter(request.matter, now=now, stage=word)
    return True


@ledger.action
def move_date(*, now: datetime, reference: str, clock: str = "", actor: Actor = SYSTEM) -> datetime:
    """Everybody reads that a holiday moved a date; returns it. Raises Conflict if it stands."""
    permissions.require_system(actor)
    request = locked(reference)
    due_at = deadlines.recount_deadline(request.matter, clock=clock)
    if due_at is None:
        raise Conflict("date_stands")
    last_day = law.day_before(due_at)
    if clock:
        for row in request.proceedings.all():
            if clock_of(row) == clock:
                row.due_on = last_day
                row.save(update_fields=["due_on"])
    event = events.DateMoved(**named(request), clock=clock and "above", due_on=iso(last_day))
    ledger.record_entry(event, actor=actor, at=now)
    if not clock:
        matters.move_matter(request.matter, now=now, due_at=due_at)
    settled(request, now=now)
    return due_at.astimezone(BANGKOK)
