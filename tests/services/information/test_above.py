"""Above the office, and beside it: complaints, appeals, third parties, each with its own days."""

from datetime import date

import pytest
from tests.services.information.asked import (
    BOARD,
    OFFICE,
    ask,
    grant,
    head,
    last_entry,
    later,
    officer,
    proof,
    refuse,
    the,
)
from tests.small_state import staff

from sala.commons.agencies import actions as agencies
from sala.commons.deadlines import queries as deadlines
from sala.commons.deadlines.models import Deadline
from sala.core.actors import ANONYMOUS, SYSTEM
from sala.core.errors import Conflict, NotFound, Refused
from sala.core.tables import rows_of
from sala.services.information import actions
from sala.services.information.actions import Decision, Outside
from sala.services.information.queries import due, page, work
from sala.services.information.rules.grounds import Ground
from sala.services.information.rules.proceedings import Ruling, Stage
from sala.services.information.rules.standing import Standing
from sala.services.information.rules.states import Move, Status
from sala.services.information.rules.ways import WayKind

pytestmark = pytest.mark.usefixtures("law_state")
WORDS = "ขอให้คณะกรรมการตรวจสอบ"


def complain(filed: actions.Filed, day: int, against: WayKind = WayKind.COMPLAIN_SLOW) -> date:
    return actions.lodge_complaint(
        actor=ANONYMOUS,
        now=later(day),
        reference=filed.reference,
        against=against,
        text=WORDS,
        proof=proof(filed),
    )


def appeal(filed: actions.Filed, day: int) -> date:
    return actions.lodge_appeal(
        actor=ANONYMOUS,
        now=later(day),
        reference=filed.reference,
        way=WayKind.APPEAL_REFUSAL,
        text=WORDS,
        proof=proof(filed),
    )


@pytest.mark.req("ODP-3")
def test_a_complaint_about_silence_runs_beside_the_offices_work() -> None:
    filed = ask()
    assert complain(filed, 25) == date(2027, 1, 13)
    request = the(filed)
    assert request.matter.stage == Standing.COMPLAINED.value
    [row] = work.list_at_board()
    running = Deadline.objects.get(matter=request.matter, clock=f"above-{row.pk}", ended_at=None)
    assert running.agency == BOARD
    with pytest.raises(Conflict):
        complain(filed, 26)
    grant(filed, later(27))
    assert the(filed).state is Status.GRANTED
    assert the(filed).matter.stage == Standing.COMPLAINED.value


@pytest.mark.req("ODP-3")
def test_an_appeal_goes_through_the_board_to_the_tribunal_and_the_office_owes_what_was_ruled() -> None:
    filed = ask()
    refuse(filed, later(1))
    assert appeal(filed, 3) == date(2026, 11, 30), "seven days, the last a Sunday"
    [row] = work.list_at_board()
    board = staff(BOARD)
    with pytest.raises(Conflict):
        actions.decide_proceeding(
            actor=board,
            now=later(4),
            reference=filed.reference,
            proceeding_id=row.pk,
            ruling=Ruling.UPHELD,
            text="ให้เปิด",
        )
    until = actions.forward_appeal(actor=board, now=later(5), reference=filed.reference, proceeding_id=row.pk)
    assert until == date(2026, 12, 24)
    assert the(filed).matter.stage == Standing.BEFORE_TRIBUNAL.value
    longer = actions.extend_proceeding(
        actor=board, now=later(20), reference=filed.reference, proceeding_id=row.pk, reason="ต้องฟังพยาน"
    )
    assert longer == date(2027, 1, 25)
    actions.decide_proceeding(
        actor=board,
        now=later(40),
        reference=filed.reference,
        proceeding_id=row.pk,
        ruling=Ruling.UPHELD,
        text="ให้เปิดทั้งหมด",
        number="สค 12/2569",
    )
    assert the(filed).state is Status.RECEIVED
    assert the(filed).matter.stage == Standing.DECIDED.value
    ways = {way.kind for way in page.get_page(the(filed), now=later(41), is_own=True).ways}
    assert {WayKind.REMIND, WayKind.COMPLAIN_NOT_OBEYED} <= ways
    grant(filed, later(45))
    assert the(filed).proceedings.get().is_given
    assert the(filed).matter.stage == Standing.GRANTED.value


