"""The OpenAPI document: it is the one we promised, and every door does what it says, whatever is sent."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.core import signals
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks

from sala.core import clock
from sala.core.actors import ANONYMOUS
from sala.platform import limits
from sala.services.complaints import actions
from sala.services.complaints.actions import Filing
from sala.serving.wsgi import application
from sala.site.api import api

SNAPSHOT = Path(__file__).parent / "openapi.json"


def written() -> str:
    """The document as it is now, in a form that shows differences by line."""
    return json.dumps(api.get_openapi_schema(path_prefix="/api/"), ensure_ascii=False, indent=1) + "\n"


def test_the_document_is_the_one_promised() -> None:
    assert written() == SNAPSHOT.read_text(encoding="utf-8"), (
        "programs rely on it; if the change is meant, run `make docs`"
    )


def plainly(environ: dict[str, Any], start_response: Any) -> Any:
    """The site, unpacked: schemathesis says that it takes gzip, but inside one process it does not unpack it."""
    environ.pop("HTTP_ACCEPT_ENCODING", None)
    return application(environ, start_response)


def asked(mode: schemathesis.GenerationMode) -> schemathesis.BaseSchema:
    """The document as schemathesis reads it, to ask what fits it or what does not."""
    schema = schemathesis.openapi.from_dict(json.loads(written()))
    schema.app = plainly
    schema.config.generation.update(modes=[mode])
    return schema


fitting = asked(schemathesis.GenerationMode.POSITIVE)
unfit = asked(schemathesis.GenerationMode.NEGATIVE)
CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
    checks.response_headers_conformance,
]
MANY = settings(
    max_examples=20,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, *HealthCheck],
)


@pytest.fixture
def _one_connection() -> Iterator[None]:
    """Requests do not close the connection that holds the test's transaction."""
    both = (signals.request_started, signals.request_finished)
    for signal in both:
        signal.disconnect(close_old_connections)
    yield
    for signal in both:
        signal.connect(close_old_connections)


@pytest.mark.django_db
@pytest.mark.usefixtures("state", "_one_connection")
@fitting.parametrize()
@MANY
def test_every_door_does_what_the_document_says(case: schemathesis.Case) -> None:
    limits.forget_everything()
    case.call_and_validate(checks=CHECKS)


@pytest.mark.django_db
@pytest.mark.usefixtures("state", "_one_connection")
@unfit.parametrize()
@MANY
def test_what_the_document_rules_out_is_refused_as_it_says(case: schemathesis.Case) -> None:
    limits.forget_everything()
    case.call_and_validate(checks=[*CHECKS, checks.negative_data_rejection], excluded_checks=[])


@pytest.mark.django_db
@pytest.mark.usefixtures("state")
def test_a_program_files_reads_and_follows_a_complaint(client: Client) -> None:
    given = {"text": "ไฟทางดับทั้งซอย โทร 081-234-5678", "topic": "street_light", "area": "400101"}
    answer = client.post("/api/complaints", given, content_type="application/json")
    assert answer.status_code == 201, answer.content.decode()
    reference = answer.json()["reference"]
    shown = client.get(f"/api/complaints/{reference}").json()
    assert shown["agency"] == "kk-muni"
    assert "081-234" not in shown["text"]
    assert [m["reference"] for m in client.get("/api/matters").json()["matters"]] == [reference]
    steps = client.get(f"/api/matters/{reference}/steps").json()
    assert [step["kind"] for step in steps] == ["complaint.filed"]


@pytest.mark.django_db
@pytest.mark.usefixtures("state")
def test_refusals_are_a_code_a_sentence_and_fields(client: Client) -> None:
    bad = client.post("/api/complaints", {"text": "", "topic": "x"}, content_type="application/json")
    assert bad.status_code == 422
    assert bad.json()["code"] == "invalid"
    assert any("text" in field for field in bad.json()["fields"])
    gone = client.get("/api/complaints/C69-0000000-0")
    assert gone.status_code == 404
    assert gone.json()["code"] == "matter_not_found"


@pytest.mark.django_db
@pytest.mark.usefixtures("state")
def test_lists_are_read_on_with_a_cursor(client: Client) -> None:
    for number in range(3):
        filing = Filing(text=f"ไฟทางดับ ซอย {number}", topic="street_light", area="400101")
        actions.file_complaint(actor=ANONYMOUS, now=clock.now(), filing=filing)
    first = client.get("/api/matters?size=2").json()
    rest = client.get(f"/api/matters?size=2&before={first['before']}").json()
    assert len(first["matters"]) == 2
    assert len(rest["matters"]) == 1
    assert rest["before"] is None


def test_the_page_for_people_names_every_door(client: Client) -> None:
    page = client.get("/en/api/docs").content.decode()
    for path in json.loads(written())["paths"]:
        assert path in page
