"""What another system posts: nothing of it is lost without a word, and its sender can always ask how far it is."""

from typing import Any

import pytest
from django.test import Client
from tests.small_state import NOW, staff

from sala.commons.moderation.actions import Breach
from sala.core.actors import ANONYMOUS, SYSTEM, Role
from sala.services.complaints import actions
from sala.services.complaints.actions import Filing
from sala.services.complaints.models import Complaint

pytestmark = [pytest.mark.usefixtures("state"), pytest.mark.req("CMP-1.1", "MCH")]
BASE = "/open311/v2/"
VALUES = {
    "api_key": "a-key",
    "service_code": "street_light",
    "description": "ไฟดับทั้งซอย โทร 081-234-5678",
    "address_string": "ซอยหลังวัด",
}


@pytest.fixture(autouse=True)
def keyed(settings: Any) -> None:
    settings.OPEN311_KEYS = ["a-key"]


@pytest.mark.parametrize(
    ("more", "named"),
    [
        ({"latitude": "16.4", "contact": "x"}, "latitude, contact"),
        ({"attribute[colour]": "red"}, "attribute[colour]"),
        ({"media_url": "http://127.0.0.1/secret.jpg"}, "media_url"),
        ({"lat": "16.4"}, "lat and long"),
        ({"address_string": "ก" * 301}, "address_string"),
        ({"email": "a" * 201}, "email"),
        ({"address_id": "999999"}, "address_id"),
        ({"phone": "12"}, "phone"),
        ({"lat": "²", "long": "1"}, "lat"),
        ({"lat": "9" * 5000, "long": "1"}, "lat"),
    ],
)
def test_what_would_be_lost_is_refused_by_the_name_it_was_sent_under(
    client: Client, more: dict[str, str], named: str
) -> None:
    answer = client.post(f"{BASE}requests.json", VALUES | more)
    assert answer.status_code == 400
    assert named in answer.json()[0]["description"]
    assert Complaint.objects.count() == 0


def test_what_the_standard_lets_a_client_say_does_no_harm(client: Client) -> None:
    more = {"jurisdiction_id": "sala", "device_id": "x", "account_id": "y", "media_url": "", "locale": "th"}
    assert client.post(f"{BASE}requests.json", VALUES | more).status_code == 201


@pytest.mark.parametrize("sent", ["ก", "²" * 40, "\u202e", "a-key ", "ａ-key"])
def test_a_key_that_is_none_is_refused_and_breaks_nothing(client: Client, sent: str) -> None:
    assert client.post(f"{BASE}requests.json", VALUES | {"api_key": sent}).status_code == 403


def hide(reference: str, how: str) -> None:
    if how == "set aside":
        actions.quarantine_complaint(actor=SYSTEM, now=NOW, reference=reference)
    else:
        moderator = staff("opm-1111", Role.MODERATOR)
        actions.quarantine_complaint(actor=moderator, breach=Breach.ADVERTISING, now=NOW, reference=reference)


@pytest.mark.req("TRU-2")
@pytest.mark.parametrize("form", ["json", "xml"])
def test_a_posted_number_that_was_set_aside_still_answers_its_sender(client: Client, form: str) -> None:
    told = client.post(f"{BASE}requests.json", VALUES).json()[0]
    number, token = told["service_request_id"], told["token"]
    seen = client.get(f"{BASE}requests/{token}.json").json()[0]
    assert seen["description"], "while it is public the token stands for the number"
    hide(number, "set aside")
    assert client.get(f"{BASE}requests/{number}.{form}").status_code == 404
    answer = client.get(f"{BASE}requests/{token}.{form}")
    assert answer.status_code == 200
    assert number in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert number in client.get(f"{BASE}tokens/{token}.{form}").content.decode()
    # Not a word of what was written, and nothing that says why.
    assert not [
        part for part in ("ไฟดับ", "081", "ซอย", "quarantine", "suspect") if part in answer.content.decode()
    ]


@pytest.mark.parametrize(
    "change", [lambda t: t[:-1] + ("0" if t[-1] != "0" else "1"), lambda t: t[:-8], lambda t: "ก" + t]
)
def test_nobody_makes_a_token_from_a_number(client: Client, change: Any) -> None:
    told = client.post(f"{BASE}requests.json", VALUES).json()[0]
    hide(told["service_request_id"], "set aside")
    for address in ("requests", "tokens"):
        assert client.get(f"{BASE}{address}/{change(told['token'])}.json").status_code == 404


def test_a_public_number_is_its_own_token(client: Client) -> None:
    reference = actions.file_complaint(actor=ANONYMOUS, now=NOW, filing=Filing(text="ไฟดับ")).reference
    found = client.get(f"{BASE}tokens/{reference}.json").json()
    assert found == [{"service_request_id": reference, "token": reference}]


@pytest.mark.parametrize(("is_demo", "kind"), [(True, "test"), (False, "production")])
def test_discovery_says_whether_what_is_sent_reaches_an_office_and_where_keys_are_told_of(
    client: Client, settings: Any, is_demo: bool, kind: str
) -> None:
    settings.DEMO = is_demo
    told = client.get("/open311/discovery.json").json()
    assert told["endpoints"][0]["type"] == kind
    page = client.get(told["key_service"].removeprefix(settings.SITE_URL).partition("#")[0])
    assert 'id="open311"' in page.content.decode()


@pytest.mark.parametrize(
    ("address", "method", "allowed"),
    [
        ("/open311/v2/requests.json", "put", {"GET", "POST"}),
        ("/open311/v2/requests.xml", "delete", {"GET", "POST"}),
        ("/open311/v2/services.json", "post", {"GET"}),
        ("/open311/discovery.xml", "post", {"GET"}),
        ("/open311/v2/requests/C69-0000001-0.json", "post", {"GET"}),
        ("/api/complaints", "get", {"POST"}),
        ("/api/matters", "delete", {"GET"}),
        ("/api/complaints/C69-0000001-0", "patch", {"GET"}),
        ("/figures.json", "post", {"GET"}),
        ("/data/matters.json", "post", {"GET"}),
    ],
)
def test_another_method_is_told_which_there_are(
    client: Client, address: str, method: str, allowed: set[str]
) -> None:
    answer = getattr(client, method)(address)
    assert answer.status_code == 405
    assert allowed <= {name.strip() for name in answer["Allow"].split(",")}
