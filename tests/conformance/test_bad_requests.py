"""Whatever a program sends, it is refused in the documented shape with the right status, and never with a fault."""

import json
from typing import Any
from urllib.parse import urlencode

import pytest
import xmltodict
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from sala.core.problems import Problem
from sala.platform import limits
from sala.services.complaints.models import Complaint

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("state")]

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
COMPLAINTS = "/api/complaints"
OPEN311 = "/open311/v2/"


@pytest.fixture
def program() -> Client:
    """A client that gets the answer to a fault instead of the fault."""
    return Client(raise_request_exception=False)


def send(client: Client, path: str, body: bytes, kind: str = JSON, **more: Any) -> HttpResponse:
    """Post bytes as they are."""
    return client.generic("POST", path, body, content_type=kind, **more)  # type: ignore[return-value]  # a response


def told(response: Any) -> Problem:
    """A refusal of the API; fails if it has another shape."""
    assert response["Content-Type"].startswith(JSON), response.content[:200]
    return Problem.model_validate_json(response.content)


def wrongs(response: Any, form: str) -> list[dict[str, Any]]:
    """The errors of an Open311 refusal, as the standard lists them."""
    if form == "json":
        found: list[dict[str, Any]] = json.loads(response.content)
    else:
        found = xmltodict.parse(response.content, force_list=("error",))["errors"]["error"]
    assert found
    assert all(set(error) == {"code", "description"} and error["description"] for error in found)
    assert {str(error["code"]) for error in found} == {str(response.status_code)}
    return found


# ── /api ─────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("address", ["matters", "agencies", "areas", "entries", "complaints/types"])
def test_another_method_is_refused_and_what_may_be_done_is_named(program: Client, address: str) -> None:
    response = program.delete(f"/api/{address}")
    assert response.status_code == 405
    assert told(response).code == "wrong_method"
    assert "GET" in response["Allow"]


@pytest.mark.parametrize(
    "address", ["", "nothing", "matters/x/y/z", "entries.yaml", "matters/%00", "agencies/%ff"]
)
def test_what_is_not_there_is_told_in_data(program: Client, address: str) -> None:
    response = program.get(f"/api/{address}")
    assert response.status_code == 404
    assert told(response).message


@pytest.mark.parametrize("accept", ["image/png", "text/html", "application/xml;q=0.9, text/csv"])
def test_a_form_we_do_not_speak_is_refused(program: Client, accept: str) -> None:
    response = program.get("/api/matters", headers={"accept": accept})
    assert response.status_code == 406
    assert told(response).code == "not_acceptable"
    assert program.get("/api/matters", headers={"accept": f"{accept}, */*;q=0.1"}).status_code == 200


@pytest.mark.parametrize(
    "kind",
    [
        *(FORM, "text/plain", "multipart/form-data; boundary=x", "application/xml", ""),
        *("application/json; charset=tis-620", "application/json; charset=nonsense", "application/jsonx"),
    ],
)
def test_content_that_is_no_json_in_utf_8_is_refused(program: Client, kind: str) -> None:
    response = send(program, COMPLAINTS, '{"text": "ไฟทางดับ"}'.encode(), kind)
    assert response.status_code == 415
    assert told(response).code == "media_unknown"


@pytest.mark.parametrize(
    "body",
    [
        *(
            b"{",
            b"nonsense",
            b'{"text": "\xff\xfe"}',
            b"[" * 100_000,
            b'{"text": ' + b"[" * 50_000 + b"]" * 50_000,
        ),
        b'{"text": "a", "latitude": ' + b"9" * 5000 + b"}",
    ],
)
def test_json_that_cannot_be_read_is_a_bad_request(program: Client, body: bytes) -> None:
    response = send(program, COMPLAINTS, body)
    assert response.status_code == 400
    assert told(response).code == "invalid"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *(("text", ""), ("text", "   "), ("text", "\u200b\u2060"), ("text", "a\0b"), ("text", "ก" * 4001)),
        *(("text", None), ("text", 7), ("text", ["a"]), ("text", "\ud800 x")),
        *(("latitude", 91), ("latitude", 1.5), ("latitude", "north"), ("longitude", 1e300)),
        *(("happened_on", "9999-12-31"), ("happened_on", "2026-13-01"), ("happened_on", 10**14)),
        *(("area", "99"), ("area", "4001'; --"), ("topic", "nothing"), ("topic", "x" * 41)),
        *(("email", "nobody"), ("email", "a\0@b.co"), ("phone", "call me"), ("phone", "1" * 31)),
        *(("privacy", "secret"), ("language", "de"), ("place", "a\0b"), ("name", "\udc00")),
    ],
)
def test_a_value_that_cannot_be_is_named(program: Client, field: str, value: Any) -> None:
    body = json.dumps({"text": "ไฟทางดับ", field: value}).encode()
    response = send(program, COMPLAINTS, body)
    assert response.status_code == 422, response.content
    named = " ".join(told(response).fields)
    assert field in named or (field in {"latitude", "longitude"} and "place" in named)
    assert not Complaint.objects.exists()


