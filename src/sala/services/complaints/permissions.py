"""Who may do what to a complaint: role ∧ where it stands ∧ whose it is."""

import hmac
from dataclasses import dataclass

from sala.commons.agencies import queries as agencies
from sala.commons.identity import seals
from sala.core.actors import STAFF, Actor, Channel, Role
from sala.core.errors import Conflict, NotFound, Refused
from sala.services.complaints.models import Appeal, Attachment, Complaint
from sala.services.complaints.rules import EscalationLevel, Privacy

INTAKE = frozenset({Role.OPERATOR, Role.OFFICER, Role.SUPERVISOR})
READERS = frozenset({*STAFF, Role.MODERATOR, Role.EXECUTIVE, Role.AUDITOR})


@dataclass(frozen=True, slots=True)
class Proof:
    """What someone shows to be the person who filed: the secret of their link, or digits of their phone."""

    key: str = ""
    phone_tail: str = ""


NO_PROOF = Proof()


def may_work(actor: Actor, complaint: Complaint) -> bool:
    """Staff of the agency that owns it."""
    return actor.is_system or actor.holds_any(STAFF, complaint.matter.agency)


def require_may_work(actor: Actor, complaint: Complaint) -> None:
    """Raises NotFound if the actor may not know of it, Refused if they may see but not touch it."""
    require_may_read(actor, complaint)
    if not may_work(actor, complaint):
        raise Refused("not_your_agency")
    # A moderator looks first: no office's day goes into what may be spam.
    if complaint.matter.visibility == "quarantined":
        raise Conflict("set_aside")


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
    known = agencies.agencies_by_code()
    if actor.holds(Role.AUDITOR):
        return tuple(known)
    return tuple(
        code
        for code in known
        if any(
            actor.holds_any(OVERSEERS, place)
            for place in (code, *(above.code for above in agencies.superiors_of(code)))
        )
    )


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
    """As what an actor may decide an appeal: supervisor or head of the agency above; in the office's own, its head."""
    is_own = appeal.agency == complaint.matter.agency
    roles = (Role.EXECUTIVE,) if is_own else (Role.EXECUTIVE, Role.SUPERVISOR)
    return next((role for role in roles if actor.holds(role, appeal.agency)), None)


def deciders_of(complaint: Complaint, appeal: Appeal) -> list[int]:
    """The ids of those who may decide an appeal."""
    is_own = appeal.agency == complaint.matter.agency
    roles = [Role.EXECUTIVE] if is_own else [Role.EXECUTIVE, Role.SUPERVISOR]
    return agencies.people_with_role(appeal.agency, roles)


def require_may_decide(actor: Actor, complaint: Complaint, appeal: Appeal) -> Role:
    """As what the actor decides. Raises NotFound if they may not know of it, Refused, Conflict for one set aside."""
    require_may_read(actor, complaint)
    role = deciding_role(actor, complaint, appeal)
    if role is None:
        raise Refused("decided_above")
    if complaint.matter.visibility == "quarantined":
        raise Conflict("set_aside")
    return role


def may_moderate(actor: Actor, complaint: Complaint) -> bool:
    """A moderator of the owning agency or of the central unit."""
    central = agencies.central_agency()
    places = {complaint.matter.agency, *((central.code,) if central else ())}
    if complaint.privacy == Privacy.CONFIDENTIAL:
        places = {complaint.matter.agency}
    return any(actor.holds(Role.MODERATOR, place) for place in places)


def moderating(actor: Actor) -> Role:
    """As what somebody moderates: the ledger tells it also of one whose agency it does not tell."""
    return Role.SYSTEM if actor.is_system else Role.MODERATOR


def require_may_moderate(actor: Actor, complaint: Complaint) -> None:
    """Raises Refused unless the actor moderates for this complaint."""
    if not may_moderate(actor, complaint):
        raise Refused("not_allowed")


def is_complainant(actor: Actor, complaint: Complaint, proof: Proof = NO_PROOF) -> bool:
    """The person who filed: signed in, or bearing the link's secret, or knowing the phone's last four digits."""
    if actor.person_id is not None and actor.person_id == complaint.person_id:
        return True
    if proof.key and hmac.compare_digest(key_digest(proof.key), complaint.key_digest):
        return True
    if proof.key and complaint.key_digest and hmac.compare_digest(proof.key, letter_key(complaint)):
        return True
    if proof.phone_tail and complaint.phone_tail_digest:
        given = phone_tail_digest(complaint.matter.reference, proof.phone_tail)
        return hmac.compare_digest(given, complaint.phone_tail_digest)
    return False


def letter_key(complaint: Complaint) -> str:
    """The secret of the link in letters to who filed: made anew each time, good while their own link is."""
    return f"L{seals.digest('letter-key', complaint.matter.reference, complaint.key_digest)[:32]}"


def require_is_complainant(actor: Actor, complaint: Complaint, proof: Proof = NO_PROOF) -> None:
    """Raises Refused unless the actor is the one who filed."""
    if not is_complainant(actor, complaint, proof):
        raise Refused("only_who_filed")


def may_take_back(actor: Actor, complaint: Complaint, file: Attachment, proof: Proof = NO_PROOF) -> bool:
    """Whoever added a file; the person any that is theirs; a moderator every one."""
    is_added_by_them = actor.person_id is not None and actor.person_id == file.added_by_id
    if is_added_by_them and (may_read(actor, complaint) or not file.by_agency):
        return True
    if not file.by_agency and is_complainant(actor, complaint, proof):
        return True
    return may_moderate(actor, complaint)


def require_may_take_back(actor: Actor, complaint: Complaint, file: Attachment, proof: Proof) -> None:
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


def key_digest(key: str) -> str:
    """The keyed digest under which a link's secret is kept."""
    return seals.digest("complaint-key", key)


def phone_tail_digest(reference: str, tail: str) -> str:
    """The keyed digest of a phone's last four digits, good for one reference alone."""
    return seals.digest("complaint-phone", reference, tail[-4:])
