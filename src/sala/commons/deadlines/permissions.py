"""Who may bring in what sets deadlines."""

from sala.core.actors import Actor, Role
from sala.core.errors import Refused


def require_may_import(actor: Actor) -> None:
    """Raises Refused unless the system itself or an administrator brings data in."""
    if not (actor.is_system or actor.holds(Role.ADMINISTRATOR)):
        raise Refused("not_allowed")


def require_system(actor: Actor) -> None:
    """Raises Refused unless the clock itself acts."""
    if not actor.is_system:
        raise Refused("not_allowed")
