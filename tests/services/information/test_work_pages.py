"""Staff's pages: the list, one request, each act; intake; the Board's list; a third party's page."""

import io
import re
from datetime import timedelta

import pytest
from django.test import Client
from PIL import Image
from tests.services.information.asked import BOARD, OFFICE, QUESTION, WHY, ask, proof, refuse, the
from tests.services.information.browsers import signed_in

from sala.commons.identity.models import AccessRecord
from sala.core import clock
from sala.core.actors import ANONYMOUS, Role
from sala.core.clock import BANGKOK
from sala.services.information import actions
from sala.services.information.models import Request
from sala.services.information.queries import documents
from sala.services.information.rules.states import Status
from sala.services.information.rules.ways import WayKind

pytestmark = pytest.mark.usefixtures("law_state")
WORK = "/information/work"


def picture(name: str = "scan.png") -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(out, "PNG")
    out.seek(0)
    out.name = name
    return out


@pytest.mark.req("ODP-3")
def test_an_officer_finds_a_request_and_gives_a_file_that_everyone_can_fetch() -> None:
    filed, officer = ask(now=clock.now()), signed_in(OFFICE)
    assert filed.reference in officer.get(f"{WORK}/", follow=True).content.decode()
    page = officer.get(f"{WORK}/{filed.reference}")
    assert page.status_code == 200
    assert "081-234" not in page.content.decode(), "the office reads it covered, until somebody looks"
    told = {"text": "แนบบันทึกทั้งปี", "titles": "บันทึกการซ่อม 2568", "files": [picture()]}
    bare = officer.post(f"{WORK}/{filed.reference}/grant", {"text": "ให้", "titles": "ชื่อ"})
    assert bare.status_code == 422
    assert officer.post(f"{WORK}/{filed.reference}/grant", told).status_code == 302
    [document] = documents.list_newest(3)
    public = Client().get(f"/information/{filed.reference}").content.decode()
    assert "บันทึกการซ่อม 2568" in public
    address = f"/information/{filed.reference}/documents/1/1"
    assert document.file.sha256 in Client().get(address).content.decode()
    file = Client().get(f"{address}/file")
    assert file.status_code == 200
    assert "scan" not in file["Content-Disposition"]
    assert Client().get(f"/information/{filed.reference}/documents/1/2").status_code == 404
    for form in ("csv", "json"):
        assert "บันทึกการซ่อม 2568" in Client().get(f"/data/given_documents.{form}").content.decode()


def test_withholding_is_offered_to_whoever_signs_alone() -> None:
    filed = ask(now=clock.now())
    words = {"text": "ไม่ให้", "ground_1": "s15_5", "reason_1": WHY}
    officer, head = signed_in(OFFICE), signed_in(OFFICE, Role.OFFICER, Role.SUPERVISOR)
    assert 'id="act-refuse"' not in officer.get(f"{WORK}/{filed.reference}").content.decode()
    refused = officer.post(f"{WORK}/{filed.reference}/refuse", words)
    assert refused.status_code == 403
    assert "ไม่ให้" in refused.content.decode(), "what was typed stays"
    thin = head.post(f"{WORK}/{filed.reference}/refuse", {**words, "reason_1": "สั้น"})
    assert thin.status_code == 422
    assert head.post(f"{WORK}/{filed.reference}/refuse", words).status_code == 302
    assert the(filed).state is Status.REFUSED


