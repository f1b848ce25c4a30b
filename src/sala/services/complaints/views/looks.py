"""Looks of staff at what a person told in confidence: for a stated purpose, recorded before anything is shown."""

from sala.commons.drafts import views as drafting
from sala.commons.identity import actions as identity
from sala.commons.identity import queries as people
from sala.commons.identity import slots as identity_slots
from sala.commons.identity.actions.looks import Subject
from sala.core import clock
from sala.core.actors import STAFF, Actor
from sala.core.errors import Refused
from sala.core.privacy import Privacy
from sala.platform.requests import Request
from sala.services.complaints import permissions
from sala.services.complaints.models import Complaint

# Why staff look at a complaint, those who work on it first; identity says which role may look for which.
WORKING = ("handle_complaint", "answer_caller", "tell_outcome", "correct_record", "court_order")
WATCHING = ("check_masking", "audit", "inquiry", "supervise")


def purposes(actor: Actor, complaint: Complaint) -> list[tuple[str, str]]:
    """Why this actor may look, as (code, words); the likeliest for what they are comes first."""
    agency = _on_behalf_of(actor, complaint)
    works = actor.holds_any(STAFF, agency)
    wanted = (*WORKING, *WATCHING) if works else (*WATCHING, *WORKING)
    if not works and not permissions.may_moderate(actor, complaint):
        wanted = (*wanted[1:], wanted[0])
    may = people.purposes_open_to(actor, agency)
    return [(code, str(identity_slots.purpose_words[code])) for code in wanted if code in may]


def record_look(request: Request, complaint: Complaint, purpose: str = "") -> None:
    """Tell the ledger and the person that their data is looked at, and why; `purpose` "" is the likeliest.

    Raises Invalid for an unknown purpose, Refused for one that is not this role's.
    """
    actor = request.actor
    identity.record_access(
        actor=actor,
        agency=_on_behalf_of(actor, complaint),
        purpose=purpose or purposes(actor, complaint)[0][0],
        subjects=[Subject(person_id=complaint.person_id, matter=complaint.matter.reference)],
        now=clock.now(),
    )
    drafting.remember_look(request, complaint.matter.reference)


def record_once(request: Request, complaint: Complaint) -> None:
    """As `record_look`, unless this session has looked at the same complaint within half an hour: a page that
    shows five pictures is one look."""
    if not drafting.has_looked(request, complaint.matter.reference):
        record_look(request, complaint)


def record_for_caller(request: Request, complaint: Complaint) -> None:
    """Staff who open a complaint with what a caller told them look at that person's data to answer them.

    Raises Refused for a confidential one, which its own office alone may open, and for staff who answer nobody.
    """
    if not request.actor.grants or request.actor.person_id == complaint.person_id:
        return
    mine = [grant.agency for grant in request.actor.grants if grant.role in STAFF]
    if not mine or (
        complaint.privacy == Privacy.CONFIDENTIAL and not permissions.may_read(request.actor, complaint)
    ):
        raise Refused("for_the_person_alone")
    if not drafting.has_looked(request, complaint.matter.reference):
        record_look(request, complaint, "answer_caller")


def _on_behalf_of(actor: Actor, complaint: Complaint) -> str:
    """The owner if the actor works there, else the actor's own agency."""
    mine = [grant.agency for grant in actor.grants if grant.role in permissions.READERS]
    owner = str(complaint.matter.agency)
    return owner if owner in mine else mine[0]
