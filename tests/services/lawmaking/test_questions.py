"""Legal questions by their actions: who may, what is recorded, what everyone reads, what is refused."""

from datetime import date

import pytest
from tests.services.lawmaking.asked_law import (
    ANSWER,
    LAW,
    MORNING,
    OFFICE,
    QUESTION,
    WHY,
    answer,
    ask,
    decline,
    last_entry,
    later,
    officer,
    proof,
    the,
)
from tests.small_state import staff

from sala.commons.identity import actions as identity
from sala.commons.ledger import queries as ledger
from sala.commons.matters import queries as matters
from sala.commons.matters.actions import index_matters
from sala.commons.moderation import queries as naming
from sala.core.actors import ANONYMOUS, SYSTEM, Actor, Channel, Role
from sala.core.deadlines import EscalationLevel
from sala.core.errors import Conflict, Invalid, NotFound, Refused
from sala.services.lawmaking import actions
from sala.services.lawmaking.actions import Answering, Filing, Proof
from sala.services.lawmaking.queries import question_due as due
from sala.services.lawmaking.queries import question_figures as figures
from sala.services.lawmaking.queries import questions
from sala.services.lawmaking.queries.question_page import get_page
from sala.services.lawmaking.rules.questions import Citation, Openness, Reason, Standing, Status

pytestmark = pytest.mark.usefixtures("question_state")


@pytest.mark.req("LAW-Q")
def test_asking_gives_a_number_an_office_and_the_day_an_answer_is_expected() -> None:
    filed = ask()
    assert filed.reference.startswith("LA69-")
    assert filed.agency == OFFICE
    assert filed.expected_on == date(2026, 12, 4)
    question = the(filed)
    assert (question.matter.kind, question.matter.stage) == ("legal_question", "received")
    assert question.matter.due_at is not None
    assert last_entry().kind == "legal_question.filed"


@pytest.mark.req("LAW-Q")
def test_what_names_a_person_is_covered_everywhere_but_in_the_original() -> None:
    question = the(ask())
    assert "081-234" in question.original
    assert "081-234" not in question.public_text + question.matter.title
    assert b"081-234" not in bytes(last_entry().body)


def test_a_chosen_name_stands_with_it_and_nobodys_own_does() -> None:
    assert the(ask(shown_name=" คนข้างบ้าน ")).shown_name == "คนข้างบ้าน"
    for own in ("สมหญิง ใจดี", "081-234-5678", "a@example.org"):
        with pytest.raises(Invalid) as refusal:
            ask(shown_name=own)
        assert refusal.value.fields == {"shown_name": "name_is_somebodys"}


def test_missing_and_endless_words_and_unknown_offices_are_refused_by_field() -> None:
    for filing, fields in (
        (Filing(text=" ", agency=OFFICE), {"text": "text_missing"}),
        (Filing(text="ก" * 4001, agency=OFFICE), {"text": "text_too_long"}),
        (Filing(text=QUESTION, agency="nobody"), {"agency": "office_unknown"}),
        (Filing(text=QUESTION, agency=""), {"agency": "office_missing"}),
        (Filing(text="a\x00b", agency=OFFICE), {"text": "not_text"}),
        (Filing(text=QUESTION, agency=OFFICE, about_law="ก" * 201), {"about_law": "text_too_long"}),
        (Filing(text=QUESTION, agency=OFFICE, shown_name="ก\x00"), {"shown_name": "not_text"}),
    ):
        with pytest.raises(Invalid) as refusal:
            actions.file_question(actor=ANONYMOUS, now=MORNING, filing=filing)
        assert refusal.value.fields == fields


def test_only_staff_take_questions_in_and_only_paper_has_an_earlier_day() -> None:
    with pytest.raises(Refused):
        ask(ANONYMOUS.by(Channel.PHONE))
    with pytest.raises(Invalid) as refusal:
        ask(received_on=date(2026, 11, 10))
    assert refusal.value.fields == {"received_on": "received_only_on_paper"}
    clerk = staff(OFFICE, channel=Channel.PAPER)
    filed = ask(clerk, received_on=date(2026, 11, 10))
    assert filed.expected_on == date(2026, 11, 25)
    assert filed.key == "", "staff never hold what opens it"
    assert the(filed).intake_by_id == clerk.person_id
    with pytest.raises(Invalid):
        ask(clerk, received_on=date(2026, 9, 1))


def test_the_code_on_the_slip_opens_it_once() -> None:
    filed = ask(staff(OFFICE, channel=Channel.COUNTER))
    shared = {"now": MORNING, "reference": filed.reference, "code": filed.code}
    with pytest.raises(Refused):
        actions.claim_question(actor=officer(), **shared)  # type: ignore[arg-type]  # told apart
    key = actions.claim_question(actor=ANONYMOUS, **shared)  # type: ignore[arg-type]  # told apart
    assert questions.get_own(filed.reference, ANONYMOUS, Proof(key=key)) is not None
    with pytest.raises(NotFound):
        actions.claim_question(actor=ANONYMOUS, **shared)  # type: ignore[arg-type]  # told apart