def test_each_act_of_the_office_has_its_form_and_does_its_thing() -> None:
    filed, head = ask(now=clock.now()), signed_in(OFFICE, Role.OFFICER, Role.SUPERVISOR)
    base = f"{WORK}/{filed.reference}"
    assert head.post(f"{base}/note", {"text": "ดูแฟ้ม 3"}).status_code == 302
    assert head.post(f"{base}/assign", {"desk_id": "", "take": "on"}).status_code == 302
    assert head.post(f"{base}/reply", {"text": "กำลังค้น"}).status_code == 302
    assert head.post(f"{base}/ask", {"text": "ปีไหน"}).status_code == 302
    actions.answer_question(
        actor=ANONYMOUS, now=clock.now(), reference=filed.reference, text="2568", proof=proof(filed)
    )
    bad_day = head.post(f"{base}/extend", {"until": "วันไหนก็ได้", "reason": "แผนที่ผ้าเก่ามาก คลี่แล้วขาด"})
    assert bad_day.status_code == 422
    assert "ดูแฟ้ม 3" not in Client().get(f"/information/{filed.reference}").content.decode()
    unknown = head.post(f"{base}/transfer", {"agency": "ไม่มี", "basis": "wrong_desk", "reason": "x"})
    assert unknown.status_code == 422
    told = {"agency": "pea", "basis": "wrong_desk", "reason": "โคมไฟเป็นของการไฟฟ้า"}
    assert head.post(f"{base}/transfer", told).status_code == 302
    assert the(filed).matter.agency == "pea"
    other = signed_in("pea")
    assert other.post(f"{base}/accept").status_code == 302
    assert the(filed).state is Status.RECEIVED
    assert head.get(base).status_code == 200, "whoever passed it on sees what became of it"
    late = head.post(f"{base}/reply", {"text": "ตอบแทน"})
    assert late.status_code == 403
    assert head.post(f"{base}/nonsense").status_code == 404


@pytest.mark.req("ODP-3")
def test_a_third_party_reads_what_concerns_them_and_never_who_asked() -> None:
    filed, officer = ask(now=clock.now()), signed_in(OFFICE)
    page = officer.get(f"{WORK}/{filed.reference}")
    form = next(form for act, form in page.context["acts"] if act.code == "consult")
    told = {"name": "บริษัท ก", "address": "", "about": "สูตรการผลิต", **form.initial}
    assert officer.post(f"{WORK}/{filed.reference}/consult", told).status_code == 302
    shown = officer.get(f"{WORK}/{filed.reference}").content.decode()
    match = re.search(r"/information/third/[^\s<]+", shown)
    assert match
    assert match[0] not in officer.get(f"{WORK}/{filed.reference}").content.decode(), "shown once"
    theirs = Client().get(match[0])
    assert theirs.status_code == 200
    text = theirs.content.decode()
    assert "สูตรการผลิต" in text
    assert QUESTION[:20] not in text
    assert "สมหญิง" not in text
    assert Client().post(match[0], {"says": "objects", "text": ""}).status_code == 422
    assert Client().post(match[0], {"says": "objects", "text": "เป็นความลับทางการค้า"}).status_code == 302
    assert "บริษัท ก" not in Client().get(f"/information/{filed.reference}").content.decode()
    wrong = match[0][:-3] + "xxx"
    # Twenty tries of a stranger lock nobody out of their own link.
    assert {Client(REMOTE_ADDR="203.0.113.9").get(wrong).status_code for _ in range(20)} == {404}
    assert Client().get(match[0]).status_code == 200


def test_the_board_passes_on_and_records_what_was_decided() -> None:
    now = clock.now()
    filed = ask(now=now)
    refuse(filed, now)
    actions.lodge_appeal(
        actor=ANONYMOUS,
        now=now,
        reference=filed.reference,
        way=WayKind.APPEAL_REFUSAL,
        text="ขออุทธรณ์",
        proof=proof(filed),
    )
    board = signed_in(BOARD)
    assert filed.reference in board.get(f"{WORK}/board").content.decode()
    assert signed_in("pea").get(f"{WORK}/board").status_code == 403
    row = the(filed).proceedings.get()
    base = f"{WORK}/{filed.reference}"
    assert board.post(f"{base}/forward", {"proceeding_id": row.pk}).status_code == 302
    told = {"proceeding_id": row.pk, "ruling": "upheld", "text": "ให้เปิด", "number": "สค 1/2570"}
    assert board.post(f"{base}/decide", told).status_code == 302
    assert "สค 1/2570" in Client().get(f"/information/{filed.reference}").content.decode()
    assert the(filed).state is Status.RECEIVED


