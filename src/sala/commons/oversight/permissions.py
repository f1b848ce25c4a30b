"""Who oversees: supervisors and heads their offices and all below, auditors everybody's."""

from sala.commons.agencies import queries as agencies
from sala.core.actors import Actor, Role
from sala.core.errors import NotFound, Refused


def may_oversee(actor: Actor) -> bool:
    """Supervisors, heads and auditors."""
    return actor.holds_any(agencies.OVERSEERS) or actor.holds(Role.AUDITOR)


def may_supervise(actor: Actor) -> bool:
    """Supervisors and heads, who part out the work of an office."""
    return actor.holds_any(agencies.OVERSEERS)


def may_audit(actor: Actor) -> bool:
    """Auditors."""
    return actor.holds(Role.AUDITOR)


def require_may_audit(actor: Actor) -> None:
    """Raises Refused unless the actor is an auditor."""
    if not may_audit(actor):
        raise Refused("not_allowed")


def require_supervised(actor: Actor, wanted: str = "") -> str:
    """The office whose work the actor parts out: the one wanted, else their first. Raises NotFound."""
    mine = [grant.agency for grant in actor.grants if grant.role in agencies.OVERSEERS]
    if not mine or (wanted and wanted not in mine):
        raise NotFound("agency_not_found", agency=wanted)
    return wanted or mine[0]


def require_overseen(actor: Actor, wanted: str = "") -> tuple[str, ...]:
    """The offices whose figures the actor asks for: the one wanted and all below it, else all they oversee.

    Raises Refused for somebody who oversees none, NotFound for an office that they do not oversee.
    """
    overseen = agencies.overseen_by(actor)
    if not overseen:
        raise Refused("not_allowed")
    if not wanted:
        return overseen
    if wanted not in overseen:
        raise NotFound("agency_not_found", agency=wanted)
    return tuple(
        code
        for code in overseen
        if code == wanted or any(above.code == wanted for above in agencies.superiors_of(code))
    )
