"""A complaint's life through its actions: what a person gets, and what is refused."""

from datetime import timedelta

import pytest
from tests.small_state import NOW, staff

from sala.commons.drafts.actions import Proof
from sala.commons.ledger.models import Entry
from sala.commons.participation import actions as participation
from sala.core.actors import ANONYMOUS, SYSTEM, Actor, Channel, Role
from sala.core.deadlines import EscalationLevel
from sala.core.errors import Conflict, Invalid, NotFound, Refused
from sala.services.complaints import actions, queries
from sala.services.complaints.actions import Filed, Filing
from sala.services.complaints.queries import Contact
from sala.services.complaints.rules import (
    Outcome,
    PauseReason,
    Privacy,
    RejectionReason,
    Status,
)

DARK_LANE = "ไฟทางดับทั้งซอยหลังวัดป่า มืดมาก เดินกลับบ้านกลัว โทร 081-234-5678"
ANSWER = "เปลี่ยนหลอดไฟทั้ง 9 ดวงแล้ว ไฟติดครบทุกดวง"

pytestmark = pytest.mark.usefixtures("state")


def file(privacy: Privacy = Privacy.PUBLIC, topic: str = "street_light", actor: Actor = ANONYMOUS) -> Filed:
    filing = Filing(
        text=DARK_LANE,
        topic=topic,
        privacy=privacy,
        area="400101",
        contact=Contact(name="สมหญิง", phone="081-234-5678"),
    )
    return actions.file_complaint(actor=actor, now=NOW, filing=filing)


def last_entry() -> Entry:
    return Entry.objects.order_by("-pk")[0]


@pytest.mark.req("CMP-1.1", "CMP-1.2")
def test_filing_gives_number_date_and_the_agency_that_can_act() -> None:
    filed = file()
    assert filed.reference.startswith("C69-")
    assert filed.agency == "kk-muni"
    assert filed.due_at > NOW + timedelta(days=5)
    complaint = queries.get_complaint(filed.reference)
    assert complaint.state is Status.RECEIVED
    assert "081-234" not in complaint.public_text
    assert "081-234" not in complaint.matter.title
    assert last_entry().kind == "complaint.filed"
    assert b"081-234" not in bytes(last_entry().body)


@pytest.mark.req("CMP-1.1")
def test_what_nobody_has_a_mandate_for_goes_to_the_central_unit() -> None:
    assert file(topic="other").agency == "opm-1111"


@pytest.mark.req("TRU-2")
def test_a_confidential_complaint_leaves_no_name_place_or_agency_in_the_ledger() -> None:
    filed = file(privacy=Privacy.CONFIDENTIAL)
    assert filed.agency == "nacc"
    entry = last_entry()
    assert entry.matter is not None
    assert entry.matter.startswith("~")
    assert (entry.agency, entry.area) == (None, None)
    assert filed.reference.encode() not in bytes(entry.body)
    with pytest.raises(NotFound):
        queries.get_for_staff(filed.reference, staff("kk-muni"))


def test_an_empty_or_endless_text_is_refused_by_field() -> None:
    for text, code in (("  ", "text_missing"), ("ก" * 4001, "text_too_long")):
        with pytest.raises(Invalid) as refusal:
            actions.file_complaint(actor=ANONYMOUS, now=NOW, filing=Filing(text=text))
        assert refusal.value.fields == {"text": code}


@pytest.mark.req("CMP-2.2")
def test_sending_on_keeps_the_date_and_shows_the_chain() -> None:
    filed = file()
    officer = staff("kk-muni")
    actions.forward_complaint(
        actor=officer, now=NOW, reference=filed.reference, agency="pea", reason="เสาเป็นของการไฟฟ้า"
    )
    complaint = queries.get_complaint(filed.reference)
    assert complaint.matter.agency == "pea"
    assert complaint.matter.due_at == filed.due_at
    assert [h.to_agency for h in complaint.handovers.all()] == ["pea"]
    with pytest.raises(Refused):
        actions.start_work(actor=officer, now=NOW, reference=filed.reference)
    actions.hand_back_complaint(
        actor=staff("pea"), now=NOW, reference=filed.reference, reason="เสาไฟเป็นทรัพย์สินเทศบาล"
    )
    assert queries.get_complaint(filed.reference).matter.agency == "kk-muni"


