"""Who may do what to files of their own accord; whose matter it is decides for all else."""

from sala.core.actors import Actor
from sala.core.errors import Refused


def require_system(actor: Actor) -> None:
    """Raises Refused unless the system itself acts."""
    if not actor.is_system:
        raise Refused("not_allowed")
