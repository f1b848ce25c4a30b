"""Lists for programs: searched by words, read on by cursor, as JSON and as CSV that can be brought in again."""

import csv
import io
import json
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.small_state import NOW

from sala.commons.agencies import actions as agencies
from sala.commons.deadlines import actions as deadlines
from sala.commons.ledger import sequencer, subscriptions
from sala.commons.tables import slots
from sala.core import clock
from sala.core.actors import ANONYMOUS, SYSTEM
from sala.core.rates import Key, network_of
from sala.core.tables import rows_of
from sala.platform import limits
from sala.platform.tables import answers
from sala.services.complaints import actions
from sala.services.complaints.actions import Filing
from sala.services.complaints.rules import Privacy

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("state")]

TOLD = ["ไฟทางดับทั้งซอย", "ไฟทางดับหลังวัดป่า", "Broken street light near the market", "ถนนเป็นหลุมหน้าวัด"]


@pytest.fixture
def filed() -> list[str]:
    """Four public complaints and one that is nobody's business, found by their words."""
    references = [filing(text) for text in TOLD]
    filing("ไฟทางดับ เรื่องลับ", Privacy.AGENCY_ONLY)
    sequencer.sequence_now()
    subscriptions.catch_up()
    return references


def filing(text: str, privacy: Privacy = Privacy.PUBLIC) -> str:
    given = Filing(text=text, topic="street_light", area="400101", privacy=privacy)
    return actions.file_complaint(actor=ANONYMOUS, now=NOW, filing=given).reference


def found(client: Client, **asked: Any) -> list[str]:
    return [row["reference"] for row in client.get("/api/matters", asked).json()["matters"]]


def test_words_find_matters_in_both_languages_the_newest_first(client: Client, filed: list[str]) -> None:
    assert found(client, q="ไฟดับ") == [filed[1], filed[0]]
    assert found(client, q="street light") == [filed[2]]
    assert found(client, q="วัด ถนน") == [filed[3]]
    assert found(client, q="เรื่องลับ") == []
    assert found(client, q="ไฟดับ", area="99") == []
    assert found(client, q="!!") == []


def test_a_search_is_read_on_to_its_end_with_the_cursor_or_the_link(client: Client, filed: list[str]) -> None:
    first = client.get("/api/matters", {"q": "ไฟดับ", "size": 1})
    assert first["Link"].endswith('; rel="next"')
    before = first.json()["before"]
    assert f"before={before}" in first["Link"]
    rest = client.get("/api/matters", {"q": "ไฟดับ", "size": 1, "before": before})
    assert [row["reference"] for row in rest.json()["matters"]] == [filed[0]]
    assert rest.json()["before"] is None
    assert "Link" not in rest


