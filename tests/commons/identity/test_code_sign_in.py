"""Signing in with a code by e-mail: for everybody, also without a citizen number; no puzzle, paste-friendly."""

import re
from datetime import UTC, datetime, timedelta
from smtplib import SMTPServerDisconnected
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.test import Client

from sala.commons.correspondence import outbox
from sala.commons.correspondence.models import OutboundLetter
from sala.commons.identity import actions, queries, tasks
from sala.commons.identity.models import LoginCode, Person, SignInWay
from sala.core import clock
from sala.core.actors import ANONYMOUS, SYSTEM, Actor
from sala.core.errors import Invalid, Refused
from sala.platform import limits, seals

pytestmark = [pytest.mark.django_db, pytest.mark.req("TRU-2", "MCH")]
NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _stopped_clock() -> Any:
    limits.forget_everything()
    with clock.frozen(NOW):
        yield


def ask(client: Client, email: str = "nok@example.th", following: str = "/") -> None:
    response = client.post("/sign-in/e-mail/", {"email": email, "next": following})
    assert response.status_code == 302, response.content.decode()
    assert response["Location"].startswith("/sign-in/code/")


def code_in(letter: EmailMessage) -> str:
    found = re.search(r"\b\d{6}\b", str(letter.body))
    assert found is not None
    return found[0]


def test_the_code_from_the_letter_signs_in_and_goes_on(
    client: Client, mailoutbox: list[EmailMessage]
) -> None:
    ask(client, " Nok@Example.TH ", "/en/me/")
    assert mailoutbox[0].to == ["nok@example.th"]
    code = code_in(mailoutbox[0])
    assert code in mailoutbox[0].subject
    response = client.post("/sign-in/code/", {"code": f" {code[:3]} {code[3:]} ", "next": "/en/me/"})
    assert (response.status_code, response["Location"]) == (302, "/en/me/")
    assert client.get("/en/me/").status_code == 200


def test_the_same_address_is_the_same_person(client: Client, mailoutbox: list[EmailMessage]) -> None:
    for address in ("nok@example.th", "NOK@example.th"):
        ask(client, address)
        client.post("/sign-in/code/", {"code": code_in(mailoutbox[-1])})
        client.post("/sign-out/")
    assert Person.objects.count() == 1


def test_nothing_of_the_address_or_code_is_stored_in_clear(
    client: Client, mailoutbox: list[EmailMessage]
) -> None:
    ask(client)
    client.post("/sign-in/code/", {"code": code_in(mailoutbox[0])})
    stored = [
        str(row) for model in (Person, LoginCode, SignInWay) for row in model._default_manager.values()
    ] + [str(dict(client.session))]
    assert not any("nok@" in row or code_in(mailoutbox[0]) in row for row in stored)
    assert seals.unseal(Person.objects.get().email_sealed) == "nok@example.th"
    assert queries.list_person_ids_of_contact("NOK@example.th") == [Person.objects.get().pk]


def test_thai_digits_are_taken(client: Client, mailoutbox: list[EmailMessage]) -> None:
    ask(client)
    thai = code_in(mailoutbox[0]).translate({48 + digit: 0x0E50 + digit for digit in range(10)})
    assert client.post("/sign-in/code/", {"code": thai}).status_code == 302


@pytest.mark.parametrize("language", ["th", "en"])
def test_a_wrong_code_is_told_beside_the_field_and_five_are_enough(
    client: Client, mailoutbox: list[EmailMessage], language: str
) -> None:
    prefix = "/en" if language == "en" else ""
    ask(client)
    right = code_in(mailoutbox[0])
    wrong = f"{(int(right) + 1) % 1_000_000:06d}"
    for _ in range(5):
        response = client.post(f"{prefix}/sign-in/code/", {"code": wrong})
        assert response.status_code == 422
    said = "That is not the code" if language == "en" else "รหัสไม่ตรง"
    assert said in response.content.decode()
    said = "tried too often" if language == "en" else "หลายครั้งเกินไป"
    assert said in client.post(f"{prefix}/sign-in/code/", {"code": right}).content.decode()
    assert "person_id" not in client.session


def test_a_code_runs_out_after_ten_minutes(client: Client, mailoutbox: list[EmailMessage]) -> None:
    ask(client)
    with clock.frozen(NOW + timedelta(minutes=10)):
        response = client.post("/sign-in/code/", {"code": code_in(mailoutbox[0])})
    assert response.status_code == 422
    assert "หมดอายุ" in response.content.decode()


def test_a_code_is_good_once_and_only_in_the_browser_that_asked(
    client: Client, mailoutbox: list[EmailMessage]
) -> None:
    ask(client)
    code = code_in(mailoutbox[0])
    stranger = Client()
    assert stranger.post("/sign-in/code/", {"code": code})["Location"] == "/sign-in/"
    code_id = client.session["login_code"]["id"]
    assert client.post("/sign-in/code/", {"code": code}).status_code == 302
    again = actions.confirm_code(actor=ANONYMOUS, code_id=code_id, code=code, language="th", now=NOW)
    assert (again.bearer, again.refusal) == (None, "code_expired")


