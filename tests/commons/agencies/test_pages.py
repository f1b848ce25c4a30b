"""Pages of bodies: who answers for what, for everyone; people, roles and desks for an administrator."""

import pytest
from django.test import Client
from tests.small_state import NOW, forgotten, state

from sala.commons.agencies import actions, queries
from sala.commons.agencies.models import Appointment, Desk
from sala.commons.identity import queries as identity
from sala.commons.identity.models import Person
from sala.commons.ledger.models import Entry
from sala.core.actors import SYSTEM, Actor, Grant, Role
from sala.core.errors import Conflict, Invalid, NotFound, Refused

__all__ = ["forgotten", "state"]
pytestmark = pytest.mark.usefixtures("state")
EMAIL = "wipha@example.org"


def person(email: str = "") -> Person:
    digest = identity.contact_digest(email) if email else ""
    return Person.objects.create(created_at=NOW, display_name="วิภา", email_digest=digest)


def signed_in(agency: str, role: Role) -> tuple[Client, int]:
    one = person()
    appointment = actions.grant_role(actor=SYSTEM, now=NOW, person_id=one.pk, agency=agency, role=role)
    client = Client()
    session = client.session
    stamp = int(NOW.timestamp())
    session.update({"person_id": one.pk, "assurance_level": 2, "authenticated_at": stamp, "way": "demo"})
    session.save()
    return client, appointment


@pytest.mark.req("TRU-1")
def test_an_administrator_gives_and_ends_roles_and_the_person_sees_them() -> None:
    client, _ = signed_in("kk-muni", Role.ADMINISTRATOR)
    officer = person(EMAIL)
    values = {"agency": "kk-muni", "email": EMAIL, "role": "officer"}
    assert client.post("/desk/people/", values).status_code == 302
    assert queries.grants_of(officer.pk) == (Grant(Role.OFFICER, "kk-muni"),)
    assert Entry.objects.latest("pk").kind == "agencies.role_granted"
    assert "วิภา" in client.get("/en/desk/people/").content.decode()
    again = client.post("/en/desk/people/", values)
    assert (again.status_code, "holds that role already" in again.content.decode()) == (422, True)
    appointment = Appointment.objects.get(person=officer)
    assert client.post(f"/desk/people/{appointment.pk}/end", {"agency": "kk-muni"}).status_code == 302
    assert queries.grants_of(officer.pk) == ()
    assert Entry.objects.latest("pk").kind == "agencies.role_ended"
    body = bytes(Entry.objects.latest("pk").body).decode()
    assert "วิภา" not in body
    assert EMAIL not in body


@pytest.mark.req("TRU-1")
def test_my_page_lists_the_roles_i_was_given() -> None:
    client, _ = signed_in("kk-muni", Role.ADMINISTRATOR)
    shown = client.get("/en/me/").content.decode()
    assert "Roles you were given" in shown
    assert "/en/desk/people/?agency=kk-muni" in shown
    assert b'"roles"' in client.get("/en/me/data.json").content


def test_an_address_nobody_signed_in_with_is_told_beside_the_field() -> None:
    client, _ = signed_in("kk-muni", Role.ADMINISTRATOR)
    values = {"agency": "kk-muni", "email": "nobody@example.org", "role": "officer"}
    answer = client.post("/en/desk/people/", values)
    assert answer.status_code == 422
    assert "Nobody has signed in with this address" in answer.content.decode()
    assert "nobody@example.org" in answer.content.decode()


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.CITIZEN, Role.SYSTEM)])
def test_only_the_administrator_of_the_agency_itself_enters_and_acts(role: Role) -> None:
    client, appointment = signed_in("pea", role)
    values = {"agency": "kk-muni", "email": EMAIL, "role": "officer"}
    person(EMAIL)
    for path in ("/desk/people/", "/desk/desks/", f"/desk/people/{appointment}/end"):
        assert Client().post(path, values).status_code == 403
    assert client.post("/desk/people/", values).status_code == 403
    assert client.post("/desk/desks/", values).status_code == 403
    stranger = Actor(person_id=person().pk, grants=(Grant(role, "kk-muni"),))
    other = actions.grant_role(actor=SYSTEM, now=NOW, person_id=person().pk, agency="nacc", role=Role.OFFICER)
    with pytest.raises(Refused):
        actions.end_role(actor=stranger, now=NOW, appointment_id=other)


def test_what_cannot_be_given_is_refused() -> None:
    one = person()
    with pytest.raises(Invalid):
        actions.grant_role(actor=SYSTEM, now=NOW, person_id=one.pk, agency="pea", role=Role.SYSTEM)
    with pytest.raises(NotFound):
        actions.grant_role(actor=SYSTEM, now=NOW, person_id=10**9, agency="pea", role=Role.OFFICER)
    with pytest.raises(NotFound):
        actions.grant_role(actor=SYSTEM, now=NOW, person_id=one.pk, agency="none", role=Role.OFFICER)


def test_the_last_administrator_stays_until_there_is_another() -> None:
    client, appointment = signed_in("pea", Role.ADMINISTRATOR)
    page = client.post(f"/en/desk/people/{appointment}/end", {"agency": "pea"}, follow=True)
    assert "An agency needs an administrator" in page.content.decode()
    first = Actor(person_id=person().pk, grants=(Grant(Role.ADMINISTRATOR, "pea"),))
    with pytest.raises(Conflict):
        actions.end_role(actor=first, now=NOW, appointment_id=appointment)
    signed_in("pea", Role.ADMINISTRATOR)
    actions.end_role(actor=first, now=NOW, appointment_id=appointment)


def test_an_administrator_adds_a_desk_once() -> None:
    client, _ = signed_in("pea", Role.ADMINISTRATOR)
    values = {"agency": "pea", "name_th": "ฝ่ายสายส่ง", "name_en": "Lines"}
    assert client.post("/desk/desks/", values).status_code == 302
    assert client.post("/desk/desks/", values).status_code == 422
    assert client.post("/desk/desks/", {"agency": "pea"}).status_code == 422
    assert Desk.objects.filter(agency__code="pea").count() == 1


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/agencies/", "Khon Kaen City Municipality"),
        ("/agencies/kk-muni", "Municipality Act B.E. 2496 section 56"),
        ("/areas/400101", "Municipality Act B.E. 2496 section 56"),
        ("/areas/40", "Mueang Khon Kaen"),
    ],
)
def test_everyone_reads_who_answers_for_what_by_which_law(prefix: str, path: str, words: str) -> None:
    answer = Client().get(prefix + path)
    assert answer.status_code == 200
    assert "public" in answer["Cache-Control"]
    if prefix:
        assert words in answer.content.decode()


@pytest.mark.parametrize("path", ["/agencies/none", "/areas/99", "/areas/x", "/areas/400199"])
def test_what_is_not_there_is_a_page_that_says_so(path: str) -> None:
    assert Client().get(path).status_code == 404
