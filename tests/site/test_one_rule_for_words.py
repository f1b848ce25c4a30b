"""One rule for the words that come in by any door: what misleads is taken away, what is no text is refused by name."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from tests.small_state import NOW

from sala.commons.correspondence.reading import read_letter
from sala.core import clock
from sala.core.characters import clean
from sala.services.complaints.models import Complaint
from sala.services.information.models import Request

pytestmark = [pytest.mark.usefixtures("state"), pytest.mark.req("CMP-1.1", "MCH")]

MISLEADING = {
    "override of direction": ("ถนน\u202eพัง\u202cมาก", "ถนนพังมาก"),
    "isolates": ("ถนน\u2066พัง\u2069มาก", "ถนนพังมาก"),
    "lone vowel": ("\u0e34ถนนพัง", "ถนนพัง"),
    "hidden tags": ("ถนน\U000e0041\U000e0042พัง", "ถนนพัง"),
    "escape of a terminal": ("ถนน\x1b[31mพัง", "ถนน[31mพัง"),
    "private use": ("ถนน\ue001พัง", "ถนนพัง"),
    "line ends of other systems": ("ถนน\r\nพัง\u2028มาก", "ถนน\nพัง\nมาก"),
    "an emoji of several signs": ("ถนนพัง 👩‍🔧", "ถนนพัง 👩‍🔧"),
}
NOTHING = ["\u200b\u200b", "\u0e34\u0e34", "\u3164\u3164", "\u202e \u202c", "\u2800"]


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.frozen(NOW):
        yield


@pytest.fixture(autouse=True)
def keys(settings: Any) -> None:
    settings.OPEN311_KEYS = ["demo"]


def by_page(text: str) -> Any:
    client = Client()
    first = client.post("/complaints/new", {"text": text, "topic": "street_light"})
    if first.status_code != 302:
        return first
    address = first["Location"].replace("/where", "/check")
    return client.post(address)


def by_api(text: str) -> Any:
    given = json.dumps({"text": text, "topic": "street_light", "area": "400101"})
    return Client().post("/api/complaints", given, content_type="application/json")


def by_open311(text: str) -> Any:
    given = {"api_key": "demo", "service_code": "street_light", "description": text, "address_id": "400101"}
    return Client().post("/open311/v2/requests.json", given)


def asked_by_api(text: str) -> Any:
    given = json.dumps({"text": text, "agency": "kk-muni", "where_to_look": text})
    return Client().post("/api/information", given, content_type="application/json")


DOORS: list[Callable[[str], Any]] = [by_page, by_api, by_open311, asked_by_api]


@pytest.mark.parametrize("door", DOORS[:-1])
@pytest.mark.parametrize("name", MISLEADING)
def test_what_would_mislead_is_taken_away_and_the_rest_is_filed(
    door: Callable[[str], Any], name: str
) -> None:
    sent, kept = MISLEADING[name]
    assert door(sent).status_code in (201, 302)
    told = Complaint.objects.get()
    assert told.original == kept
    assert told.original == clean(told.original)


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("text", NOTHING)
def test_what_shows_nothing_is_refused_as_missing(door: Callable[[str], Any], text: str) -> None:
    answer = door(text)
    assert answer.status_code in (400, 422)
    assert not Complaint.objects.exists()
    assert not Request.objects.exists()


@pytest.mark.parametrize("broken", ["ถนน\\u0000พัง", "ถนน\\ud800พัง"], ids=["NUL", "half a pair"])
@pytest.mark.parametrize(
    ("door", "field", "more"),
    [
        ("complaints", "text", {}),
        ("complaints", "place", {"text": "ถนนพัง"}),
        ("complaints", "name", {"text": "ถนนพัง"}),
        ("complaints", "phone", {"text": "ถนนพัง"}),
        ("information", "text", {"agency": "kk-muni"}),
        ("information", "where_to_look", {"text": "ขอสำเนา", "agency": "kk-muni"}),
        ("information", "address", {"text": "ขอสำเนา", "agency": "kk-muni"}),
    ],
)
def test_what_is_no_text_is_refused_by_its_fields_name(
    door: str, field: str, more: dict[str, str], broken: str
) -> None:
    given = json.dumps({**more, field: "#"}).replace('"#"', f'"{broken}"')
    answer = Client().post(f"/api/{door}", given, content_type="application/json")
    assert answer.status_code == 422
    assert answer.json()["fields"] == {field: "not_text"}


def test_a_form_with_what_is_no_text_comes_back_with_a_word_at_the_field() -> None:
    answer = Client().post("/en/complaints/new", {"text": "ถนน\0พัง", "topic": ""})
    assert answer.status_code == 422
    assert "error" in answer.content.decode()


def test_a_letter_is_read_by_the_same_rule() -> None:
    raw = "From: a@example.th\r\nSubject: =?utf-8?B?4oCu4LiW4LiZ4LiZ?=\r\n\r\nถนน\u202eพัง\u202c\r\n".encode()
    letter = read_letter(raw)
    assert letter is not None
    assert letter.subject == "ถนน"
    assert letter.text.strip() == "ถนนพัง"
