"""Letters that come in: a person's answer becomes their words, once; whatever else comes does no harm."""

import smtplib
import socket
from collections.abc import Iterator
from contextlib import closing
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from asgiref.sync import sync_to_async
from django.core import mail
from hypothesis import given
from hypothesis import strategies as st
from tests.commons.matters.letters_due import send_due, settle
from tests.services.complaints.factories import filed
from tests.small_state import NOW, staff

from sala.commons.correspondence.mail_door import Outcome, take_mail
from sala.commons.correspondence.queries import find_asked
from sala.commons.correspondence.reading import read_letter
from sala.core.actors import ANONYMOUS
from sala.services.complaints import actions, queries
from sala.services.complaints import mail as complaint_mail
from sala.services.complaints.queries import Contact

CONTACT = Contact(email="nok@example.th")


def letter(
    to: str, text: str = "ยังดับอยู่ค่ะ", sender: str = "Nok <nok+phone@example.th>", **headers: str
) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, to, "Re: ข่าว"
    message["Message-ID"] = "<1@example.th>"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message


def said(reference: str) -> list[str]:
    return [message.text for message in queries.get_complaint(reference).matter.messages.all()]


@pytest.mark.usefixtures("state")
class TestTaking:
    """What becomes of a letter to a complaint's address."""

    def test_the_persons_answer_becomes_their_words_without_what_it_quotes(self) -> None:
        one = filed(contact=CONTACT)
        to = complaint_mail.reply_address(one.reference)
        text = "ยังดับอยู่ค่ะ\nสองดวง\n\nเมื่อ 20 พ.ย. ศาลา เขียนว่า:\n> ข่าวของเรื่อง\n-- \nนก"
        assert take_mail(letter(to, text).as_bytes(), now=NOW) is Outcome.TAKEN
        assert said(one.reference) == ["ยังดับอยู่ค่ะ\nสองดวง"]

    def test_the_same_letter_again_is_taken_once(self) -> None:
        one = filed(contact=CONTACT)
        raw = letter(complaint_mail.reply_address(one.reference)).as_bytes()
        assert [take_mail(raw, now=NOW) for _ in range(3)] == [
            Outcome.TAKEN,
            Outcome.REPEATED,
            Outcome.REPEATED,
        ]
        assert len(said(one.reference)) == 1

    def test_a_stranger_with_the_address_and_a_program_are_refused(self) -> None:
        one = filed(contact=CONTACT)
        to = complaint_mail.reply_address(one.reference)
        for wrong in (
            letter(to, sender="other@example.th"),
            letter(to, Auto_Submitted="auto-replied"),
            letter(to, Precedence="bulk"),
            letter(to.replace(to[20:24], "zzzz")),
            letter(to, text="  \n> only what was quoted"),
        ):
            assert take_mail(wrong.as_bytes(), now=NOW) in (Outcome.REFUSED, Outcome.NO_SUCH_ADDRESS)
        assert not said(one.reference)

    def test_the_envelope_counts_before_what_the_letter_says(self) -> None:
        one = filed(contact=CONTACT)
        raw = letter("undisclosed@example.org").as_bytes()
        assert take_mail(raw, now=NOW) is Outcome.NO_SUCH_ADDRESS
        assert take_mail(raw, recipient=complaint_mail.reply_address(one.reference), now=NOW) is Outcome.TAKEN

    def test_old_charsets_and_letters_in_html_are_read(self) -> None:
        one = filed(contact=CONTACT)
        to = complaint_mail.reply_address(one.reference)
        html = letter(to)
        html.set_content("<p>ไฟ<b>ดับ</b></p><blockquote>เก่า</blockquote>", subtype="html")
        assert take_mail(html.as_bytes(), now=NOW) is Outcome.TAKEN
        old = letter(to)
        del old["Message-ID"]
        old["Message-ID"] = "<2@example.th>"
        old.set_content("ดับทั้งซอย", charset="tis-620")
        assert take_mail(old.as_bytes(), now=NOW) is Outcome.TAKEN
        assert said(one.reference) == ["ไฟดับ", "ดับทั้งซอย"]

    def test_what_goes_to_the_person_says_where_an_answer_goes(self) -> None:
        from sala.commons.matters.models import Follow

        one = filed(contact=CONTACT)
        Follow.objects.update(confirmed_at=NOW)
        settle()
        del mail.outbox[:]
        from datetime import timedelta

        send_due(NOW + timedelta(minutes=5))
        assert mail.outbox[0].extra_headers["Reply-To"] == complaint_mail.reply_address(one.reference)


