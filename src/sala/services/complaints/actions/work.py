"""An agency's work on a complaint: starting, answering, noting, pausing with a reason, resolving with evidence."""

from datetime import datetime

from sala.commons.deadlines import actions as deadlines
from sala.commons.deadlines.queries import working_days_left
from sala.commons.files import actions as files
from sala.commons.files import queries as file_queries
from sala.commons.ledger import actions as ledger
from sala.commons.matters import actions as matters
from sala.core.actors import Actor
from sala.core.characters import says_nothing
from sala.core.errors import Conflict, Invalid
from sala.services.complaints import events, permissions, rules
from sala.services.complaints.actions.records import (
    due_day,
    locked,
    move,
    named,
    said,
    stop_pause,
    write_message,
)
from sala.services.complaints.models import Complaint
from sala.services.complaints.queries import due_after
from sala.services.complaints.rules import Evidence, Move, Outcome, PauseReason, RejectionReason


@ledger.action
def start_work(*, actor: Actor, now: datetime, reference: str) -> None:
    """The person sees that someone works on it. Raises Conflict if it is past that."""
    complaint = locked(reference)
    permissions.require_may_work(actor, complaint)
    move(complaint, Move.START, now=now)
    complaint.is_triaged = True
    complaint.save(update_fields=["status", "is_triaged"])
    ledger.record_entry(events.WorkStarted(**named(complaint)), actor=actor, at=now)


@ledger.action
def reply_to_person(*, actor: Actor, now: datetime, reference: str, text: str, asks: bool = False) -> int:
    """The person, and everyone if it is public, reads the agency's words. Raises Invalid for no words."""
    complaint = locked(reference)
    permissions.require_may_work(actor, complaint)
    _require_words(text)
    matters.move_matter(complaint.matter, now=now)
    event = events.AgencyReplied(**named(complaint), asks=asks)
    recorded = ledger.record_entry(event, actor=actor, at=now, secret=said(complaint, text))
    kind = "question" if asks else "reply"
    return write_message(complaint, kind=kind, text=text, actor=actor, now=now, recorded=recorded).pk


def _require_words(text: str) -> None:
    if says_nothing(text):
        raise Invalid("invalid", {"text": "text_missing"})


@ledger.action
def add_note(*, actor: Actor, now: datetime, reference: str, text: str) -> int:
    """Colleagues of the agencies concerned read it; the person and the public do not."""
    complaint = locked(reference)
    permissions.require_may_read(actor, complaint)
    _require_words(text)
    recorded = ledger.record_entry(
        events.NoteAdded(**named(complaint)), actor=actor, at=now, secret={"text": text}
    )
    return write_message(complaint, kind="note", text=text, actor=actor, now=now, recorded=recorded).pk


@ledger.action
def pause_clock(*, actor: Actor, now: datetime, reference: str, reason: PauseReason, words: str) -> None:
    """The date stands still for a stated reason, which the person reads. Raises Conflict if it stands already."""
    complaint = locked(reference)
    permissions.require_may_work(actor, complaint)
    _require_words(words)
    if complaint.state not in rules.OPEN or complaint.is_paused:
        raise Conflict("move_not_allowed", status=complaint.status, move="pause")
    deadlines.start_pause(complaint.matter, reason=reason.value, words=words, now=now)
    complaint.is_paused = True
    complaint.save(update_fields=["is_paused"])
    matters.move_matter(complaint.matter, now=now)
    event = events.ClockPaused(**named(complaint), reason=reason.value)
    ledger.record_entry(event, actor=actor, at=now, secret={"text": words})


@ledger.action
def resume_clock(*, actor: Actor, now: datetime, reference: str) -> datetime:
    """The date runs again; returns the new one. Raises Conflict if it was not standing."""
    complaint = locked(reference)
    permissions.require_may_work(actor, complaint)
    return end_pause(complaint, actor=actor, now=now)