def test_sending_on_without_a_reason_is_refused() -> None:
    filed = file()
    with pytest.raises(Invalid) as refusal:
        actions.forward_complaint(
            actor=staff("kk-muni"), now=NOW, reference=filed.reference, agency="pea", reason=" "
        )
    assert refusal.value.fields == {"reason": "reason_needed"}


def test_a_stranger_to_the_agency_learns_nothing() -> None:
    filed = file()
    with pytest.raises(NotFound):
        actions.start_work(actor=staff("nacc"), now=NOW, reference=filed.reference)
    with pytest.raises(NotFound):
        actions.start_work(actor=ANONYMOUS, now=NOW, reference=filed.reference)


@pytest.mark.req("RES")
def test_a_thing_in_the_street_is_not_resolved_without_a_picture() -> None:
    filed = file()
    officer = staff("kk-muni")
    actions.start_work(actor=officer, now=NOW, reference=filed.reference)
    with pytest.raises(Invalid) as refusal:
        actions.resolve_complaint(actor=officer, now=NOW, reference=filed.reference, text=ANSWER)
    assert refusal.value.fields == {"files": "evidence_needed"}


def resolved(topic: str = "other") -> Filed:
    filed = file(topic=topic)
    officer = staff(filed.agency)
    actions.start_work(actor=officer, now=NOW, reference=filed.reference)
    actions.resolve_complaint(actor=officer, now=NOW, reference=filed.reference, text=ANSWER)
    return filed


@pytest.mark.req("CMP-1.2", "RES")
def test_the_person_reopens_and_later_confirms_with_the_secret_of_their_link() -> None:
    filed = resolved()
    proof = Proof(key=filed.key)
    due = actions.reopen_complaint(
        actor=ANONYMOUS, now=NOW, reference=filed.reference, text="ยังดับอยู่สามดวง", proof=proof
    )
    assert due > NOW
    officer = staff("opm-1111")
    actions.resolve_complaint(actor=officer, now=NOW, reference=filed.reference, text=ANSWER)
    actions.confirm_resolution(actor=ANONYMOUS, now=NOW, reference=filed.reference, proof=proof, rating=5)
    complaint = queries.get_complaint(filed.reference)
    assert complaint.outcome == Outcome.CONFIRMED
    assert complaint.reopened == 1
    assert complaint.matter.closed_at == NOW


def test_only_who_filed_may_confirm() -> None:
    filed = resolved()
    for proof in (Proof(), Proof(key="guess"), Proof(phone_tail="0000")):
        with pytest.raises(Refused):
            actions.confirm_resolution(actor=ANONYMOUS, now=NOW, reference=filed.reference, proof=proof)
    actions.confirm_resolution(
        actor=ANONYMOUS, now=NOW, reference=filed.reference, proof=Proof(phone_tail="5678")
    )


def test_silence_closes_but_never_counts_as_solved() -> None:
    filed = resolved()
    with pytest.raises(Conflict):
        actions.lapse_confirmation(now=NOW + timedelta(days=6), reference=filed.reference)
    actions.lapse_confirmation(now=NOW + timedelta(days=7), reference=filed.reference)
    assert queries.get_complaint(filed.reference).outcome == Outcome.UNCONFIRMED


@pytest.mark.req("CMP-2.2")
def test_a_pause_moves_the_date_by_exactly_its_length() -> None:
    filed = file()
    officer = staff("kk-muni")
    actions.pause_clock(
        actor=officer, now=NOW, reference=filed.reference, reason=PauseReason.WEATHER, words="ฝนตกหนัก"
    )
    due = actions.resume_clock(actor=officer, now=NOW + timedelta(days=1), reference=filed.reference)
    assert due == filed.due_at + timedelta(days=1)


@pytest.mark.req("CMP-2.2")
def test_a_pause_that_waited_for_the_person_moves_the_date_when_they_answer() -> None:
    filed = file()
    waiting = PauseReason.WAITING_FOR_PERSON
    officer, own = staff("kk-muni"), Proof(key=filed.key)
    actions.pause_clock(actor=officer, now=NOW, reference=filed.reference, reason=waiting, words="ขอรูปเพิ่ม")
    later = NOW + timedelta(days=1)
    actions.answer_question(actor=ANONYMOUS, now=later, reference=filed.reference, text="แนบแล้ว", proof=own)
    complaint = queries.get_complaint(filed.reference)
    assert complaint.matter.due_at == filed.due_at + timedelta(days=1)


