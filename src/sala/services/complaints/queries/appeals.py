"""Appeals that wait, for whom; whether a person may still make one."""

from datetime import datetime

from sala.core.actors import Actor
from sala.services.complaints import permissions, rules
from sala.services.complaints.models import Appeal, Complaint
from sala.services.complaints.queries.clock import due_after

MOST = 50


def may_appeal(complaint: Complaint, now: datetime) -> bool:
    """Whether the person who filed may appeal now against how it ended."""
    matter = complaint.matter
    closed_at = matter.closed_at
    if closed_at is None or complaint.outcome not in rules.APPEALABLE:
        return False
    return rules.may_appeal(
        outcome=complaint.outcome,
        closed_at=closed_at,
        until=due_after("appeal", topic=matter.topic, agency=matter.agency, start=closed_at),
        appealed_at=max((a.filed_at for a in complaint.appeals.all()), default=None),
        now=now,
    )


def find_waiting(complaint: Complaint) -> Appeal | None:
    """The appeal that is not decided yet, or None; `appeals` is at hand or read now."""
    return next((a for a in complaint.appeals.all() if a.decided_at is None), None)


def list_waiting(actor: Actor) -> list[Appeal]:
    """Appeals that this actor may decide, the first due first. One query; none for those who decide nothing."""
    mine = [agency for agency in actor.agencies if permissions.may_supervise(actor, agency)]
    if not mine:
        return []
    rows = Appeal.objects.filter(agency__in=mine, decided_at__isnull=True)
    rows = rows.exclude(complaint__matter__visibility="quarantined").select_related("complaint__matter")
    found = rows.order_by("due_at", "pk")[:MOST]
    return [appeal for appeal in found if permissions.deciding_role(actor, appeal.complaint, appeal)]


def told_of(step: object, complaint_id: int) -> list[int]:
    """The people who must decide an appeal just made: ids, for a letter."""
    waiting = Appeal.objects.select_related("complaint__matter").filter(
        complaint_id=complaint_id, decided_at__isnull=True
    )
    appeal = waiting.first()
    return permissions.deciders_of(appeal.complaint, appeal) if appeal else []
