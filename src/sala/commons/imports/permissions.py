"""Who may bring tables in."""

from sala.commons.agencies import queries as agencies
from sala.core.actors import Actor, Role
from sala.core.errors import Refused


def may_import(actor: Actor) -> bool:
    """The system itself (the command line) and administrators of the central unit.

    A table names offices, dates and laws of the whole country, so an administrator of one office does not do.
    """
    if actor.is_system:
        return True
    central = agencies.central_agency()
    return central is not None and actor.holds(Role.ADMINISTRATOR, central.code)


def require_may_import(actor: Actor) -> None:
    """Raises Refused unless the actor may bring tables in, see the runs and undo them."""
    if not may_import(actor):
        raise Refused("not_allowed")