@given(st.binary(max_size=400))
def test_no_bytes_break_the_reader(raw: bytes) -> None:
    read_letter(raw)
    read_letter(b"From: a@b.th\nContent-Type: multipart/mixed; boundary=x\n\n" + raw)


@given(st.text(max_size=200))
def test_no_headers_break_the_reader(value: str) -> None:
    raw = f"From: {value}\nTo: {value}\nSubject: {value}\nContent-Type: {value}\nReturn-Path: {value}\n\nx"
    read_letter(raw.encode("utf-8", "replace"))


class _Handing:
    """A mail server that hands each letter to the door, as a pipe would, and answers with what became of it."""

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  # its name
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        outcome = await sync_to_async(take_mail)(content, recipient=envelope.rcpt_tos[0], now=NOW)
        return "250 taken" if outcome in (Outcome.TAKEN, Outcome.REPEATED) else f"550 {outcome.value}"


@pytest.fixture
def smtp() -> Iterator[int]:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    controller = Controller(_Handing(), hostname="127.0.0.1", port=port)
    controller.start()
    yield port
    controller.stop()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("state")
def test_by_a_real_mail_server_an_answer_arrives_and_a_wrong_address_comes_back(smtp: int) -> None:
    one = filed(contact=CONTACT)
    message = letter(complaint_mail.reply_address(one.reference))
    with smtplib.SMTP("127.0.0.1", smtp, timeout=10) as client:
        client.send_message(message)
        with pytest.raises(smtplib.SMTPDataError, match="no_such_address"):
            client.sendmail("nok@example.th", "req+C69-9999999-9.abcdefgh@sala.example", message.as_bytes())
    assert said(one.reference) == ["ยังดับอยู่ค่ะ"]


@pytest.mark.usefixtures("state")
def test_a_question_is_open_until_the_person_answers_whatever_the_office_adds() -> None:
    asked, silent = filed(), filed()
    officer = staff("kk-muni")
    keys = [queries.get_complaint(one.reference).pk for one in (asked, silent)]
    actions.reply_to_person(actor=officer, now=NOW, reference=asked.reference, text="ซอยไหน", asks=True)
    actions.reply_to_person(actor=officer, now=NOW, reference=asked.reference, text="รอคำตอบนะคะ")
    actions.reply_to_person(actor=officer, now=NOW, reference=silent.reference, text="กำลังไป")
    assert find_asked(keys) == {keys[0]}
    proof = actions.Proof(key=asked.key)
    actions.answer_question(actor=ANONYMOUS, now=NOW, reference=asked.reference, text="ซอย 4", proof=proof)
    assert find_asked(keys) == frozenset()


# ── letters made to cost ─────────────────────────────────────────────────────

FROM = b"From: a@b.th\r\nSubject: s\r\n"
DEEP = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(1500))


@pytest.mark.timeout(120)
@pytest.mark.parametrize(
    ("raw", "text"),
    [
        pytest.param(FROM + b"\r\n" + b"\n" * 2_000_000 + b"x", "", id="blank lines"),
        pytest.param(FROM + b"\r\n" + b"x\n" + b"\n" * 2_000_000, "x", id="blank lines after words"),
        pytest.param(
            FROM + b"Content-Type: text/plain; charset=punycode\r\n\r\nx-" + b"b" * 20_000_000,
            None,
            id="an encoding of domain names",
        ),
        pytest.param(
            FROM + b"Content-Type: text/html\r\n\r\n<p>x</p>" + b"<div>" * 4_000_000, "x", id="tags"
        ),
        pytest.param(
            FROM + b"\r\n" + "ก".encode() * 400_000, "ก" * 4000, id="a sign that is cut where reading ends"
        ),
    ],
)
def test_no_letter_costs_more_than_its_first_words(raw: bytes, text: str | None) -> None:
    letter = read_letter(raw)
    assert letter is not None
    assert letter.sender == "a@b.th"
    assert text is None or letter.text == text


@pytest.mark.timeout(120)
@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(b"From: " + b"a@b.th, " * 200_000 + b"\r\n\r\nx", id="a header without end"),
        pytest.param(FROM + DEEP + b"\r\nx", id="parts within parts"),
        pytest.param(
            FROM + b"Content-Type: message/rfc822\r\n\r\n" * 1500 + b"\r\nx", id="letters in letters"
        ),
        pytest.param(
            FROM
            + b"Content-Type: multipart/mixed; boundary=z\r\n\r\n"
            + b"--z\r\n\r\nx\r\n" * 500_000
            + b"--z--",
            id="half a million parts",
        ),
    ],
)
def test_a_letter_out_of_all_measure_is_unreadable_and_is_not_sent_again(raw: bytes) -> None:
    assert read_letter(raw) is None
    assert take_mail(raw) is Outcome.UNREADABLE
