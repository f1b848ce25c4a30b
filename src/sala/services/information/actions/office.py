"""What an office may do short of answering: give to a desk, ask, write, note, send on, take longer, think again."""

from datetime import date, datetime
from typing import Any

from sala.commons.agencies import queries as agencies
from sala.commons.ledger import actions as ledger
from sala.core.actors import Actor
from sala.core.characters import check_text
from sala.core.errors import Conflict, Invalid
from sala.services.information import events, permissions
from sala.services.information.actions.records import (
    NOTE,
    iso,
    locked,
    move,
    named,
    said,
    settled,
)
from sala.services.information.models import Request, Transfer
from sala.services.information.queries import cases, law
from sala.services.information.rules.standing import answer_expected_on
from sala.services.information.rules.states import Move
from sala.services.information.rules.wishes import TransferBasis


@ledger.part_of_action("locks a request for the office that answers it")
def office_request(reference: str, actor: Actor, now: datetime) -> Request:
    """The request, locked, for staff of the office that answers it now. Raises NotFound, Refused."""
    request = locked(reference)
    permissions.require_may_work(actor, request, board=law.find_board(law.day_of(now)))
    return request


def expected_on(request: Request) -> str:
    """The day on which an answer is expected as the request stands now, as facts tell it."""
    return iso(answer_expected_on(cases.case_of(request), law.law_of(request.matter.agency)))


@ledger.action
def assign_request(
    *, actor: Actor, now: datetime, reference: str, desk_id: int | None = None, officer_id: int | None = None
) -> None:
    """The request lies with a desk, or with somebody. Raises Invalid for neither, or for another office's desk."""
    request = office_request(reference, actor, now)
    permissions.require_may_work(actor, request, board="")
    desks = {desk.pk: desk for desk in agencies.desks_of(request.matter.agency)}
    if desk_id is not None and desk_id not in desks or (desk_id is None and officer_id is None):
        raise Invalid("invalid", {"desk_id": "choose_one"})
    request.desk_id, request.officer_id = desk_id, officer_id
    name = desks[desk_id].name_th if desk_id is not None else ""
    ledger.record_entry(events.RequestAssigned(**named(request), desk=name), actor=actor, at=now)
    settled(request, now=now)


@ledger.action
def ask_person(*, actor: Actor, now: datetime, reference: str, text: str) -> None:
    """The person is asked what exactly they want, with help to say it; the office's days wait for them (s. 11)."""
    request = office_request(reference, actor, now)
    permissions.require_may_work(actor, request, board="")
    check_text(text)
    move(request, Move.ASK)
    request.asked_on = law.day_of(now)
    said(request, "question", text, events.ClarificationAsked(**named(request)), actor, now)


@ledger.action
def reply_to_person(*, actor: Actor, now: datetime, reference: str, text: str) -> None:
    """The office writes to the person without deciding. Raises Refused, Invalid."""
    request = office_request(reference, actor, now)
    permissions.require_may_work(actor, request, board="")
    check_text(text)
    said(request, "reply", text, events.OfficeReplied(**named(request)), actor, now)


@ledger.action
def add_note(*, actor: Actor, now: datetime, reference: str, text: str) -> None:
    """Colleagues read a note; neither the person nor anybody else does. Raises Refused, Invalid."""
    request = office_request(reference, actor, now)
    permissions.require_may_work(actor, request, board="")
    check_text(text)
    said(request, NOTE, text, events.NoteAdded(**named(request)), actor, now)


@ledger.action
def transfer_request(
    *, actor: Actor, now: datetime, reference: str, agency: str, basis: TransferBasis, reason: str
) -> None:
    """Another office answers from now on; the expected day stays (s. 12). Raises Refused, Invalid, Conflict."""
    request = office_request(reference, actor, now)
    permissions.require_may_work(actor, request, board="")
    check_text(reason, "reason")
    if agencies.find_agency(agency) is None or agency == request.matter.agency:
        raise Invalid("invalid", {"agency": "office_unknown"})
    move(request, Move.TRANSFER)
    _handed(request, agency, basis, reason, now, is_back=False)
    event: dict[str, Any] = {"basis": basis.value, "expected_on": expected_on(request)}
    _passed(request, events.RequestTransferred, agency, actor, now, event)


