"""A page says whom it is for: what a browser or a proxy kept for nobody known is never shown to somebody, nor back."""

import pytest
from django.test import Client

from sala.commons.identity.models import Person
from sala.core import clock
from sala.serving.page_cache import public_seconds

pytestmark = [pytest.mark.usefixtures("state"), pytest.mark.req("TRU-2")]
PAGES = (
    "/",
    "/en/",
    "/help/",
    "/matters/",
    "/agencies/",
    "/complaints/rules",
    "/ledger/",
    "/data/",
    "/api/docs",
)
FOR_PROGRAMS = ("/api/matters", "/open311/v2/services.json", "/data/matters.json", "/figures.json")


@pytest.fixture
def signed_in(client: Client) -> Client:
    person = Person.objects.create(created_at=clock.now())
    session = client.session
    since = int(clock.now().timestamp())
    session.update({"person_id": person.pk, "assurance_level": 2, "authenticated_at": since, "way": "demo"})
    session.save()
    return client


@pytest.mark.parametrize("address", PAGES)
def test_a_page_for_everybody_is_kept_and_says_that_the_cookie_decides(address: str, client: Client) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    assert "Cookie" in answer["Vary"]
    assert public_seconds("200 OK", list(answer.items())), "anybody may be sent it again"
    assert "csrfmiddlewaretoken" not in answer.content.decode(), "what is packed holds no secret (BREACH)"


@pytest.mark.parametrize("address", PAGES)
def test_a_page_for_somebody_known_is_theirs_and_asked_about_each_time(
    address: str, signed_in: Client
) -> None:
    answer = signed_in.get(address)
    assert answer["Cache-Control"] == "private, no-cache"
    assert "Cookie" in answer["Vary"]
    assert not public_seconds("200 OK", list(answer.items()))


@pytest.mark.parametrize("address", FOR_PROGRAMS)
def test_an_answer_for_programs_is_the_same_for_everybody(address: str, signed_in: Client) -> None:
    one, other = Client().get(address), signed_in.get(address)
    assert one.content == other.content
    assert "Cookie" not in one.get("Vary", "") + other.get("Vary", "")
    assert public_seconds("200 OK", list(other.items()))
