"""Refusals to programs speak the language that is asked for, and nothing that is kept does."""

import re

import pytest
from django.test import Client
from tests.small_state import NOW

from sala.core import clock
from sala.core.actors import ANONYMOUS
from sala.services.complaints import actions
from sala.services.complaints.actions import Filing
from sala.serving.page_cache import public_seconds
from sala.site.api import api

pytestmark = [pytest.mark.usefixtures("state"), pytest.mark.req("ODP")]
ENGLISH = {"accept-language": "en-GB,en;q=0.9"}
REFUSED = (
    "/api/matters?size=0", "/api/matters/C69-9999999-9", "/api/agencies/nobody", "/api/nowhere",
    "/api/entries?after=-9", "/open311/v2/nowhere.json",
)  # fmt: skip


def is_thai(text: str) -> bool:
    return any("\u0e01" <= letter <= "\u0e5b" for letter in text)


@pytest.mark.parametrize("address", REFUSED)
def test_a_refusal_is_thai_or_english_and_says_what_it_depends_on(address: str, client: Client) -> None:
    for headers, language in ((None, "th"), (ENGLISH, "en"), ({"accept-language": "fr"}, "th")):
        answer = client.get(address, headers=headers)
        assert answer.status_code in (400, 404, 422)
        assert "Accept-Language" in answer["Vary"]
        assert answer["Content-Language"] == language
        told = answer.json()
        sentence = told["message"] if isinstance(told, dict) else told[0]["description"]
        assert is_thai(sentence) == (language == "th")
        assert not public_seconds(f"{answer.status_code} x", list(answer.items()))


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("th-TH,th;q=0.9,en;q=0.8", "th"),
        ("fr, EN;q=0.5", "en"),
        ("en;q=0.2, th;q=0.7", "th"),
        ("en;q=0", "th"),
        ("*", "th"),
        ("en;q=2", "th"),
        ("\u0e44\u0e17\u0e22", "th"),
        (f"en,{'x' * 600}", "th"),
    ],
)
def test_the_most_wanted_language_of_ours_is_spoken(accepted: str, language: str, client: Client) -> None:
    answer = client.get(REFUSED[0], headers={"accept-language": accepted})
    assert answer["Content-Language"] == language


def test_what_may_be_kept_is_the_same_for_everybody(client: Client) -> None:
    filing = Filing(text="ไฟทางดับ", topic="street_light", area="400101")
    with clock.frozen(NOW):
        reference = actions.file_complaint(actor=ANONYMOUS, now=NOW, filing=filing).reference
    for address in (f"/api/matters/{reference}/steps", "/api/agencies", "/open311/v2/services.json"):
        one, other = client.get(address), client.get(address, headers=ENGLISH)
        assert one.content == other.content
        assert "Accept-Language" not in other.get("Vary", "")


def test_a_filing_that_is_refused_says_why_in_english(client: Client) -> None:
    sent = client.post(
        "/api/complaints", {"text": "ไฟดับ", "topic": "nothing"}, "application/json", headers=ENGLISH
    )
    assert sent.json()["message"] == "Please check what you entered and try again."
    assert sent.json()["fields"] == {"topic": "invalid"}


def every_address() -> list[str]:
    """Every address that the document lets a program read, its parts filled with something that need not exist."""
    paths = api.get_openapi_schema(path_prefix="/api/")["paths"]
    return sorted(re.sub(r"{\w+}", "1", path) for path, methods in paths.items() if "get" in methods)


def test_a_name_that_no_door_knows_is_refused_by_name_at_every_door(client: Client) -> None:
    addresses = every_address()
    assert {"/api/matters", "/api/entries", "/api/entries.atom", "/api/areas", "/api/agencies"} <= set(
        addresses
    )
    for address in addresses:
        for ask in (client.get, client.head):
            assert ask(address, {"agancy": "doh"}).status_code == 422, address
        assert client.get(address, {"agancy": "doh", "Size": "1"}).json()["fields"].keys() == {
            "agancy",
            "Size",
        }


def test_every_name_in_the_document_is_taken_at_its_door(client: Client) -> None:
    strange = client.get("/api/matters", {"agancy": "doh"}).json()["fields"]["agancy"]
    asked = 0
    for path, methods in api.get_openapi_schema(path_prefix="/api/")["paths"].items():
        for told in methods.get("get", {}).get("parameters", []):
            if told["in"] == "query":
                answer = client.get(re.sub(r"{\w+}", "1", path), {told["name"]: "\x00"})
                faults = answer.json()["fields"] if answer.status_code == 422 else {}
                assert faults.get(told["name"]) != strange, (path, told["name"])
                asked += 1
    assert asked > len(every_address())
