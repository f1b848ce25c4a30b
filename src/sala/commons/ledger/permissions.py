"""Who may do what with the ledger itself."""

from sala.core.actors import Actor
from sala.core.errors import Refused


def require_system(actor: Actor) -> None:
    """Raises Refused unless a command of the operator acts: no page and no program restores a ledger."""
    if not actor.is_system:
        raise Refused("not_allowed")
