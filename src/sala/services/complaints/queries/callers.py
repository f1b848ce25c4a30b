"""What a caller told before, found by the whole telephone number: for who takes the call, who records that look."""

from sala.core.actors import Actor
from sala.services.complaints import permissions
from sala.services.complaints.models import Complaint

SHOWN = 10


def list_of_caller(phone: str, actor: Actor) -> list[Complaint]:
    """The newest complaints filed with this number that the actor may read or everyone may. Two queries at least."""
    digest = permissions.phone_digest(phone)
    if not digest:
        return []
    rows = Complaint.objects.filter(phone_digest=digest).exclude(matter__visibility="quarantined")
    found = rows.select_related("matter").prefetch_related("shares", "handovers", "appeals").order_by("-pk")
    return [
        complaint
        for complaint in found[: 5 * SHOWN]
        if complaint.matter.is_public or permissions.may_read(actor, complaint)
    ][:SHOWN]
