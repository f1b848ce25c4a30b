"""Taking back a picture or document that was added by mistake: gone at once, and everyone reads that it is."""

from datetime import datetime

from sala.commons.drafts.actions import NO_PROOF, Proof
from sala.commons.files import actions as files
from sala.commons.files import queries as file_queries
from sala.commons.ledger import actions as ledger
from sala.commons.matters import actions as matters
from sala.commons.moderation import actions as moderation
from sala.core.actors import Actor
from sala.core.errors import Conflict, NotFound
from sala.services.complaints import events, permissions, rules
from sala.services.complaints.actions.records import locked, named
from sala.services.complaints.models import Complaint
from sala.services.complaints.rules import TakeBackReason


@ledger.action
def take_back_file(
    *,
    actor: Actor,
    now: datetime,
    reference: str,
    stored_as: str,
    reason: TakeBackReason,
    proof: Proof = NO_PROOF,
) -> None:
    """The file is shown to nobody any more and deleted; the timeline says that one was taken back, and why.

    Raises NotFound for a file that is gone, Refused for somebody else's, Conflict for the last one by which an
    office showed that it acted: that one only a moderator takes away.
    """
    complaint = locked(reference)
    file = file_queries.find_file(complaint.pk, stored_as)
    if file is None:
        raise NotFound("file_gone")
    permissions.require_may_take_back(actor, complaint, file, proof)
    moderates = permissions.may_moderate(actor, complaint)
    if not moderates and not _may_go(complaint, file):
        raise Conflict("last_evidence")
    was_public = file.is_public and complaint.matter.is_public
    event = events.FileTakenBack(
        **named(complaint),
        reason=reason.value,
        media="picture" if file.is_picture else "document",
        by_office=bool(file.by_agency),
        sha256=file.sha256 if was_public else "",
    )
    own = file.added_by_id is not None and file.added_by_id == actor.person_id
    role = moderation.moderating(actor) if moderates and not own else None
    files.forget_files([file])
    matters.move_matter(complaint.matter, now=now)
    ledger.record_entry(event, actor=actor, at=now, role=role)


def _may_go(complaint: Complaint, file: file_queries.File) -> bool:
    shown = complaint.matter.messages.filter(pk=file.message_id or 0).first() if file.by_agency else None
    beside = [
        other
        for other in file_queries.list_of_matter(complaint.pk)
        if other.message_id == file.message_id and other.pk != file.pk
    ]
    return rules.may_take_evidence_back(
        needs_file=complaint.matter.topic in rules.SEEN_IN_THE_WORLD,
        is_shown=shown is not None and shown.kind == "resolution",
        others=len(beside) if shown else 0,
    )
