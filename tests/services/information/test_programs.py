"""Programs ask for people, and read what everyone may read."""

import json

import pytest
from django.test import Client
from tests.services.information.asked import OFFICE, QUESTION, ask, later, refuse

from sala.services.information.models import Request
from sala.services.information.rules.wishes import Openness

pytestmark = pytest.mark.usefixtures("law_state")


def send(client: Client, key: str = "", **more: object) -> tuple[int, dict[str, object]]:
    body = json.dumps({"text": QUESTION, "agency": OFFICE, **more})
    headers = {"Idempotency-Key": key} if key else {}
    answer = client.post("/api/information", body, content_type="application/json", headers=headers)
    return answer.status_code, answer.json()


@pytest.mark.req("ODP-3")
def test_a_program_asks_once_however_often_it_sends(client: Client) -> None:
    first, again = send(client, "a1"), send(client, "a1")
    assert first == again
    assert first[0] == 201
    assert Request.objects.get().channel == "api"


def test_what_cannot_be_taken_is_named_by_field(client: Client) -> None:
    assert send(client, agency="nobody")[1]["fields"] == {"agency": "office_unknown"}
    assert send(client, wish="own_data")[1]["fields"] == {"openness": "own_data_stays_private"}
    assert send(client, nonsense=1)[0] == 422
    assert not Request.objects.exists()


def test_a_public_request_is_read_with_its_answer_and_a_hidden_one_is_not(client: Client) -> None:
    filed, hidden = ask(), ask(openness=Openness.AGENCY_ONLY)
    refuse(filed, later(1))
    told = client.get(f"/api/information/{filed.reference}").json()
    assert told["answers"][0]["grounds"] == ["s15_2"]
    assert "081-234" not in json.dumps(told)
    assert client.get(f"/api/information/{hidden.reference}").status_code == 404
