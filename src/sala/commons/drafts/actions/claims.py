"""Codes on paper: made for whoever told something in person, exchanged once for a link of their own."""

import secrets
from datetime import datetime

from sala.commons.drafts import permissions, rules
from sala.commons.drafts.models import Claim, Sent
from sala.commons.ledger import actions as ledger
from sala.core.actors import Actor
from sala.core.errors import NotFound, Refused
from sala.core.keys import same_key


@ledger.part_of_action("the filing that it is made for leaves the entry")
def make_claim(matter_id: int, reference: str, *, now: datetime) -> str:
    """A new code, which is shown on paper alone and kept as a digest."""
    code = rules.code_of(secrets.token_bytes(rules.CODE_LENGTH))
    Claim.objects.create(
        matter_id=matter_id, code_digest=permissions.code_digest(reference, code), made_at=now
    )
    return code


@ledger.part_of_action("the action that exchanges it leaves no entry: who opens their own link tells nobody")
def claim(sent: Sent, *, code: str, actor: Actor, now: datetime) -> str:
    """A key of the person's own link, for a code; every earlier link is worthless from then on.

    Raises Refused for staff, who take matters in and must not hold what opens them; NotFound for a wrong, used or
    old code: which of these it is nobody learns.
    """
    if actor.grants:
        raise Refused("for_the_person_alone")
    reference, kind = sent.matter.reference, sent.matter.kind
    given = permissions.code_digest(reference, code)
    for one in Claim.objects.select_for_update().filter(matter_id=sent.matter.pk):
        good = rules.is_claim_good(made_at=one.made_at, used_at=one.used_at, now=now)
        if same_key(given, one.code_digest) and good:
            one.used_at = now
            one.save(update_fields=["used_at"])
            key = secrets.token_urlsafe(12)
            sent.key_digest = permissions.key_digest(kind, key)
            sent.save(update_fields=["key_digest"])
            return key
    raise NotFound("code_not_good")
