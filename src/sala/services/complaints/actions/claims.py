"""The person whose complaint somebody else wrote down exchanges the code on their paper for a link of their own."""

from datetime import datetime

from sala.commons.drafts import actions as drafts
from sala.commons.ledger import actions as ledger
from sala.core.actors import Actor
from sala.services.complaints import permissions
from sala.services.complaints.actions.records import locked


@ledger.action_without_entry("who opens their own complaint tells nobody of it")
def claim_complaint(*, actor: Actor, now: datetime, reference: str, code: str) -> str:
    """The key of the person's own link; every earlier one is worthless. Raises Refused for staff, NotFound."""
    permissions.anyone_may_file(actor)
    return drafts.claim(locked(reference), code=code, actor=actor, now=now)