@pytest.mark.req("LAW-Q")
def test_an_answer_names_the_section_is_public_and_closes_the_question() -> None:
    filed = ask()
    told = answer(filed, later(6), text=ANSWER + " สอบถามคุณสมชาย ใจดี 081-999-8888")
    assert told.is_in_time
    question = the(filed)
    [row] = question.answers.all()
    assert "081-999" in row.text
    assert "081-999" not in row.public_text
    [cited] = row.laws.all()
    assert (str(cited.law), str(cited.section)) == (LAW.law, LAW.section)
    assert (question.state, question.matter.is_open, row.days) == (Status.ANSWERED, False, 6)
    assert last_entry().kind == "legal_question.answered"


def test_an_answer_without_a_section_or_too_long_is_refused_and_nothing_changes() -> None:
    filed = ask()
    for text, citations, field in (
        (" ", (LAW,), "text"),
        (ANSWER, (), "law_1"),
        (ANSWER, (LAW, Citation("พ.ร.บ.", " ")), "section_2"),
        (ANSWER, (Citation("ก" * 201, "1"),), "law_1"),
        (ANSWER, (Citation("ก", "1\x00"),), "section_1"),
        ("ก" * 8001, (LAW,), "text"),
    ):
        with pytest.raises(Invalid) as refusal:
            actions.answer_question(
                actor=officer(),
                now=later(1),
                reference=filed.reference,
                answering=Answering(text, citations),
            )
        assert list(refusal.value.fields) == [field]
    assert the(filed).state is Status.RECEIVED
    assert not the(filed).answers.exists()


def test_only_the_office_that_has_it_answers() -> None:
    filed = ask()
    shared = {"now": later(1), "reference": filed.reference, "answering": Answering(ANSWER, (LAW,))}
    for stranger in (ANONYMOUS, officer("pea"), Actor(person_id=None)):
        with pytest.raises(NotFound):
            actions.answer_question(actor=stranger, **shared)  # type: ignore[arg-type]  # told apart
    with pytest.raises(Refused):
        actions.answer_question(actor=staff(OFFICE, Role.AUDITOR), **shared)  # type: ignore[arg-type]  # told apart


@pytest.mark.req("LAW-Q")
def test_it_is_passed_to_the_right_office_and_the_day_stays() -> None:
    filed = ask()
    before = the(filed).matter.due_at
    shared = {"now": later(3), "reference": filed.reference}
    for nowhere in ("", "nobody", OFFICE):
        with pytest.raises(Invalid):
            actions.pass_question_on(actor=officer(), agency=nowhere, reason="เป็นเรื่องไฟฟ้า", **shared)  # type: ignore[arg-type]  # told apart
    actions.pass_question_on(actor=officer(), agency="pea", reason="เป็นเรื่องไฟฟ้า", **shared)  # type: ignore[arg-type]  # told apart
    question = the(filed)
    assert (question.matter.agency, question.matter.due_at) == ("pea", before)
    assert question.state is Status.PASSED
    with pytest.raises(Refused):
        answer(filed, later(4))
    assert questions.get_for_staff(filed.reference, officer()) is not None, "whoever had it may go on reading"
    answer(filed, later(5), agency="pea")
    assert {
        row.agency: (row.asked, row.answered, row.passed_on) for row in figures.count_offices(later(6))
    } == {
        "pea": (1, 1, 0),
        OFFICE: (0, 0, 1),
    }


@pytest.mark.req("LAW-Q")
def test_the_office_asks_back_its_days_wait_and_run_anew_from_the_answer() -> None:
    filed = ask()
    actions.ask_person(actor=officer(), now=later(2), reference=filed.reference, text="กันสาดยื่นออกมากี่เมตร")
    assert the(filed).matter.due_at is None
    with pytest.raises(Refused):
        actions.explain_question(actor=ANONYMOUS, now=later(9), reference=filed.reference, text="สองเมตร")
    actions.explain_question(
        actor=ANONYMOUS, now=later(9), reference=filed.reference, text="สองเมตร", proof=proof(filed)
    )
    question = the(filed)
    assert question.state is Status.RECEIVED
    assert question.clarified_on == date(2026, 11, 28)
    assert question.matter.due_at is not None