@ledger.part_of_action("the action that ends the pause leaves the entry with it")
def end_pause(complaint: Complaint, *, actor: Actor, now: datetime) -> datetime:
    """End the open pause, count the date anew without it, record that. Raises Conflict if there is none."""
    before = complaint.matter.due_at
    due_at = stop_pause(complaint, now=now)
    if due_at is None:
        raise Conflict("clock_not_paused")
    stood = working_days_left(before, due_at, complaint.matter.agency) if before and due_at > before else 0
    event = events.ClockResumed(**named(complaint), paused_working_days=stood, due_on=due_day(due_at))
    ledger.record_entry(event, actor=actor, at=now)
    return due_at


@ledger.action
def resolve_complaint(*, actor: Actor, now: datetime, reference: str, text: str) -> datetime:
    """The person is told it is done, sees the evidence, and has until the returned instant to say whether it is.

    The files that the agency has attached and not shown yet are the evidence. Raises Invalid for thin evidence,
    Conflict from a wrong state.
    """
    complaint = locked(reference)
    permissions.require_may_work(actor, complaint)
    shown = _waiting_evidence(complaint)
    kinds = [file.is_picture for file in shown]
    rules.require_evidence(
        Evidence(words=text, files=len(kinds)), needs_file=complaint.matter.topic in rules.SEEN_IN_THE_WORLD
    )
    matter = complaint.matter
    stop_pause(complaint, now=now)
    confirm_by = due_after("confirm", topic=matter.topic, agency=matter.agency, start=now)
    deadlines.end_deadline(matter, now=now)
    move(complaint, Move.RESOLVE, now=now)
    complaint.resolved_at = now
    complaint.confirm_by = confirm_by
    complaint.save(update_fields=["status", "resolved_at", "confirm_by"])
    event = events.ComplaintResolved(
        **named(complaint),
        pictures=sum(kinds),
        documents=len(kinds) - sum(kinds),
        in_time=matter.due_at is None or now <= matter.due_at,
        confirm_by=due_day(confirm_by),
    )
    recorded = ledger.record_entry(event, actor=actor, at=now, secret=said(complaint, text))
    write_message(
        complaint,
        kind="resolution",
        text=text,
        actor=actor,
        now=now,
        recorded=recorded,
        shown=tuple(file.pk for file in shown),
    )
    return confirm_by


@ledger.action_without_entry("evidence is told by the entry of the resolution that shows it")
def attach_evidence(*, actor: Actor, now: datetime, reference: str, kept: files.KeptFile) -> int:
    """A cleaned, stored file waits to be shown with the agency's next resolution. Raises Invalid for too many."""
    complaint = locked(reference)
    permissions.require_may_work(actor, complaint)
    if len(_waiting_evidence(complaint)) >= files.MOST_FILES:
        raise Invalid("invalid", {"files": "too_many_files"})
    (added,) = files.add_files(
        [kept],
        matter_id=complaint.pk,
        by_agency=complaint.matter.agency,
        person_id=actor.person_id,
        now=now,
    )
    return int(added.pk)


def _waiting_evidence(complaint: Complaint) -> list[file_queries.File]:
    """What the office that owns it has attached and not shown yet."""
    owner = complaint.matter.agency
    return [
        file
        for file in file_queries.list_of_matter(complaint.pk)
        if file.message_id is None and file.by_agency == owner
    ]


@ledger.action
def reject_complaint(
    *, actor: Actor, now: datetime, reference: str, reason: RejectionReason, text: str
) -> None:
    """The person reads why it is not taken up and what they can do instead. Raises Invalid for thin words."""
    complaint = locked(reference)
    permissions.require_may_work(actor, complaint)
    rules.require_evidence(Evidence(words=text, files=0), needs_file=False)
    stop_pause(complaint, now=now)
    deadlines.end_deadline(complaint.matter, now=now)
    move(complaint, Move.REJECT, now=now)
    complaint.rejection = reason.value
    complaint.outcome = Outcome.REJECTED.value
    complaint.save(update_fields=["status", "rejection", "outcome"])
    event = events.ComplaintRejected(**named(complaint), reason=reason.value)
    recorded = ledger.record_entry(event, actor=actor, at=now, secret=said(complaint, text))
    write_message(complaint, kind="resolution", text=text, actor=actor, now=now, recorded=recorded)
