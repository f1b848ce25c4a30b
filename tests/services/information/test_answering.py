"""What an office does with a request: help, send on, answer; and what it may not."""

from datetime import date

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from tests.services.information.asked import (
    MORNING,
    OFFICE,
    WHY,
    ask,
    grant,
    head,
    last_entry,
    later,
    officer,
    picture,
    proof,
    refuse,
    the,
)
from tests.small_state import staff

from sala.commons.deadlines.models import Deadline
from sala.commons.files import actions as files
from sala.commons.identity import actions as identity
from sala.commons.identity.models import Person
from sala.commons.matters.queries import find_matter
from sala.core.actors import ANONYMOUS, Actor
from sala.core.deadlines import EscalationLevel
from sala.core.errors import Conflict, Invalid, NotFound, Refused
from sala.services.information import actions
from sala.services.information.actions import Decision, NewDocument
from sala.services.information.queries import documents, due, law, page
from sala.services.information.rules.grounds import Ground, Reasons
from sala.services.information.rules.standing import Standing
from sala.services.information.rules.states import Move, Status
from sala.services.information.rules.ways import WayKind
from sala.services.information.rules.wishes import Form, TransferBasis

pytestmark = pytest.mark.usefixtures("law_state")

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"


def ways_of(filed: actions.Filed, day: int) -> dict[WayKind, date | None]:
    shown = page.get_page(the(filed), now=later(day), is_own=True)
    return {way.kind: way.until for way in shown.ways}


@pytest.mark.req("ODP-3")
def test_a_question_stops_the_offices_days_and_the_answer_begins_them_anew() -> None:
    filed = ask()
    actions.ask_person(actor=officer(), now=later(2), reference=filed.reference, text="ช่วงปีไหนครับ")
    assert the(filed).state is Status.CLARIFYING
    assert the(filed).matter.due_at is None
    assert not Deadline.objects.filter(matter=the(filed).matter, clock="", ended_at=None).exists()
    actions.answer_question(
        actor=ANONYMOUS, now=later(8), reference=filed.reference, text="ปี 2568", proof=proof(filed)
    )
    assert page.get_page(the(filed), now=later(8), is_own=True).expected_on == date(2026, 12, 14)
    running = Deadline.objects.get(matter=the(filed).matter, clock="", ended_at=None)
    assert (running.period, running.unit) == ("answer", "civil")


def test_a_question_that_is_never_answered_rests_and_wakes() -> None:
    filed = ask()
    actions.ask_person(actor=officer(), now=later(1), reference=filed.reference, text="เรื่องใดครับ")
    assert list(due.list_asleep(later(20))) == []
    assert list(due.list_asleep(later(40))) == [filed.reference]
    with pytest.raises(Conflict):
        actions.let_sleep(now=later(20), reference=filed.reference)
    actions.let_sleep(now=later(40), reference=filed.reference)
    assert the(filed).standing == Standing.ASLEEP.value
    actions.answer_question(
        actor=ANONYMOUS, now=later(60), reference=filed.reference, text="เรื่องไฟทาง", proof=proof(filed)
    )
    assert the(filed).state is Status.RECEIVED


@pytest.mark.req("ODP-3")
def test_sending_on_moves_the_office_and_never_the_date() -> None:
    filed = ask()
    before = the(filed).matter.due_at
    shared = {"reference": filed.reference, "agency": "pea", "basis": TransferBasis.WRONG_DESK}
    with pytest.raises(NotFound):
        actions.transfer_request(actor=officer("pea"), now=later(2), reason="ของเรา", **shared)  # type: ignore[arg-type]  # told apart
    actions.transfer_request(actor=officer(), now=later(2), reason="โคมไฟเป็นของการไฟฟ้า", **shared)  # type: ignore[arg-type]  # told apart
    request = the(filed)
    assert (request.matter.agency, request.matter.due_at) == ("pea", before)
    with pytest.raises(Refused):
        actions.accept_transfer(actor=officer(), now=later(3), reference=filed.reference)
    actions.hand_back_request(
        actor=officer("pea"), now=later(3), reference=filed.reference, reason="ไม่ใช่ของเรา"
    )
    assert the(filed).matter.agency == OFFICE
    assert the(filed).matter.due_at == before


