"""Above the office: complaints to the Board (s. 13) and appeals through it to the Tribunal (s. 18, 25, 37)."""

from dataclasses import dataclass
from datetime import date, datetime

from sala.commons.deadlines import actions as deadlines
from sala.commons.drafts.actions import NO_PROOF, Proof, require_bears_link, require_is_sender
from sala.commons.ledger import actions as ledger
from sala.commons.moderation.actions import require_not_set_aside
from sala.commons.moderation.queries import words_committed
from sala.core.actors import Actor
from sala.core.characters import check_text
from sala.core.deadlines import problem_of_received_day
from sala.core.errors import Conflict, Invalid, NotFound
from sala.engines import thai
from sala.services.information import events, permissions
from sala.services.information.actions.person import own, require_open
from sala.services.information.actions.records import (
    counted,
    iso,
    locked,
    move,
    named,
    public_words,
    settled,
)
from sala.services.information.models import Proceeding, Request
from sala.services.information.queries import cases, law
from sala.services.information.rules.proceedings import Kind, Ruling, Stage, Step, step
from sala.services.information.rules.states import ANSWERED, Move, Status
from sala.services.information.rules.ways import WayKind

COMPLAINTS = frozenset(
    {
        WayKind.COMPLAIN_SLOW,
        WayKind.COMPLAIN_NOT_GIVEN,
        WayKind.COMPLAIN_NOT_HELD,
        WayKind.COMPLAIN_NOT_OBEYED,
    }
)
_KIND_OF_APPEAL = {
    WayKind.APPEAL_REFUSAL: Kind.APPEAL,
    WayKind.APPEAL_CORRECTION: Kind.CORRECTION_APPEAL,
}
_FINDS_FOR_PERSON = frozenset({Ruling.UPHELD, Ruling.PARTLY_UPHELD})
LONGEST_NUMBER = 40


@ledger.action
def lodge_complaint(
    *, actor: Actor, now: datetime, reference: str, against: WayKind, text: str, proof: Proof = NO_PROOF
) -> date:
    """The Board has the person's complaint (s. 13); the day by which it decides is returned.

    Raises Refused unless they asked, Invalid for no words, Conflict where the law does not open this way today.
    """
    request = own(reference, actor, proof)
    require_is_sender(actor, request, proof)
    check_text(text)
    if against not in COMPLAINTS:
        raise Conflict("way_not_open")
    require_open(request, against, now)
    row = _lodged(request, Kind.COMPLAINT, text, now)
    event = events.ComplaintLodged(**named(request), against=against.value, due_on=iso(row.due_on))
    ledger.record_entry(
        event, actor=actor, at=now, secret=words_committed(public_words(request, text), text, b"")
    )
    settled(request, now=now)
    due_on: date = row.due_on
    return due_on


@ledger.action
def lodge_appeal(
    *, actor: Actor, now: datetime, reference: str, way: WayKind, text: str, proof: Proof = NO_PROOF
) -> date:
    """The Board has the person's appeal and passes it on to the Tribunal (s. 18, 25) by the day returned.

    Raises Refused unless they asked, Invalid for no words, Conflict where the law does not open this way today.
    """
    request = own(reference, actor, proof)
    require_is_sender(actor, request, proof)
    check_text(text)
    if way not in _KIND_OF_APPEAL:
        raise Conflict("way_not_open")
    require_open(request, way, now)
    row = _lodged(request, _KIND_OF_APPEAL[way], text, now)
    event = events.AppealLodged(**named(request), by="person", due_on=iso(row.due_on))
    ledger.record_entry(
        event, actor=actor, at=now, secret=words_committed(public_words(request, text), text, b"")
    )
    settled(request, now=now)
    due_on: date = row.due_on
    return due_on


@ledger.part_of_action("the complaint or the appeal leaves the entry")
def _lodged(
    request: Request, kind: Kind, text: str, now: datetime, *, number: str = "", on: date | None = None
) -> Proceeding:
    """A proceeding of the person, with its clock by the Board's calendar, from the day it came (`on`, or today)."""
    today, board = on or law.day_of(now), law.find_board(law.day_of(now))
    period = "complain_decide" if kind is Kind.COMPLAINT else "forward"
    agency = board or request.matter.agency
    row = Proceeding.objects.create(
        request=request,
        answer=cases.last_answer(request),
        kind=kind.value,
        stage=Stage.AT_BOARD.value,
        text=text,
        public_text=public_words(request, text),
        board_number=number,
        is_recorded_for=bool(number),
        filed_on=today,
        due_on=law.law_of(agency).until(period, today),
    )
    _run(request, row, period, agency, today)
    return row


