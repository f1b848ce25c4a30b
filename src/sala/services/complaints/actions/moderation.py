"""Appeals against what a moderator decided: the person says why, somebody else than who decided looks again."""

from datetime import datetime
from functools import partial

from sala.commons.drafts.actions import NO_PROOF, Proof
from sala.commons.files import actions as files
from sala.commons.files import queries as file_queries
from sala.commons.ledger import actions as ledger
from sala.commons.moderation import actions as moderation
from sala.commons.moderation import queries as moderated
from sala.core.actors import Actor
from sala.core.events import Event
from sala.services.complaints import events, permissions
from sala.services.complaints.actions.records import due_day, locked, named, unless_hidden
from sala.services.complaints.models import Complaint


@ledger.part_of_action("the release of a moderator or of an appeal leaves the entry with it")
def released(complaint: Complaint, *, actor: Actor, now: datetime) -> None:
    """What was set aside goes its way, as its person chose; its hidden name is joined to its number if it is public."""

    def fact(continues: str | None, opening: str | None) -> Event:
        return events.ComplaintReleased(
            **named(complaint),
            received_at=ledger.instant(complaint.matter.opened_at),
            topic=unless_hidden(complaint, complaint.matter.topic, also_agency_only=False),
            continues=continues,
            opening=opening,
        )

    moderation.release(complaint, fact=fact, actor=actor, now=now)


@ledger.action
def appeal_moderation(
    *, actor: Actor, now: datetime, reference: str, decision_id: int, text: str, proof: Proof = NO_PROOF
) -> datetime:
    """Another moderator looks at the decision, by the returned instant. Raises Refused, NotFound, Invalid, Conflict."""
    complaint = locked(reference)
    permissions.require_is_complainant(actor, complaint, proof)
    decision = moderated.get_decision(complaint.pk, decision_id)
    due_at = moderation.appeal_decision(decision, text, now=now)
    event = events.ModerationAppealed(**named(complaint), against=decision.what, due_on=due_day(due_at))
    ledger.record_entry(event, actor=actor, at=now, secret={"text": text})
    return due_at


@ledger.action
def decide_moderation_appeal(
    *, actor: Actor, now: datetime, reference: str, decision_id: int, is_upheld: bool, text: str
) -> None:
    """The decision holds, or is undone as far as it can be: words come back, what was set aside is released, a
    picture waits for another moderator's look. Raises Refused for whoever decided it, NotFound, Invalid, Conflict.
    """
    complaint = locked(reference)
    decision = moderated.get_decision(complaint.pk, decision_id)
    permissions.require_may_decide_moderation(actor, complaint, decision)
    event = events.ModerationAppealDecided(**named(complaint), against=decision.what, is_upheld=is_upheld)
    moderation.end_appeal(
        complaint,
        decision,
        is_upheld=is_upheld,
        text=text,
        fact=event,
        released=partial(released, complaint, actor=actor, now=now),
        look_again=partial(_look_again, complaint),
        actor=actor,
        now=now,
    )


@ledger.part_of_action("the decision on the appeal leaves the entry")
def _look_again(complaint: Complaint, file_id: int) -> None:
    for file in file_queries.list_of_matter(complaint.pk):
        if file.pk == file_id:
            files.await_look(file)