def test_after_the_last_day_no_appeal_is_taken_and_a_complaint_never_replaces_it() -> None:
    filed = ask()
    refuse(filed, later(1))
    with pytest.raises(Conflict) as refusal:
        appeal(filed, 30)
    assert refusal.value.code == "way_not_open"
    with pytest.raises(Conflict):
        complain(filed, 2, WayKind.COMPLAIN_NOT_GIVEN)
    bulk = ask()
    refuse(bulk, later(1), Ground.S11_BULK)
    with pytest.raises(Conflict):
        appeal(bulk, 2)
    assert complain(bulk, 2, WayKind.COMPLAIN_NOT_GIVEN)


def test_whoever_may_appeal_is_told_once_that_few_days_are_left() -> None:
    filed = ask()
    until = refuse(filed, later(1)).appeal_until
    assert until == date(2026, 12, 7)
    assert list(due.list_ending(later(10))) == []
    assert list(due.list_ending(later(15))) == [filed.reference]
    assert actions.warn_of_last_day(now=later(15), reference=filed.reference) == until
    assert last_entry().kind == "information_request.last_day_near"
    assert list(due.list_ending(later(16))) == []


def test_only_the_persons_own_proceedings_are_theirs_to_take_back() -> None:
    filed = ask()
    complain(filed, 2)
    [row] = work.list_at_board()
    shared = {"now": later(3), "reference": filed.reference, "proceeding_id": row.pk}
    with pytest.raises(Refused):
        actions.withdraw_proceeding(actor=ANONYMOUS, **shared)  # type: ignore[arg-type]  # told apart
    actions.withdraw_proceeding(actor=ANONYMOUS, proof=proof(filed), **shared)  # type: ignore[arg-type]  # told apart
    assert the(filed).proceedings.get().stage == Stage.WITHDRAWN
    assert complain(filed, 4)


def test_nobody_but_the_boards_office_decides() -> None:
    filed = ask()
    complain(filed, 2)
    [row] = work.list_at_board()
    shared = {
        "now": later(3),
        "reference": filed.reference,
        "proceeding_id": row.pk,
        "ruling": Ruling.DISMISSED,
        "text": "ไม่ช้า",
    }
    for stranger in (officer(), head(), ANONYMOUS, staff("pea")):
        with pytest.raises((Refused, NotFound)):
            actions.decide_proceeding(actor=stranger, **shared)  # type: ignore[arg-type]  # told apart
    actions.decide_proceeding(actor=staff(BOARD), **shared)  # type: ignore[arg-type]  # told apart


def test_what_reached_the_board_on_paper_has_its_number_and_its_clock() -> None:
    filed = ask()
    outside = Outside(against=WayKind.COMPLAIN_SLOW, text=WORDS, number="ร 44/2569")
    with pytest.raises(Refused):
        actions.record_outside(actor=officer(), now=later(2), reference=filed.reference, outside=outside)
    actions.record_outside(actor=staff(BOARD), now=later(2), reference=filed.reference, outside=outside)
    row = the(filed).proceedings.get()
    assert (row.board_number, row.is_recorded_for) == ("ร 44/2569", True)


def consult(filed: actions.Filed, day: int) -> actions.Asked:
    return actions.ask_third_party(
        actor=officer(),
        now=later(day),
        reference=filed.reference,
        name="บริษัท ก",
        address="ขอนแก่น",
        about="สูตรการผลิต",
        received_on=later(day).date(),
        object_until=date(2026, 12, 8),
    )


