"""Who has a desk: everyone with a role in an office reads its lists; its staff arrange them."""

from sala.core.actors import STAFF, Actor, Role
from sala.core.errors import Refused

READERS = frozenset({*STAFF, Role.MODERATOR, Role.EXECUTIVE, Role.AUDITOR})


def has_desk(actor: Actor) -> bool:
    """Whoever works for some office in a role that reads matters."""
    return actor.holds_any(READERS)


def require_is_staff(actor: Actor) -> None:
    """Raises Refused unless the actor is an officer, operator or supervisor of some office."""
    if not actor.holds_any(STAFF):
        raise Refused("not_allowed")