def test_what_is_never_explained_rests_and_goes_on_when_it_is() -> None:
    filed = ask()
    actions.ask_person(actor=officer(), now=later(1), reference=filed.reference, text="ที่ไหน")
    with pytest.raises(Conflict):
        actions.let_rest(now=later(20), reference=filed.reference)
    assert list(due.list_resting(later(40))) == [filed.reference]
    actions.let_rest(now=later(40), reference=filed.reference)
    assert the(filed).state is Status.RESTING
    actions.explain_question(
        actor=ANONYMOUS, now=later(50), reference=filed.reference, text="ในเมือง", proof=proof(filed)
    )
    assert the(filed).state is Status.RECEIVED


def test_the_person_asks_on_within_thirty_days_and_the_office_answers_anew() -> None:
    filed = ask()
    answer(filed, later(5))
    shared = {
        "actor": ANONYMOUS,
        "reference": filed.reference,
        "text": "ถ้าสร้างก่อนปี 2522 ล่ะ",
        "proof": proof(filed),
    }
    with pytest.raises(Conflict):
        actions.follow_up_question(now=later(60), **shared)  # type: ignore[arg-type]  # told apart
    actions.follow_up_question(now=later(20), **shared)  # type: ignore[arg-type]  # told apart
    assert the(filed).matter.is_open
    answer(filed, later(22), text="สร้างก่อนกฎหมายใช้บังคับ ไม่ต้องขอย้อนหลัง")
    shown = get_page(the(filed), now=later(22), is_own=False)
    assert [one.answer.number for one in shown.answers] == [1, 2], (
        "the second adds to the first, which stands"
    )
    assert [row.number for row in figures.list_answers(size=10)[0]] == [2, 1]
    assert [row.number for row in figures.list_answers(size=10, first_alone=True)[0]] == [1]
    assert the(filed).answers.get(number=2).days == 2, "counted from the day they asked on"


def test_a_changed_law_is_answered_anew_and_the_former_answer_stays() -> None:
    filed = ask()
    with pytest.raises(Conflict):
        actions.revise_answer(
            actor=officer(), now=later(1), reference=filed.reference, answering=Answering(ANSWER, (LAW,))
        )
    answer(filed, later(5))
    actions.revise_answer(
        actor=officer(),
        now=later(400),
        reference=filed.reference,
        answering=Answering("กฎหมายแก้ไขแล้ว ไม่ต้องขออนุญาต", (LAW,)),
    )
    assert the(filed).answers.count() == 2
    assert last_entry().kind == "legal_question.answer_revised"
    found, _after = figures.list_answers(size=10)
    assert [(row.number, row.days) for row in found] == [(2, 5)], "the list has what stands now"
    shown = get_page(the(filed), now=later(400), is_own=False)
    assert [(one.answer.number, one.answer.is_replaced) for one in shown.answers] == [(2, False), (1, True)]


def test_not_answering_needs_a_reason_and_may_lead_to_the_answer_there_is() -> None:
    first, second, third = ask(), ask(), ask()
    answer(first, later(1))
    shared = {"actor": officer(), "now": later(2), "reference": second.reference, "text": WHY}
    for earlier in ("LA69-1", second.reference, third.reference):
        with pytest.raises(Invalid) as refusal:
            actions.decline_question(reason=Reason.ANSWERED_BEFORE, earlier=earlier, **shared)  # type: ignore[arg-type]  # told apart
        assert refusal.value.fields == {"earlier": "earlier_unknown"}
    actions.decline_question(reason=Reason.ANSWERED_BEFORE, earlier=first.reference, **shared)  # type: ignore[arg-type]  # told apart
    [row] = the(second).answers.all()
    assert row.earlier_id == the(first).pk
    decline(third, later(2))
    assert (the(third).state, the(third).matter.is_open) == (Status.DECLINED, False)


@pytest.mark.req("LAW-Q")
def test_a_late_answer_is_told_further_up_and_lists_say_late() -> None:
    filed = ask()
    now = later(17)
    assert list(due.list_late(now)) == [(filed.reference, EscalationLevel.SUPERVISOR)]
    actions.escalate_question(now=now, reference=filed.reference, level=EscalationLevel.SUPERVISOR)
    with pytest.raises(Conflict):
        actions.escalate_question(now=now, reference=filed.reference, level=EscalationLevel.SUPERVISOR)
    other = ask()
    assert list(due.list_outdated(now)) == [other.reference], (
        "an escalation has told the first one's word already"
    )
    assert actions.refresh_standing(now=now, reference=other.reference)
    assert the(other).standing == Standing.OVERDUE
    shared = {"actor": ANONYMOUS, "reference": filed.reference, "proof": proof(filed)}
    actions.remind_office(now=now, **shared)  # type: ignore[arg-type]  # told apart
    with pytest.raises(Conflict) as refusal:
        actions.remind_office(now=later(18), **shared)  # type: ignore[arg-type]  # told apart
    assert refusal.value.code == "question_reminded_lately"
    assert not answer(filed, later(18)).is_in_time


