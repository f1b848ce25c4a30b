"""Who may do what to a complaint: role ∧ where it stands ∧ whose it is."""

from collections.abc import Sequence

from sala.commons.agencies import queries as agencies
from sala.commons.drafts.actions import (
    NO_PROOF,
    Proof,
    is_sender,
    require_is_sender,
    shows_digits_alone,
)
from sala.commons.files.queries import File
from sala.commons.moderation.actions import (
    Decision,
    may_moderate,
    require_may_decide_appeal,
    require_not_set_aside,
)
from sala.core.actors import STAFF, Actor, Channel, Role
from sala.core.deadlines import EscalationLevel
from sala.core.digits import arabic_digits
from sala.core.errors import NotFound, Refused
from sala.platform import seals
from sala.services.complaints.models import Appeal, Complaint
from sala.services.complaints.rules import Privacy

INTAKE = frozenset({Role.OPERATOR, Role.OFFICER, Role.SUPERVISOR})
READERS = frozenset({*STAFF, Role.MODERATOR, Role.EXECUTIVE, Role.AUDITOR})


def may_work(actor: Actor, complaint: Complaint) -> bool:
    """Staff of the agency that owns it."""
    return actor.is_system or actor.holds_any(STAFF, complaint.matter.agency)


def require_may_work(actor: Actor, complaint: Complaint) -> None:
    """Raises NotFound if the actor may not know of it, Refused if they may see but not touch it."""
    require_may_read(actor, complaint)
    if not may_work(actor, complaint):
        raise Refused("not_your_agency")
    # A moderator looks first: no office's day goes into what may be spam.
    require_not_set_aside(complaint)


def may_read(actor: Actor, complaint: Complaint) -> bool:
    """Staff of the owner, of agencies it is shared with, on its way or deciding an appeal, and moderators see all
    of it; so do supervisors of the central unit once it has been told.

    A confidential complaint is seen by the owner's staff alone.
    """
    if actor.is_system or actor.holds_any(READERS, complaint.matter.agency):
        return True
    if complaint.privacy == Privacy.CONFIDENTIAL:
        return False
    if may_moderate(actor, complaint) or _is_told(actor, complaint):
        return True
    helping = {share.agency for share in complaint.shares.all()}
    passed = {handover.from_agency for handover in complaint.handovers.all()}
    deciding = {appeal.agency for appeal in complaint.appeals.all()}
    return any(actor.holds_any(READERS, agency) for agency in helping | passed | deciding)


def _is_told(actor: Actor, complaint: Complaint) -> bool:
    """The central unit's supervisors and heads, once a complaint has been told to the central unit."""
    return complaint.escalation == EscalationLevel.CENTRAL and oversees_central(actor)


def require_may_read(actor: Actor, complaint: Complaint) -> None:
    """Raises NotFound: that there is such a complaint is itself not told."""
    if not may_read(actor, complaint):
        raise NotFound("matter_not_found", reference=complaint.matter.reference)


def may_take_in(actor: Actor) -> bool:
    """Operators and counter staff, who write down what a person tells them."""
    return actor.holds_any(INTAKE)


def require_may_take_in(actor: Actor) -> None:
    """Raises Refused unless the actor takes complaints by telephone, at a counter or on paper."""
    if not may_take_in(actor):
        raise Refused("not_allowed")


def may_supervise(actor: Actor, agency: str) -> bool:
    """The supervisor or head of an agency."""
    return actor.holds_any(frozenset({Role.SUPERVISOR, Role.EXECUTIVE}), agency)


OVERSEERS = frozenset({Role.SUPERVISOR, Role.EXECUTIVE})


def overseen_agencies(actor: Actor) -> tuple[str, ...]:
    """Agencies whose work an actor oversees: their own and all below; auditors those of everybody."""
    return agencies.overseen_by(actor)


def oversees_central(actor: Actor) -> bool:
    """Supervisors and heads of the central unit, to whom everything is told that no office solves."""
    central = agencies.central_agency()
    return central is not None and actor.holds_any(OVERSEERS, central.code)


def may_oversee(actor: Actor) -> bool:
    """Supervisors, heads and auditors."""
    return actor.holds_any(OVERSEERS) or actor.holds(Role.AUDITOR)


def require_may_supervise(actor: Actor, agency: str) -> None:
    """Raises Refused unless the actor supervises or heads the agency."""
    if not may_supervise(actor, agency):
        raise Refused("not_allowed")


