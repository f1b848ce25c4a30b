"""Who may bring budgets in; everyone reads them."""

from sala.core.actors import Actor, Role
from sala.core.errors import Refused


def require_may_load(actor: Actor) -> None:
    """The system itself and administrators. Raises Refused for everybody else."""
    if not (actor.is_system or actor.holds(Role.ADMINISTRATOR)):
        raise Refused("not_allowed")
