"""Writes of worklists: an officer's own views."""

from sala.commons.ledger import actions as ledger
from sala.commons.worklist import permissions
from sala.commons.worklist.models import SavedView
from sala.core.actors import Actor
from sala.core.errors import Invalid, NotFound

_OWN = "how an officer arranges their own list concerns nobody else"


@ledger.action_without_entry(_OWN)
def save_view(*, actor: Actor, kind: str, agency: str, name: str, filters: dict[str, str]) -> int:
    """The officer finds these filters again under a name; the same name again changes them. Raises Invalid."""
    permissions.require_is_staff(actor)
    if not name.strip():
        raise Invalid("invalid", {"name": "text_missing"})
    kept, _ = SavedView.objects.update_or_create(
        person_id=actor.person_id or 0,
        kind=kind,
        agency=agency,
        name=name.strip()[:60],
        defaults={"filters": {key: value for key, value in filters.items() if value}},
    )
    return int(kept.pk)


@ledger.action_without_entry(_OWN)
def drop_view(*, actor: Actor, view_id: int) -> None:
    """The officer's own view is gone. Raises NotFound for somebody else's."""
    permissions.require_is_staff(actor)
    gone, _ = SavedView.objects.filter(pk=view_id, person_id=actor.person_id or 0).delete()
    if not gone:
        raise NotFound("not_found")


@ledger.part_of_action("the person's erasure leaves the entry")
def forget_views(person_id: int) -> None:
    """Whoever has their account erased has no views any more."""
    SavedView.objects.filter(person_id=person_id).delete()
