"""What an office may do short of answering: give to a desk, ask back, pass on to the right office, note."""

from datetime import datetime

from sala.commons.agencies import queries as agencies
from sala.commons.ledger import actions as ledger
from sala.core.actors import Actor
from sala.core.characters import check_text
from sala.core.clock import day_of
from sala.core.errors import Conflict, Invalid
from sala.engines import thai
from sala.services.lawmaking import events, permissions
from sala.services.lawmaking.actions.question_records import (
    NOTE,
    expected_on,
    locked,
    move,
    named,
    said,
    settled,
)
from sala.services.lawmaking.models import Passing
from sala.services.lawmaking.rules.questions import OPEN, Move


@ledger.action
def assign_question(
    *, actor: Actor, now: datetime, reference: str, desk_id: int | None = None, officer_id: int | None = None
) -> None:
    """The question lies with a desk, or with somebody of the office.

    Raises Refused, Invalid for neither or for somebody else's, Conflict for what is over.
    """
    question = locked(reference)
    permissions.require_may_work(actor, question)
    if question.state not in OPEN:
        raise Conflict("move_not_allowed")
    desks = {desk.pk: desk for desk in agencies.desks_of(question.matter.agency)}
    if (desk_id is not None and desk_id not in desks) or (desk_id is None and officer_id is None):
        raise Invalid("invalid", {"desk_id": "choose_one"})
    if officer_id is not None and officer_id != actor.person_id:
        raise Invalid("invalid", {"desk_id": "choose_one"})
    question.desk_id, question.officer_id = desk_id, officer_id
    name = desks[desk_id].name_th if desk_id is not None else ""
    ledger.record_entry(events.QuestionAssigned(**named(question), desk=name), actor=actor, at=now)
    settled(question, now=now)


@ledger.action
def ask_person(*, actor: Actor, now: datetime, reference: str, text: str) -> None:
    """The person is asked what the answer depends on; the office's days wait for them. Raises Refused, Invalid."""
    question = locked(reference)
    permissions.require_may_work(actor, question)
    check_text(text)
    move(question, Move.ASK)
    question.asked_on = day_of(now)
    said(question, "question", text, events.PersonAsked(**named(question)), actor, now)


@ledger.action
def pass_question_on(*, actor: Actor, now: datetime, reference: str, agency: str, reason: str) -> None:
    """The office whose law it is answers from now on; the expected day stays. Raises Refused, Invalid, Conflict."""
    question = locked(reference)
    permissions.require_may_work(actor, question)
    check_text(reason, "reason")
    from_agency = question.matter.agency
    if agencies.find_agency(agency) is None or agency == from_agency:
        raise Invalid("invalid", {"agency": "office_unknown"})
    move(question, Move.PASS)
    Passing.objects.create(
        question=question, from_agency=from_agency, to_agency=agency, reason=thai.cover(reason), at=now
    )
    # Neither desk nor officer of the first office is any longer in charge.
    question.desk_id = question.officer_id = None
    question.matter.agency = agency
    event = events.QuestionPassedOn(
        **named(question), from_agency=from_agency, expected_on=expected_on(question)
    )
    ledger.record_entry(event, actor=actor, at=now)
    settled(question, now=now, agency=agency)


@ledger.action
def add_note(*, actor: Actor, now: datetime, reference: str, text: str) -> None:
    """Colleagues read a note; neither the person nor anybody else does. Raises Refused, Invalid."""
    question = locked(reference)
    permissions.require_may_work(actor, question)
    check_text(text)
    said(question, NOTE, text, events.NoteAdded(**named(question)), actor, now)