@ledger.action
def accept_transfer(*, actor: Actor, now: datetime, reference: str) -> None:
    """The office says that what it was sent is its to answer."""
    request = office_request(reference, actor, now)
    permissions.require_may_work(actor, request, board="")
    move(request, Move.ACCEPT)
    request.transfers.filter(accepted_at__isnull=True).update(accepted_at=now)
    ledger.record_entry(events.TransferAccepted(**named(request)), actor=actor, at=now)
    settled(request, now=now)


@ledger.action
def hand_back_request(*, actor: Actor, now: datetime, reference: str, reason: str) -> None:
    """It goes back to the office that sent it; the expected day stays. Raises Refused, Invalid, Conflict."""
    request = office_request(reference, actor, now)
    permissions.require_may_work(actor, request, board="")
    check_text(reason, "reason")
    chain = sorted(request.transfers.all(), key=lambda step: step.pk)
    move(request, Move.HAND_BACK)
    if not chain:
        raise Conflict("move_not_allowed")
    last = chain[-1]
    _handed(request, last.from_agency, TransferBasis(last.basis), reason, now, is_back=True)
    more: dict[str, Any] = {"expected_on": expected_on(request)}
    _passed(request, events.RequestHandedBack, last.from_agency, actor, now, more)


@ledger.part_of_action("the transfer leaves the entry")
def _handed(
    request: Request, agency: str, basis: TransferBasis, reason: str, now: datetime, *, is_back: bool
) -> None:
    Transfer.objects.create(
        request=request,
        from_agency=request.matter.agency,
        to_agency=agency,
        basis=basis.value,
        is_back=is_back,
        reason=reason,
        at=now,
    )


@ledger.part_of_action("records the step from office to office and settles the request there")
def _passed(
    request: Request, event: Any, agency: str, actor: Actor, now: datetime, more: dict[str, Any]
) -> None:
    """The other office has it: neither desk nor officer of the first one is any longer in charge."""
    from_agency = request.matter.agency
    request.desk_id = request.officer_id = None
    request.matter.agency = agency
    names = named(request)
    ledger.record_entry(event(**names, from_agency=from_agency, **more), actor=actor, at=now)
    settled(request, now=now, agency=agency)


@ledger.action
def extend_time(*, actor: Actor, now: datetime, reference: str, until: date, reason: str) -> None:
    """The office takes longer, until a day, because the thing is fragile: the Act allows it for nothing else (s. 11).

    Raises Refused, Invalid for no reason or a day that is not later, Conflict when no answer is owed.
    """
    request = office_request(reference, actor, now)
    permissions.require_may_work(actor, request, board="")
    if len(reason.strip()) < 20:
        raise Invalid("invalid", {"reason": "not_fragile"})
    if not request.matter.is_open:
        raise Conflict("move_not_allowed")
    if iso(until) <= max(expected_on(request), iso(law.day_of(now))):
        raise Invalid("invalid", {"until": "day_not_later"})
    request.extended_to = until
    said(request, "reply", reason, events.TimeExtended(**named(request), expected_on=iso(until)), actor, now)


@ledger.action
def reopen_request(*, actor: Actor, now: datetime, reference: str, reason: str) -> None:
    """The office thinks again: more may always be given. Raises Refused, Invalid, Conflict."""
    request = office_request(reference, actor, now)
    permissions.require_may_work(actor, request, board="")
    check_text(reason, "reason")
    move(request, Move.REOPEN)
    request.reopened_on = law.day_of(now)
    event = events.RequestReopened(**named(request), cause="office", expected_on=expected_on(request))
    said(request, "reply", reason, event, actor, now)