@ledger.part_of_action("the step that begins the clock leaves the entry")
def _run(request: Request, row: Proceeding, period: str, agency: str, event_on: date) -> None:
    clock = clock_of(row)
    deadlines.run_deadline(request.matter, counted(period, agency, event_on), clock=clock, agency=agency)


def clock_of(row: Proceeding) -> str:
    """The name of a proceeding's clock beside the request's own."""
    return f"above-{row.pk}"


@ledger.action
def withdraw_proceeding(
    *, actor: Actor, now: datetime, reference: str, proceeding_id: int, proof: Proof = NO_PROOF
) -> None:
    """The person takes a complaint or an appeal back. Raises Refused, NotFound, Conflict once it is decided."""
    request = own(reference, actor, proof)
    require_is_sender(actor, request, proof)
    require_bears_link(actor, request, proof)
    row = _row(request, proceeding_id)
    if row.kind == Kind.OBJECTOR_APPEAL:
        raise NotFound("not_found")
    row.stage = step(Kind(row.kind), Stage(row.stage), Step.WITHDRAW).value
    row.save()
    deadlines.end_deadline(request.matter, clock=clock_of(row), now=now)
    ledger.record_entry(events.ProceedingWithdrawn(**named(request), what=row.kind), actor=actor, at=now)
    settled(request, now=now)


def _row(request: Request, proceeding_id: int) -> Proceeding:
    row: Proceeding | None = next((r for r in request.proceedings.all() if r.pk == proceeding_id), None)
    if row is None:
        raise NotFound("not_found")
    return row


@ledger.part_of_action("locks a request for the Board's office")
def _at_board(reference: str, actor: Actor, now: datetime) -> tuple[Request, str]:
    request, board = locked(reference), law.find_board(law.day_of(now))
    permissions.require_is_board(actor, board=board)
    permissions.require_may_read(actor, request, board=board)
    require_not_set_aside(request)
    return request, board


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """A complaint or an appeal that reached the Board on paper: what it is against, its words, the Board's number.

    `received_on` is the day it came, None for today: the law counts from it, whenever it is recorded.
    """

    against: WayKind
    text: str
    number: str
    received_on: date | None = None


@ledger.action
def record_outside(*, actor: Actor, now: datetime, reference: str, outside: Outside) -> date:
    """The Board's office records what reached it on paper, so that its clock is seen here too.

    Raises Refused, Invalid, Conflict where the law does not open the way today.
    """
    request, board = locked(reference), law.find_board(law.day_of(now))
    permissions.require_is_board(actor, board=board)
    require_not_set_aside(request)
    check_text(outside.text)
    if not 0 < len(outside.number.strip()) <= LONGEST_NUMBER:
        raise Invalid("invalid", {"number": "text_missing"})
    on = _came_on(outside, law.day_of(now))
    require_open(request, outside.against, now, on=on)
    kind = Kind.COMPLAINT if outside.against in COMPLAINTS else _KIND_OF_APPEAL.get(outside.against)
    if kind is None:
        raise Conflict("way_not_open")
    row = _lodged(request, kind, outside.text, now, number=outside.number.strip(), on=on)
    due_on = iso(row.due_on)
    event = (
        events.ComplaintLodged(**named(request), against=outside.against.value, due_on=due_on)
        if kind is Kind.COMPLAINT
        else events.AppealLodged(**named(request), by="person", due_on=due_on)
    )
    committed = words_committed(public_words(request, outside.text), outside.text, b"")
    ledger.record_entry(event, actor=actor, at=now, secret=committed)
    settled(request, now=now)
    day: date = row.due_on
    return day


def _came_on(outside: Outside, today: date) -> date:
    """The day a paper reached the Board. Raises Invalid for one that has not come, or that lies too far back."""
    on = outside.received_on or today
    days_back = next(p.days for p in law.periods() if p.code == "paper_entry")
    if wrong := problem_of_received_day(on, today=today, days_back=days_back):
        raise Invalid("invalid", {"received_on": wrong})
    return on


