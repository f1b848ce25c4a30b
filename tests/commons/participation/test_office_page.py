"""The office's page of a collection, and the buttons around one's own signature."""

from typing import Any

import pytest
from django.test import Client
from tests.commons.participation.signing_office import Where, citizen, work

from sala.commons.agencies import actions as agencies
from sala.commons.identity import sessions
from sala.commons.identity.models import Person
from sala.commons.participation import queries, rules
from sala.commons.participation.models import Invalidation, Signature
from sala.core import clock
from sala.core.actors import SYSTEM, Role
from sala.platform.sessions import SessionStore

pytestmark = [pytest.mark.usefixtures("state"), pytest.mark.req("LAW-3.1", "LAW-3.2")]


def client_of(where: Where, role: Role | None = None) -> Client:
    """Somebody who is signed in, with a role at the matter's office or none."""
    now = clock.now()
    person = Person.objects.create(created_at=now)
    if role:
        agency = where.collection.matter.agency
        agencies.grant_role(actor=SYSTEM, now=now, person_id=person.pk, agency=agency, role=role)
    store = SessionStore()
    sessions.open_session(store, sessions.Bearer(person.pk, 2, now, "thaid"))
    store.save()
    client = Client()
    client.cookies["sala_session"] = str(store.session_key)
    return client


def address(where: Where, more: str = "office/") -> str:
    return f"/en/sign/{where.reference}/petition/{more}"


def test_an_officer_enters_a_sheet_and_is_told_what_became_of_each_row() -> None:
    where = Where()
    where.sign(citizen(1))
    lines = f"{citizen(1)} สมชาย ใจดี\n{citizen(2)}\tสมหญิง\n\n123 ใคร"
    page = client_of(where, Role.OFFICER).post(
        address(where), {"act": "sheet", "number": "ก-1", "lines": lines}, follow=True
    )
    assert "1 new, 1 had signed already, 1 with a wrong number" in page.content.decode()
    assert where.count() == 2
    assert citizen(2) not in page.content.decode()


def test_what_an_officer_typed_stays_when_it_cannot_be_taken() -> None:
    where = Where()
    client = client_of(where, Role.OFFICER)
    for number, lines, says in (
        ("", f"{citizen(1)} ก", "Write the sheet&#x27;s number"),
        ("1", " \n", "Write at least one"),
        ("1", "x\n" * 501, "between one and 500"),
    ):
        page = client.post(address(where), {"act": "sheet", "number": number, "lines": lines})
        assert (page.status_code, says in page.content.decode()) == (422, True), says
    client.post(address(where), {"act": "sheet", "number": "1", "lines": f"{citizen(1)} ก"})
    page = client.post(address(where), {"act": "sheet", "number": "1", "lines": f"{citizen(2)} ข"})
    assert (page.status_code, citizen(2) in page.content.decode()) == (422, True)
    assert "was entered already" in page.content.decode()


def test_a_supervisor_sees_how_many_before_they_are_set_aside_and_takes_it_back() -> None:
    where = Where()
    for number in range(3):
        where.sign(citizen(number))
    boss = client_of(where, Role.SUPERVISOR)
    asked = {"channel": "web", "reason": "forged"}
    page = boss.post(address(where), {"act": "look", **asked}).content.decode()
    assert "3 signatures are meant" in page
    hidden = {name: page.split(f'name="{name}" value="')[1].split('"')[0] for name in ("until", "expected")}
    where.sign(citizen(9))
    boss.post(address(where), {"act": "aside", **asked, **hidden})
    work()
    assert where.count() == 1
    key = Invalidation.objects.get().pk
    boss.post(address(where, "office/reverse/"), {"invalidation": key})
    work()
    assert where.count() == 4
    assert "came back" in boss.get(address(where)).content.decode()


@pytest.mark.parametrize("expected", ["2", "", "x", "-1"])
def test_setting_aside_what_was_not_seen_sets_nothing_aside(expected: str) -> None:
    where = Where()
    where.sign(citizen(1))
    boss = client_of(where, Role.SUPERVISOR)
    sent = {"act": "aside", "channel": "web", "reason": "forged", "expected": expected}
    boss.post(address(where), {**sent, "until": "2099-01-01T00:00:00+00:00"})
    boss.post(address(where), {**sent, "until": "nonsense"})
    assert not Invalidation.objects.exists()


def test_only_the_office_opens_its_page_and_only_its_supervisor_sets_aside() -> None:
    where, other = Where(), Where()
    assert client_of(where).get(address(where)).status_code == 403
    officer = client_of(where, Role.OFFICER)
    assert "Set signatures aside" not in officer.get(address(where)).content.decode()
    sent = {"act": "look", "channel": "web", "reason": "forged"}
    assert officer.post(address(where), sent).status_code == 403
    boss = client_of(where, Role.SUPERVISOR)
    assert boss.post(address(other, "office/reverse/"), {"invalidation": "99"}).status_code == 404
    assert Client().get(address(where)).status_code in (302, 403)


def test_the_page_asks_the_same_number_of_statements_however_many_signed(
    django_assert_num_queries: Any,
) -> None:
    where = Where()
    officer = client_of(where, Role.OFFICER)
    officer.get(address(where))
    for number in range(4):
        where.sign(citizen(number))
    with django_assert_num_queries(8):
        officer.get(address(where))
    for number in range(4, 30):
        where.sign(citizen(number))
    with django_assert_num_queries(8):
        officer.get(address(where))


def test_who_signed_takes_it_back_by_a_button_and_may_sign_again() -> None:
    where = Where(tells_apart=rules.TellsApart.PERSON)
    client = client_of(where)
    client.post(address(where, ""))
    page = client.get(address(where, "")).content.decode()
    assert "Take my signature back" in page
    page = client.post(address(where, "withdraw/"), follow=True).content.decode()
    assert "taken back" in page
    assert where.count() == 0
    client.post(address(where, ""))
    assert where.count() == 1
    assert Signature.objects.count() == 2
    assert not queries.recount()
