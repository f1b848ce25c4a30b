"""Who may do what with accounts and records of looks; each function raises Refused, or returns quietly."""

from sala.commons.identity import rules, slots
from sala.core.actors import Actor, Role
from sala.core.errors import Invalid, Refused

ANSWERING = frozenset({Role.SUPERVISOR, Role.EXECUTIVE, Role.ADMINISTRATOR})


def require_may_sign_in(actor: Actor) -> None:
    """Anyone may sign in, but the system is nobody who could."""
    if actor.is_system:
        raise Refused("not_allowed")


def require_system(actor: Actor) -> None:
    """Only the system itself: tidying up, and filling the demonstration."""
    if not actor.is_system:
        raise Refused("not_allowed")


def require_person(actor: Actor) -> int:
    """The id of somebody signed in, for what each may do with their own things only."""
    if actor.person_id is None:
        raise Refused("sign_in_first")
    return actor.person_id


def require_may_look(actor: Actor, agency: str, purpose: str) -> tuple[rules.Purpose, Role]:
    """The purpose, and as what the actor looks for `agency`. Raises Invalid for an unknown purpose."""
    require_person(actor)
    known = slots.purposes.get(purpose)
    if known is None:
        raise Invalid("unknown_purpose")
    role = rules.role_of_look(actor, agency, known)
    if role is None:
        raise Refused("not_allowed")
    return known, role


def may_answer_questions(actor: Actor, agency: str) -> bool:
    """Whether the actor answers for `agency` when people ask why it looked."""
    return actor.holds_any(ANSWERING, agency)


def answers_for_some_agency(actor: Actor) -> bool:
    """Whether the actor answers for any agency at all."""
    return actor.holds_any(ANSWERING)


def require_may_answer(actor: Actor, agency: str) -> None:
    """Raises Refused unless the actor answers for `agency`."""
    require_person(actor)
    if not may_answer_questions(actor, agency):
        raise Refused("not_allowed")