def test_a_list_of_any_length_is_asked_with_the_same_queries(
    client: Client, filed: list[str], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(30):
        filing(f"ไฟทางดับ ซอย {number}")
    sequencer.sequence_now()
    subscriptions.catch_up()
    for asked, queries in (({}, 1), ({"q": "ไฟดับ"}, 3), ({"q": "ไฟดับ", "format": "csv"}, 3)):
        with django_assert_num_queries(queries):
            assert client.get("/api/matters", asked).status_code == 200


def test_a_program_is_told_how_often_it_may_search_and_file(client: Client) -> None:
    searched = client.get("/api/matters", {"q": "ไฟ"})
    assert searched["RateLimit-Policy"] == '"matters.search";q=600;w=60'
    assert searched["RateLimit"] == '"matters.search";r=599;t=1'
    assert searched["Cache-Control"] == "no-store"
    assert "RateLimit" not in client.get("/api/matters")
    posted = client.post("/api/complaints", {"text": "ไฟทางดับ"}, content_type="application/json")
    assert posted["RateLimit"].startswith('"complaint.file";r=119;')
    with clock.frozen(NOW):
        asked = [client.get("/api/matters", {"q": "ไฟ"}) for _ in range(605)]
    refused = asked[-1]
    assert refused.status_code == 429
    assert refused["RateLimit"] == f'"matters.search";r=0;t={refused["Retry-After"]}'


TABLES = ["matters", "agencies", "areas", "mandates", "holidays", "complaints/types", "complaints/periods"]


def table(client: Client, name: str, **asked: str) -> tuple[list[str], list[dict[str, str]]]:
    response = client.get(f"/api/{name}", {**asked, "format": "csv"})
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    reader = csv.DictReader(io.StringIO(response.content.decode()))
    return list(reader.fieldnames or ()), list(reader)


@pytest.mark.parametrize("name", TABLES)
def test_the_table_says_what_the_json_says(client: Client, filed: list[str], name: str) -> None:
    answer = client.get(f"/api/{name}").json()
    rows = answer["matters"] if name == "matters" else answer
    columns, told = table(client, name)
    assert columns
    assert len(told) == len(rows)
    for row, as_text in zip(rows, told, strict=True):
        plain = {key: "" if value is None else str(value) for key, value in row.items()}
        assert plain == {key: text.removeprefix("'") for key, text in as_text.items()}


def test_an_empty_table_has_its_columns_all_the_same(client: Client) -> None:
    columns, rows = table(client, "matters")
    assert (columns[0], rows) == ("reference", [])


def test_a_cell_is_no_formula(client: Client) -> None:
    reference = filing("=HYPERLINK(1)")
    assert reference in found(client)
    _, rows = table(client, "matters")
    assert rows[0]["title"].startswith("'=")


@pytest.mark.parametrize(
    ("name", "take"),
    [
        ("agencies", agencies.import_agencies),
        ("mandates", agencies.import_mandates),
        ("holidays", agencies.import_holidays),
        ("complaints/periods", partial(deadlines.import_periods, kind="complaint")),
    ],
)
def test_a_table_can_be_brought_in_again_and_changes_nothing(
    client: Client, name: str, take: Callable[..., Any]
) -> None:
    text = client.get(f"/api/{name}", {"format": "csv"}).content.decode()
    outcome = take(actor=SYSTEM, now=NOW, rows=rows_of(io.StringIO(text, newline=""))[1])
    assert (outcome.added, outcome.changed, outcome.bad) == (0, 0, [])
    assert outcome.unchanged == len(client.get(f"/api/{name}").json())


def test_areas_come_by_level_too(client: Client) -> None:
    assert [row["code"] for row in client.get("/api/areas?level=subdistrict").json()] == ["400101"]
    assert [row["code"] for row in client.get("/api/areas").json()] == ["40"]
    assert [row["code"] for row in client.get("/api/areas?within=40").json()] == ["4001"]


@pytest.mark.req("ODP", "CMP-3.3")
def test_the_ledger_as_a_table_holds_all_of_each_entry_and_leads_on_to_its_end(
    client: Client, filed: list[str]
) -> None:
    whole = client.get("/api/entries?limit=1000").json()["entries"]
    read: list[dict[str, str]] = []
    address = "/api/entries?format=csv&limit=3&kind="
    for _ in range(50):
        answer = client.get(address)
        assert answer["Content-Type"] == "text/csv; charset=utf-8"
        read += csv.DictReader(io.StringIO(answer.content.decode()))
        if "Link" not in answer:
            break
        address = answer["Link"].partition("/api/")[2].partition(">")[0]
        assert answer["Link"].endswith('>; rel="next"')
        address = f"/api/{address}"
    assert [int(row["position"]) for row in read] == [entry["position"] for entry in whole]
    for row, entry in zip(read, whole, strict=True):
        told = entry["entry"]
        assert json.loads(row["content"]) == told["content"]
        for name in ("at", "kind", "matter", "agency", "area", "role", "commitment"):
            assert row[name] == (told.get(name) or ""), name
    only = client.get("/api/entries", {"format": "csv", "matter": filed[0]}).content.decode()
    assert only.count("complaint.filed") == 1
    assert client.get("/api/entries?format=xml").status_code == 422


@pytest.mark.req("ODP")
def test_an_agency_is_told_with_all_that_is_known_of_it(client: Client) -> None:
    text = "code,kind,name_th,name_en,short_th,phone,website,is_central\n" + (
        "doh,department,กรมทางหลวง,Department of Highways,ทล.,1586,https://www.doh.example,0\n"
    )
    agencies.import_agencies(actor=SYSTEM, now=NOW, rows=rows_of(text.splitlines())[1])
    [one] = [row for row in client.get("/api/agencies").json() if row["code"] == "doh"]
    assert one == {
        "code": "doh", "kind": "department", "name_th": "กรมทางหลวง", "name_en": "Department of Highways",
        "short_th": "ทล.", "parent": None, "area": None, "phone": "1586",
        "website": "https://www.doh.example", "is_central": False, "email": "", "line_id": "",
        "address_th": "", "address_en": "", "latitude": None, "longitude": None, "hours": "", "channels": "",
        "is_step_free": None,
    }  # fmt: skip
    rows = list(csv.DictReader(io.StringIO(client.get("/api/agencies?format=csv").content.decode())))
    assert [row["website"] for row in rows if row["code"] == "doh"] == ["https://www.doh.example"]
    assert {row["code"] for row in rows if row["is_central"].lower() == "true"} == {"opm-1111"}


def test_searching_tables_too_often_is_refused_at_page_and_file_and_reading_on_is_not(client: Client) -> None:
    searched = [
        name for name, table in slots.tables.items() if answers.WORDS in {f.name for f in table.filters}
    ]
    assert "matters" in searched
    addresses = [address for name in searched for address in (f"/data/{name}/", f"/data/{name}.json")]
    addresses.append("/matters/")
    with clock.frozen(NOW):
        for address in addresses:
            assert client.get(address, {"q": "ไฟ"}).status_code == 200, address
        for _ in range(600 - len(addresses)):
            limits.require_room(answers.SEARCH, {Key.ADDRESS: network_of("127.0.0.1")}, now=NOW)
        for address in addresses:
            assert client.get(address, {"q": "ถนน"}).status_code == 429, address
            assert client.get(address).status_code == 200, address