@pytest.mark.parametrize("number", [b"NaN", b"Infinity", b"-Infinity", b"1e999"])
def test_a_number_that_is_none_is_refused(program: Client, number: bytes) -> None:
    body = b'{"text": "a", "latitude": ' + number + b', "longitude": 1}'
    assert send(program, COMPLAINTS, body).status_code == 422


def test_more_than_we_take_is_not_read(program: Client) -> None:
    for response in (
        send(program, COMPLAINTS, b'{"text": "' + b"a" * 3_000_000 + b'"}'),
        send(program, COMPLAINTS, b"", CONTENT_LENGTH="99999999999"),
    ):
        assert response.status_code == 413
        assert told(response).code == "body_too_large"


@pytest.mark.parametrize(
    "question",
    [
        *("matters?before=0", "matters?before=9e9", "matters?size=9999999999999999999999", "matters?size=0"),
        *(
            "matters?agency=%00",
            "matters?agency=%ff",
            "matters?area=%25",
            "areas?q=%00",
            "areas/" + "1" * 5000,
        ),
        *("entries?after=1e3", "entries?after=9999999999999999999", "entries?limit=0", "entries?kind=%00"),
        *("entries?after=-5", "matters?topic=" + "x" * 41, "areas?within=a%20b"),
    ],
)
def test_a_question_that_makes_no_sense_names_the_value(program: Client, question: str) -> None:
    response = program.get(f"/api/{question}")
    assert response.status_code == 422
    assert told(response).fields


def test_a_fault_of_ours_is_told_in_data_too(program: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*arguments: object, **more: object) -> None:
        raise RuntimeError("a fault")

    monkeypatch.setattr("sala.commons.matters.queries.list_public", broken)
    response = program.get("/api/matters")
    assert response.status_code == 500
    assert told(response).code == "broken"


@pytest.mark.parametrize(
    "path", ["/api/matters", "/api/openapi.json", f"{OPEN311}services.json", "/ledger/key"]
)
def test_other_sites_may_read_and_heads_are_answered(program: Client, path: str) -> None:
    whole, head = program.get(path), program.head(path)
    assert whole["Access-Control-Allow-Origin"] == "*"
    assert (head.status_code, head.content) == (200, b"")
    assert int(head["Content-Length"]) == len(whole.content)


def test_a_browser_learns_that_it_may_read_but_not_write_from_elsewhere(program: Client) -> None:
    for path in ("/api/matters", COMPLAINTS, f"{OPEN311}requests.json"):
        response = program.options(path, headers={"origin": "https://elsewhere.example"})
        assert response.status_code == 204
        assert response["Access-Control-Allow-Methods"] == "GET, HEAD"
        assert {"HEAD", "OPTIONS"} <= set(response["Allow"].split(", "))
    posted = send(program, COMPLAINTS, '{"text": "ไฟทางดับ"}'.encode())
    assert "Access-Control-Allow-Origin" not in posted
    assert program.options("/api/nothing").status_code == 404


def test_too_many_are_told_when_to_come_back(program: Client) -> None:
    for _ in range(130):
        response = send(program, COMPLAINTS, '{"text": "ไฟทางดับ", "topic": "street_light"}'.encode())
        if response.status_code != 201:
            break
    assert response.status_code == 429
    assert told(response).code == "too_many"
    assert int(response["Retry-After"]) >= 1


# ── Open311 ──────────────────────────────────────────────────────────────────

GOOD = {
    "api_key": "a-key",
    "service_code": "street_light",
    "description": "ไฟดับ",
    "address_string": "ซอยหลังวัด",
}


@pytest.fixture
def keyed(settings: Any) -> None:
    settings.OPEN311_KEYS = ["a-key"]