def deciding_role(actor: Actor, complaint: Complaint, appeal: Appeal) -> Role | None:
    """As what an actor may decide an appeal, None if they may not."""
    roles = _deciding_roles(complaint, appeal)
    return next((role for role in roles if actor.holds(role, appeal.agency)), None)


def deciders_of(complaint: Complaint, appeal: Appeal) -> list[int]:
    """The ids of those who may decide an appeal."""
    return agencies.people_with_role(appeal.agency, _deciding_roles(complaint, appeal))


def _deciding_roles(complaint: Complaint, appeal: Appeal) -> Sequence[Role]:
    """Head or supervisor of the agency above; in the office's own, its head alone."""
    is_own = appeal.agency == complaint.matter.agency
    return (Role.EXECUTIVE,) if is_own else (Role.EXECUTIVE, Role.SUPERVISOR)


def require_may_decide(actor: Actor, complaint: Complaint, appeal: Appeal) -> Role:
    """As what the actor decides. Raises NotFound if they may not know of it, Refused, Conflict for one set aside."""
    require_may_read(actor, complaint)
    role = deciding_role(actor, complaint, appeal)
    if role is None:
        raise Refused("decided_above")
    require_not_set_aside(complaint)
    return role


def require_moderator(actor: Actor) -> None:
    """Raises Refused unless the actor moderates for some agency; for which complaint is asked once it is locked."""
    if not (actor.is_system or actor.holds(Role.MODERATOR)):
        raise Refused("not_allowed")


def require_may_decide_moderation(actor: Actor, complaint: Complaint, decision: Decision) -> None:
    """Raises Refused unless the actor may decide an appeal against a moderator: never who decided it first."""
    require_may_decide_appeal(actor, complaint, decision)


def require_is_complainant(actor: Actor, complaint: Complaint, proof: Proof = NO_PROOF) -> None:
    """Raises Refused unless the actor is the one who filed, and acts for themselves."""
    require_is_sender(actor, complaint, proof)


def may_take_back(actor: Actor, complaint: Complaint, file: File, proof: Proof = NO_PROOF) -> bool:
    """Whoever added a file; the person any that is theirs, by their link or account; a moderator every one."""
    is_added_by_them = actor.person_id is not None and actor.person_id == file.added_by_id
    if is_added_by_them and (may_read(actor, complaint) or not file.by_agency):
        return True
    # A file that is taken back is gone: four guessed digits must not do it.
    is_theirs = is_sender(actor, complaint, proof) and not shows_digits_alone(actor, complaint, proof)
    if not file.by_agency and is_theirs:
        return True
    return may_moderate(actor, complaint)


def require_may_take_back(actor: Actor, complaint: Complaint, file: File, proof: Proof) -> None:
    """Raises Refused unless the file is the actor's own or the actor moderates."""
    if not may_take_back(actor, complaint, file, proof):
        raise Refused("not_your_file")


TAKEN_IN = frozenset({Channel.PHONE, Channel.COUNTER, Channel.PAPER})
# A call is received while it is written down; what was written by hand may lie for days.
ON_PAPER = frozenset({Channel.COUNTER, Channel.PAPER})


def require_may_file(actor: Actor) -> None:
    """Anyone by their own hand; by telephone, counter or paper only those who take complaints in."""
    if actor.channel in TAKEN_IN:
        require_may_take_in(actor)


def anyone_may_file(actor: Actor) -> None:
    """Everyone may file, join and keep a draft, signed in or not: the law gives the right to any person."""


def require_may_import(actor: Actor) -> None:
    """Raises Refused unless the system itself or an administrator brings data in."""
    if not (actor.is_system or actor.holds(Role.ADMINISTRATOR)):
        raise Refused("not_allowed")


def require_system(actor: Actor) -> None:
    """Raises Refused unless the clock itself acts."""
    if not actor.is_system:
        raise Refused("not_allowed")


def phone_digest(phone: str) -> str:
    """The keyed digest of a whole telephone number, however it is written; "" for less than nine digits."""
    digits = "".join(sign for sign in arabic_digits(phone) if sign in "0123456789")
    national = f"0{digits[2:]}" if digits.startswith("66") and len(digits) > 10 else digits
    return seals.digest("complaint-caller", national) if len(national) >= 9 else ""
