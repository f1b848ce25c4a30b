"""What moderators decided about a matter, and the appeals that wait."""

from collections.abc import Collection

from sala.commons.moderation.models import Decision
from sala.core.errors import NotFound

__all__ = ["Decision", "get_decision", "list_decisions", "list_waiting_appeals"]
MOST = 100


def list_decisions(matter_id: int) -> list[Decision]:
    """The decisions about a matter, the first one first. One query."""
    return list(Decision.objects.filter(matter_id=matter_id).order_by("pk"))


def get_decision(matter_id: int, decision_id: int) -> Decision:
    """One decision about a matter. Raises NotFound."""
    found = Decision.objects.filter(matter_id=matter_id, pk=decision_id).first()
    if found is None:
        raise NotFound("not_found")
    return found


def list_waiting_appeals(kind: str, agencies: Collection[str] | None = None) -> list[Decision]:
    """Appeals about matters of a kind that wait, the first due first, of these agencies' or of all. One query."""
    rows = Decision.objects.filter(
        matter__kind=kind, appealed_at__isnull=False, appeal_decided_at__isnull=True
    )
    if agencies is not None:
        rows = rows.filter(matter__agency__in=agencies)
    return list(rows.select_related("matter").order_by("appeal_due_at")[:MOST])
