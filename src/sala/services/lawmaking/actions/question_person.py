"""What the person who asked may do: explain, say what is not clear, remind, withdraw."""

from datetime import datetime

from sala.commons.drafts.actions import NO_PROOF, Proof, require_is_sender
from sala.commons.ledger import actions as ledger
from sala.core.actors import Actor
from sala.core.characters import check_text
from sala.core.clock import day_of
from sala.core.errors import Conflict
from sala.services.lawmaking import events
from sala.services.lawmaking.actions.question_records import expected_on, locked, move, named, said, settled
from sala.services.lawmaking.models import LegalQuestion
from sala.services.lawmaking.queries.question_law import case_of, law_of
from sala.services.lawmaking.rules.questions import Move, OwnAct, own_acts, was_reminded_lately


def _require_open(question: LegalQuestion, act: OwnAct, now: datetime) -> None:
    """Raises Conflict unless the page offers this today."""
    if act not in own_acts(case_of(question), law_of(question.matter.agency), day_of(now)):
        raise Conflict("own_act_not_open")


@ledger.action
def explain_question(
    *, actor: Actor, now: datetime, reference: str, text: str, proof: Proof = NO_PROOF
) -> None:
    """The office has the person's answer, and its days run anew from today. Raises Refused, Invalid, Conflict."""
    question = locked(reference)
    require_is_sender(actor, question, proof)
    check_text(text)
    move(question, Move.CLARIFY)
    question.clarified_on = day_of(now)
    question.escalation = ""
    event = events.QuestionExplained(**named(question), expected_on=expected_on(question))
    said(question, "answer", text, event, actor, now)


@ledger.action
def follow_up_question(
    *, actor: Actor, now: datetime, reference: str, text: str, proof: Proof = NO_PROOF
) -> None:
    """The office reads what is not clear, and answers anew. Raises Refused, Invalid, Conflict after its days."""
    question = locked(reference)
    require_is_sender(actor, question, proof)
    check_text(text)
    _require_open(question, OwnAct.FOLLOW_UP, now)
    move(question, Move.FOLLOW_UP)
    question.followed_up_on = day_of(now)
    question.escalation = ""
    event = events.QuestionFollowedUp(**named(question), expected_on=expected_on(question))
    said(question, "follow_up", text, event, actor, now)


@ledger.action
def remind_office(*, actor: Actor, now: datetime, reference: str, proof: Proof = NO_PROOF) -> None:
    """The office, and whoever watches over it, is reminded that an answer is due. Once a week at most."""
    question = locked(reference)
    require_is_sender(actor, question, proof)
    if was_reminded_lately(case_of(question), day_of(now)):
        raise Conflict("question_reminded_lately")
    _require_open(question, OwnAct.REMIND, now)
    question.reminded_on = day_of(now)
    ledger.record_entry(events.OfficeReminded(**named(question)), actor=actor, at=now)
    settled(question, now=now)


@ledger.action
def withdraw_question(*, actor: Actor, now: datetime, reference: str, proof: Proof = NO_PROOF) -> None:
    """The person needs no answer any more; the page stays and says so. Raises Refused, Conflict."""
    question = locked(reference)
    require_is_sender(actor, question, proof)
    move(question, Move.WITHDRAW)
    ledger.record_entry(events.QuestionWithdrawn(**named(question)), actor=actor, at=now)
    settled(question, now=now)