def test_the_clock_alone_does_what_is_the_clocks() -> None:
    filed = ask()
    shared = {"now": later(17), "reference": filed.reference, "actor": officer()}
    for act, more in (
        (actions.let_rest, {}),
        (actions.refresh_standing, {}),
        (actions.move_date, {}),
        (actions.escalate_question, {"level": EscalationLevel.SUPERVISOR}),
    ):
        with pytest.raises(Refused):
            act(**shared, **more)  # type: ignore[operator]  # actions of many shapes
    with pytest.raises(Refused):
        actions.keep_counts(now=later(1), actor=officer())
    assert actions.keep_counts(now=later(1), actor=SYSTEM) >= 1


def test_what_only_the_office_reads_leaves_no_name_and_can_be_made_public_later() -> None:
    filed = ask(openness=Openness.AGENCY_ONLY, about_law="กฎหมายอาคาร")
    question = the(filed)
    assert questions.find_public(filed.reference) is None
    assert (str(question.public_text), str(question.about_law)) == ("", "")
    assert "กฎหมายอาคาร" in question.original, "the office reads which law is meant"
    entry = last_entry()
    assert filed.reference.encode() not in bytes(entry.body)
    answer(filed, later(2))
    assert figures.list_answers(size=10)[0] == []
    with pytest.raises(Refused):
        actions.publish_question(actor=officer(), now=later(3), reference=filed.reference)
    actions.publish_question(actor=ANONYMOUS, now=later(3), reference=filed.reference, proof=proof(filed))
    assert questions.find_public(filed.reference) is not None
    assert len(figures.list_answers(size=10)[0]) == 1
    assert len(naming.ledger_names(the(filed))) == 2
    with pytest.raises(Conflict):
        actions.publish_question(actor=ANONYMOUS, now=later(3), reference=filed.reference, proof=proof(filed))


@pytest.mark.req("LAW-Q")
def test_the_next_person_finds_it_by_its_words_its_answer_and_its_law() -> None:
    filed = ask()
    answer(filed, later(2))
    index_matters(ledger.entries_of_matter(filed.reference))
    for words in ("กันสาดล้ำที่ดิน", "หลังคาเกินห้าตารางเมตร", "ควบคุมอาคาร มาตรา 21"):
        found = matters.search_matters(words, matters.Filter(kind="legal_question"), size=5).matters
        assert [matter.reference for matter in found] == [filed.reference], words
    assert questions.list_like("เพื่อนบ้านต่อกันสาดล้ำที่ดิน")[0][1], "and reads that it has an answer"


def test_withdrawing_ends_it_and_a_stranger_cannot() -> None:
    filed = ask()
    with pytest.raises(Refused):
        actions.withdraw_question(actor=ANONYMOUS, now=later(1), reference=filed.reference)
    actions.withdraw_question(actor=ANONYMOUS, now=later(1), reference=filed.reference, proof=proof(filed))
    assert the(filed).state is Status.WITHDRAWN
    with pytest.raises(Conflict):
        answer(filed, later(2))


def test_a_desk_of_the_office_or_oneself_and_nobody_elses() -> None:
    filed, clerk = ask(), officer()
    shared = {"actor": clerk, "now": later(1), "reference": filed.reference}
    for wrong in ({}, {"desk_id": 999_999}, {"officer_id": 999_999}):
        with pytest.raises(Invalid):
            actions.assign_question(**shared, **wrong)  # type: ignore[arg-type]  # told apart
    actions.assign_question(**shared, officer_id=clerk.person_id)  # type: ignore[arg-type]  # told apart
    assert the(filed).officer_id == clerk.person_id


def test_erasing_the_person_leaves_the_public_words_alone() -> None:
    person = staff(OFFICE)
    asker = Actor(person_id=person.person_id)
    open_one, over = ask(asker), ask(asker, shown_name="คนข้างบ้าน")
    answer(over, later(1))
    assert person.person_id is not None
    identity.erase_person(actor=asker, now=later(1))
    for filed in (open_one, over):
        question = the(filed)
        assert (question.person_id, question.contact_sealed, str(question.shown_name)) == (None, "", "")
    assert "081-234" not in the(over).original
    assert "081-234" in the(open_one).original, "the office has still to answer it"
    answer(open_one, later(2))
    assert "081-234" not in the(open_one).original


def test_figures_tell_no_median_of_a_few_and_count_by_the_first_answer() -> None:
    for day in range(9):
        answer(ask(), later(day))
    [row] = figures.count_offices(later(10))
    assert (row.asked, row.answered, row.in_time, row.median_days) == (9, 9, 9, None)
    decline(ask(), later(9))
    [row] = figures.count_offices(later(10))
    assert (row.declined, row.median_days) == (1, 4)
