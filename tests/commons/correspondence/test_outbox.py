"""The outbox, against a real mail server: each letter once, refusals and hanging servers hold up nothing else."""

import socket
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from pytest_django import Settings
from tests.small_state import NOW

from sala.commons.correspondence import outbox
from sala.commons.correspondence.models import OutboundLetter
from sala.core import clock
from sala.core.actors import ANONYMOUS
from sala.platform.letters import Letter
from sala.services.complaints import actions
from sala.services.complaints.actions import Filing
from sala.services.complaints.queries import Contact
from sala.serving.health import verdicts

pytestmark = pytest.mark.req("RES")


class Server:
    """A mail server's mind: takes what it is given, refuses whom it is told to refuse."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, str]] = []
        self.refuses: dict[str, str] = {}

    async def handle_RCPT(  # noqa: N802  # the library's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refuses:
            return self.refuses[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  # as above
        content = envelope.content.decode() if isinstance(envelope.content, bytes) else ""
        self.taken.extend((address, content) for address in envelope.rcpt_tos)
        return "250 taken"


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def server(settings: Settings) -> Iterator[Server]:
    mind = Server()
    controller = Controller(mind, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    yield mind
    controller.stop()


def letters(count: int) -> list[Letter]:
    return [
        Letter(key=f"k{n}", to=f"p{n}@example.th", subject="ข่าว", body=f"เรื่องที่ {n}\n") for n in range(count)
    ]


@pytest.mark.django_db(transaction=True)
def test_many_workers_send_each_letter_once(server: Server) -> None:
    outbox.post(letters(120), now=NOW)
    outbox.post(letters(120), now=NOW)  # posted again: a job that was run twice

    def work() -> None:
        try:
            while outbox.send_waiting(most=7).sent:
                pass
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(address for address, _ in server.taken) == sorted(f"p{n}@example.th" for n in range(120))
    assert not OutboundLetter.objects.exclude(sealed="").exists()  # what was sent is kept by nobody


@pytest.mark.django_db(transaction=True)
def test_nothing_leaves_before_the_commit_and_nothing_at_all_after_a_rollback(server: Server) -> None:
    transaction.set_autocommit(False)
    outbox.post(letters(1), now=NOW)
    transaction.rollback()
    transaction.set_autocommit(True)
    assert outbox.send_waiting() == outbox.Round()
    assert not server.taken


@pytest.mark.django_db
def test_one_refused_letter_holds_up_no_other_and_is_never_tried_again(server: Server) -> None:
    server.refuses = {"p1@example.th": "550 no such mailbox", "p2@example.th": "451 later"}
    with clock.frozen(NOW):
        outbox.post(letters(4), now=NOW)
        assert outbox.send_waiting() == outbox.Round(sent=2, refused=2)
        assert outbox.look_at_backlog() == outbox.Backlog(1, NOW, 1)
    server.refuses = {}
    with clock.frozen(NOW + timedelta(minutes=2)):
        assert outbox.send_waiting().sent == 1
    assert [address for address, _ in server.taken] == ["p0@example.th", "p3@example.th", "p2@example.th"]
    assert [tries for _, _, tries, _ in outbox.list_given_up()] == [1]
    assert outbox.try_again(now=NOW) == 1
    assert outbox.send_waiting().sent == 1


@pytest.mark.django_db
def test_a_server_that_hangs_costs_one_try_of_one_letter_and_the_rest_wait_untouched(
    settings: Settings,
) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as silent:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", silent.getsockname()[1]
        settings.EMAIL_TIMEOUT = 0.2
        with clock.frozen(NOW):
            outbox.post(letters(3), now=NOW)
            assert outbox.send_waiting() == outbox.Round(is_down=True)
    assert sorted(OutboundLetter.objects.values_list("tries", flat=True)) == [0, 0, 1]
    assert OutboundLetter.objects.filter(next_try_at__gt=NOW).count() == 1


@pytest.mark.django_db
def test_a_page_that_sends_a_letter_answers_while_the_server_hangs(
    client: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sala.commons.identity import slots

    monkeypatch.setattr(slots, "post", outbox.post)
    settings.EMAIL_BACKEND = "nowhere.that.is.a.Backend"  # opening it would raise
    assert client.post("/sign-in/e-mail/", {"email": "nok@example.th"}).status_code == 302
    assert OutboundLetter.objects.get().is_urgent


@pytest.mark.django_db
def test_a_letter_whose_sender_died_is_tried_again_with_the_same_name(server: Server) -> None:
    with clock.frozen(NOW):
        outbox.post(letters(1), now=NOW)
        outbox._claim(1)  # and then the worker is killed
        assert outbox.send_waiting().sent == 0
    with clock.frozen(NOW + timedelta(minutes=11)):
        assert outbox.send_waiting().sent == 1
    assert "Message-ID:" in server.taken[0][1]


@pytest.mark.django_db
def test_urgent_letters_leave_first(server: Server) -> None:
    outbox.post(letters(3), now=NOW)
    outbox.post([Letter(key="code", to="now@example.th", subject="1", body="1", is_urgent=True)], now=NOW)
    outbox.send_waiting(most=1)
    assert server.taken[0][0] == "now@example.th"


@pytest.mark.usefixtures("state")
@pytest.mark.req("TRU-2")
def test_fourteen_filings_make_three_letters_to_a_strangers_mailbox_and_none_tells_anything() -> None:
    from django.core import mail

    spellings = ["nok@example.th", "Nok@Example.TH", "nok+a@example.th", "nok+b@example.th"]
    for n in range(14):
        filing = Filing(
            text=f"ข้อความหยาบคายฉบับที่ {n}", topic="garbage", contact=Contact(email=spellings[n % 4])
        )
        filed = actions.file_complaint(actor=ANONYMOUS, now=NOW, filing=filing)
        assert filed.reference
    assert len(mail.outbox) == 3
    for letter in mail.outbox:
        assert "หยาบคาย" not in f"{letter.subject}{letter.body}"
        assert "key=" not in letter.body


@pytest.mark.django_db
def test_dead_letters_and_waiting_ones_are_seen_by_the_doctor() -> None:
    well = verdicts.judge_letters(waiting=3, oldest_seconds=60, given_up=0)
    late = verdicts.judge_letters(waiting=3, oldest_seconds=7200, given_up=0)
    dead = verdicts.judge_letters(waiting=0, oldest_seconds=0, given_up=2)
    assert [one.level for one in (well, late, dead)] == ["ok", "warning", "warning"]


@pytest.mark.django_db
def test_old_letters_are_forgotten_and_waiting_ones_never() -> None:
    outbox.post(letters(2), now=NOW - timedelta(days=40))
    OutboundLetter.objects.filter(key="k0").update(sent_at=NOW)
    assert outbox.forget_old(now=NOW) == 1
    call_command("check")
