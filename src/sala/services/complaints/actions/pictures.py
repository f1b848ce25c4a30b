"""A moderator's word on pictures: a part of one is covered, one is shown to everyone, one is kept for the office."""

from datetime import datetime

from sala.commons.files import actions as files
from sala.commons.files import queries as file_queries
from sala.commons.ledger import actions as ledger
from sala.commons.matters import actions as matters
from sala.commons.moderation import actions as moderation
from sala.commons.moderation.actions import Breach, What
from sala.core.actors import Actor
from sala.core.errors import Conflict, NotFound
from sala.services.complaints import events, permissions
from sala.services.complaints.actions.records import locked, named
from sala.services.complaints.models import Complaint
from sala.services.complaints.rules import Privacy


def _moderated(actor: Actor, reference: str, stored_as: str) -> tuple[Complaint, file_queries.File]:
    complaint = locked(reference)
    moderation.require_may_moderate(actor, complaint)
    if complaint.privacy != Privacy.PUBLIC:
        raise Conflict("not_public")
    file = file_queries.find_file(complaint.pk, stored_as)
    if file is None:
        raise NotFound("file_gone")
    return complaint, file


def _decided(
    complaint: Complaint, what: What, breach: Breach, file_id: int, actor: Actor, now: datetime
) -> None:
    moderation.record_decision(complaint, what, breach, actor=actor, now=now, file_id=file_id)


def _tell(complaint: Complaint, decision: str, sha256: str, actor: Actor, now: datetime) -> None:
    matters.move_matter(complaint.matter, now=now)
    event = events.PictureDecided(**named(complaint), decision=decision, sha256=sha256)
    ledger.record_entry(event, actor=actor, at=now, role=moderation.moderating(actor))


@ledger.action
def cover_picture(
    *,
    actor: Actor,
    now: datetime,
    reference: str,
    stored_as: str,
    kept: files.KeptFile,
    breach: Breach = Breach.SHOWS_A_PERSON,
) -> None:
    """Everyone sees the covered copy (`kept`) in place of the picture; the uncovered one only the office.

    Raises Refused, NotFound for a file that is gone, Conflict for a complaint that is not public.
    """
    permissions.require_moderator(actor)
    complaint, file = _moderated(actor, reference, stored_as)
    copy = files.show_covered(file, kept, now=now, person_id=actor.person_id)
    _decided(complaint, What.PICTURE_COVERED, breach, copy.uncovered_id or copy.pk, actor, now)
    _tell(complaint, "covered", copy.sha256, actor, now)


@ledger.action
def show_picture(*, actor: Actor, now: datetime, reference: str, stored_as: str) -> None:
    """A moderator has looked, and everyone sees the file from now on. Raises as `cover_picture`.

    One that its sender wants for the office alone stays so: Conflict.
    """
    permissions.require_moderator(actor)
    complaint, file = _moderated(actor, reference, stored_as)
    if not file.awaits_look:
        raise Conflict("for_the_office_alone" if file.wish == files.Wish.OFFICE else "checked_already")
    files.publish_file(file, now=now)
    _tell(complaint, "shown", file.sha256, actor, now)


@ledger.action
def withhold_picture(
    *,
    actor: Actor,
    now: datetime,
    reference: str,
    stored_as: str,
    breach: Breach = Breach.SHOWS_A_PERSON,
) -> None:
    """Only the office and whoever sent it see the file from now on. Raises as `cover_picture`."""
    permissions.require_moderator(actor)
    complaint, file = _moderated(actor, reference, stored_as)
    files.withhold_file(file)
    _decided(complaint, What.PICTURE_WITHHELD, breach, file.pk, actor, now)
    _tell(complaint, "withheld", "", actor, now)