FAR = ("0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "9999-12-31T23:59:59-14:00")


@pytest.mark.parametrize("form", ["json", "xml"])
@pytest.mark.parametrize(
    ("question", "status"),
    [
        *((f"requests.{{}}?end_date={FAR[0]}", 400), (f"requests.{{}}?start_date={FAR[1]}", 400)),
        *((f"requests.{{}}?start_date={FAR[2]}", 400), ("requests.{}?start_date=%00", 400)),
        *(("requests.{}?service_request_id=%00", 400), ("requests.{}?service_code=%ff", 400)),
        *(("requests.{}?status=%00", 400), ("requests.{}?page=9999999999999999999", 400)),
        *(("requests.{}?page_size=%E0%B8%81", 400), ("requests.{}?page_size=1001", 400)),
        *(("services/nothing.{}", 404), ("services/%00.{}", 404), ("requests/%E0%B9%95.{}", 404)),
        *(
            ("requests/C69-0000009-9.{}", 404),
            ("tokens/%00.{}", 404),
            ("nothing.{}", 404),
            ("tokens/x.{}", 404),
        ),
    ],
)
def test_open311_questions_are_refused_as_the_standard_says(
    program: Client, question: str, status: int, form: str
) -> None:
    response = program.get(OPEN311 + question.format(form))
    assert response.status_code == status
    wrongs(response, form)


def test_an_ending_that_is_no_format_is_refused_in_xml(program: Client) -> None:
    for path in ("requests.yaml", "requests", "services/street_light"):
        response = program.get(OPEN311 + path)
        assert response.status_code == 404
        wrongs(response, "xml")


@pytest.mark.parametrize("form", ["json", "xml"])
def test_open311_refuses_other_methods_in_its_own_shape(program: Client, form: str) -> None:
    for name, method in (
        ("requests", "PUT"),
        ("services", "POST"),
        ("discovery", "DELETE"),
        ("requests/C69-1", "POST"),
    ):
        response = program.generic(method, f"{OPEN311}{name}.{form}")
        assert response.status_code == 405
        assert "GET" in response["Allow"]
        wrongs(response, form)


@pytest.mark.parametrize("form", ["json", "xml"])
@pytest.mark.parametrize(
    "change",
    [
        *({"description": "a\0b"}, {"description": " \u200b "}, {"description": "x" * 100_000}),
        *({"lat": "nan", "long": "nan"}, {"lat": "1e999", "long": "1"}, {"lat": "1_6", "long": "1_0"}),
        *({"lat": "๑๖", "long": "๑๐๐"}, {"lat": "16.4"}, {"lat": "16.4", "long": "181"}),
        *({"address_id": "99999999"}, {"address_id": "\0"}, {"address_id": "x" * 5000}),
        *({"phone": "\0"}, {"phone": "call me"}, {"email": "nobody"}, {"first_name": "\0"}),
    ],
    ids=str,
)
@pytest.mark.usefixtures("keyed")
def test_a_bad_post_is_refused_in_both_formats(program: Client, change: dict[str, str], form: str) -> None:
    response = program.post(f"{OPEN311}requests.{form}", {**GOOD, **change})
    assert response.status_code == 400
    wrongs(response, form)
    assert not Complaint.objects.exists()


@pytest.mark.parametrize("form", ["json", "xml"])
@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (urlencode(GOOD).encode() + b"&description=%ff%fe", FORM, 400),
        (b"a=1&" * 5000, FORM, 413),
        (b"a=" + b"x" * 3_000_000, FORM, 413),
        (b"--x\r\n", "multipart/form-data", 400),
        (b"--x\r\n", "multipart/form-data; boundary=x", 403),
        (b"{}", JSON, 403),
    ],
)
@pytest.mark.usefixtures("keyed")
def test_a_post_that_is_no_form_is_refused(
    program: Client, body: bytes, kind: str, status: int, form: str
) -> None:
    response = send(program, f"{OPEN311}requests.{form}", body, kind)
    assert response.status_code == status, response.content[:200]
    wrongs(response, form)


NAMES = st.sampled_from(
    [
        "service_request_id",
        "service_code",
        "status",
        "start_date",
        "end_date",
        "updated_after",
        "page",
        "page_size",
    ]
)
ANYTHING = st.one_of(
    st.text(max_size=30),
    st.integers().map(str),
    st.datetimes().map(lambda at: f"{at.isoformat()}Z"),
    st.sampled_from(["open", "closed", "open,closed", ",", "C69-0000001-1", *FAR]),
)


@given(asked=st.dictionaries(NAMES, ANYTHING, max_size=4), form=st.sampled_from(["json", "xml"]))
@settings(max_examples=40)
def test_open311_answers_any_question_or_refuses_it(asked: dict[str, str], form: str) -> None:
    safe = {name: text.encode("utf-8", "replace").decode() for name, text in asked.items()}
    response = Client().get(f"{OPEN311}requests.{form}", safe)
    assert response.status_code in {200, 400, 404}
    if response.status_code != 200:
        wrongs(response, form)
    connection.check_constraints()


@given(
    values=st.fixed_dictionaries(
        {}, optional={name: st.text(max_size=20) for name in (*GOOD, "lat", "long", "email")}
    )
)
@settings(max_examples=25)
def test_open311_takes_any_form_or_refuses_it(values: dict[str, str]) -> None:
    limits.forget_everything()
    safe = {name: text.encode("utf-8", "replace").decode() for name, text in values.items()}
    for form in ("json", "xml"):
        response = Client().post(f"{OPEN311}requests.{form}", safe)
        assert response.status_code in {201, 400, 403, 404}
        if response.status_code != 201:
            wrongs(response, form)
