"""How officers and supervisors arrange their desk: views of the list, words kept ready for answers."""

from sala.commons.ledger import actions as ledger
from sala.core.actors import Actor
from sala.core.errors import Conflict, Invalid, NotFound
from sala.services.complaints import permissions
from sala.services.complaints.models import ReplyTemplate, SavedView

LONGEST_TEMPLATE = 4000
_UNSAID = "words an agency keeps ready say nothing until someone sends them"


@ledger.action_without_entry("how an officer arranges their own list concerns nobody else")
def drop_view(*, actor: Actor, view_id: int) -> None:
    """The officer's own view is gone. Raises NotFound for somebody else's."""
    permissions.require_may_take_in(actor)
    gone, _ = SavedView.objects.filter(pk=view_id, person_id=actor.person_id or 0).delete()
    if not gone:
        raise NotFound("not_found")


@ledger.action_without_entry(_UNSAID)
def save_template(*, actor: Actor, agency: str, name: str, text: str, template_id: int | None = None) -> int:
    """Words the officers of an agency find ready: new ones, or those of `template_id` changed.

    Raises Refused unless the actor supervises the agency, Invalid for missing words, Conflict for a name twice.
    """
    permissions.require_may_supervise(actor, agency)
    fields = {key: "text_missing" for key, value in (("name", name), ("text", text)) if not value.strip()}
    if len(text) > LONGEST_TEMPLATE:
        fields["text"] = "text_too_long"
    if fields:
        raise Invalid("invalid", fields)
    own = ReplyTemplate.objects.filter(agency=agency)
    if own.filter(name=name.strip()[:80]).exclude(pk=template_id or 0).exists():
        raise Conflict("name_taken")
    kept = own.select_for_update().filter(pk=template_id).first() if template_id else None
    if template_id and kept is None:
        raise NotFound("not_found")
    kept = kept or ReplyTemplate(agency=agency)
    kept.name, kept.text = name.strip()[:80], text.strip()
    kept.save()
    return int(kept.pk)


@ledger.action_without_entry(_UNSAID)
def drop_template(*, actor: Actor, agency: str, template_id: int) -> None:
    """The words are gone from the list; what was sent with them stays. Raises Refused, NotFound."""
    permissions.require_may_supervise(actor, agency)
    gone, _ = ReplyTemplate.objects.filter(pk=template_id, agency=agency).delete()
    if not gone:
        raise NotFound("not_found")
