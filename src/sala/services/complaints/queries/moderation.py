"""Which complaints moderators look through: all that were filed here, and files that wait for a look."""

from django.db.models import QuerySet

from sala.commons.files import queries as files
from sala.commons.moderation.queries import PAGE, moderated_by
from sala.core.actors import Actor, Role
from sala.services.complaints.models import Complaint


def filed_here() -> QuerySet[Complaint]:
    """What came from an earlier system was public there already: only what is filed here waits for a look."""
    return Complaint.objects.filter(source="")


def list_waiting_files(actor: Actor) -> list[tuple[Complaint, list[files.File]]]:
    """Complaints with the files that wait for this moderator's look, the oldest first. Two queries."""
    waiting = files.list_awaiting_look()
    mine = moderated_by(actor, Complaint.objects.all())
    mine = mine.filter(matter__visibility="public", pk__in={file.matter_id for file in waiting})
    found = mine.select_related("matter").order_by("pk")[:PAGE]
    return [(one, [file for file in waiting if file.matter_id == one.pk]) for one in found]


def count_waiting_files(actor: Actor) -> int:
    """How many complaints have a file that waits for this moderator's look, up to a page of them."""
    return len(list_waiting_files(actor)) if actor.holds(Role.MODERATOR) else 0