@ledger.action
def forward_appeal(*, actor: Actor, now: datetime, reference: str, proceeding_id: int) -> date:
    """The Board passes an appeal on; the Tribunal decides by the day returned (s. 37). Raises Refused, Conflict."""
    request, board = _at_board(reference, actor, now)
    permissions.require_is_board(actor, board=board)
    row, today = _row(request, proceeding_id), law.day_of(now)
    row.stage = step(Kind(row.kind), Stage(row.stage), Step.FORWARD).value
    in_time = today <= row.due_on
    row.forwarded_on, row.due_on = today, law.law_of(board).until("tribunal_decide", today)
    row.save()
    deadlines.end_deadline(request.matter, clock=clock_of(row), now=now)
    _run(request, row, "tribunal_decide", board, today)
    event = events.AppealForwarded(**named(request), due_on=iso(row.due_on), in_time=in_time)
    ledger.record_entry(event, actor=actor, at=now)
    settled(request, now=now)
    due_on: date = row.due_on
    return due_on


@ledger.action
def extend_proceeding(
    *, actor: Actor, now: datetime, reference: str, proceeding_id: int, reason: str
) -> date:
    """Whoever decides needs longer and says why: sixty days in all, once (s. 13 para 2, 37 para 3).

    Raises Refused, NotFound, Invalid for no reason, Conflict where that was done or nothing is to be decided.
    """
    request, board = _at_board(reference, actor, now)
    permissions.require_is_board(actor, board=board)
    check_text(reason, "reason")
    row = _row(request, proceeding_id)
    began, period = _decided_within(row)
    if row.is_extended or began is None or not cases.proceeding_of(row).is_running:
        raise Conflict("move_not_allowed")
    row.is_extended, row.extension_reason = True, thai.cover(reason)
    row.due_on = law.law_of(board).until(f"{period}_extended", began)
    row.save()
    deadlines.end_deadline(request.matter, clock=clock_of(row), now=now)
    _run(request, row, f"{period}_extended", board, began)
    event = events.ProceedingExtended(**named(request), by=_who(row), due_on=iso(row.due_on))
    ledger.record_entry(event, actor=actor, at=now)
    settled(request, now=now)
    due_on: date = row.due_on
    return due_on


def _decided_within(row: Proceeding) -> tuple[date | None, str]:
    """Since when, and by which period, whoever has a proceeding decides it; an appeal only once it was passed on."""
    if row.kind == Kind.COMPLAINT:
        return row.filed_on, "complain_decide"
    return row.forwarded_on, "tribunal_decide"


def _who(row: Proceeding) -> str:
    return "board" if row.kind == Kind.COMPLAINT else "tribunal"


@ledger.action
def decide_proceeding(
    *,
    actor: Actor,
    now: datetime,
    reference: str,
    proceeding_id: int,
    ruling: Ruling,
    text: str,
    number: str = "",
) -> None:
    """It is decided, and everyone reads how. Where the person was right the office takes the request up again.

    Raises Refused unless the Board's office records it, NotFound, Invalid, Conflict from where it cannot be decided.
    """
    request, board = _at_board(reference, actor, now)
    permissions.require_is_board(actor, board=board)
    check_text(text)
    row, today = _row(request, proceeding_id), law.day_of(now)
    row.stage = step(Kind(row.kind), Stage(row.stage), Step.DECIDE).value
    row.ruling, row.decided_on, row.ruling_text = ruling.value, today, thai.cover(text)
    row.board_number = number.strip()[:LONGEST_NUMBER] or row.board_number
    row.save()
    deadlines.end_deadline(request.matter, clock=clock_of(row), now=now)
    if row.kind != Kind.OBJECTOR_APPEAL:
        _take_up_again(request, ruling, today)
    event = events.ProceedingDecided(
        **named(request), by=_who(row), what=row.kind, ruling=ruling.value, in_time=today <= row.due_on
    )
    ledger.record_entry(
        event, actor=actor, at=now, secret=words_committed(public_words(request, text), text, b"")
    )
    settled(request, now=now)


def _take_up_again(request: Request, ruling: Ruling, today: date) -> None:
    """The office owes what was ruled: it has the request again, from today. One that is open stays so."""
    if ruling in _FINDS_FOR_PERSON and request.state in ANSWERED | {Status.CLOSED}:
        move(request, Move.REOPEN)
        request.reopened_on = today
