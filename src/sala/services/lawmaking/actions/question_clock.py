"""What the clock itself does: let rest, tell further up, keep what lists ask, follow moved holidays, count."""

from datetime import datetime

from sala.commons.deadlines import actions as deadlines
from sala.commons.ledger import actions as ledger
from sala.commons.matters import actions as matters
from sala.commons.tables import actions as tables
from sala.core.actors import SYSTEM, Actor
from sala.core.clock import BANGKOK, day_of
from sala.core.deadlines import LEVELS, EscalationLevel, day_before
from sala.core.errors import Conflict
from sala.services.lawmaking import events, permissions
from sala.services.lawmaking.actions.question_records import locked, move, named, settled
from sala.services.lawmaking.models import LegalQuestion
from sala.services.lawmaking.queries import question_due as due
from sala.services.lawmaking.queries import question_figures as figures
from sala.services.lawmaking.queries.question_law import case_of, law_of
from sala.services.lawmaking.rules.questions import Move, standing


@ledger.action
def let_rest(*, now: datetime, reference: str, actor: Actor = SYSTEM) -> None:
    """What its person never explained rests until they do. Raises Conflict before its day."""
    permissions.require_system(actor)
    question = locked(reference)
    if not due.may_rest(question, now):
        raise Conflict("not_yet")
    move(question, Move.LAPSE)
    ledger.record_entry(events.QuestionRests(**named(question)), actor=actor, at=now)
    settled(question, now=now)


@ledger.action
def escalate_question(
    *, now: datetime, reference: str, level: EscalationLevel, actor: Actor = SYSTEM
) -> None:
    """Somebody further up is told that an answer is late. Raises Conflict if they were told, or it is not late."""
    permissions.require_system(actor)
    question = locked(reference)
    told = LEVELS.index(EscalationLevel(question.escalation))
    if LEVELS.index(due.level_due(question, now)) < LEVELS.index(level) or LEVELS.index(level) <= told:
        raise Conflict("not_yet")
    question.escalation = level.value
    ledger.record_entry(events.QuestionEscalated(**named(question), level=level.value), actor=actor, at=now)
    settled(question, now=now)


@ledger.action_without_entry("what the date alone changes is no step of anybody: the page shows it at once")
def refresh_standing(*, now: datetime, reference: str, actor: Actor = SYSTEM) -> bool:
    """The word that lists show is that of today; whether it changed."""
    permissions.require_system(actor)
    question = locked(reference)
    word = standing(case_of(question), law_of(question.matter.agency), day_of(now)).value
    if word == question.standing:
        return False
    LegalQuestion.objects.filter(pk=question.pk).update(standing=word)
    matters.move_matter(question.matter, now=now, stage=word)
    return True


@ledger.action
def move_date(*, now: datetime, reference: str, clock: str = "", actor: Actor = SYSTEM) -> datetime:
    """Everybody reads that a holiday moved the expected day; returns it. Raises Conflict if it stands."""
    permissions.require_system(actor)
    question = locked(reference)
    due_at = deadlines.recount_deadline(question.matter, clock=clock)
    if due_at is None:
        raise Conflict("date_stands")
    event = events.DateMoved(**named(question), due_on=day_before(due_at).isoformat())
    ledger.record_entry(event, actor=actor, at=now)
    matters.move_matter(question.matter, now=now, due_at=due_at)
    settled(question, now=now)
    return due_at.astimezone(BANGKOK)


@ledger.action_without_entry("counts only repeat what the entries and the questions say")
def keep_counts(*, now: datetime, actor: Actor = SYSTEM) -> int:
    """Everyone reads figures of this instant until the next count; returns how many differ from the last."""
    permissions.require_system(actor)
    return tables.cache_figures(now=now, group=figures.GROUP, figures=figures.everything(now))
