"""An officer's pages: the list, one complaint, each act; intake by telephone and at the counter."""

import pytest
from django.test import Client
from tests.commons.agencies.factories import signed_in
from tests.services.complaints.factories import ANSWER, SOMYING, TEXT, filed_reference, picture

from sala.commons.identity.models import AccessRecord
from sala.core.actors import Role
from sala.services.complaints import queries

pytestmark = pytest.mark.usefixtures("state")


@pytest.mark.req("CMP-2.2")
def test_an_officer_reads_the_way_of_this_complaint_and_of_no_other() -> None:
    """The pages once showed every handing over there ever was, with its reason."""
    reference, other, officer = filed_reference(), filed_reference(), signed_in("kk-muni")
    officer.post(
        f"/complaints/work/{other}/forward", {"agency": "pea", "reason": "เสาเป็นของการไฟฟ้า", "anyway": "on"}
    )
    page = officer.get(f"/complaints/work/{reference}").content.decode()
    assert "เสาเป็นของการไฟฟ้า" not in page
    assert "เส้นทางที่ผ่านมา" not in page
    assert "เสาเป็นของการไฟฟ้า" in officer.get(f"/complaints/work/{other}").content.decode()


@pytest.mark.req("CMP-1.2", "CMP-2.2")
def test_an_officer_finds_starts_and_resolves_with_a_picture() -> None:
    reference, officer = filed_reference(), signed_in("kk-muni")
    assert reference in officer.get("/work/inbox?kind=complaint&view=new").content.decode()
    assert officer.get(f"/complaints/work/{reference}").status_code == 200
    assert officer.post(f"/complaints/work/{reference}/start").status_code == 302
    thin = officer.post(f"/complaints/work/{reference}/resolve", {"text": ANSWER})
    assert thin.status_code == 422
    assert ANSWER in thin.content.decode()
    done = officer.post(f"/complaints/work/{reference}/resolve", {"text": ANSWER, "files": picture()})
    assert done.status_code == 302
    complaint = queries.get_complaint(reference)
    assert complaint.status == "resolved"
    public = Client().get(f"/complaints/{reference}").content.decode()
    assert ANSWER in public
    assert "<img" in public


def test_every_act_offered_has_a_page_that_takes_it() -> None:
    officer = signed_in("kk-muni")
    for act, values in (
        ("route", {"topic": "road_damage", "agency": "kk-muni", "reason": "ถนนของเทศบาล"}),
        ("assign", {"take": "on"}),
        ("reply", {"text": "กำลังนัดช่าง"}),
        ("note", {"text": "โทรแล้วไม่รับ"}),
        ("share", {"agency": "pea", "reason": "ช่วยดับไฟแรงสูง"}),
        ("split", {"text": "สายไฟหย่อน", "topic": "electricity", "agency": "pea", "reason": "คนละงาน"}),
        ("pause", {"reason": "weather", "words": "ฝนตกหนัก"}),
        ("forward", {"agency": "pea", "reason": "เสาของการไฟฟ้า", "anyway": "on"}),
        ("reject", {"reason": "in_court", "text": "เรื่องนี้อยู่ในศาลแล้ว ติดตามได้ที่ศาลจังหวัด"}),
    ):
        reference = filed_reference()
        answer = officer.post(f"/complaints/work/{reference}/{act}", values)
        assert answer.status_code == 302, (act, answer.content.decode()[:2000])
        refused = officer.post(f"/complaints/work/{filed_reference()}/{act}", {})
        assert refused.status_code in (302, 422), act


@pytest.mark.req("TRU-1")
def test_looking_at_the_telephone_number_is_recorded_for_the_person() -> None:
    reference, officer = filed_reference(contact=SOMYING), signed_in("kk-muni")
    assert "081-234-5678" not in officer.get(f"/complaints/work/{reference}").content.decode()
    shown = officer.post(f"/complaints/work/{reference}/contact")
    assert "081-234-5678" in shown.content.decode()
    record = AccessRecord.objects.get()
    assert (record.matter, record.agency, record.purpose) == (reference, "kk-muni", "handle_complaint")


def test_nobody_else_enters() -> None:
    reference = filed_reference()
    assert Client().get("/complaints/work/").status_code == 302
    assert signed_in("nacc").get(f"/complaints/work/{reference}").status_code == 404
    assert signed_in("kk-muni", Role.ADMINISTRATOR).get("/complaints/work/").status_code == 403


@pytest.mark.req("MCH")
@pytest.mark.parametrize("channel", ["phone", "counter", "paper"])
def test_an_operator_takes_a_complaint_and_gets_a_slip(channel: str) -> None:
    operator = signed_in("opm-1111", Role.OPERATOR)
    values = {
        "channel": channel, "text": TEXT, "topic": "street_light", "area_words": "ในเมือง ขอนแก่น",
        "phone": "081 234 5678", "privacy": "public", "send": "1",
    }  # fmt: skip
    answer = operator.post("/complaints/work/intake", values)
    assert answer.status_code == 302
    slip = operator.get("/complaints/work/slip").content.decode()
    assert "C69-" in slip
    assert "<svg" in slip
    reference = queries.get_complaint(slip[slip.index("C69-") :][:13]).matter.reference
    assert queries.get_complaint(reference).channel == channel


def test_marked_ones_are_started_together() -> None:
    first, second = filed_reference(), filed_reference()
    officer = signed_in("kk-muni")
    values = {"act": "start", "reference": [first, second], "back": "https://elsewhere.example/"}
    answer = officer.post("/complaints/work/bulk", values)
    assert answer["Location"] == "/work/inbox?agency=kk-muni&view=open"
    assert {queries.get_complaint(r).status for r in (first, second)} == {"in_progress"}


def test_the_list_asks_the_same_number_of_questions_for_many_rows(
    django_assert_max_num_queries: object,
) -> None:
    officer = signed_in("kk-muni")
    for _ in range(12):
        filed_reference()
    officer.get("/work/inbox?kind=complaint&view=open")
    with django_assert_max_num_queries(12):  # type: ignore[operator]  # pytest-django's fixture
        officer.get("/work/inbox?kind=complaint&view=open")
