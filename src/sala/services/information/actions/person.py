"""What the person who asked may do: answer, remind, say what is missing, withdraw, accept."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sala.commons.drafts.actions import NO_PROOF, Proof, require_bears_link, require_is_sender
from sala.commons.files.actions import KeptFile
from sala.commons.ledger import actions as ledger
from sala.core.actors import Actor
from sala.core.characters import check_text
from sala.core.errors import Conflict, Invalid
from sala.services.information import events, permissions
from sala.services.information.actions.records import (
    iso,
    locked,
    move,
    named,
    said,
    settled,
)
from sala.services.information.models import Request
from sala.services.information.queries import cases, law
from sala.services.information.rules.standing import answer_expected_on
from sala.services.information.rules.states import Move
from sala.services.information.rules.ways import WayKind, next_ways

# More often would be a stick and no reminder; the complaint to the Board stands beside it.
REMIND_AGAIN_AFTER = timedelta(days=7)


@ledger.part_of_action("locks the person's own request")
def own(reference: str, actor: Actor, proof: Proof) -> Request:
    """The request, locked, for the person who asked. Raises NotFound, Refused."""
    request = locked(reference)
    require_is_sender(actor, request, proof)
    return request


def require_open(request: Request, kind: WayKind, now: datetime, *, on: date | None = None) -> None:
    """Raises Conflict unless the law opens this way on a day, None for today; the page offers no other."""
    case, today = cases.case_of(request), on or law.day_of(now)
    ways = next_ways(case, law.law_of(request.matter.agency), law.way_rules(), today)
    if kind not in {way.kind for way in ways}:
        raise Conflict("way_not_open")


@ledger.action
def answer_question(
    *,
    actor: Actor,
    now: datetime,
    reference: str,
    text: str,
    proof: Proof = NO_PROOF,
    kept: Sequence[KeptFile] = (),
) -> None:
    """The office has the person's answer, and its days run anew from today. Raises Refused, Invalid, Conflict."""
    request = own(reference, actor, proof)
    require_is_sender(actor, request, proof)
    check_text(text)
    move(request, Move.CLARIFY)
    request.clarified_on = law.day_of(now)
    expected = answer_expected_on(cases.case_of(request), law.law_of(request.matter.agency))
    event = events.RequestClarified(**named(request), expected_on=iso(expected))
    said(request, "answer", text, event, actor, now, kept)


@ledger.action
def add_words(
    *,
    actor: Actor,
    now: datetime,
    reference: str,
    text: str,
    proof: Proof = NO_PROOF,
    kept: Sequence[KeptFile] = (),
) -> None:
    """The office reads what the person adds without being asked; no date moves. Raises Refused, Invalid."""
    request = own(reference, actor, proof)
    require_is_sender(actor, request, proof)
    check_text(text)
    said(request, "words", text, events.PersonWrote(**named(request)), actor, now, kept)


@ledger.action
def take_outside_letter(
    *, actor: Actor, now: datetime, reference: str, text: str, kept: Sequence[KeptFile] = ()
) -> None:
    """The office alone reads a letter that came by the request's address from nobody we know. Raises Invalid."""
    permissions.require_system(actor)
    request = locked(reference)
    check_text(text)
    said(request, "letter", text, events.LetterArrived(**named(request)), actor, now, kept)


@ledger.action
def remind_office(*, actor: Actor, now: datetime, reference: str, proof: Proof = NO_PROOF) -> None:
    """The office, and whoever watches over it, is reminded that an answer is due. Once a week at most."""
    request = own(reference, actor, proof)
    require_is_sender(actor, request, proof)
    require_open(request, WayKind.REMIND, now)
    today = law.day_of(now)
    if request.reminded_on is not None and today < request.reminded_on + REMIND_AGAIN_AFTER:
        raise Conflict("reminded_lately")
    request.reminded_on = today
    ledger.record_entry(events.PersonReminded(**named(request)), actor=actor, at=now)
    settled(request, now=now)


@ledger.action
def say_what_is_missing(
    *, actor: Actor, now: datetime, reference: str, text: str, proof: Proof = NO_PROOF
) -> None:
    """The office takes the request up again because something is missing; the days to appeal run on."""
    request = own(reference, actor, proof)
    require_is_sender(actor, request, proof)
    check_text(text)
    require_open(request, WayKind.SAY_WHAT_IS_MISSING, now)
    move(request, Move.REOPEN)
    request.reopened_on = law.day_of(now)
    expected = answer_expected_on(cases.case_of(request), law.law_of(request.matter.agency))
    event = events.RequestReopened(**named(request), cause="missing", expected_on=iso(expected))
    said(request, "missing", text, event, actor, now)


@ledger.action
def attach_note(*, actor: Actor, now: datetime, reference: str, text: str, proof: Proof = NO_PROOF) -> None:
    """The person's note is kept with the record about them, whatever was decided (s. 25 para 4)."""
    request = own(reference, actor, proof)
    require_is_sender(actor, request, proof)
    check_text(text)
    require_open(request, WayKind.ATTACH_NOTE, now)
    said(request, "attached", text, events.NoteAttached(**named(request)), actor, now)


@ledger.action
def withdraw_request(*, actor: Actor, now: datetime, reference: str, proof: Proof = NO_PROOF) -> None:
    """The person needs it no more; the page stays and says so. What runs above the office stays theirs."""
    request = own(reference, actor, proof)
    require_is_sender(actor, request, proof)
    require_bears_link(actor, request, proof)
    move(request, Move.WITHDRAW)
    ledger.record_entry(events.RequestWithdrawn(**named(request)), actor=actor, at=now)
    settled(request, now=now)


@ledger.action
def accept_answer(
    *, actor: Actor, now: datetime, reference: str, proof: Proof = NO_PROOF, rating: int | None = None
) -> None:
    """The person has what they wanted; `rating` 1 to 5 says how it went. Raises Refused, Invalid, Conflict."""
    request = own(reference, actor, proof)
    require_is_sender(actor, request, proof)
    if rating is not None and not 1 <= rating <= 5:
        raise Invalid("invalid", {"rating": "choose_one"})
    move(request, Move.CLOSE)
    request.rating = rating
    ledger.record_entry(events.RequestClosed(**named(request), is_by_person=True), actor=actor, at=now)
    settled(request, now=now)
