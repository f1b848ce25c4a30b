"""Consent, where consent truly is the basis; withdrawing is one act, as giving is."""

import re
from datetime import datetime

from sala.commons.identity import events, permissions
from sala.commons.identity.models import Consent
from sala.commons.ledger import actions as ledger
from sala.core.actors import Actor
from sala.core.errors import Conflict, Invalid, NotFound

_CODE = re.compile(r"[a-z][a-z0-9_.-]{0,39}")


@ledger.action
def give_consent(*, actor: Actor, purpose: str, wording: str, now: datetime) -> None:
    """Agree to a purpose in a numbered wording. Raises Conflict if that consent is in force already."""
    person_id = permissions.require_person(actor)
    if not _CODE.fullmatch(purpose) or not wording or len(wording) > 20:
        raise Invalid("unknown_purpose")
    _, is_new = Consent.objects.get_or_create(
        person_id=person_id,
        purpose=purpose,
        withdrawn_at=None,
        defaults={"wording": wording, "given_at": now},
    )
    if not is_new:
        raise Conflict("consent_in_force")
    ledger.record_entry(events.ConsentGiven(purpose=purpose, wording=wording), actor=actor, at=now)


@ledger.action
def withdraw_consent(*, actor: Actor, consent_id: int, now: datetime) -> None:
    """Withdraw my consent from now on. Raises NotFound if it is not mine or not in force."""
    person_id = permissions.require_person(actor)
    consent = (
        Consent.objects.select_for_update()
        .filter(pk=consent_id, person_id=person_id, withdrawn_at=None)
        .first()
    )
    if consent is None:
        raise NotFound("not_found")
    consent.withdrawn_at = now
    consent.save(update_fields=["withdrawn_at"])
    ledger.record_entry(events.ConsentWithdrawn(purpose=consent.purpose), actor=actor, at=now)
