"""Spam is set aside without a puzzle and without a word to its sender; real complaints are not."""

import re

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from tests.services.complaints.filing_pages import file_by_pages
from tests.small_state import NOW

from sala.commons.moderation.rules import Arrival, is_suspect, may_be_copied
from sala.core import clock
from sala.services.complaints import queries

SPAM = "สมัครวันนี้รับโบนัสฟรี https://a.example https://b.example www.c.example คลิกเลย"
COPIED = "ไฟทางดับทั้งซอยหลังวัดป่า มืดมากจนเดินกลับบ้านไม่ได้ ช่วยด้วย"


@pytest.mark.req("MCH")
def test_signs_that_a_moderator_should_look_first() -> None:
    assert is_suspect(Arrival(SPAM))
    assert is_suspect(Arrival("https://only.example/a-link-and-nothing-said"))
    assert is_suspect(Arrival(COPIED, same_words_used=0.6))
    assert is_suspect(Arrival(COPIED, room_used=0.95))
    fraud = "เว็บนี้หลอกขายของ โอนเงินแล้วไม่ส่งของ ติดต่อไม่ได้เลย https://shop.example ช่วยตรวจสอบด้วยครับ"
    assert not is_suspect(Arrival(fraud, same_words_used=0.4, room_used=0.5))
    assert not may_be_copied("ไฟดับ")


@given(st.text(alphabet=st.characters(exclude_characters=":./"), max_size=300))
def test_words_without_links_are_never_suspect_by_themselves(text: str) -> None:
    assert not is_suspect(Arrival(text))


def sent(client: Client, text: str) -> str:
    """File by the pages; returns the reference. The sender always gets the same kind of answer."""
    where = client.post("/complaints/new", {"text": text, "topic": "street_light"})["Location"]
    check = where.replace("where", "check")
    answer = client.post(check)
    assert answer.status_code == 302
    found = re.search(r"/complaints/(C69-\d+-\d)/filed", answer["Location"])
    assert found
    assert client.get(answer["Location"]).status_code == 200
    assert client.get(f"/complaints/{found[1]}/own").status_code == 200
    return found[1]


@pytest.mark.usefixtures("state")
@pytest.mark.req("MCH")
def test_the_sender_of_spam_sees_what_everyone_sees_and_nothing_is_published() -> None:
    with clock.frozen(NOW):
        spam, real = sent(Client(), SPAM), file_by_pages(Client())
    assert queries.get_complaint(spam).matter.visibility == "quarantined"
    assert queries.get_complaint(real).matter.visibility == "public"
    assert Client().get(f"/complaints/{spam}").status_code == 404
    assert spam not in Client().get("/matters/").content.decode()


@pytest.mark.usefixtures("state")
def test_the_third_copy_of_a_long_text_waits_and_short_words_do_not() -> None:
    with clock.frozen(NOW):
        copies = [sent(Client(), COPIED) for _ in range(7)]
        short = [sent(Client(), "ไฟดับ") for _ in range(4)]
    seen = [queries.get_complaint(reference).matter.visibility for reference in copies]
    assert seen == ["public"] * 2 + ["quarantined"] * 5
    assert {queries.get_complaint(reference).matter.visibility for reference in short} == {"public"}


@pytest.mark.usefixtures("state")
def test_other_systems_cannot_publish_spam_either(settings: object) -> None:
    settings.OPEN311_KEYS = ["a-key"]  # type: ignore[attr-defined]  # pytest-django's fixture
    values = {"api_key": "a-key", "service_code": "street_light", "description": SPAM, "address_string": "x"}
    answer = Client().post("/open311/v2/requests.json", values)
    assert answer.status_code == 201
    reference = answer.json()[0]["service_request_id"]
    assert queries.get_complaint(reference).matter.visibility == "quarantined"
