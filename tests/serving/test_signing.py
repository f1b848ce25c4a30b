"""Signing at the common address: the lean door and the ordinary one take and refuse the same, each name once."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from tests.small_state import NOW, forgotten, found_small_state

from sala.commons.identity import sessions as bearers
from sala.commons.identity.models import Person
from sala.commons.ledger import actions as ledger
from sala.commons.ledger.models import Entry
from sala.commons.participation import actions, queries, rules
from sala.commons.participation.models import Collection, Signature
from sala.core import clock
from sala.core.actors import ANONYMOUS
from sala.core.rates import Key, Policy, Rate
from sala.platform.sessions import SessionStore
from sala.services.complaints.actions import Filing, file_complaint
from sala.services.complaints.queries import get_complaint
from sala.serving import signing

__all__ = ["forgotten"]
TOKEN = "t" * 32
PURPOSE = "petition"

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.req("LAW-3.1")]


@dataclass
class Where:
    """A collection, and where it is signed."""

    collection: Collection
    reference: str

    @property
    def address(self) -> str:
        return f"/sign/{self.reference}/{PURPOSE}/"


def gather(**terms: Any) -> Where:
    """A collection of accounts on a complaint of the small state."""
    filed = file_complaint(actor=ANONYMOUS, now=NOW, filing=Filing(text="ขอให้มีทางข้าม", topic="street_light"))
    opened = ledger.action_without_entry("a test gathers for no service")(actions.open_collection)(
        matter=get_complaint(filed.reference).pk,
        purpose=PURPOSE,
        **{"tells_apart": rules.TellsApart.PERSON, **terms},
    )
    return Where(opened, filed.reference)


@pytest.fixture
def where() -> Where:
    """The collection of the tests that need one alone."""
    found_small_state()
    return gather()


def sign_in(level: int = 2, proof: str = "") -> str:
    """A new person's session: its key."""
    person = Person.objects.create(created_at=NOW)
    store = SessionStore()
    now = clock.now()
    bearers.open_session(store, bearers.Bearer(person.pk, level, now, "thaid"))
    if proof:
        bearers.keep_proof(store, rules.PROOF, proof, now=now)
    store.save()
    return str(store.session_key)


Answer = tuple[int, str]


