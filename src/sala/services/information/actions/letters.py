"""First letters: whoever wrote one is asked whether it was them, before anything of it goes anywhere."""

from datetime import datetime

from sala.commons.ledger import actions as ledger
from sala.commons.matters import slots
from sala.core.actors import SYSTEM, Actor
from sala.services.information import letters, permissions


@ledger.action_without_entry("what somebody wrote is a draft, and nobody's business until they send it")
def ask_writer(
    *, now: datetime, to: str, address: str, language: str, key: str, actor: Actor = SYSTEM
) -> bool:
    """The sender has a letter with the way to what they wrote; False if one of this `key` was posted before."""
    permissions.require_system(actor)
    return slots.post([letters.ask_writer(to=to, address=address, language=language, key=key)], now=now) > 0
