"""Who may do what to an information request: role ∧ where it stands ∧ whose it is.

Proofs of who asked, who moderates and what is set aside are the drafts' and moderation's floors; here stands only
what is this service's own.
"""

from sala.commons.moderation.actions import may_moderate, require_not_set_aside
from sala.commons.moderation.queries import is_set_aside
from sala.core.actors import STAFF, Actor, Channel, Role
from sala.core.errors import NotFound, Refused
from sala.core.keys import same_key
from sala.platform import seals
from sala.services.information.models import Request, ThirdParty

TAKEN_IN = frozenset({Channel.PHONE, Channel.COUNTER, Channel.PAPER})
ON_PAPER = frozenset({Channel.COUNTER, Channel.PAPER})
READERS = frozenset({*STAFF, Role.MODERATOR, Role.EXECUTIVE, Role.AUDITOR})
# An order not to disclose is signed by somebody who answers for the office, never by whoever opened the letter: it
# can be appealed, and the Act leaves it to "officials in the line of command" (s. 15 para 2).
SIGNERS = frozenset({Role.SUPERVISOR, Role.EXECUTIVE})


WORKERS = STAFF | SIGNERS


def may_work(actor: Actor, request: Request) -> bool:
    """Staff of the office that answers it now, and its head: who signs must be able to write it."""
    return actor.is_system or actor.holds_any(WORKERS, request.matter.agency)


def may_read(actor: Actor, request: Request, *, board: str) -> bool:
    """Staff of the office that answers, of those it went through, of the Board (its code) once it was turned to, and
    who moderates it. What is set aside, moderators and the owner's staff alone.

    An office that passed a request on still sees what became of it, so that it learns where such requests belong.
    """
    if actor.is_system or actor.holds_any(READERS, request.matter.agency) or may_moderate(actor, request):
        return True
    if is_set_aside(request):
        return False
    if board and actor.holds_any(READERS, board) and request.proceedings.exists():
        return True
    passed = {transfer.from_agency for transfer in request.transfers.all()}
    return any(actor.holds_any(READERS, agency) for agency in passed)


def require_may_read(actor: Actor, request: Request, *, board: str) -> None:
    """Raises NotFound: that there is such a request is itself not told."""
    if not may_read(actor, request, board=board):
        raise NotFound("matter_not_found", reference=request.matter.reference)


def require_may_work(actor: Actor, request: Request, *, board: str) -> None:
    """Raises NotFound if the actor may not know of it, Refused if they may see but not touch it, Conflict for one
    set aside: a moderator looks first."""
    require_may_read(actor, request, board=board)
    if not may_work(actor, request):
        raise Refused("not_your_agency")
    require_not_set_aside(request)


def require_may_refuse(actor: Actor, request: Request) -> None:
    """Raises Refused unless the actor may sign an order that withholds something."""
    if not actor.holds_any(SIGNERS, request.matter.agency):
        raise Refused("refusal_needs_signer")


def require_is_board(actor: Actor, *, board: str) -> None:
    """Raises Refused unless the actor works for the Board's office, which also keeps the Tribunal's records (s. 6)."""
    if not (board and actor.holds_any(STAFF | SIGNERS, board)):
        raise Refused("not_allowed")


def mail_secret(reference: str) -> str:
    """The secret of a request's mail address: made anew each time, so that nothing of it is kept.

    Another one than the person's: whoever answers by e-mail learns it, and must not be able to withdraw with it.
    """
    return seals.digest("information-mail", reference)[:16]


def require_is_third_party(third: ThirdParty, key: str) -> None:
    """Raises NotFound unless the secret is that of the third party's own link."""
    if not same_key(third_party_digest(key), third.key_digest):
        raise NotFound("not_found")


def third_party_digest(key: str) -> str:
    """The keyed digest under which a third party's link is kept."""
    return seals.digest("information-third-party", key)


def may_take_in(actor: Actor) -> bool:
    """Operators and staff at the counter, who write down what a person wants to know."""
    return actor.holds_any(STAFF)


def require_may_file(actor: Actor) -> None:
    """Anyone by their own hand (s. 11: any person); by telephone, counter or paper those who take requests in."""
    if actor.channel in TAKEN_IN and not may_take_in(actor):
        raise Refused("not_allowed")


def require_system(actor: Actor) -> None:
    """Raises Refused unless the clock itself acts."""
    if not actor.is_system:
        raise Refused("not_allowed")


def may_supervise(actor: Actor, agency: str) -> bool:
    """The supervisor or head of an agency."""
    return actor.holds_any(SIGNERS, agency)
