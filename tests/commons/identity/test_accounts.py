"""One's own account: settings, consent, export, erasure; contact data sealed at rest and open to nobody else."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.fernet import Fernet
from django.conf import settings as site
from django.test import Client
from pytest_django import Settings

from sala.commons.identity import actions, queries, slots
from sala.commons.identity.actions.accounts import Wishes
from sala.commons.identity.actions.looks import Subject
from sala.commons.identity.models import AccessRecord, Consent, Person, SignIn
from sala.commons.ledger.models import Entry
from sala.core import clock
from sala.core.actors import ANONYMOUS, SYSTEM, Actor, Grant, Role
from sala.core.errors import Conflict, Invalid, NotFound, Refused
from sala.platform import seals

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


def new_person(email: str = "nok@example.th") -> int:
    return Person.objects.create(
        created_at=NOW, email_sealed=seals.seal(email), email_digest=seals.digest("contact", email)
    ).pk


def enter(client: Client, settings: Settings) -> int:
    settings.DEMO = True
    with clock.frozen(NOW):
        client.post("/sign-in/demo/", {"key": "somying"})
    return int(client.session["person_id"])


@pytest.mark.req("TRU-2")
def test_sealed_text_opens_with_old_and_new_keys_and_with_no_others(settings: Settings) -> None:
    sealed = seals.seal("08 1234 5678")
    assert "1234" not in sealed
    settings.DATA_KEYS = [Fernet.generate_key().decode(), *site.DATA_KEYS]
    assert seals.unseal(sealed) == "08 1234 5678"
    renewed = seals.reseal(sealed)
    settings.DATA_KEYS = settings.DATA_KEYS[:1]
    assert seals.unseal(renewed) == "08 1234 5678"
    with pytest.raises(ValueError, match="SALA_DATA_KEYS"):
        seals.unseal(sealed)
    assert seals.seal("") == seals.unseal("") == seals.reseal("") == ""


def test_settings_are_kept_and_wrong_ones_are_named() -> None:
    me = Actor(person_id=new_person())
    actions.save_settings(actor=me, wishes=Wishes("  นก  น้อย ", "en", "weekly", "๐๘๑-๒๓๔ ๕๖๗๘"))
    account = queries.get_account(me)
    assert (account.display_name, account.language, account.told) == ("นก น้อย", "en", "weekly")
    assert account.phone == "0812345678"
    assert queries.list_person_ids_of_contact("+66 81 234 5678") == [me.person_id]
    with pytest.raises(Invalid) as refused:
        actions.save_settings(actor=me, wishes=Wishes("x" * 101, "xx", "hourly", "12"))
    assert set(refused.value.fields) == {"display_name", "language", "told", "phone"}
    with pytest.raises(Refused):
        actions.save_settings(actor=ANONYMOUS, wishes=Wishes("", "th", "daily"))


def test_only_those_who_want_to_be_told_are_addressed() -> None:
    told, silent = new_person("a@b.th"), new_person("c@d.th")
    Person.objects.filter(pk=silent).update(told="never")
    nowhere = Person.objects.create(created_at=NOW).pk
    (addressee,) = queries.list_addressees([told, silent, nowhere])
    assert (addressee.person_id, addressee.language, addressee.told) == (told, "th", "at_once")


def test_a_name_is_public_only_if_chosen() -> None:
    named, unnamed = new_person(), new_person("x@y.th")
    Person.objects.filter(pk=named).update(display_name="นก")
    assert queries.display_names([named, unnamed]) == {named: "นก"}
    assert queries.list_person_ids_of_contact("neither") == []


@pytest.mark.req("TRU-1")
def test_consent_is_given_and_taken_back_each_with_one_act() -> None:
    me = Actor(person_id=new_person())
    actions.give_consent(actor=me, purpose="research", wording="2026-1", now=NOW)
    with pytest.raises(Conflict):
        actions.give_consent(actor=me, purpose="research", wording="2026-1", now=NOW)
    assert me.person_id is not None
    assert queries.has_consent(me.person_id, "research")
    (agreed,) = queries.list_consents(me)
    with pytest.raises(NotFound):
        actions.withdraw_consent(actor=Actor(person_id=new_person("o@p.th")), consent_id=agreed.id, now=NOW)
    actions.withdraw_consent(actor=me, consent_id=agreed.id, now=NOW)
    assert not queries.has_consent(me.person_id, "research")
    with pytest.raises(NotFound):
        actions.withdraw_consent(actor=me, consent_id=agreed.id, now=NOW)
    actions.give_consent(actor=me, purpose="research", wording="2026-2", now=NOW)
    assert [c.withdrawn_at is None for c in queries.list_consents(me)] == [True, False]
    assert list(Entry.objects.order_by("pk").values_list("kind", flat=True)) == [
        "consent.given",
        "consent.withdrawn",
        "consent.given",
    ]


@pytest.mark.parametrize(("purpose", "wording"), [("", "1"), ("Bad Code", "1"), ("ok", ""), ("ok", "x" * 21)])
def test_consent_to_nothing_in_particular_is_refused(purpose: str, wording: str) -> None:
    with pytest.raises(Invalid):
        actions.give_consent(actor=Actor(person_id=new_person()), purpose=purpose, wording=wording, now=NOW)


@pytest.mark.req("TRU-1")
def test_the_export_holds_everything_of_mine_and_no_secret(
    client: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = enter(client, settings)
    officer = Actor(person_id=new_person(), grants=(Grant(Role.OFFICER, "bma"),))
    actions.record_access(
        actor=officer, agency="bma", purpose="handle_complaint", subjects=[Subject(person)], now=NOW
    )
    monkeypatch.setattr(slots, "on_export", [("complaints", lambda p: [{"reference": "C69-1", "by": p}])])
    response = client.get("/me/data.json")
    assert response["Content-Type"] == "application/json"
    held = json.loads(response.content)
    assert held["account"]["display_name"] == "สมหญิง ใจเย็น"
    assert held["complaints"] == [{"reference": "C69-1", "by": person}]
    assert held["looks_at_my_data"][0]["agency"] == "bma"
    assert held["ways_to_sign_in"][0]["way"] == "demo"
    text = response.content.decode()
    assert "digest" not in text
    assert "salt" not in text
    assert str(client.session.session_key) not in text
    for address in ("/me/data/", "/en/me/data/"):
        assert "C69-1" in client.get(address).content.decode()


@pytest.mark.req("TRU-1", "TRU-2")
def test_erasure_empties_every_box_and_the_references_hold(
    client: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = enter(client, settings)
    me = Actor(person_id=person)
    actions.give_consent(actor=me, purpose="research", wording="1", now=NOW)
    actions.save_settings(actor=me, wishes=Wishes("นก", "th", "daily", "0812345678"))
    officer = Actor(person_id=new_person(), grants=(Grant(Role.OFFICER, "bma"),))
    actions.record_access(
        actor=officer, agency="bma", purpose="handle_complaint", subjects=[Subject(person, "C1")], now=NOW
    )
    erased: list[int] = []
    monkeypatch.setattr(slots, "on_erase", [("complaints", erased.append)])
    assert client.post("/me/erase/", {}).status_code == 422
    assert client.post("/me/erase/", {"agreed": "on"}).status_code == 200
    assert erased == [person]
    row = Person.objects.get(pk=person)
    assert (row.display_name, row.email_sealed, row.phone_sealed, row.phone_digest) == ("", "", "", "")
    assert row.erased_at is not None
    assert not SignIn.objects.filter(person_id=person).exists()
    assert not Consent.objects.filter(person_id=person).exists()
    assert AccessRecord.objects.get().person_id is None
    assert AccessRecord.objects.get().matter == "C1"
    assert client.get("/me/").status_code == 302
    body = bytes(Entry.objects.get(kind="person.erased").body).decode()
    assert '"C1"' not in body
    assert "person_id" not in body
    with pytest.raises(NotFound):
        actions.erase_person(actor=me, now=NOW)
    assert enter(client, settings) != person


def test_who_still_holds_a_role_cannot_vanish(monkeypatch: pytest.MonkeyPatch) -> None:
    me = Actor(person_id=new_person(), grants=(Grant(Role.OFFICER, "bma"),))
    monkeypatch.setattr(slots, "grants_of", lambda person_id: me.grants)
    with pytest.raises(Refused):
        actions.erase_person(actor=me, now=NOW)
    with pytest.raises(Refused):
        actions.erase_person(actor=ANONYMOUS, now=NOW)


def test_a_failing_box_undoes_the_whole_erasure(monkeypatch: pytest.MonkeyPatch) -> None:
    person = new_person()

    def fail(person_id: int) -> None:
        raise RuntimeError("no")

    monkeypatch.setattr(slots, "on_erase", [("complaints", fail)])
    with pytest.raises(RuntimeError):
        actions.erase_person(actor=Actor(person_id=person), now=NOW)
    assert Person.objects.get(pk=person).email_sealed


def test_i_can_sign_out_everywhere_else(client: Client, settings: Settings) -> None:
    person = enter(client, settings)
    elsewhere = Client()
    enter(elsewhere, settings)
    with clock.frozen(NOW + timedelta(minutes=1)):
        here = client.session.session_key or ""
        opened = queries.list_sign_ins(Actor(person_id=person), session_key=here, now=clock.now())
        assert sorted(o.is_here for o in opened) == [False, True]
        assert client.post("/me/settings/sign-out-elsewhere/").status_code == 302
    assert elsewhere.get("/me/").status_code == 302
    assert client.get("/me/").status_code == 200
    with pytest.raises(Refused):
        actions.end_other_sign_ins(actor=ANONYMOUS, session_key="", now=NOW)


OWN_PAGES = [
    "/me/",
    "/me/settings/",
    "/me/settings/e-mail/",
    "/me/access/",
    "/me/consents/",
    "/me/data/",
    "/me/erase/",
]


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_own_pages_open_for_their_owner_and_lead_a_stranger_to_sign_in(
    client: Client, settings: Settings, prefix: str
) -> None:
    for address in OWN_PAGES:
        assert client.get(prefix + address)["Location"].startswith(f"{prefix}/sign-in/?next=")
    enter(client, settings)
    for address in OWN_PAGES:
        response = client.get(prefix + address)
        assert response.status_code == 200, address
        assert "no-store" in response["Cache-Control"]


def test_settings_by_form_and_consent_by_button(client: Client, settings: Settings) -> None:
    person = enter(client, settings)
    wanted = {"display_name": "นก", "phone": "12", "language": "th", "told": "never"}
    response = client.post("/me/settings/", wanted)
    assert response.status_code == 422
    assert "เบอร์โทรศัพท์นี้ยังไม่ถูกต้อง" in response.content.decode()
    assert client.post("/me/settings/", wanted | {"phone": ""}).status_code == 302
    assert Person.objects.get(pk=person).told == "never"
    actions.give_consent(actor=Actor(person_id=person), purpose="research", wording="1", now=NOW)
    page = client.get("/en/me/consents/").content.decode()
    assert "research" in page
    consent = Consent.objects.get().pk
    assert client.post(f"/en/me/consents/{consent}/withdraw/").status_code == 302
    assert "withdrawn on" in client.get("/en/me/consents/").content.decode()


def test_lists_of_upper_boxes_are_on_my_page(
    client: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    enter(client, settings)
    monkeypatch.setattr(
        slots,
        "own_lists",
        [("Filed", lambda person: [slots.OwnThing("Light", "/c/C69-1", "C69-1", "Received")])],
    )
    page = client.get("/me/").content.decode()
    assert 'href="/c/C69-1">Light</a>' in page
    assert "Received" in page


def test_demo_people_are_made_by_the_system_only(settings: Settings) -> None:
    settings.DEMO = True
    first = actions.ensure_demo_person(actor=SYSTEM, key="auditor", now=NOW)
    assert actions.ensure_demo_person(actor=SYSTEM, key="auditor", now=NOW) == first
    with pytest.raises(Refused):
        actions.ensure_demo_person(actor=ANONYMOUS, key="auditor", now=NOW)


@pytest.mark.req("TRU-1")
def test_what_may_be_agreed_to_is_offered_given_and_taken_back_by_buttons(
    client: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = slots.ConsentAsked(wording="2026-1", name="Research", text="Researchers may read it.")
    monkeypatch.setattr(slots, "consents_asked", {"research": asked})
    enter(client, settings)
    assert "Researchers may read it." in client.get("/en/me/consents/").content.decode()
    assert client.post("/en/me/consents/nothing/give/").status_code == 404
    client.post("/en/me/consents/research/give/")
    page = client.get("/en/me/consents/").content.decode()
    assert "Take it back" in page
    assert "Researchers may read it." not in page
    assert Consent.objects.get().wording == "2026-1"
