"""Who may change the bodies of the state and who works for them."""

from sala.core.actors import Actor, Role
from sala.core.errors import Refused


def may_administer(actor: Actor, agency: str | None = None) -> bool:
    """An administrator of the agency; the system itself always may."""
    return actor.is_system or actor.holds(Role.ADMINISTRATOR, agency)


def require_may_administer(actor: Actor, agency: str | None = None) -> None:
    """Raises Refused unless the actor may administer (that agency)."""
    if not may_administer(actor, agency):
        raise Refused("not_allowed")


def administers_some_agency(actor: Actor) -> bool:
    """An administrator of any agency at all."""
    return actor.holds(Role.ADMINISTRATOR)
