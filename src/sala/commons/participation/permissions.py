"""Who may sign, withdraw, enter sheets and set signatures aside."""

from sala.commons.participation import rules
from sala.commons.participation.models import Conversation
from sala.core.actors import STAFF, Actor, Role
from sala.core.errors import NotFound, Refused, SalaError

# Whoever works for the office that answers for the matter enters sheets; its supervisor sets signatures aside.
ENTER = frozenset({Role.OFFICER, Role.SUPERVISOR})


def refusal_to_sign(
    signer: rules.Signer, *, tells_apart: str, least_level: int, is_public: bool
) -> SalaError | None:
    """Why somebody may not sign here, or None if they may; whether it is open is for the database to say."""
    code = rules.refusal_of_signer(signer, tells_apart=tells_apart, least_level=least_level)
    if code == "not_found" or not is_public:
        return NotFound("not_found")
    return Refused(code) if code else None


def require_may_sign(signer: rules.Signer, *, tells_apart: str, least_level: int, is_public: bool) -> None:
    """Raises what `refusal_to_sign` finds."""
    if refusal := refusal_to_sign(
        signer, tells_apart=tells_apart, least_level=least_level, is_public=is_public
    ):
        raise refusal


def may_enter_sheets(actor: Actor, agency: str) -> bool:
    """Officers and supervisors of the matter's office."""
    return actor.holds_any(ENTER, agency)


def require_may_enter_sheets(actor: Actor, agency: str) -> None:
    """Raises Refused for whoever may not enter sheets or hold signers against a register."""
    if not may_enter_sheets(actor, agency):
        raise Refused("not_allowed")


def may_set_aside(actor: Actor, agency: str) -> bool:
    """The office's supervisor."""
    return actor.holds(Role.SUPERVISOR, agency)


def require_may_set_aside(actor: Actor, agency: str) -> None:
    """Raises Refused for whoever may not set signatures aside."""
    if not may_set_aside(actor, agency):
        raise Refused("not_allowed")


def require_may_hand_over(actor: Actor, agency: str) -> None:
    """Raises Refused for whoever may not write signatures into a file: the office's supervisor may, and the machine's
    own operator at the command line."""
    if not (actor.is_system or actor.holds(Role.SUPERVISOR, agency)):
        raise Refused("not_allowed")


def require_system(actor: Actor) -> None:
    """Raises Refused unless the clock itself acts."""
    if not actor.is_system:
        raise Refused("not_allowed")


WORKERS = frozenset({*STAFF, Role.MODERATOR, Role.EXECUTIVE})


def may_work(actor: Actor, agency: str) -> bool:
    """Staff and moderators of the office whose matter it is."""
    return actor.is_system or actor.holds_any(WORKERS, agency)


def works_somewhere(actor: Actor) -> bool:
    """Whether somebody is staff of any office."""
    return actor.holds_any(WORKERS)


def require_may_work(actor: Actor, agency: str) -> None:
    """Raises Refused unless the actor works for the office whose matter it is."""
    if not may_work(actor, agency):
        raise Refused("not_your_agency")


def require_may_vote(actor: Actor, conversation: Conversation) -> None:
    """Whoever signed in; a browser where the conversation says so. Raises NotFound if it is not public, Refused."""
    if not conversation.matter.is_public:
        raise NotFound("not_found")
    if not (actor.is_signed_in or conversation.allows_pseudonyms):
        raise Refused("sign_in_first")
