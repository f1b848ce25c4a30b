"""Signing in as an invented person: one click in the demonstration, nowhere else; sessions stay safe."""

import pytest
from django.test import Client
from pytest_django import Settings

from sala.commons.identity import queries, slots
from sala.commons.identity.models import Person, SignIn
from sala.core.actors import ANONYMOUS, Grant, Role

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _demonstration(settings: Settings) -> None:
    settings.DEMO = True


def sign_in(client: Client, key: str, following: str = "/") -> int:
    response = client.post("/sign-in/demo/", {"key": key, "next": following})
    assert response.status_code == 302
    assert response["Location"] == following
    return int(client.session["person_id"])


@pytest.mark.req("TRU-2")
def test_one_click_signs_in_and_the_same_person_comes_back(client: Client) -> None:
    first = sign_in(client, "somying", "/en/")
    client.post("/sign-out/")
    assert "person_id" not in client.session
    assert sign_in(client, "somying") == first
    assert Person.objects.count() == 1
    assert [s.ended_at is None for s in SignIn.objects.order_by("pk")] == [False, True]


@pytest.mark.parametrize("address", ["/sign-in/demo/", "/en/sign-in/demo/"])
def test_every_invented_person_is_on_the_page(client: Client, address: str) -> None:
    page = client.get(address).content.decode()
    assert page.count('name="key"') >= 9
    assert 'value="maria"' in page


def test_outside_the_demonstration_there_are_no_invented_people(client: Client, settings: Settings) -> None:
    settings.DEMO = False
    assert client.get("/sign-in/demo/").status_code == 404
    assert client.post("/sign-in/demo/", {"key": "somying"}).status_code == 404
    assert not Person.objects.exists()


def test_an_unknown_invented_person_is_not_found(client: Client) -> None:
    assert client.post("/sign-in/demo/", {"key": "nobody"}).status_code == 404


def test_a_session_key_planted_before_sign_in_is_worth_nothing(client: Client) -> None:
    session = client.session
    session["draft"] = "begun before"
    session.save()
    planted = session.session_key
    sign_in(client, "somying")
    assert client.session.session_key != planted
    assert client.session["draft"] == "begun before"
    assert not Client().session.exists(planted)


def test_the_next_person_on_the_same_browser_finds_nothing_of_the_one_before(client: Client) -> None:
    sign_in(client, "somying")
    session = client.session
    session["draft"] = "of Somying"
    session.save()
    sign_in(client, "prasit")
    assert "draft" not in client.session


def test_nobody_is_led_away_after_sign_in(client: Client) -> None:
    response = client.post("/sign-in/demo/", {"key": "somying", "next": "https://evil.example/"})
    assert response["Location"] == "/"


def test_the_actor_has_the_roles_held_now_in_one_query(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    person_id = sign_in(client, "officer-city")
    monkeypatch.setattr(slots, "grants_of", lambda p: (Grant(Role.OFFICER, "bma"),) if p == person_id else ())
    actor = queries.actor_of_session(client.session)
    assert (actor.person_id, actor.assurance_level) == (person_id, 2)
    assert actor.holds(Role.OFFICER, "bma")
    assert queries.actor_of_session(Client().session) == ANONYMOUS
