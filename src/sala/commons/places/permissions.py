"""Who may change the tables of places."""

from sala.core.actors import Actor, Role
from sala.core.errors import Refused


def require_may_administer(actor: Actor) -> None:
    """Raises Refused unless the actor is the system or an administrator: areas are the whole country's."""
    if not (actor.is_system or actor.holds(Role.ADMINISTRATOR)):
        raise Refused("not_allowed")
