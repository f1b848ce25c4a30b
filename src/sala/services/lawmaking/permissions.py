"""Who may do what to a legal question: role ∧ where it stands ∧ whose it is."""

from sala.commons.agencies import queries as agencies
from sala.core.actors import STAFF, Actor, Channel, Role
from sala.core.errors import NotFound, Refused
from sala.services.lawmaking.models import LegalQuestion

TAKEN_IN = frozenset({Channel.PHONE, Channel.COUNTER, Channel.PAPER})
ON_PAPER = frozenset({Channel.COUNTER, Channel.PAPER})
READERS = frozenset({*STAFF, Role.MODERATOR, Role.EXECUTIVE, Role.AUDITOR})
WORKERS = STAFF | {Role.EXECUTIVE}


def may_work(actor: Actor, question: LegalQuestion) -> bool:
    """Staff of the office that answers it now, and its head."""
    return actor.is_system or actor.holds_any(WORKERS, question.matter.agency)


def may_read(actor: Actor, question: LegalQuestion) -> bool:
    """Staff of the office that answers, and of those it went through: they learn where such questions belong."""
    if actor.is_system or actor.holds_any(READERS, question.matter.agency):
        return True
    return any(actor.holds_any(READERS, passing.from_agency) for passing in question.passings.all())


def require_may_read(actor: Actor, question: LegalQuestion) -> None:
    """Raises NotFound: that there is such a question is itself not told."""
    if not may_read(actor, question):
        raise NotFound("matter_not_found", reference=question.matter.reference)


def require_may_work(actor: Actor, question: LegalQuestion) -> None:
    """Raises NotFound if the actor may not know of it, Refused if they may see but not touch it."""
    require_may_read(actor, question)
    if not may_work(actor, question):
        raise Refused("not_your_agency")


def may_take_in(actor: Actor) -> bool:
    """Operators and staff at the counter, who write down what a person asks."""
    return actor.holds_any(STAFF)


def require_may_file(actor: Actor) -> None:
    """Anyone by their own hand; by telephone, counter or paper those who take questions in."""
    if actor.channel in TAKEN_IN and not may_take_in(actor):
        raise Refused("not_allowed")


def require_system(actor: Actor) -> None:
    """Raises Refused unless the clock itself acts."""
    if not actor.is_system:
        raise Refused("not_allowed")


def require_may_publish_laws(actor: Actor) -> None:
    """The system itself and administrators bring laws into the library. Raises Refused for everybody else."""
    if not (actor.is_system or actor.holds(Role.ADMINISTRATOR)):
        raise Refused("not_allowed")


def may_open_hearing(actor: Actor, agency: str = "") -> bool:
    """Staff of an office open hearings of their own office, and its head; without an office: of any."""
    if not agency:
        return actor.holds_any(WORKERS)
    return actor.is_system or actor.holds_any(WORKERS, agency)


def require_may_open_hearing(actor: Actor, agency: str) -> None:
    """Raises Refused for whoever is not of this office."""
    if not may_open_hearing(actor, agency):
        raise Refused("not_your_agency")


def require_may_speak(actor: Actor, agency: str) -> bool:
    """Whether staff of the office take this in for somebody else; anyone speaks for themselves. Raises Refused."""
    if actor.channel not in TAKEN_IN:
        return False
    if not actor.holds_any(STAFF, agency):
        raise Refused("not_your_agency")
    return True


def may_moderate_hearing(actor: Actor, agency: str) -> bool:
    """Moderators of the office or of the central unit: never the officers to whom something unwelcome was said."""
    central = agencies.central_agency()
    return any(
        actor.holds(Role.MODERATOR, place) for place in {agency, *((central.code,) if central else ())}
    )


def is_moderator(actor: Actor) -> bool:
    """Whether somebody moderates anywhere; what they may hide is asked again for each hearing."""
    return actor.holds(Role.MODERATOR)


def require_may_moderate_hearing(actor: Actor, agency: str) -> None:
    """Raises Refused for whoever is no moderator."""
    if not may_moderate_hearing(actor, agency):
        raise Refused("not_allowed")
