"""Numbers, keys and ways back, as anybody may send them: read as meant or set aside, and never a fault of ours."""

from urllib.parse import quote

import pytest
from django.test import Client
from tests.commons.agencies.factories import signed_in
from tests.services.complaints.factories import filed_reference

from sala.core.actors import Role

pytestmark = [pytest.mark.usefixtures("state"), pytest.mark.req("TRU-2")]
ODD = ("²", "๒", "２", "9" * 5000, "0" * 5000 + "1", "-1", "1e3", "1_0", "\u200b1", "①", "None", "\x00")
DESK = (
    "/work/inbox?page={}",
    "/work/inbox?kind=complaint&desk={}",
    "/work/inbox?officer={}",
    "/work/inbox?kind={}",
    "/work/inbox?open={}",
    "/complaints/work/quarantine?after={}",
    "/complaints/work/covered?before={}",
)
OPEN = (
    "/matters/?before={}",
    "/matters/?q=ไฟ&page={}",
    "/data/matters.json?size={}",
    "/api/matters?size={}",
    "/api/entries?after={}",
    "/open311/v2/requests.json?page={}",
    "/open311/v2/requests.json?page_size={}",
    "/agencies/?page={}",
)


@pytest.mark.parametrize("sent", ODD)
def test_no_number_in_an_address_breaks_a_page(sent: str) -> None:
    visitors = [
        (Client(), OPEN),
        (signed_in("kk-muni"), DESK[:5]),
        (signed_in("opm-1111", Role.MODERATOR), DESK[5:]),
    ]
    for browser, addresses in visitors:
        for address in addresses:
            told = browser.get(address.format(quote(sent)))
            assert told.status_code < 500, (address, sent[:20])


@pytest.mark.parametrize("key", ["ไทย", "²", "\ud800", "é" * 40])
def test_no_key_of_a_link_breaks_a_page(client: Client, key: str) -> None:
    reference = filed_reference()
    told = client.get(f"/complaints/{reference}/own", {"key": key.encode("utf-8", "surrogatepass")})
    assert told.status_code in (200, 302, 404)
    assert client.get(f"/complaints/{reference}/own").status_code != 200


@pytest.mark.parametrize(
    "back",
    ["home", "complaints:start", "nowhere", "//evil.example", "https://evil.example", "/\\evil.example", ""],
)
def test_a_way_back_that_is_none_of_ours_leads_to_the_list(back: str) -> None:
    told = signed_in("kk-muni").post("/complaints/work/bulk", {"act": "start", "reference": [], "back": back})
    assert (told.status_code, told["Location"]) == (302, "/work/inbox?agency=kk-muni&view=open")


def test_a_way_back_of_ours_is_taken() -> None:
    back = "/work/inbox?view=open&page=2"
    told = signed_in("kk-muni").post("/complaints/work/bulk", {"act": "start", "reference": [], "back": back})
    assert told["Location"] == back


@pytest.mark.parametrize("length", ["9" * 5000, "99999999999", "²", "-5", "abc"])
def test_no_announced_length_breaks_the_site(client: Client, length: str) -> None:
    told = client.generic("POST", "/api/complaints", b"{}", "application/json", CONTENT_LENGTH=length)
    assert told.status_code in (400, 413, 422)


def test_thai_digits_are_digits_where_a_page_is_asked_for(client: Client) -> None:
    assert client.get("/open311/v2/requests.json", {"page": "๑", "page_size": "１０"}).status_code == 200
    assert client.get("/open311/v2/requests.json", {"page": "²"}).status_code == 400
