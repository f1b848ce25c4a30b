"""The invented people hold the roles that the sign-in page says they hold."""

from datetime import UTC, datetime

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from sala.commons.agencies import queries as bodies
from sala.commons.agencies.cast import appoint_cast
from sala.commons.agencies.models import Agency
from sala.commons.identity import queries
from sala.commons.ledger.models import Entry
from sala.core.actors import Role

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


def test_everybody_of_the_cast_is_appointed_once(client: Client, settings: Settings) -> None:
    settings.DEMO = True
    codes = {invented.agency for invented in queries.list_demo_identities() if invented.agency}
    bodies.forget()
    assert set(appoint_cast(now=NOW)) == codes
    Agency.objects.bulk_create(
        Agency(code=code, kind="department", name_th=f"หน่วยงาน {code}", name_en=f"Agency {code}")
        for code in codes
    )
    bodies.forget()
    assert appoint_cast(now=NOW) == ()
    told = Entry.objects.count()
    assert appoint_cast(now=NOW) == ()
    assert Entry.objects.count() == told
    for invented in queries.list_demo_identities():
        client.post("/sign-in/demo/", {"key": invented.key})
        actor = queries.actor_of_session(client.session)
        assert invented.role is Role.CITIZEN or actor.holds(invented.role, invented.agency)
    bodies.forget()


def test_every_role_that_can_be_granted_is_in_the_cast() -> None:
    roles = {invented.role for invented in queries.list_demo_identities()}
    assert roles == set(Role) - {Role.SYSTEM}


def test_knowing_who_acts_costs_two_queries_and_a_stranger_none(
    client: Client, settings: Settings, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    settings.DEMO = True
    client.post("/sign-in/demo/", {"key": "auditor"})
    session = SessionStore(client.session.session_key)
    with django_assert_num_queries(2):  # the session, the roles
        assert queries.actor_of_session(session).is_signed_in
    with django_assert_num_queries(0):
        assert not queries.actor_of_session(SessionStore()).is_signed_in