def test_an_unknown_code_row_is_refused_quietly() -> None:
    tried = actions.confirm_code(actor=ANONYMOUS, code_id=999, code="1", language="th", now=NOW)
    assert tried.refusal == "code_expired"


@pytest.mark.parametrize("typed", ["", "no address", "a@b"])
def test_what_is_no_address_is_told_beside_the_field(client: Client, typed: str) -> None:
    response = client.post("/sign-in/e-mail/", {"email": typed})
    assert response.status_code == 422
    assert 'aria-invalid="true"' in response.content.decode()
    assert not LoginCode.objects.exists()


def test_the_action_refuses_what_is_no_address_and_the_system() -> None:
    with pytest.raises(Invalid):
        actions.request_code(actor=ANONYMOUS, email="x", now=NOW)
    with pytest.raises(Refused):
        actions.request_code(actor=SYSTEM, email="a@b.th", now=NOW)
    with pytest.raises(Refused):
        actions.request_code(actor=ANONYMOUS, email="a@b.th", now=NOW, adds_address=True)


def test_a_mailbox_cannot_be_flooded_with_letters(client: Client, mailoutbox: list[EmailMessage]) -> None:
    for _ in range(5):
        ask(client)
    response = client.post("/sign-in/e-mail/", {"email": "nok@example.th"})
    assert response.status_code == 429
    assert int(response["Retry-After"]) > 0
    ask(client, "other@example.th")
    assert len(mailoutbox) == 6


def test_no_page_waits_for_a_mail_server_and_the_code_waits_for_it_instead(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object, **kwargs: object) -> int:
        raise SMTPServerDisconnected("gone")

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", broken)
    ask(client)
    assert OutboundLetter.objects.get().is_urgent
    assert outbox.look_at_backlog().waiting == 1


def test_the_entry_for_the_code_lets_the_phone_fill_it_in(
    client: Client, mailoutbox: list[EmailMessage]
) -> None:
    ask(client)
    page = client.get("/sign-in/code/").content.decode()
    entry = re.search(r"<input[^>]*name=\"code\"[^>]*>", page)
    assert entry is not None
    assert 'autocomplete="one-time-code"' in entry[0]
    assert 'inputmode="numeric"' in entry[0]
    assert 'maxlength="6"' not in entry[0]


def test_a_new_address_is_kept_once_its_code_comes_back(
    client: Client, mailoutbox: list[EmailMessage]
) -> None:
    ask(client)
    client.post("/sign-in/code/", {"code": code_in(mailoutbox[-1])})
    person_id = client.session["person_id"]
    assert client.post("/me/settings/e-mail/", {"email": "new@example.th"}).status_code == 302
    assert "new@example.th" not in client.get("/me/settings/").content.decode()
    response = client.post("/sign-in/code/", {"code": code_in(mailoutbox[-1])})
    assert response["Location"] == "/me/settings/"
    assert "new@example.th" in client.get("/me/settings/").content.decode()
    assert client.session["person_id"] == person_id


def test_an_address_of_somebody_else_is_not_taken_from_them(
    client: Client, mailoutbox: list[EmailMessage]
) -> None:
    ask(client, "first@example.th")
    client.post("/sign-in/code/", {"code": code_in(mailoutbox[-1])})
    client.post("/sign-out/")
    ask(client, "second@example.th")
    client.post("/sign-in/code/", {"code": code_in(mailoutbox[-1])})
    client.post("/me/settings/e-mail/", {"email": "first@example.th"})
    response = client.post("/sign-in/code/", {"code": code_in(mailoutbox[-1])})
    assert response.status_code == 422
    assert "มีบัญชีอื่นใช้อีเมลนี้" in response.content.decode()


def test_a_code_that_adds_an_address_does_not_sign_in_anybody_else(mailoutbox: list[EmailMessage]) -> None:
    owner = Person.objects.create(created_at=NOW)
    sent = actions.request_code(actor=Actor(person_id=owner.pk), email="a@b.th", now=NOW, adds_address=True)
    tried = actions.confirm_code(
        actor=ANONYMOUS, code_id=sent.code_id, code=sent.code, language="th", now=NOW
    )
    assert tried.bearer is None


def test_what_has_run_out_is_forgotten() -> None:
    actions.request_code(actor=ANONYMOUS, email="a@b.th", now=NOW)
    assert actions.forget_expired(actor=SYSTEM, now=NOW + timedelta(minutes=9)) == 0
    assert actions.forget_expired(actor=SYSTEM, now=NOW + timedelta(minutes=11)) == 1
    with pytest.raises(Refused):
        actions.forget_expired(actor=ANONYMOUS, now=NOW)


def test_the_worker_forgets_by_itself() -> None:
    actions.request_code(actor=ANONYMOUS, email="a@b.th", now=NOW - timedelta(hours=1))
    assert tasks.forget_expired(timestamp=0) == 1