@pytest.mark.req("ODP-3")
def test_nothing_is_given_while_somebody_may_object_and_then_only_after_their_days_to_appeal() -> None:
    filed = ask()
    asked = consult(filed, 1)
    assert the(filed).state is Status.CONSULTING
    assert "บริษัท ก".encode() not in bytes(last_entry().body)
    with pytest.raises(Conflict) as refusal:
        grant(filed, later(2))
    assert refusal.value.code == "third_party_not_heard"
    own = {"reference": filed.reference, "third_id": asked.id, "key": asked.key}
    with pytest.raises(NotFound):
        actions.reply_as_third_party(
            actor=ANONYMOUS,
            now=later(3),
            is_objection=True,
            text="ลับ",
            **{**own, "key": "x"},  # type: ignore[arg-type]  # told apart
        )
    actions.reply_as_third_party(actor=ANONYMOUS, now=later(3), is_objection=True, text="ลับ", **own)  # type: ignore[arg-type]  # told apart
    assert the(filed).state is Status.RECEIVED, "everybody has answered"
    with pytest.raises(Conflict) as undecided:
        grant(filed, later(4))
    assert undecided.value.code == "objection_not_decided"
    until = actions.overrule_objection(
        actor=head(), now=later(4), reference=filed.reference, third_id=asked.id, text="ไม่ใช่ความลับ"
    )
    answered = grant(filed, later(5))
    assert answered.release.on is not None
    assert answered.release.on > until
    assert the(filed).answers.get().released_at is None
    assert list(due.list_waiting_files(later(6))) == []
    with pytest.raises(Conflict):
        actions.release_documents(now=later(6), reference=filed.reference, number=1)
    assert list(due.list_waiting_files(later(40))) == [(filed.reference, 1)]
    actions.release_documents(now=later(40), reference=filed.reference, number=1)
    assert last_entry().kind == "information_request.documents_released"


def test_an_objectors_appeal_holds_everything_back_until_it_is_dismissed() -> None:
    filed = ask()
    asked = consult(filed, 1)
    own = {"reference": filed.reference, "third_id": asked.id, "key": asked.key}
    actions.reply_as_third_party(actor=ANONYMOUS, now=later(3), is_objection=True, text="ลับ", **own)  # type: ignore[arg-type]  # told apart
    actions.overrule_objection(
        actor=head(), now=later(4), reference=filed.reference, third_id=asked.id, text="ไม่ใช่ความลับ"
    )
    grant(filed, later(5))
    actions.appeal_as_third_party(actor=ANONYMOUS, now=later(6), text="ขออุทธรณ์", **own)  # type: ignore[arg-type]  # told apart
    with pytest.raises(Conflict):
        actions.release_documents(now=later(60), reference=filed.reference, number=1)
    [row] = work.list_at_board()
    board, shared = staff(BOARD), {"reference": filed.reference, "proceeding_id": row.pk}
    actions.forward_appeal(actor=board, now=later(7), **shared)  # type: ignore[arg-type]  # told apart
    actions.decide_proceeding(
        actor=board,
        now=later(20),
        ruling=Ruling.DISMISSED,
        text="ให้เปิดได้",
        **shared,  # type: ignore[arg-type]  # told apart
    )
    assert list(due.list_waiting_files(later(21))) == [(filed.reference, 1)]
    actions.release_documents(now=later(21), reference=filed.reference, number=1)


def test_when_all_days_to_object_are_over_the_clock_gives_it_back_to_the_office() -> None:
    filed = ask()
    consult(filed, 1)
    assert list(due.list_heard(later(10))) == []
    assert list(due.list_heard(later(21))) == [filed.reference]
    actions.end_hearings(now=later(21), reference=filed.reference)
    assert the(filed).state is Status.RECEIVED


def test_a_holiday_declared_later_moves_the_date_and_is_told() -> None:
    filed = ask()
    complain(filed, 2)
    [row] = work.list_at_board()
    _, rows = rows_of(["on,name_th,name_en", "2026-12-04,วันหยุดพิเศษ,Special", "2026-12-21,วันหยุด,Special"])
    agencies.import_holidays(actor=SYSTEM, now=later(3), rows=rows)
    outdated = {(one.matter.reference, one.clock) for one in deadlines.list_outdated()}
    assert outdated == {(filed.reference, ""), (filed.reference, f"above-{row.pk}")}
    actions.move_date(now=later(3), reference=filed.reference)
    assert page.get_page(the(filed), now=later(3), is_own=True).expected_on == date(2026, 12, 7)
    assert last_entry().kind == "information_request.date_moved"
    actions.move_date(now=later(3), reference=filed.reference, clock=f"above-{row.pk}")
    assert the(filed).proceedings.get().due_on == date(2026, 12, 22)


def test_an_answer_is_given_though_the_board_still_looks_and_the_office_is_named() -> None:
    filed = ask()
    complain(filed, 2)
    decision = Decision(how=Move.DENY_HOLDING, text="ไม่มี", searched="ทุกห้อง")
    actions.answer_request(actor=officer(), now=later(5), reference=filed.reference, decision=decision)
    assert the(filed).answers.get().agency == OFFICE
