"""Looks of staff at what a person told in confidence: for a stated purpose, recorded before anything is shown."""

from datetime import datetime, timedelta

from sala.commons.identity import actions as identity
from sala.commons.identity import queries as people
from sala.commons.identity import words as identity_words
from sala.commons.identity.actions.looks import Subject
from sala.commons.identity.requests import Request
from sala.core import clock
from sala.core.actors import STAFF, Actor
from sala.services.complaints import permissions
from sala.services.complaints.models import Complaint

# Why staff look at a complaint, those who work on it first; identity says which role may look for which.
WORKING = ("handle_complaint", "answer_caller", "tell_outcome", "correct_record", "court_order")
WATCHING = ("check_masking", "audit", "inquiry", "supervise")
_SEEN = "complaint_looks"
_LASTS = timedelta(minutes=30)
_MOST = 20


def purposes(actor: Actor, complaint: Complaint) -> list[tuple[str, str]]:
    """Why this actor may look, as (code, words); the likeliest for what they are comes first."""
    agency = _on_behalf_of(actor, complaint)
    works = actor.holds_any(STAFF, agency)
    wanted = (*WORKING, *WATCHING) if works else (*WATCHING, *WORKING)
    if not works and not permissions.may_moderate(actor, complaint):
        wanted = (*wanted[1:], wanted[0])
    may = people.purposes_open_to(actor, agency)
    return [(code, identity_words.purpose_name(code)) for code in wanted if code in may]


def record_look(request: Request, complaint: Complaint, purpose: str = "") -> None:
    """Tell the ledger and the person that their data is looked at, and why; `purpose` "" is the likeliest.

    Raises Invalid for an unknown purpose, Refused for one that is not this role's.
    """
    actor, now = request.actor, clock.now()
    identity.record_access(
        actor=actor,
        agency=_on_behalf_of(actor, complaint),
        purpose=purpose or purposes(actor, complaint)[0][0],
        subjects=[Subject(person_id=complaint.person_id, matter=complaint.matter.reference)],
        now=now,
    )
    _remember(request, complaint.matter.reference, now)


def record_once(request: Request, complaint: Complaint) -> None:
    """As `record_look`, unless this session has looked at the same complaint within half an hour: a page that
    shows five pictures is one look."""
    at = request.session.get(_SEEN, {}).get(complaint.matter.reference, "")
    if not at or clock.now() - datetime.fromisoformat(at) > _LASTS:
        record_look(request, complaint)


def record_for_caller(request: Request, complaint: Complaint) -> None:
    """Staff who open a complaint with what a caller told them look at that person's data to answer them."""
    mine = [grant.agency for grant in request.actor.grants if grant.role in STAFF]
    if mine and request.actor.person_id != complaint.person_id:
        record_look(request, complaint, "answer_caller")


def _remember(request: Request, reference: str, now: datetime) -> None:
    kept = dict(request.session.get(_SEEN, {}))
    kept.pop(reference, None)
    kept[reference] = now.isoformat()
    request.session[_SEEN] = dict(list(kept.items())[-_MOST:])


def _on_behalf_of(actor: Actor, complaint: Complaint) -> str:
    """The owner if the actor works there, else the actor's own agency."""
    mine = [grant.agency for grant in actor.grants if grant.role in permissions.READERS]
    owner = str(complaint.matter.agency)
    return owner if owner in mine else mine[0]
