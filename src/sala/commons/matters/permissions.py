"""Who may see a matter."""

from sala.commons.matters.models import Matter
from sala.commons.matters.rules import Visibility
from sala.core.actors import Actor, Role
from sala.core.errors import NotFound, Refused

MAY_LOOK_INSIDE = frozenset(
    {Role.OFFICER, Role.SUPERVISOR, Role.OPERATOR, Role.MODERATOR, Role.EXECUTIVE, Role.AUDITOR}
)


def may_see(actor: Actor, matter: Matter, shared_with: frozenset[str] = frozenset()) -> bool:
    """Public matters everyone; others the owning agency's staff and those of agencies it is shared with."""
    if matter.visibility == Visibility.PUBLIC or actor.is_system:
        return True
    if matter.visibility == Visibility.QUARANTINED:
        return actor.holds(Role.MODERATOR)
    return any(actor.holds_any(MAY_LOOK_INSIDE, agency) for agency in {matter.agency, *shared_with})


def require_may_see(actor: Actor, matter: Matter, shared_with: frozenset[str] = frozenset()) -> None:
    """Raises NotFound, not Refused: that there is such a matter is itself not told."""
    if not may_see(actor, matter, shared_with):
        raise NotFound("matter_not_found", reference=matter.reference)


def require_signed_in(actor: Actor) -> None:
    """Raises Refused unless someone is signed in."""
    if not actor.is_signed_in:
        raise Refused("sign_in_first")


def require_system(actor: Actor) -> None:
    """Raises Refused unless the clock itself, or a command of the operator, acts."""
    if not actor.is_system:
        raise Refused("not_allowed")


def anyone_with_the_letter(actor: Actor) -> None:
    """Whoever holds a letter's secret may end its following, signed in or not: the secret is the permission."""
