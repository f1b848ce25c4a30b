"""Those whom an answer would touch (s. 17): asked, heard, told that they are not heard, appealing."""

import json
import secrets
from dataclasses import dataclass
from datetime import date, datetime

from sala.commons.deadlines import actions as deadlines
from sala.commons.ledger import actions as ledger
from sala.core.actors import Actor
from sala.core.characters import check_text
from sala.core.errors import Conflict, Invalid, NotFound
from sala.platform import seals
from sala.services.information import events, permissions
from sala.services.information.actions.office import office_request
from sala.services.information.actions.records import counted, iso, locked, move, named, settled
from sala.services.information.models import Proceeding, Request, ThirdParty
from sala.services.information.queries import cases, law
from sala.services.information.rules import proceedings
from sala.services.information.rules.periods import period_in_force
from sala.services.information.rules.states import Move, Status
from sala.services.information.rules.third_parties import Reply, check_object_until, is_heard
from sala.services.information.rules.ways import WayKind, ways_of_third_party


@dataclass(frozen=True, slots=True)
class Asked:
    """A third party was asked: which row it is, and the secret of their own page, for their letter alone."""

    id: int
    key: str


@ledger.action
def ask_third_party(
    *,
    actor: Actor,
    now: datetime,
    reference: str,
    name: str,
    address: str,
    about: str,
    received_on: date,
    object_until: date,
) -> Asked:
    """Somebody is told which part concerns them and until when they may object, 15 days at least (s. 17 para 1).

    `received_on` is the day the notice reaches them. Raises Refused, Invalid, Conflict.
    """
    request = office_request(reference, actor, now)
    permissions.require_may_work(actor, request, board="")
    check_text(about, "about")
    check_text(name, "name")
    if received_on < law.day_of(now):
        raise Invalid("invalid", {"received_on": "day_passed"})
    rules = law.law_of(request.matter.agency)
    least = period_in_force(rules.periods, "object", received_on)
    check_object_until(object_until, received_on=received_on, least=least, calendar=rules.calendar)
    move(request, Move.CONSULT)
    key = secrets.token_urlsafe(12)
    row = ThirdParty.objects.create(
        request=request,
        contact_sealed=seals.seal(json.dumps([name, address], ensure_ascii=False)),
        key_digest=permissions.third_party_digest(key),
        about=about,
        received_on=received_on,
        object_until=object_until,
    )
    event = events.ThirdPartyAsked(**named(request), object_until=iso(object_until))
    ledger.record_entry(event, actor=actor, at=now)
    settled(request, now=now)
    return Asked(int(row.pk), key)


def _own_row(request: Request, third_id: int, key: str) -> ThirdParty:
    row: ThirdParty | None = next((row for row in request.third_parties.all() if row.pk == third_id), None)
    if row is None:
        raise NotFound("not_found")
    permissions.require_is_third_party(row, key)
    return row


@ledger.action
def reply_as_third_party(
    *, actor: Actor, now: datetime, reference: str, third_id: int, key: str, is_objection: bool, text: str
) -> None:
    """A third party agrees or objects; the office weighs it. Raises NotFound, Invalid, Conflict after their days."""
    request = locked(reference)
    row = _own_row(request, third_id, key)
    permissions.require_is_third_party(row, key)
    check_text(text, needed=is_objection)
    if is_heard(cases.notice_of(row), law.day_of(now)):
        raise Conflict("days_are_over")
    row.reply = (Reply.OBJECTS if is_objection else Reply.AGREES).value
    row.reply_text, row.replied_at = text, now
    row.save()
    event = events.ThirdPartyReplied(**named(request), is_objection=is_objection)
    ledger.record_entry(event, actor=actor, at=now)
    hear_out(request, now)
    settled(request, now=now)


@ledger.part_of_action("the step by which the last one was heard leaves the entry")
def hear_out(request: Request, now: datetime) -> None:
    """Nobody is waited for any more once each has answered or their days are over: the office decides."""
    rows = ThirdParty.objects.filter(request=request)
    if request.state is Status.CONSULTING and all(
        is_heard(cases.notice_of(row), law.day_of(now)) for row in rows
    ):
        move(request, Move.HEARD)


@ledger.action
def end_hearing(*, actor: Actor, now: datetime, reference: str) -> None:
    """The office goes on: everybody it concerns has answered, or their days are over. Raises Conflict else."""
    request = office_request(reference, actor, now)
    permissions.require_may_work(actor, request, board="")
    if not all(is_heard(notice, law.day_of(now)) for notice in cases.notices_of(request)):
        raise Conflict("third_party_not_heard")
    move(request, Move.HEARD)
    ledger.record_entry(events.HearingEnded(**named(request)), actor=actor, at=now)
    settled(request, now=now)


@ledger.action
def overrule_objection(*, actor: Actor, now: datetime, reference: str, third_id: int, text: str) -> date:
    """An objection is not heard, with reasons; the objector's days to appeal begin. The last of them is returned.

    A supervisor or the head signs. Raises Refused, NotFound, Invalid, Conflict.
    """
    request = office_request(reference, actor, now)
    permissions.require_may_refuse(actor, request)
    check_text(text)
    row = next((row for row in request.third_parties.all() if row.pk == third_id), None)
    if row is None:
        raise NotFound("not_found")
    if row.reply != Reply.OBJECTS or row.overruled_on is not None:
        raise Conflict("move_not_allowed")
    row.overruled_on, row.decision_text = law.day_of(now), text
    row.save()
    until = law.law_of(request.matter.agency).until("appeal", row.overruled_on)
    ledger.record_entry(
        events.ObjectionOverruled(**named(request), appeal_until=iso(until)), actor=actor, at=now
    )
    settled(request, now=now)
    return until


@ledger.action
def appeal_as_third_party(
    *, actor: Actor, now: datetime, reference: str, third_id: int, key: str, text: str
) -> date:
    """Whoever's objection was not heard appeals: nothing is given before it is decided (s. 17, 18).

    The day by which the Board passes it on is returned. Raises NotFound, Invalid, Conflict.
    """
    request = locked(reference)
    row = _own_row(request, third_id, key)
    permissions.require_is_third_party(row, key)
    check_text(text)
    today, board = law.day_of(now), law.find_board(law.day_of(now))
    rules = law.law_of(board or request.matter.agency)
    open_ways = ways_of_third_party(cases.notice_of(row), rules, law.way_rules(), today)
    if WayKind.APPEAL_OVERRULED not in {way.kind for way in open_ways}:
        raise Conflict("way_not_open")
    due_on = rules.until("forward", today)
    made = Proceeding.objects.create(
        request=request,
        third_party=row,
        kind=proceedings.Kind.OBJECTOR_APPEAL.value,
        stage=proceedings.Stage.AT_BOARD.value,
        text=text,
        filed_on=today,
        due_on=due_on,
    )
    deadlines.run_deadline(
        request.matter,
        counted("forward", board or request.matter.agency, today),
        clock=f"above-{made.pk}",
        agency=board,
    )
    event = events.AppealLodged(**named(request), by="third_party", due_on=iso(due_on))
    ledger.record_entry(event, actor=actor, at=now)
    settled(request, now=now)
    return due_on
