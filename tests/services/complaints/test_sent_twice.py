"""Sent twice is done once: by programs with a key of theirs, by people who press twice or send an old page again."""

import json
import re
from datetime import timedelta
from typing import Any, cast

import pytest
from django.http import HttpResponse
from django.test import Client
from tests.commons.agencies.factories import signed_in
from tests.platform.at_once import at_once
from tests.services.complaints.factories import ANSWER, filed_reference, picture
from tests.small_state import NOW

from sala.commons.correspondence.models import Message
from sala.commons.identity import actions as identity
from sala.commons.identity.models import SentOnce
from sala.commons.ledger.models import Entry
from sala.core import clock
from sala.core.actors import SYSTEM
from sala.services.complaints import queries
from sala.services.complaints.models import Complaint

pytestmark = [pytest.mark.usefixtures("state"), pytest.mark.req("MCH")]
UUID = "8e03978e-40d5-43dd-bc93-6894a57f9324"
VALUES = {"text": "ส่งซ้ำ ไฟทางดับ", "topic": "street_light", "area": "400101"}
POSTED = {
    "api_key": "a-key",
    "service_code": "street_light",
    "description": "ส่งซ้ำ ไฟทางดับ",
    "address_string": "ซอย 4",
}


@pytest.fixture(autouse=True)
def keyed(settings: Any) -> None:
    settings.OPEN311_KEYS = ["a-key", "b-key"]


def send(key: str = "", address: str = "203.0.113.5", **more: str) -> HttpResponse:
    headers = {"idempotency-key": key} if key else {}
    body = json.dumps(VALUES | more, ensure_ascii=False)
    return Client(REMOTE_ADDR=address).post("/api/complaints", body, "application/json", headers=headers)


def post(key: str = "", form: str = "json", **more: str) -> HttpResponse:
    headers = {"idempotency-key": key} if key else {}
    return Client().post(f"/open311/v2/requests.{form}", POSTED | more, headers=headers)


@pytest.mark.parametrize("key", ["abc-123", UUID, f'"{UUID}"', "x" * 255])
def test_a_program_that_sends_again_gets_the_same_answer_and_files_nothing_more(key: str) -> None:
    first, second = send(key), send(key)
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert first.json()["own_url"]
    assert Complaint.objects.count() == 1
    assert Entry.objects.filter(kind="complaint.filed").count() == 1


def test_without_a_key_each_is_one_of_its_own() -> None:
    assert send().json()["reference"] != send().json()["reference"]


def test_a_key_with_quotes_is_the_key_without() -> None:
    assert send(UUID).json() == send(f'"{UUID}"').json()


def test_a_key_with_other_words_is_refused_by_name() -> None:
    send(UUID)
    other = send(UUID, text="น้ำไม่ไหล")
    assert other.status_code == 422
    assert (other.json()["code"], list(other.json()["fields"])) == ("key_used_otherwise", ["Idempotency-Key"])
    assert Complaint.objects.count() == 1


@pytest.mark.parametrize("key", ['"', '""', "a b", "ไทย", "x" * 256, '"a"b"', "a, b"])
def test_what_can_be_no_key_is_refused_by_name(key: str) -> None:
    answer = send(key)
    assert answer.status_code == 422
    assert answer.json()["fields"] == {"Idempotency-Key": "key_unreadable"}
    assert Complaint.objects.count() == 0


@pytest.mark.req("TRU-2")
def test_a_short_key_of_somebody_else_gives_nobodys_secret_away() -> None:
    one, other = send("1", "203.0.113.5"), send("1", "198.51.100.7")
    assert one.json()["own_url"] != other.json()["own_url"]
    assert Complaint.objects.count() == 2


def test_a_long_key_goes_with_a_telephone_into_another_network() -> None:
    assert send(UUID, "203.0.113.5").json() == send(UUID, "198.51.100.7").json()


def test_what_was_refused_may_be_mended_and_sent_with_the_same_key() -> None:
    assert send(UUID, area="999999").status_code == 422
    assert send(UUID).status_code == 201


