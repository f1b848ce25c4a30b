"""Who may keep words ready for an office."""

from sala.core.actors import Actor, Role
from sala.core.errors import Refused

OVERSEERS = frozenset({Role.SUPERVISOR, Role.EXECUTIVE})


def require_may_keep_words(actor: Actor, agency: str) -> None:
    """Raises Refused unless the actor supervises or heads the agency."""
    if not actor.holds_any(OVERSEERS, agency):
        raise Refused("not_allowed")


def require_may_import(actor: Actor) -> None:
    """Raises Refused unless the system itself or an administrator brings data in."""
    if not (actor.is_system or actor.holds(Role.ADMINISTRATOR)):
        raise Refused("not_allowed")


def require_system(actor: Actor) -> None:
    """Raises Refused unless the site itself acts."""
    if not actor.is_system:
        raise Refused("not_allowed")
