"""Staff's pages of legal questions: the list, one question, each act; intake; how to reach the person."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.services.information.browsers import signed_in
from tests.services.lawmaking.asked_law import ANSWER, OFFICE, QUESTION, WHY, answer, ask, later, the

from sala.commons.identity.models import AccessRecord
from sala.core import clock
from sala.core.actors import ANONYMOUS, Role
from sala.services.lawmaking import actions
from sala.services.lawmaking.models import LegalQuestion
from sala.services.lawmaking.rules.questions import Status

pytestmark = pytest.mark.usefixtures("question_state")
BASE, WORK = "/laws/questions", "/laws/questions/work"
# The officer's list of every kind, of which these are a part.
LIST = "/work/inbox?kind=legal_question"
TOLD = {"text": ANSWER, "law_1": "พ.ร.บ. ควบคุมอาคาร พ.ศ. 2522", "section_1": "มาตรา 21"}


@pytest.mark.req("LAW-Q")
def test_an_officer_finds_a_question_in_the_list_and_answers_with_the_section() -> None:
    filed, officer = ask(now=clock.now()), signed_in(OFFICE)
    assert filed.reference in officer.get(LIST).content.decode()
    page = officer.get(f"{WORK}/{filed.reference}")
    assert page.status_code == 200
    assert "081-234" not in page.content.decode(), "the office reads it covered, until somebody looks"
    bare = officer.post(f"{WORK}/{filed.reference}/answer", {"text": ANSWER})
    assert bare.status_code == 422
    assert ANSWER[:30] in bare.content.decode(), "what was typed stays"
    half = officer.post(f"{WORK}/{filed.reference}/answer", {**TOLD, "law_2": "ประมวลกฎหมายแพ่งและพาณิชย์"})
    assert half.status_code == 422
    assert half.context["acts"][0][1].errors.keys() == {"section_2"}
    assert officer.post(f"{WORK}/{filed.reference}/answer", TOLD).status_code == 302
    assert "มาตรา 21" in Client().get(f"{BASE}/{filed.reference}").content.decode()


def test_a_page_sent_twice_answers_once() -> None:
    filed, officer = ask(now=clock.now()), signed_in(OFFICE)
    page = officer.get(f"{WORK}/{filed.reference}").content.decode()
    key = re.search(r'name="form_key" value="([^"]+)"', page)
    told = {**TOLD, "form_key": key[1]} if key else TOLD
    first = officer.post(f"{WORK}/{filed.reference}/answer", told)
    again = officer.post(f"{WORK}/{filed.reference}/answer", told)
    assert first.status_code == 302
    assert again.status_code == (302 if key else 409)
    assert the(filed).answers.count() == 1


def test_each_act_of_the_office_has_its_form_and_does_its_thing() -> None:
    filed, officer = ask(now=clock.now()), signed_in(OFFICE)
    base = f"{WORK}/{filed.reference}"
    assert officer.post(f"{base}/note", {"text": "ดูแนวตอบเดิม"}).status_code == 302
    assert officer.post(f"{base}/assign", {"desk_id": "", "take": "on"}).status_code == 302
    assert officer.post(f"{base}/ask", {"text": "กว้างกี่เมตร"}).status_code == 302
    assert "ดูแนวตอบเดิม" not in Client().get(f"{BASE}/{filed.reference}").content.decode()
    gone = officer.post(f"{base}/answer", TOLD)
    assert gone.status_code == 409, "the days wait for the person"
    assert ANSWER[:30] in gone.content.decode()
    actions.explain_question(
        actor=ANONYMOUS,
        now=clock.now(),
        reference=filed.reference,
        text="สองเมตร",
        proof=actions.Proof(key=filed.key),
    )
    assert officer.post(f"{base}/pass", {"agency": "ไม่มี", "reason": "x"}).status_code == 422
    assert officer.post(f"{base}/pass", {"agency": "pea", "reason": "เป็นกฎหมายของการไฟฟ้า"}).status_code == 302
    assert officer.get(base).status_code == 200, "whoever passed it on sees what became of it"
    assert officer.post(f"{base}/answer", TOLD).status_code == 403
    other = signed_in("pea")
    bad = other.post(f"{base}/decline", {"reason": "nothing", "text": WHY})
    assert bad.status_code == 422
    missing = other.post(f"{base}/decline", {"reason": "answered_before", "text": WHY, "earlier": ""})
    assert missing.status_code == 422
    assert other.post(f"{base}/decline", {"reason": "before_court", "text": WHY}).status_code == 302
    assert the(filed).state is Status.DECLINED
    assert other.post(f"{base}/revise", TOLD).status_code == 302
    assert the(filed).state is Status.ANSWERED
    assert officer.post(f"{base}/nonsense").status_code == 404


def test_who_has_nothing_to_do_with_it_sees_no_page_of_work() -> None:
    filed = ask(now=clock.now())
    base = f"{WORK}/{filed.reference}"
    assert signed_in("pea").get(base).status_code == 404
    assert signed_in("pea").post(f"{base}/answer", TOLD).status_code == 404
    assert Client().get(base).status_code in (302, 403)
    assert Client().post(f"{base}/answer", TOLD).status_code in (302, 403)
    auditor = signed_in(OFFICE, Role.AUDITOR)
    page = auditor.get(base)
    assert page.status_code == 200
    assert page.context["acts"] == []
    assert auditor.post(f"{base}/contact", {"purpose": "audit"}).status_code == 403
    assert the(filed).state is Status.RECEIVED


@pytest.mark.req("LAW-Q")
@pytest.mark.parametrize("channel", ["phone", "counter", "paper"])
def test_a_call_the_counter_and_paper_get_the_same_number(channel: str) -> None:
    clerk = signed_in(OFFICE, Role.OPERATOR)
    assert clerk.get(f"{WORK}/intake").status_code == 200
    told = {
        "channel": channel,
        "received_on": "",
        "text": QUESTION,
        "about_law": "",
        "agency": "kk-muni",
        "openness": "public",
        "shown_name": "",
        "name": "สมหญิง",
        "phone": "081-234-5678",
        "email": "",
    }
    for wrong in ({"text": ""}, {"agency": "ไม่มี"}, {"channel": "web"}, {"received_on": "เมื่อวาน"}):
        bad = clerk.post(f"{WORK}/intake", {**told, **wrong})
        assert bad.status_code == 422, wrong
        assert "สมหญิง" in bad.content.decode()
    sent = clerk.post(f"{WORK}/intake", told)
    assert sent.status_code == 302
    slip = clerk.get(sent["Location"]).content.decode()
    question = LegalQuestion.objects.get()
    assert question.matter.reference in slip
    assert (question.channel, question.person_id) == (channel, None)
    assert Client().get(f"{WORK}/intake").status_code in (302, 403)


def test_how_to_reach_the_person_is_shown_with_a_purpose_and_recorded() -> None:
    filed, officer = ask(now=clock.now()), signed_in(OFFICE)
    assert "somying@example.org" not in officer.get(f"{WORK}/{filed.reference}").content.decode()
    shown = officer.post(f"{WORK}/{filed.reference}/contact", {"purpose": "answer_legal_question"})
    assert "somying@example.org" in shown.content.decode()
    assert AccessRecord.objects.filter(purpose="answer_legal_question").exists()
    unknown = officer.post(f"{WORK}/{filed.reference}/contact", {"purpose": "curiosity"})
    assert unknown.status_code in (403, 422)


@pytest.mark.parametrize("view", ["open", "today", "overdue", "answered", "mine", "waiting", "closed", "x"])
def test_every_view_of_the_list_answers(view: str) -> None:
    officer = signed_in(OFFICE)
    answer(ask(), later(1))
    ask(now=clock.now())
    assert officer.get(f"{LIST}&view={view}&q=กันสาด").status_code == 200


def test_the_list_asks_the_same_queries_for_one_and_for_many() -> None:
    officer = signed_in(OFFICE)
    ask(now=clock.now())
    officer.get(LIST)
    with CaptureQueriesContext(connection) as few:
        officer.get(LIST)
    for _ in range(9):
        ask(now=clock.now())
    with CaptureQueriesContext(connection) as many:
        officer.get(LIST)
    assert len(many) == len(few)
