"""Dates of complaints that run: begun, begun anew, and moved because a holiday was declared later."""

from datetime import datetime

from sala.commons.deadlines import actions as deadlines
from sala.commons.ledger import actions as ledger
from sala.commons.matters import actions as matters
from sala.core.actors import SYSTEM, Actor
from sala.core.errors import Conflict
from sala.services.complaints import events, permissions
from sala.services.complaints.actions.records import due_day, locked, named
from sala.services.complaints.models import Complaint

# The clock of an appeal runs beside the complaint's own.
APPEAL = "appeal"


@ledger.action
def move_date(*, now: datetime, reference: str, clock: str = "", actor: Actor = SYSTEM) -> datetime:
    """The person and the office read that a holiday moved the date; returns it. Raises Conflict if it stands."""
    permissions.require_system(actor)
    complaint = locked(reference)
    was_at = _date_of(complaint, clock)
    due_at = deadlines.recount_deadline(complaint.matter, clock=clock)
    if due_at is None:
        raise Conflict("date_stands")
    if clock == APPEAL:
        complaint.appeals.filter(decided_at__isnull=True).update(due_at=due_at)
        matters.move_matter(complaint.matter, now=now)
    else:
        matters.move_matter(complaint.matter, now=now, due_at=due_at)
    event = events.DateMoved(**named(complaint), was_on=due_day(was_at), due_on=due_day(due_at), clock=clock)
    ledger.record_entry(event, actor=actor, at=now)
    return due_at


def _date_of(complaint: Complaint, clock: str) -> datetime | None:
    if clock != APPEAL:
        due_at: datetime | None = complaint.matter.due_at
        return due_at
    waiting = complaint.appeals.filter(decided_at__isnull=True).first()
    return waiting.due_at if waiting else None