@pytest.mark.req("ODP-3")
def test_a_refusal_names_its_section_and_opens_an_appeal_of_fifteen_days() -> None:
    filed = ask()
    answered = refuse(filed, later(1))
    assert answered.appeal_until == date(2026, 12, 7), "the 5th is a Saturday"
    assert last_entry().kind == "information_request.answered"
    assert b"s15_2" in bytes(last_entry().body)
    assert WHY.encode() not in bytes(last_entry().body)
    ways = ways_of(filed, 2)
    assert ways[WayKind.APPEAL_REFUSAL] == answered.appeal_until
    assert WayKind.COMPLAIN_NOT_GIVEN not in ways


def test_only_a_supervisor_withholds_and_never_without_section_and_reason() -> None:
    filed = ask()
    decision = Decision(how=Move.REFUSE, text="ไม่ให้", reasons=Reasons((Ground.S15_5,), (WHY,)))
    with pytest.raises(Refused) as refusal:
        actions.answer_request(actor=officer(), now=later(1), reference=filed.reference, decision=decision)
    assert refusal.value.code == "refusal_needs_signer"
    for reasons, wrong in (
        (None, "grounds"),
        (Reasons((Ground.S15_5,), ("สั้น",)), "words"),
        (Reasons((Ground.S25_CORRECTION,), (WHY,)), "grounds"),
    ):
        bare = Decision(how=Move.REFUSE, text="ไม่ให้", reasons=reasons)
        with pytest.raises(Invalid) as invalid:
            actions.answer_request(actor=head(), now=later(1), reference=filed.reference, decision=bare)
        assert wrong in invalid.value.fields


def test_what_is_not_held_says_where_it_was_looked_for() -> None:
    filed = ask()
    for searched, fields in (("", {"searched": "searched_missing"}),):
        with pytest.raises(Invalid) as invalid:
            actions.answer_request(
                actor=officer(),
                now=later(1),
                reference=filed.reference,
                decision=Decision(how=Move.DENY_HOLDING, text="ไม่มี", searched=searched),
            )
        assert invalid.value.fields == fields
    held = Decision(how=Move.DENY_HOLDING, text="ไม่มี", searched="ห้องเก็บเอกสาร")
    actions.answer_request(actor=officer(), now=later(1), reference=filed.reference, decision=held)
    assert WayKind.COMPLAIN_NOT_HELD in ways_of(filed, 2)


@pytest.mark.req("ODP-3")
def test_a_granted_file_is_a_public_document_and_can_be_taken_back() -> None:
    filed = ask()
    kept = files.keep_own(picture())
    given = NewDocument("บันทึกการซ่อม 081-234-5678", kept)
    decision = Decision(how=Move.GRANT, text="แนบบันทึกทั้งปี", documents=(given,))
    actions.answer_request(actor=officer(), now=later(2), reference=filed.reference, decision=decision)
    [document] = documents.list_newest(5)
    assert "081-234" not in document.public_title
    assert default_storage.exists(kept.stored_as)
    actions.take_document_back(
        actor=head(), now=later(3), reference=filed.reference, number=1, order=1, reason="มีชื่อคนอื่นอยู่"
    )
    assert documents.list_newest(5) == []
    assert last_entry().kind == "information_request.document_taken_back"


def test_whoever_wants_a_file_gets_one_or_the_answer_itself() -> None:
    filed = ask()
    bare = Decision(how=Move.GRANT, text="ตามที่ขอ")
    with pytest.raises(Invalid) as invalid:
        actions.answer_request(actor=officer(), now=later(1), reference=filed.reference, decision=bare)
    assert invalid.value.fields == {"files": "documents_missing"}
    visit = ask(wanted_as=Form.VISIT)
    actions.answer_request(actor=officer(), now=later(1), reference=visit.reference, decision=bare)
    assert the(visit).state is Status.GRANTED