@pytest.mark.req("ODP-3")
@pytest.mark.parametrize(("language", "said"), [("", "บันทึกแล้ว"), ("/en", "It is recorded")])
def test_the_board_records_what_came_on_paper_and_its_days_run_from_the_day_it_came(
    language: str, said: str
) -> None:
    now = clock.now()
    filed = ask(now=now - timedelta(days=2))
    refuse(filed, now - timedelta(days=1))
    board, address = signed_in(BOARD), f"{language}{WORK}/board/outside"
    assert address in board.get(f"{language}{WORK}/board").content.decode()
    assert signed_in("pea").get(address).status_code == 403
    assert board.get(f"{WORK}/{filed.reference}").status_code == 404, "nobody turned to the Board yet"
    day = (now - timedelta(days=1)).astimezone(BANGKOK).date()
    told = {
        "reference": filed.reference.lower(),
        "against": "appeal_refusal",
        "text": "ขออุทธรณ์ โทร 081-234-5678",
        "number": "สขร 7/2569",
        "received_on": f"{day.day}/{day.month}/{day.year}",
    }
    for wrong in ({"reference": "RA69-0000001-1"}, {"text": " "}, {"number": ""}, {"received_on": "เมื่อวาน"}):
        bad = board.post(address, told | wrong)
        assert bad.status_code == 422, wrong
        assert wrong.get("number", "สขร 7/2569") in bad.content.decode(), "what was typed stays"
    closed = board.post(address, told | {"against": "complain_slow"})
    assert closed.status_code == 422, "the law does not open that way"
    done = board.post(address, told, follow=True)
    assert done.status_code == 200
    assert said in done.content.decode()
    [row] = the(filed).proceedings.all()
    assert (row.filed_on, row.is_recorded_for, row.board_number) == (day, True, "สขร 7/2569")
    assert row.due_on == row.filed_on + timedelta(days=7) or row.due_on > row.filed_on
    assert "081-234" not in Client().get(f"/information/{filed.reference}").content.decode()
    assert board.post(f"{WORK}/{filed.reference}/forward", {"proceeding_id": row.pk}).status_code == 302
    assert board.post(address, told).status_code == 422, "it runs already"


@pytest.mark.req("ODP-3")
def test_a_call_the_counter_and_paper_get_the_same_number() -> None:
    clerk = signed_in(OFFICE, Role.OPERATOR)
    assert clerk.get(f"{WORK}/intake").status_code == 200
    told = {
        "channel": "paper",
        "received_on": "",
        "text": QUESTION,
        "where_to_look": "",
        "wish": "information",
        "agency": "kk-muni",
        "wanted_as": "paper",
        "openness": "public",
        "name": "สมหญิง",
        "phone": "081-234-5678",
        "email": "",
        "address": "12 ถนนศรีจันทร์",
    }
    assert clerk.post(f"{WORK}/intake", {**told, "text": ""}).status_code == 422
    sent = clerk.post(f"{WORK}/intake", told)
    assert sent.status_code == 302
    slip = clerk.get(sent["Location"]).content.decode()
    request = Request.objects.get()
    assert request.matter.reference in slip
    assert (request.channel, request.person_id) == ("paper", None)
    assert Client().get(f"{WORK}/intake").status_code in (302, 403)


def test_how_to_reach_the_person_is_shown_with_a_purpose_and_recorded() -> None:
    filed, officer = ask(now=clock.now()), signed_in(OFFICE)
    page = officer.get(f"{WORK}/{filed.reference}").content.decode()
    assert "somying@example.org" not in page
    shown = officer.post(f"{WORK}/{filed.reference}/contact", {"purpose": "answer_information_request"})
    assert "somying@example.org" in shown.content.decode()
    assert AccessRecord.objects.filter(purpose="answer_information_request").exists()


def test_the_list_asks_the_same_queries_for_one_and_for_many(django_assert_max_num_queries: object) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    officer = signed_in(OFFICE)
    ask(now=clock.now())
    officer.get(f"{WORK}/")
    with CaptureQueriesContext(
        connection,
    ) as few:
        officer.get(f"{WORK}/")
    for _ in range(9):
        ask(now=clock.now())
    with CaptureQueriesContext(connection) as many:
        officer.get(f"{WORK}/")
    assert len(many) == len(few)