def lean(
    address: str,
    sessions: list[str],
    *,
    token: str = TOKEN,
    origin: str = "",
    more: dict[str, str] | None = None,
) -> list[Answer]:
    """Post to the lean door by these sessions, all at once; the ordinary door behind it answers 599."""
    body = urlencode({"csrfmiddlewaretoken": token, **(more or {})}).encode()

    async def passed_on(scope: Any, receive: Any, send: Any) -> None:
        assert (await receive())["body"] == body
        await send({"type": "http.response.start", "status": 599, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    async def one(door: signing.Signing, session: str) -> Answer:
        sent: list[Any] = []

        async def receive() -> Any:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Any) -> None:
            sent.append(message)

        cookie = f"{settings.CSRF_COOKIE_NAME}={TOKEN}; {settings.SESSION_COOKIE_NAME}={session}"
        headers = [
            (b"host", b"localhost"),
            (b"cookie", cookie.encode()),
            (b"content-type", b"application/x-www-form-urlencoded"),
            (b"content-length", str(len(body)).encode()),
            *([(b"origin", origin.encode())] if origin else []),
        ]
        scope = {
            "type": "http",
            "method": "POST",
            "path": address,
            "query_string": b"",
            "headers": headers,
            "server": ("localhost", 80),
            "client": ("127.0.0.1", 1),
            "scheme": "http",
        }
        assert door.is_for(scope)
        await door(scope, receive, send)
        return sent[0]["status"], dict(sent[0]["headers"]).get(b"location", b"").decode()

    async def all_of_them() -> list[Answer]:
        door = signing.Signing(passed_on)
        answers = await asyncio.gather(*(one(door, session) for session in sessions))
        await door.stop()
        return list(answers)

    with ThreadPoolExecutor(1) as threads:
        return threads.submit(asyncio.run, all_of_them()).result()


def ordinary(
    address: str,
    sessions: list[str],
    *,
    token: str = TOKEN,
    origin: str = "",
    more: dict[str, str] | None = None,
) -> list[Answer]:
    """Post to the ordinary door by these sessions, one after the other."""
    answers = []
    for session in sessions:
        client = Client(
            enforce_csrf_checks=True, headers={"host": "localhost"} | ({"origin": origin} if origin else {})
        )
        client.cookies = SimpleCookie(
            {settings.CSRF_COOKIE_NAME: TOKEN, settings.SESSION_COOKIE_NAME: session}
        )
        answer = client.post(address, {"csrfmiddlewaretoken": token, **(more or {})})
        answers.append((answer.status_code, answer.headers.get("Location", "")))
    return answers


DOORS = pytest.mark.parametrize("door", [lean, ordinary])


@DOORS
def test_who_signs_is_counted_once_has_an_entry_of_their_own_and_is_led_back(door: Any, where: Where) -> None:
    somebody, another = sign_in(), sign_in()
    assert door(where.address, [somebody, another]) == [(303, f"{where.address}?signed=yes")] * 2
    assert door(where.address, [somebody], more={"next": "/help/?a=1#part"}) == [
        (303, "/help/?a=1&signed=already_joined#part")
    ]
    assert queries.count(where.collection) == 2
    entries = Entry.objects.filter(kind="participation.signed")
    assert set(entries.values_list("pk", flat=True)) == set(
        Signature.objects.values_list("entry_id", flat=True)
    )
    assert entries.count() == 2


@DOORS
def test_one_is_led_back_to_an_address_in_thai_and_never_to_another_site(door: Any, where: Where) -> None:
    [(_, address)] = door(where.address, [sign_in()], more={"next": "/ค้นหา/"})
    assert address == "/%E0%B8%84%E0%B9%89%E0%B8%99%E0%B8%AB%E0%B8%B2/?signed=yes"
    for elsewhere in ("https://elsewhere.example/", "//elsewhere.example", "/a\r\nSet-Cookie: x=1"):
        [(_, address)] = door(where.address, [sign_in()], more={"next": elsewhere})
        assert address == f"{where.address}?signed=yes"


@DOORS
def test_an_entry_of_a_signature_names_nobody_and_commits_to_what_the_signature_holds(
    door: Any, where: Where
) -> None:
    door(where.address, [sign_in()])
    [signature], [entry] = Signature.objects.all(), Entry.objects.filter(kind="participation.signed")
    from sala.commons.ledger.rules import commit_to

    private = rules.private_part(mark=bytes(signature.mark), area="", channel="web", level=2)
    assert commit_to(private, bytes(signature.salt)).encode() in bytes(entry.body)
    assert bytes(signature.mark).hex().encode() not in bytes(entry.body)
    assert entry.matter is None


@DOORS
def test_the_same_person_at_once_and_again_signs_once(door: Any, where: Where) -> None:
    somebody = sign_in()
    answers = door(where.address, [somebody] * 5)
    said = sorted(address.rpartition("=")[2] for _, address in answers)
    assert said == ["already_joined"] * 4 + ["yes"]
    assert (queries.count(where.collection), Signature.objects.count()) == (1, 1)


@DOORS
@pytest.mark.parametrize("token", ["", "x" * 32])
def test_a_form_that_is_not_ours_signs_nothing(door: Any, token: str, where: Where) -> None:
    [(status, _)] = door(where.address, [sign_in()], token=token)
    assert status == (599 if door is lean else 403)
    assert not Signature.objects.exists()


@DOORS
def test_a_form_on_another_site_signs_nothing(door: Any, where: Where) -> None:
    [(status, _)] = door(where.address, [sign_in()], origin="https://elsewhere.example")
    assert status == (599 if door is lean else 403)
    assert not Signature.objects.exists()


@DOORS
@pytest.mark.parametrize("session", ["", "made-up"])
def test_nobody_signs_by_a_session_that_is_not_theirs(door: Any, session: str, where: Where) -> None:
    [(status, _)] = door(where.address, [session])
    assert status == (599 if door is lean else 403)
    assert not Signature.objects.exists()


@DOORS
def test_a_session_that_is_over_signs_nothing(door: Any, where: Where) -> None:
    somebody = sign_in()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE django_session SET expire_date = now() - interval '1 second'")
    [(status, _)] = door(where.address, [somebody])
    assert status == (599 if door is lean else 403)
    assert not Signature.objects.exists()


@DOORS
@pytest.mark.parametrize(("opens", "closes"), [("+ 1 hour", "+ 2 hours"), ("- 2 hours", "+ 0 hours")])
def test_before_it_opens_and_from_its_closing_instant_on_nobody_signs(
    door: Any, opens: str, closes: str, where: Where
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE participation_collection SET opens_at = now() + %s::interval, closes_at = now() + %s::interval",
            [opens, closes],
        )
    assert door(where.address, [sign_in()]) == [(303, f"{where.address}?signed=not_open")]
    assert not Signature.objects.exists()
    assert not Entry.objects.filter(kind="participation.signed").exists()


@DOORS
def test_who_is_not_known_surely_enough_does_not_sign(door: Any) -> None:
    found_small_state()
    where = gather(least_level=2)
    answers = door(where.address, [sign_in(1), sign_in(2)])
    assert [status for status, _ in answers] == [599 if door is lean else 403, 303]
    assert Signature.objects.get().level == 2


@DOORS
def test_a_citizen_signs_once_however_many_accounts_they_have_and_not_without_proof(door: Any) -> None:
    found_small_state()
    where = gather(tells_apart=rules.TellsApart.CITIZEN)
    answers = door(where.address, [sign_in(), sign_in(proof="d1"), sign_in(proof="d1"), sign_in(proof="d2")])
    assert [status for status, _ in answers] == [599 if door is lean else 403, 303, 303, 303]
    assert queries.count(where.collection) == 2


@DOORS
def test_who_signs_too_often_in_a_minute_waits(
    door: Any, where: Where, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = Policy("participation.sign", {Key.PERSON: Rate(2, 60)})
    monkeypatch.setattr(rules, "SIGN", few)
    monkeypatch.setattr(queries, "SIGN", few)
    somebody = sign_in()
    statuses = sorted(status for status, _ in door(where.address, [somebody] * 3))
    assert statuses == [303, 303, 599 if door is lean else 429]


@DOORS
def test_a_collection_whose_service_signs_by_an_act_of_its_own_is_not_signed_here(door: Any) -> None:
    found_small_state()
    where = gather(tells_apart="")
    [(status, _)] = door(where.address, [sign_in()])
    assert status == (599 if door is lean else 404)
    assert not Signature.objects.exists()


@DOORS
def test_an_area_that_is_none_is_not_taken_and_one_that_is_counts(door: Any, where: Where) -> None:
    assert [status for status, _ in door(where.address, [sign_in()], more={"area": "99"})] == [
        599 if door is lean else 422
    ]
    assert [status for status, _ in door(where.address, [sign_in()], more={"area": "40"})] == [303]
    assert Signature.objects.get().area == "40"


def test_many_at_once_are_committed_together_and_each_is_answered(where: Where) -> None:
    people = [sign_in() for _ in range(60)]
    assert lean(where.address, people + people[:20]).count((303, f"{where.address}?signed=yes")) == 60
    assert queries.count(where.collection) == 60
    entries = Entry.objects.filter(kind="participation.signed")
    assert entries.values("txid").distinct().count() < 60
    assert entries.count() == 60


def test_a_database_that_is_away_is_said_and_the_next_one_signs(
    where: Where, monkeypatch: pytest.MonkeyPatch
) -> None:
    somebody = sign_in()

    async def away(*_: Any) -> None:
        raise OSError

    with monkeypatch.context() as patched:
        patched.setattr(actions, "sign_together", away)
        assert lean(where.address, [somebody]) == [(503, "")]
    assert lean(where.address, [somebody]) == [(303, f"{where.address}?signed=yes")]


def test_a_body_of_another_length_than_a_form_of_ours_goes_by_the_ordinary_door() -> None:
    scope = {
        "method": "POST",
        "path": "/en/sign/C69-0000001-0/petition/",
        "headers": [(b"content-length", b"9999")],
    }
    assert not signing.Signing.is_for(scope)
    assert not signing.Signing.is_for({**scope, "headers": []})
    assert signing.Signing.is_for({**scope, "headers": [(b"content-length", b"99")]})


def test_the_page_says_what_signing_means_and_afterwards_that_one_has_signed(where: Where) -> None:
    client = Client(headers={"host": "localhost"})
    assert "เข้าสู่ระบบ" in client.get(where.address).content.decode()
    client.cookies[settings.SESSION_COOKIE_NAME] = sign_in()
    assert "<button" in client.get(where.address).content.decode()
    page = client.post(where.address, follow=True).content.decode()
    assert "คุณลงชื่อแล้ว" in page


def test_whoever_must_prove_their_number_first_is_shown_where(settings: Any) -> None:
    found_small_state()
    where = gather(tells_apart=rules.TellsApart.CITIZEN)
    client = Client(headers={"host": "localhost"})
    client.cookies[settings.SESSION_COOKIE_NAME] = sign_in()
    settings.OIDC = {}
    assert "No provider" in client.get(f"/en{where.address}").content.decode()
    settings.OIDC = {
        "thaid": {
            "issuer": "https://thaid.example",
            "client_id": "a",
            "client_secret": "b",
            "title_th": "ThaID",
            "title_en": "ThaID",
        }
    }
    page = client.get(f"/en{where.address}").content.decode()
    assert f"/en/sign-in/with/thaid/?purpose=signature&amp;next=/en{where.address}" in page
    assert '<button class="btn">I sign' not in page


def test_the_page_for_whoever_is_not_signed_in_costs_three_statements(
    where: Where, django_assert_num_queries: Any
) -> None:
    client = Client(headers={"host": "localhost"})
    client.get(where.address)
    with django_assert_num_queries(3):
        client.get(where.address)


@pytest.mark.parametrize(
    "kind", ["multipart/form-data; boundary=x", "multipart/form-data", "text/plain; charset=no"]
)
def test_a_form_in_another_form_goes_by_the_ordinary_door(kind: str, where: Where) -> None:
    scope = {
        "method": "POST",
        "path": where.address,
        "query_string": b"",
        "headers": [(b"content-type", kind.encode()), (b"content-length", b"4"), (b"host", b"localhost")],
        "server": ("localhost", 80),
        "scheme": "http",
    }
    with pytest.raises(signing.PassOn):
        signing.read_form(scope, b"--x\r")


@pytest.mark.parametrize("forged", ['"\\000bcdefgh"', '"{a,b}"', "x" * 3000, '"\\377\\\\bcdefgh"'])
def test_a_forged_session_is_refused_alone_and_those_beside_it_are_counted(forged: str, where: Where) -> None:
    refused, *signed = lean(where.address, [forged, sign_in(), sign_in()])
    assert refused[0] == 599, "the ordinary door says it in words"
    assert signed == [(303, f"{where.address}?signed=yes")] * 2
    client = Client(headers={"cookie": f"{settings.SESSION_COOKIE_NAME}={forged}"})
    for path in ("/", where.address):
        assert client.get(path).status_code == 200
