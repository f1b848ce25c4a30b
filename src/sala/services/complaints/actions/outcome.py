"""The person's word: answering, confirming, reopening, rating; and what happens when they are silent."""

from collections.abc import Sequence
from datetime import datetime

from sala.commons.drafts.actions import NO_PROOF, Proof
from sala.commons.files.actions import MOST_FILES, KeptFile
from sala.commons.ledger import actions as ledger
from sala.commons.matters import actions as matters
from sala.core.actors import SYSTEM, Actor
from sala.core.characters import says_nothing
from sala.core.errors import Conflict, Invalid
from sala.services.complaints import events, permissions, rules
from sala.services.complaints.actions.records import (
    begin_anew,
    due_day,
    locked,
    move,
    named,
    said,
    stop_pause,
    write_message,
)
from sala.services.complaints.queries import due_after
from sala.services.complaints.queries.appeals import find_waiting
from sala.services.complaints.queries.clock import count
from sala.services.complaints.rules import Move, Outcome, Status


@ledger.action
def answer_question(
    *,
    actor: Actor,
    now: datetime,
    reference: str,
    text: str,
    proof: Proof = NO_PROOF,
    pictures: Sequence[KeptFile] = (),
) -> int:
    """The agency reads what the person adds; a pause that waited for it ends. Raises Refused, Invalid."""
    complaint = locked(reference)
    permissions.require_is_complainant(actor, complaint, proof)
    check_words(text, pictures)
    due_at = stop_pause(complaint, now=now, reason=rules.PauseReason.WAITING_FOR_PERSON)
    matters.move_matter(complaint.matter, now=now)
    event = events.PersonAnswered(**named(complaint), due_on=due_day(due_at) or None)
    recorded = ledger.record_entry(event, actor=actor, at=now, secret=said(complaint, text))
    return write_message(
        complaint, kind="answer", text=text, actor=actor, now=now, recorded=recorded, pictures=pictures
    ).pk


def check_words(text: str, pictures: Sequence[KeptFile]) -> None:
    """What the person says has words, and no more files than one may send. Raises Invalid."""
    if says_nothing(text):
        raise Invalid("invalid", {"text": "text_missing"})
    if len(pictures) > MOST_FILES:
        raise Invalid("invalid", {"files": "too_many_files"})


@ledger.action
def confirm_resolution(
    *,
    actor: Actor,
    now: datetime,
    reference: str,
    proof: Proof = NO_PROOF,
    rating: int | None = None,
    words: str = "",
) -> None:
    """It is closed and counts as solved, because the person says so. Raises Refused, Conflict, Invalid."""
    complaint = locked(reference)
    permissions.require_is_complainant(actor, complaint, proof)
    _check_rating(rating)
    move(complaint, Move.CONFIRM, now=now)
    complaint.outcome = Outcome.CONFIRMED.value
    complaint.rating = rating
    complaint.rating_words = words
    complaint.save(update_fields=["status", "outcome", "rating", "rating_words"])
    event = events.ComplaintConfirmed(**named(complaint), rating=rating)
    ledger.record_entry(event, actor=actor, at=now, secret={"text": words} if words else None)


def _check_rating(rating: int | None) -> None:
    if rating is not None and not 1 <= rating <= 5:
        raise Invalid("invalid", {"rating": "rating_1_to_5"})


@ledger.action
def rate_handling(
    *, actor: Actor, now: datetime, reference: str, rating: int, words: str = "", proof: Proof = NO_PROOF
) -> None:
    """The person says how it was handled, once it is closed. Raises Refused, Conflict, Invalid."""
    complaint = locked(reference)
    permissions.require_is_complainant(actor, complaint, proof)
    _check_rating(rating)
    if complaint.state not in (Status.CLOSED, Status.REJECTED):
        raise Conflict("move_not_allowed", status=complaint.status, move="rate")
    complaint.rating = rating
    complaint.rating_words = words
    complaint.save(update_fields=["rating", "rating_words"])
    event = events.ComplaintRated(**named(complaint), rating=rating)
    ledger.record_entry(event, actor=actor, at=now, secret={"text": words} if words else None)


@ledger.action
def reopen_complaint(
    *,
    actor: Actor,
    now: datetime,
    reference: str,
    text: str,
    proof: Proof = NO_PROOF,
    pictures: Sequence[KeptFile] = (),
) -> datetime:
    """It is open again, because the person says it is not solved; returns the new date.

    Allowed while their answer is awaited, and within the reopening period after closing, unless an appeal waits.
    Against a refusal one appeals: nobody judges their own. Raises Refused, Conflict, Invalid.
    """
    complaint = locked(reference)
    permissions.require_is_complainant(actor, complaint, proof)
    check_words(text, pictures)
    if find_waiting(complaint) is not None:
        raise Conflict("appeal_waits")
    matter = complaint.matter
    closed_at = matter.closed_at
    until = (
        due_after("reopen", topic=matter.topic, agency=matter.agency, start=closed_at) if closed_at else None
    )
    if not rules.may_reopen(closed_at=closed_at, until=until, now=now):
        raise Conflict("too_late_to_reopen")
    counted = count("redo", topic=matter.topic, agency=matter.agency, start=now)
    due_at = counted.due_at
    move(complaint, Move.REOPEN, now=now, due_at=due_at)
    complaint.reopened += 1
    begin_anew(complaint, counted, now=now)
    event = events.ComplaintReopened(**named(complaint), times=complaint.reopened, due_on=due_day(due_at))
    recorded = ledger.record_entry(event, actor=actor, at=now, secret=said(complaint, text))
    write_message(
        complaint, kind="reopening", text=text, actor=actor, now=now, recorded=recorded, pictures=pictures
    )
    return due_at


@ledger.action
def lapse_confirmation(*, now: datetime, reference: str, actor: Actor = SYSTEM) -> None:
    """The person's time to confirm is over: closed, counted as unconfirmed, never as solved. Raises Conflict."""
    permissions.require_system(actor)
    complaint = locked(reference)
    if complaint.confirm_by is None or now < complaint.confirm_by:
        raise Conflict("not_yet")
    move(complaint, Move.LAPSE, now=now)
    complaint.outcome = Outcome.UNCONFIRMED.value
    complaint.save(update_fields=["status", "outcome"])
    ledger.record_entry(events.ComplaintLapsed(**named(complaint)), actor=actor, at=now)
