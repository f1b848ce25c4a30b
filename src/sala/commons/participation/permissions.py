"""Who may do what in a conversation: who votes, who adds a statement, who opens, looks through and closes."""

from sala.commons.participation.models import Conversation
from sala.core.actors import STAFF, Actor, Role
from sala.core.errors import NotFound, Refused

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


def require_system(actor: Actor) -> None:
    """Raises Refused unless the clock itself acts."""
    if not actor.is_system:
        raise Refused("not_allowed")