@pytest.mark.req("CMP-2.2")
def test_a_refusal_ends_a_pause_so_that_an_upheld_appeal_finds_the_clock_running() -> None:
    filed = file()
    officer = staff("kk-muni")
    here = {"reference": filed.reference}
    actions.pause_clock(actor=officer, now=NOW, reason=PauseReason.WEATHER, words="ฝนตก", **here)
    actions.reject_complaint(
        actor=officer, now=NOW + timedelta(days=1), reason=RejectionReason.IN_COURT, text=ANSWER, **here
    )
    complaint = queries.get_complaint(filed.reference)
    assert not complaint.is_paused
    assert not complaint.matter.pauses.filter(ended_at=None).exists()


@pytest.mark.req("CMP-2.2")
def test_a_pause_after_reopening_counts_from_the_new_date_not_from_filing() -> None:
    filed = file(topic="other")
    officer, own = staff("opm-1111"), Proof(key=filed.key)
    at = NOW + timedelta(days=28)
    here = {"reference": filed.reference}
    actions.start_work(actor=officer, now=at, **here)
    actions.resolve_complaint(actor=officer, now=at, text=ANSWER, **here)
    due = actions.reopen_complaint(actor=ANONYMOUS, now=at, text="ยังไม่เสร็จ", proof=own, **here)
    actions.pause_clock(actor=officer, now=at, reason=PauseReason.WEATHER, words="ฝนตก", **here)
    resumed = actions.resume_clock(actor=officer, now=at + timedelta(days=1), **here)
    assert resumed > due > at


@pytest.mark.req("CMP-2.2")
def test_a_part_goes_its_own_way_and_the_same_link_opens_it() -> None:
    filed = file()
    part = actions.split_complaint(
        actor=staff("kk-muni"),
        now=NOW,
        reference=filed.reference,
        agency="pea",
        topic="electricity",
        text="สายไฟหย่อนลงมาต่ำ",
        reason="คนละหน่วยงาน",
    )
    complaint = queries.find_by_key(part, ANONYMOUS, Proof(key=filed.key))
    assert complaint.matter.agency == "pea"
    assert complaint.matter.due_at == filed.due_at


def test_joining_counts_each_person_once() -> None:
    filed = file()
    for mark in ("a", "b"):
        actions.join_complaint(actor=ANONYMOUS, now=NOW, reference=filed.reference, mark=mark)
    participation.fold_changes(now=NOW)
    assert queries.get_complaint(filed.reference).matter.supporters == 2
    with pytest.raises(Conflict):
        actions.join_complaint(actor=ANONYMOUS, now=NOW, reference=filed.reference, mark="a")


def test_lateness_is_told_further_up_step_by_step() -> None:
    filed = file()
    with pytest.raises(Conflict):
        actions.escalate_complaint(
            now=filed.due_at, reference=filed.reference, level=EscalationLevel.SUPERVISOR
        )
    later = filed.due_at + timedelta(days=1)
    actions.escalate_complaint(now=later, reference=filed.reference, level=EscalationLevel.SUPERVISOR)
    with pytest.raises(Conflict):
        actions.escalate_complaint(now=later, reference=filed.reference, level=EscalationLevel.SUPERVISOR)


def test_only_staff_take_in_by_telephone() -> None:
    with pytest.raises(Refused):
        actions.file_complaint(actor=Actor(channel=Channel.PHONE), now=NOW, filing=Filing(text=DARK_LANE))
    operator = staff("opm-1111", Role.OPERATOR, Channel.PHONE)
    filed = actions.file_complaint(actor=operator, now=NOW, filing=Filing(text=DARK_LANE))
    complaint = queries.get_complaint(filed.reference)
    assert complaint.person_id is None
    assert complaint.intake_by_id == operator.person_id


def test_only_the_clock_lapses() -> None:
    filed = resolved()
    with pytest.raises(Refused):
        actions.lapse_confirmation(
            now=NOW + timedelta(days=8), reference=filed.reference, actor=staff("opm-1111")
        )
    assert SYSTEM.is_system