def test_a_key_is_forgotten_after_a_day_and_its_answer_is_sealed_until_then() -> None:
    with clock.frozen(NOW):
        first = send(UUID)
    row = SentOnce.objects.get()
    told = f"{row.key} {row.fingerprint} {row.answer_sealed}"
    assert not [part for part in (UUID, VALUES["text"], first.json()["reference"]) if part in told]
    later = NOW + timedelta(hours=24, minutes=1)
    with clock.frozen(later):
        assert send(UUID, text="ไฟดับอีกแล้ว").status_code == 201
        assert SentOnce.objects.count() == 1
    identity.forget_expired(actor=SYSTEM, now=later + timedelta(hours=24))
    assert SentOnce.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_sent_four_times_at_once_it_is_filed_once_and_the_others_are_told_to_wait() -> None:
    answers = cast(list[HttpResponse], at_once(*[lambda: send(UUID) for _ in range(4)]))
    told = [answer.status_code for answer in answers]
    assert set(told) <= {201, 409}
    assert told.count(201) >= 1
    assert Complaint.objects.count() == 1
    waits = [answer for answer in answers if answer.status_code == 409]
    assert all(answer["Retry-After"] == "1" and "RateLimit" not in answer for answer in waits)
    assert send(UUID).status_code == 201


def test_open311_files_once_for_a_key_of_each_system_in_either_form() -> None:
    one, again = post("1"), post("1")
    assert one.json() == again.json()
    assert one.json()[0]["service_request_id"] in post("1", form="xml").content.decode()
    assert post("1", api_key="b-key").json() != one.json()
    other = post("1", description="น้ำไม่ไหล")
    assert other.status_code == 422
    assert other.json()[0]["description"].startswith("Idempotency-Key: ")
    assert Complaint.objects.count() == 2


def form_of(page: str, act: str) -> dict[str, str]:
    """The hidden values of the form for an act, as they stand on a page."""
    form = re.search(rf'<form[^>]*/{act}"[^>]*>(.*?)</form>', page, re.DOTALL)
    assert form is not None
    hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form[1])
    return {name: value for name, value in hidden if name != "csrfmiddlewaretoken"}


def test_an_officers_reply_sent_again_from_the_same_page_is_one_letter() -> None:
    reference, officer = filed_reference(), signed_in("kk-muni")
    address = f"/complaints/work/{reference}"
    officer.post(f"{address}/start")
    stale = form_of(officer.get(address).content.decode(), "reply") | {"text": "พรุ่งนี้ช่างจะไปดู"}
    answers = [officer.post(f"{address}/reply", stale) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [302] * 3
    assert Message.objects.filter(kind="reply").count() == 1

    assert officer.post(f"{address}/reply", stale | {"text": "มะรืนนี้แทน"}).status_code == 302
    fresh = form_of(officer.get(address).content.decode(), "reply") | {"text": "พรุ่งนี้ช่างจะไปดู"}
    assert officer.post(f"{address}/reply", fresh).status_code == 302
    assert Message.objects.filter(kind="reply").count() == 3, "other words, and a form shown anew, are meant"


def test_a_resolution_sent_again_adds_no_second_picture_and_is_no_error() -> None:
    reference, officer = filed_reference(), signed_in("kk-muni")
    address = f"/complaints/work/{reference}"
    officer.post(f"{address}/start")
    stale = form_of(officer.get(address).content.decode(), "resolve") | {"text": ANSWER}
    for _ in range(2):
        assert officer.post(f"{address}/resolve", stale | {"files": picture()}).status_code == 302
    assert queries.get_complaint(reference).matter.files.count() == 1


def test_a_reply_to_many_sent_again_reaches_each_once() -> None:
    references, officer = [filed_reference(), filed_reference()], signed_in("kk-muni")
    key = re.search(
        r'name="form_key" value="([^"]+)"',
        officer.get("/work/inbox?kind=complaint&view=open").content.decode(),
    )
    assert key is not None
    values = {"form_key": key[1], "act": "reply", "reference": references, "text": "รับเรื่องแล้ว"}
    for _ in range(2):
        officer.post("/complaints/work/bulk", values)
    assert Message.objects.filter(kind="reply").count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_double_click_waits_for_the_first_and_both_lead_on() -> None:
    reference, officer = filed_reference(), signed_in("kk-muni")
    address = f"/complaints/work/{reference}"
    officer.post(f"{address}/start")
    stale = form_of(officer.get(address).content.decode(), "reply") | {"text": "พรุ่งนี้ช่างจะไปดู"}
    sent = at_once(*[lambda: officer.post(f"{address}/reply", stale) for _ in range(3)])
    answers = cast(list[HttpResponse], sent)
    assert [answer.status_code for answer in answers] == [302] * 3
    assert Message.objects.filter(kind="reply").count() == 1
