"""The officer's list as a tool: finding, narrowing, own views, many at once; words kept ready by supervisors."""

import pytest
from tests.commons.agencies.factories import signed_in
from tests.services.complaints.factories import SOMYING, filed_reference
from tests.small_state import NOW

from sala.commons.agencies import queries as agencies
from sala.commons.correspondence.models import Message, ReplyTemplate
from sala.commons.worklist.models import SavedView
from sala.core.actors import ANONYMOUS, Role
from sala.services.complaints import actions, queries

pytestmark = [pytest.mark.usefixtures("state"), pytest.mark.req("CMP-2.2")]


def test_an_officer_finds_by_number_and_by_words_inside_their_office_alone() -> None:
    lamp, drain = filed_reference("ไฟทางดับหน้าวัด"), filed_reference("ฝาท่อหายหน้าตลาด")
    other = filed_reference("ฝาท่อไฟฟ้าหาย", topic="electricity")
    officer = signed_in("kk-muni")

    def found(q: str) -> set[str]:
        page = officer.get("/work/inbox", {"kind": "complaint", "q": q}).content.decode()
        return {reference for reference in (lamp, drain, other) if reference in page}

    assert found("ฝาท่อ ตลาด") == {drain}
    assert found(lamp.lower()) == {lamp}
    assert found("ไม่มีคำนี้") == set()
    assert found("%") == set()


def test_the_list_is_narrowed_by_area_and_the_view_is_kept_and_dropped() -> None:
    inside, nowhere = filed_reference("ไฟดับในเมือง"), filed_reference("ไฟดับที่ไหนไม่รู้", area="4001")
    officer = signed_in("kk-muni")
    page = officer.get("/work/inbox?kind=complaint&view=open&area=400101").content.decode()
    assert inside in page
    assert nowhere not in page
    officer.post(
        "/work/views", {"kind": "complaint", "agency": "kk-muni", "name": "ในเมือง", "area": "400101"}
    )
    kept = SavedView.objects.get()
    assert kept.filters["area"] == "400101"
    assert signed_in("kk-muni").post(f"/work/views/{kept.pk}/drop").status_code == 404
    assert officer.post(f"/work/views/{kept.pk}/drop").status_code == 302
    assert not SavedView.objects.exists()


def test_marked_ones_are_sent_on_together_with_a_reason_never_without() -> None:
    references = [filed_reference(), filed_reference()]
    officer = signed_in("kk-muni")
    values = {"act": "forward", "reference": references, "agency": "pea", "anyway": "on"}
    officer.post("/complaints/work/bulk", values)
    assert {queries.get_complaint(r).matter.agency for r in references} == {"kk-muni"}
    officer.post("/complaints/work/bulk", values | {"reason": "เสาไฟเป็นของการไฟฟ้า"})
    assert {queries.get_complaint(r).matter.agency for r in references} == {"pea"}


def test_the_way_back_never_leads_to_another_site() -> None:
    values = {"act": "start", "back": "https://elsewhere.example/"}
    answer = signed_in("kk-muni").post("/complaints/work/bulk", values)
    assert answer["Location"] == "/work/inbox?agency=kk-muni&view=open"
    values["back"] = "/work/inbox?kind=complaint&view=open"
    assert signed_in("kk-muni").post("/complaints/work/bulk", values)["Location"] == values["back"]


def test_a_supervisor_keeps_words_ready_changes_and_removes_them() -> None:
    path, supervisor = "/complaints/work/templates", signed_in("kk-muni", Role.SUPERVISOR)
    words = {"name": "รับเรื่อง", "text": "ได้รับเรื่องแล้ว จะส่งช่างไปดูภายในสามวัน"}
    assert supervisor.post(path, words).status_code == 302
    assert supervisor.post(path, words).status_code == 422
    assert supervisor.post(path, {"name": "", "text": ""}).status_code == 422
    kept = ReplyTemplate.objects.get()
    reference = filed_reference()
    assert words["text"] in signed_in("kk-muni").get(f"/complaints/work/{reference}").content.decode()
    changed = supervisor.post(f"{path}?change={kept.pk}", words | {"text": "ช่างจะไปพรุ่งนี้"})
    assert changed.status_code == 302
    assert ReplyTemplate.objects.get().text == "ช่างจะไปพรุ่งนี้"
    assert signed_in("kk-muni").get(path).status_code == 403
    assert signed_in("pea", Role.SUPERVISOR).post(f"{path}/{kept.pk}/drop").status_code == 404
    assert supervisor.post(f"{path}/{kept.pk}/drop").status_code == 302
    assert not ReplyTemplate.objects.exists()


def test_the_same_words_go_to_the_people_of_all_marked_ones_never_empty() -> None:
    references = [filed_reference(), filed_reference()]
    officer = signed_in("kk-muni")
    values = {"act": "reply", "reference": references}
    officer.post("/complaints/work/bulk", values | {"text": "  "})
    assert not Message.objects.exists()
    officer.post("/complaints/work/bulk", values | {"text": "ช่างจะไปพรุ่งนี้"})
    assert sorted(m.matter.reference for m in Message.objects.all()) == sorted(references)
    officer.post("/complaints/work/bulk", {"act": "reply", "text": "ไม่มีใคร"})
    assert Message.objects.count() == 2


def test_what_the_person_wrote_last_is_found_until_somebody_answers() -> None:
    reference = filed_reference(contact=SOMYING)
    path = "/work/inbox?kind=complaint&view=answered"
    officer = signed_in("kk-muni")
    assert reference not in officer.get(path).content.decode()
    proof = actions.Proof(phone_tail="5678")
    actions.answer_question(actor=ANONYMOUS, now=NOW, reference=reference, text="อยู่ซอย 3", proof=proof)
    assert reference in officer.get(path).content.decode()
    officer.post(f"/complaints/work/{reference}/note", {"text": "รับทราบ"})
    assert reference in officer.get(path).content.decode()
    officer.post(f"/complaints/work/{reference}/reply", {"text": "ขอบคุณค่ะ ช่างจะไปพรุ่งนี้"})
    assert reference not in officer.get(path).content.decode()


def test_a_complaint_is_given_to_a_colleague_of_the_same_office_alone() -> None:
    reference = filed_reference()
    supervisor = signed_in("kk-muni", Role.SUPERVISOR)
    signed_in("kk-muni")
    stranger = signed_in("pea")
    colleague = agencies.people_with_role("kk-muni", [Role.OFFICER])[0]
    outside = int(stranger.session["person_id"])
    assign = f"/complaints/work/{reference}/assign"
    assert supervisor.post(assign, {"officer_id": outside}).status_code == 422
    assert supervisor.post(assign, {"officer_id": colleague}).status_code == 302
    assert queries.get_complaint(reference).officer_id == colleague


def test_the_next_of_the_list_is_known_also_when_this_one_has_left_it() -> None:
    first, second = filed_reference(), filed_reference("ฝาท่อหายหน้าตลาด")
    officer = signed_in("kk-muni")
    officer.get("/work/inbox?kind=complaint&view=new")
    officer.post(f"/complaints/work/{first}/start")
    page = officer.get(f"/complaints/work/{first}").content.decode()
    assert f'href="/complaints/work/{second}" data-go="j"' in page
    assert "view=new" in page


def test_staff_who_only_watch_are_offered_nothing_that_changes_anything() -> None:
    filed_reference()
    page = signed_in("kk-muni", Role.AUDITOR).get("/work/inbox?kind=complaint&view=open").content.decode()
    assert "/complaints/work/bulk" not in page
    assert "/complaints/work/views" not in page
