"""Open311 GeoReport v2: XML equals JSON, errors as the standard says, private complaints never appear."""

from typing import Any
from urllib.parse import urlencode

import pytest
import xmltodict
from django.test import Client
from tests.small_state import NOW

from sala.core import clock
from sala.core.actors import ANONYMOUS
from sala.platform import limits
from sala.services.complaints import actions, queries
from sala.services.complaints.actions import Filing
from sala.services.complaints.rules import Privacy
from sala.services.complaints.views import rates

pytestmark = [pytest.mark.usefixtures("state"), pytest.mark.req("CMP-1.1", "CMP-3.3")]

BASE = "/open311/v2/"


@pytest.fixture(autouse=True)
def keyed(settings: Any) -> None:
    settings.OPEN311_KEYS = ["a-key"]


def filed(text: str = "ไฟทางดับ & มืด <มาก>", privacy: Privacy = Privacy.PUBLIC) -> str:
    filing = Filing(text=text, topic="street_light", privacy=privacy, latitude=16.43, longitude=102.82)
    return actions.file_complaint(actor=ANONYMOUS, now=NOW, filing=filing).reference


def as_json_says(value: Any) -> Any:
    """What XML says as text, as JSON says it with types."""
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def test_xml_says_what_json_says(client: Client) -> None:
    filed()
    wide = urlencode({"start_date": "2026-11-01T00:00:00+07:00", "end_date": "2026-12-01T00:00:00+07:00"})
    for path, root, item in (
        ("services", "services", "service"),
        (f"requests?{wide}", "service_requests", "request"),
    ):
        name, _, query = path.partition("?")
        json = client.get(f"{BASE}{name}.json?{query}").json()
        xml = xmltodict.parse(client.get(f"{BASE}{name}.xml?{query}").content, force_list=(item,))
        assert json
        told = [{key: value or "" for key, value in row.items()} for row in xml[root][item]]
        assert told == [{key: as_json_says(value) for key, value in row.items()} for row in json]


def test_a_posted_request_becomes_a_complaint_and_reads_back(client: Client) -> None:
    values = {
        "api_key": "a-key", "service_code": "street_light", "description": "ไฟดับทั้งซอย",
        "address_string": "ซอยหลังวัด", "first_name": "สมหญิง", "phone": "0812345678",
    }  # fmt: skip
    answer = client.post(f"{BASE}requests.json", values)
    assert answer.status_code == 201
    reference = answer.json()[0]["service_request_id"]
    assert queries.get_complaint(reference).channel == "api"
    read = client.get(f"{BASE}requests/{reference}.json").json()
    assert read[0]["status"] == "open"
    assert "0812345678" not in str(read)


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"api_key": "wrong"}, 403),
        ({"service_code": ""}, 400),
        ({"service_code": "nothing"}, 404),
        ({"description": ""}, 400),
        ({"address_string": ""}, 400),
        ({"lat": "north", "long": "1"}, 400),
    ],
)
@pytest.mark.parametrize("form", ["json", "xml"])
def test_a_bad_post_gets_the_standards_errors(
    client: Client, change: dict[str, str], status: int, form: str
) -> None:
    values = {
        "api_key": "a-key",
        "service_code": "street_light",
        "description": "ไฟดับ",
        "address_string": "ซอย",
    }
    answer = client.post(f"{BASE}requests.{form}", {**values, **change})
    assert answer.status_code == status
    if form == "json":
        assert answer.json()[0]["code"] == status
        assert answer.json()[0]["description"]
    else:
        assert xmltodict.parse(answer.content)["errors"]["error"]["code"] == str(status)


def test_bad_questions_are_answered_as_the_standard_says(client: Client) -> None:
    for query in ("start_date=yesterday", "status=half", "page=0", "start_date=2026-11-22T00:00:00"):
        assert client.get(f"{BASE}requests.json?{query}").status_code == 400, query
    assert client.get(f"{BASE}requests/C69-0000009-9.xml").status_code == 404
    assert client.get(f"{BASE}services/nothing.xml").status_code == 404


@pytest.mark.req("TRU-2")
def test_private_complaints_never_appear(client: Client) -> None:
    hidden = [filed(privacy=p) for p in (Privacy.AGENCY_ONLY, Privacy.CONFIDENTIAL)]
    shown = client.get(f"{BASE}requests.json?start_date=2026-11-01T00:00:00Z").json()
    assert shown == []
    for reference in hidden:
        assert client.get(f"{BASE}requests/{reference}.json").status_code == 404


@pytest.mark.req("MCH")
@pytest.mark.parametrize("form", ["json", "xml"])
def test_a_key_that_sends_too_much_is_told_when_to_come_back(
    client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    settings.OPEN311_KEYS = ["a-key", "b-key"]
    few = limits.Policy("open311.post", {limits.Key.CONTACT: limits.Rate(2, 3600)})
    monkeypatch.setattr(rates, "POST_OPEN311", few)
    values = {"service_code": "street_light", "description": "ไฟดับ", "address_string": "ซอย 4"}
    with clock.frozen(NOW):
        first, _, third = (
            client.post(f"{BASE}requests.{form}", values | {"api_key": "a-key"}) for _ in range(3)
        )
        other = client.post(f"{BASE}requests.{form}", values | {"api_key": "b-key"})
        english = client.post(
            f"{BASE}requests.{form}", values | {"api_key": "a-key"}, headers={"accept-language": "en"}
        )
    assert (first.status_code, third.status_code, other.status_code) == (201, 429, 201)
    assert first["RateLimit-Policy"] == '"open311.post";q=2;w=3600'
    assert int(third["Retry-After"]) > 0
    error = third.json()[0] if form == "json" else xmltodict.parse(third.content)["errors"]["error"]
    assert str(error["code"]) == "429"
    assert "Please wait" in english.content.decode()


@pytest.mark.req("TRU-2")
def test_keys_are_not_found_by_trying(client: Client) -> None:
    with clock.frozen(NOW):
        tried = [client.post(f"{BASE}requests.json", {"api_key": f"k{n}"}).status_code for n in range(40)]
        right = client.post(
            f"{BASE}requests.json",
            {"api_key": "a-key", "service_code": "street_light", "description": "x", "address_string": "y"},
        )
    assert tried[:30] == [403] * 30
    assert tried[30:] == [429] * 10
    assert right.status_code == 201


def test_a_refusal_in_words_speaks_the_language_asked_for(client: Client) -> None:
    values = {"api_key": "a-key", "service_code": "street_light", "address_string": "y", "description": " "}
    thai = client.post(f"{BASE}requests.json", values)
    english = client.post(f"{BASE}requests.json", values, headers={"accept-language": "en"})
    assert thai.status_code == english.status_code == 400
    assert english.json()[0]["description"] == "description: Write a few words."
    assert thai.json()[0]["description"] != english.json()[0]["description"]
