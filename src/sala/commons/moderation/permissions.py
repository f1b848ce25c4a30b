"""Who moderates: where a matter is, and for all that is not confidential also in the central unit."""

from sala.commons.agencies import queries as agencies
from sala.commons.moderation import rules
from sala.commons.moderation.models import Decision, Told
from sala.commons.moderation.rules import Privacy
from sala.core.actors import Actor, Role
from sala.core.errors import Conflict, Refused


def may_moderate(actor: Actor, told: Told) -> bool:
    """A moderator of the owning agency or of the central unit."""
    central = agencies.central_agency()
    places = {told.matter.agency, *((central.code,) if central else ())}
    if told.privacy == Privacy.CONFIDENTIAL:
        places = {told.matter.agency}
    return any(actor.holds(Role.MODERATOR, place) for place in places)


def moderating(actor: Actor) -> Role:
    """As what somebody moderates: the ledger tells it also of one whose agency it does not tell."""
    return Role.SYSTEM if actor.is_system else Role.MODERATOR


def require_may_moderate(actor: Actor, told: Told) -> None:
    """Raises Refused unless the actor moderates for this matter."""
    if not may_moderate(actor, told):
        raise Refused("not_allowed")


def may_decide_appeal(actor: Actor, told: Told, decision: Decision) -> bool:
    """Another moderator of the matter, or the head of its office: never whoever decided."""
    return rules.may_decide(
        decided_by=decision.decided_by_id,
        person_id=actor.person_id,
        is_moderator_there=may_moderate(actor, told),
        is_head_there=actor.holds(Role.EXECUTIVE, told.matter.agency),
    )


def require_may_decide_appeal(actor: Actor, told: Told, decision: Decision) -> None:
    """Raises Refused unless the actor may decide this appeal."""
    if not may_decide_appeal(actor, told, decision):
        raise Refused("nobody_judges_their_own")


def require_not_set_aside(told: Told) -> None:
    """Raises Conflict for what is set aside: a moderator looks first, no office's day goes into what may be spam."""
    if told.matter.visibility == "quarantined":
        raise Conflict("set_aside")