def test_silence_is_late_told_further_up_and_the_person_may_remind_once_a_week() -> None:
    filed = ask()
    assert list(due.list_outdated(later(10))) == []
    late = later(25)
    assert list(due.list_outdated(late)) == [filed.reference]
    assert actions.refresh_standing(now=late, reference=filed.reference)
    assert the(filed).matter.stage == Standing.OVERDUE.value
    [(reference, level)] = list(due.list_late(late))
    assert level is EscalationLevel.SUPERVISOR
    actions.escalate_request(now=late, reference=reference, level=level)
    assert list(due.list_late(late)) == []
    shared = {"actor": ANONYMOUS, "reference": filed.reference, "proof": proof(filed)}
    actions.remind_office(now=late, **shared)  # type: ignore[arg-type]  # told apart
    with pytest.raises(Conflict) as refusal:
        actions.remind_office(now=later(27), **shared)  # type: ignore[arg-type]  # told apart
    assert refusal.value.code == "reminded_lately"
    assert not the(filed).state.value.startswith("closed")


def test_more_time_is_for_fragile_things_alone() -> None:
    filed = ask()
    shared = {"actor": officer(), "now": later(1), "reference": filed.reference}
    with pytest.raises(Invalid):
        actions.extend_time(until=date(2026, 12, 20), reason="งานมาก", **shared)  # type: ignore[arg-type]  # told apart
    with pytest.raises(Invalid):
        actions.extend_time(until=date(2026, 12, 1), reason="แผนที่ผ้าเก่ามาก คลี่แล้วจะขาด", **shared)  # type: ignore[arg-type]  # told apart
    actions.extend_time(until=date(2026, 12, 20), reason="แผนที่ผ้าเก่ามาก คลี่แล้วจะขาด", **shared)  # type: ignore[arg-type]  # told apart
    assert law.day_before(the(filed).matter.due_at) == date(2026, 12, 20)  # type: ignore[arg-type]  # it has a date


def test_something_missing_takes_it_up_again_and_the_days_to_appeal_run_on() -> None:
    filed = ask()
    grant(filed, later(3))
    assert the(filed).matter.closed_at is not None
    actions.say_what_is_missing(
        actor=ANONYMOUS, now=later(4), reference=filed.reference, text="ขาดเดือนมีนาคม", proof=proof(filed)
    )
    request = the(filed)
    assert request.state is Status.RECEIVED
    assert request.matter.closed_at is None
    grant(filed, later(5), "เพิ่มเดือนมีนาคม")
    assert [answer.number for answer in the(filed).answers.order_by("number")] == [1, 2]
    actions.accept_answer(
        actor=ANONYMOUS, now=later(6), reference=filed.reference, proof=proof(filed), rating=5
    )
    assert the(filed).state is Status.CLOSED


def test_what_is_answered_long_ago_closes_by_itself() -> None:
    filed = ask()
    grant(filed, later(3))
    assert list(due.list_closing(later(40))) == []
    assert list(due.list_closing(later(70))) == [filed.reference]
    actions.close_answered(now=later(70), reference=filed.reference)
    assert the(filed).state is Status.CLOSED


def test_neither_strangers_nor_other_offices_work_on_it_or_read_what_is_not_public() -> None:
    from sala.services.information.queries.request import get_for_staff

    filed = ask()
    with pytest.raises(NotFound):
        get_for_staff(filed.reference, staff("pea"), date(2026, 11, 20))
    with pytest.raises(NotFound):
        actions.add_note(actor=staff("pea"), now=later(1), reference=filed.reference, text="x")
    assert get_for_staff(filed.reference, officer(), date(2026, 11, 20))
    assert find_matter(filed.reference) is not None
    assert settings.MEDIA_ROOT


def test_whoever_is_erased_leaves_their_words_until_the_office_has_answered() -> None:
    person = Person.objects.create(created_at=MORNING)
    filed = ask(Actor(person_id=person.pk))
    identity.erase_person(actor=Actor(person_id=person.pk), now=later(1))
    request = the(filed)
    assert (request.person_id, request.contact_sealed, request.key_digest) == (None, "", "")
    assert "081-234" in request.original, "the office still needs it"
    grant(filed, later(2))
    assert "081-234" not in the(filed).original
    assert bytes(the(filed).salt) == b""
