"""Letters to a request's own address: the person's words, anybody else's for the office alone, and nothing more."""

import re
from email.message import EmailMessage
from io import BytesIO

import pytest
from django.core import mail as post
from django.test import Client
from PIL import Image
from tests.services.information.asked import OFFICE, ask, later, officer, picture, refuse, the
from tests.services.information.browsers import signed_in
from tests.small_state import NOW

from sala.commons.correspondence.mail_door import Outcome, take_mail
from sala.commons.correspondence.models import InboundLetter
from sala.commons.drafts.models import Draft
from sala.commons.files.models import File
from sala.commons.identity.models import AccessRecord
from sala.core import clock, mailboxes
from sala.services.information import actions, mail
from sala.services.information.models import Request
from sala.services.information.rules.states import Status

pytestmark = pytest.mark.usefixtures("law_state")


@pytest.fixture(autouse=True)
def _takes_mail(settings: object) -> None:
    settings.MAIL_ADDRESS = "req@sala.example.org"  # type: ignore[attr-defined]  # pytest-django's settings


def letter(
    to: str, sender: str, text: str, number: int = 1, files: tuple[bytes, ...] = (), **headers: str
) -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, to, "Re: request"
    message["Message-ID"] = f"<{number}@example.org>"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    for content in files:
        message.add_attachment(
            content, maintype="application", subtype="octet-stream", filename="home/me.png"
        )
    return message.as_bytes()


@pytest.mark.req("ODP-3")
def test_the_persons_answer_by_mail_begins_the_offices_days_anew() -> None:
    filed = ask()
    actions.ask_person(actor=officer(), now=later(1), reference=filed.reference, text="ปีไหนครับ")
    address = mail.reply_address(filed.reference)
    raw = letter(address, "Somying <somying@example.org>", "ปี 2568 ค่ะ")
    assert take_mail(raw, now=later(2)) is Outcome.TAKEN
    assert the(filed).state is Status.RECEIVED
    assert take_mail(raw, now=later(2)) is Outcome.REPEATED
    assert take_mail(letter(address, "somying@example.org", "ขอเพิ่ม", 2), now=later(3)) is Outcome.TAKEN
    assert [m.kind for m in the(filed).matter.messages.order_by("pk")] == ["question", "answer", "words"]


def test_a_strangers_letter_is_read_by_the_office_and_by_nobody_else() -> None:
    filed = ask(now=clock.now())
    address = mail.reply_address(filed.reference)
    assert take_mail(letter(address, "kong@agency.example.org", "ตอบตามเอกสารแนบ")) is Outcome.TAKEN
    assert "ตอบตามเอกสารแนบ" not in Client().get(f"/information/{filed.reference}").content.decode()
    page = signed_in("kk-muni").get(f"/information/work/{filed.reference}").content.decode()
    assert "ตอบตามเอกสารแนบ" in page


def test_a_wrong_secret_and_what_a_program_answers_are_taken_as_nothing() -> None:
    filed = ask()
    refuse(filed, later(1))
    forged = mailboxes.plus_address("req@sala.example.org", filed.reference, "0" * 16)
    assert take_mail(letter(forged, "somying@example.org", "ถอนคำขอ"), now=later(2)) is Outcome.REFUSED
    address = mail.reply_address(filed.reference)
    away = letter(address, "somying@example.org", "ไม่อยู่", 3, Auto_Submitted="auto-replied")
    assert take_mail(away, now=later(2)) is Outcome.REFUSED
    assert not the(filed).matter.messages.exists()


def located() -> bytes:
    """A picture that tells where it was taken."""
    out, exif = BytesIO(), Image.Exif()
    exif[0x010E] = "taken at home, 16.4323 102.8231"
    Image.new("RGB", (40, 30), "white").save(out, "JPEG", exif=exif)
    return out.getvalue()


@pytest.mark.req("ODP-3", "TRU-1")
def test_files_of_the_persons_letter_are_cleaned_and_shown_to_them_and_to_the_office_alone() -> None:
    filed = ask(now=clock.now())
    raw = letter(mail.reply_address(filed.reference), "somying@example.org", "แนบสำเนา", files=(located(),))
    assert b"102.8231" in located()
    assert take_mail(raw) is Outcome.TAKEN
    file = File.objects.get()
    assert not file.is_public
    address = f"/information/{filed.reference}/letters/{file.stored_as}"
    assert file.stored_as not in Client().get(f"/information/{filed.reference}").content.decode()
    assert Client().get(address).status_code == 404
    person = Client()
    own = person.get(f"/en/information/{filed.reference}/own?key={filed.key}", follow=True).content.decode()
    assert address in own
    assert "taken out" in own
    given = person.get(address)
    assert given.status_code == 200
    assert b"102.8231" not in b"".join(given)
    assert given["Cache-Control"] == "private, no-store"
    assert "sandbox" in given["Content-Security-Policy"]
    assert "home" not in given["Content-Disposition"]
    assert not AccessRecord.objects.exists()
    clerk = signed_in(OFFICE)
    assert address in clerk.get(f"/information/work/{filed.reference}").content.decode()
    for _ in range(2):
        assert clerk.get(address).status_code == 200
    assert AccessRecord.objects.count() == 1, "a page that opens five files is one look"
    assert signed_in("pea").get(address).status_code == 404


def test_four_guessed_digits_neither_show_nor_open_a_file_of_a_letter() -> None:
    filed = ask(now=clock.now())
    take_mail(letter(mail.reply_address(filed.reference), "somying@example.org", "แนบ", files=(picture(),)))
    guest = Client()
    tried = guest.post(
        "/information/track", {"reference": filed.reference, "phone_tail": "5678"}, follow=True
    )
    assert tried.status_code == 200
    stored_as = File.objects.get().stored_as
    assert stored_as not in tried.content.decode()
    assert guest.get(f"/information/{filed.reference}/letters/{stored_as}").status_code == 404


def test_files_of_a_strangers_letter_are_for_the_office_alone() -> None:
    filed = ask(now=clock.now())
    take_mail(letter(mail.reply_address(filed.reference), "x@example.org", "ตอบ", files=(picture(),)))
    address = f"/information/{filed.reference}/letters/{File.objects.get().stored_as}"
    person = Client()
    own = person.get(f"/information/{filed.reference}/own?key={filed.key}", follow=True).content.decode()
    assert address not in own
    assert person.get(address).status_code == 404
    assert signed_in(OFFICE).get(address).status_code == 200


@pytest.mark.parametrize(("language", "said"), [("th", "ไม่ได้เก็บ"), ("en", "was not kept")])
def test_a_file_that_cannot_be_cleaned_costs_the_file_and_not_the_words(language: str, said: str) -> None:
    filed = ask(now=clock.now(), language=language)
    raw = letter(
        mail.reply_address(filed.reference), "somying@example.org", "ดูไฟล์", files=(b"MZ a program", picture())
    )
    assert take_mail(raw) is Outcome.TAKEN
    [message] = the(filed).matter.messages.all()
    assert message.text.startswith("ดูไฟล์")
    assert said in message.text
    assert File.objects.count() == 1


@pytest.mark.req("ODP-3")
@pytest.mark.parametrize(
    ("text", "language"),
    [("ขอแผนการซ่อมถนนปี 2569 ของเทศบาลนครขอนแก่น", ""), ("I ask for the road plan of 2026", "/en")],
    ids=["thai", "english"],
)
def test_a_first_letter_is_a_draft_until_its_writer_confirms_it_and_sends_it(
    text: str, language: str
) -> None:
    raw = letter("Sala <req@sala.example.org>", "Nok <nok@example.org>", text)
    assert take_mail(raw) is Outcome.TAKEN
    assert take_mail(raw) is Outcome.REPEATED
    assert (Request.objects.count(), Draft.objects.count()) == (0, 1), (
        "no office has it, and no number is given"
    )
    [asked] = post.outbox
    assert asked.to == ["nok@example.org"]
    assert text not in f"{asked.subject} {asked.body}"
    match = re.search(r"/(?:en/)?information/draft/[\w-]+/what", str(asked.body))
    assert match
    assert match[0].startswith(f"{language}/information")
    client = Client()
    page = client.get(match[0])
    assert text in page.content.decode()
    base = match[0].rpartition("/")[0]
    for name, told in (
        ("what", {"text": text, "wish": "information"}),
        ("office", {"agency": "", "other": OFFICE}),
        ("where", {"where_to_look": ""}),
        ("how", {"wanted_as": "file"}),
        ("open", {"openness": "public"}),
    ):
        assert client.post(f"{base}/{name}", told).status_code == 302, name
    contact = client.get(f"{base}/contact").content.decode()
    assert "nok@example.org" in contact
    told = {"name": "", "phone": "", "email": "nok@example.org", "address": ""}
    assert client.post(f"{base}/contact", told).status_code == 302
    assert client.post(f"{base}/check", follow=True).status_code == 200
    assert Request.objects.get().original == text


def test_nobody_is_flooded_by_letters_in_their_name_and_programs_begin_nothing() -> None:
    to = "req@sala.example.org"
    away = letter(to, "nok@example.org", "ไม่อยู่", 1, Auto_Submitted="auto-replied")
    assert take_mail(away, now=NOW) is Outcome.REFUSED
    assert take_mail(letter(to, "nok@example.org", " ", 2), now=NOW) is Outcome.REFUSED
    assert take_mail(letter(to, "nobody", "ขอข้อมูล", 3), now=NOW) is Outcome.REFUSED
    outcomes = [take_mail(letter(to, "nok@example.org", "ขอข้อมูล", 10 + n), now=NOW) for n in range(7)]
    assert outcomes[-1] is Outcome.REFUSED
    assert len(post.outbox) == 3, "three letters a day ask a mailbox, whoever caused them"
    assert not Request.objects.exists()
    assert InboundLetter.objects.filter(matter=None).exists()


def test_another_address_is_still_no_address(settings: object) -> None:
    assert take_mail(letter("other@sala.example.org", "nok@example.org", "ขอ")) is Outcome.NO_SUCH_ADDRESS
    settings.MAIL_ADDRESS = ""  # type: ignore[attr-defined]  # pytest-django's settings
    assert take_mail(letter("req@sala.example.org", "nok@example.org", "ขอ", 2)) is Outcome.NO_SUCH_ADDRESS


@pytest.mark.parametrize(
    ("page", "said"), [("/information/", "หรือเขียนถึง"), ("/en/information/", "Or write to")]
)
def test_the_first_page_tells_the_address_only_where_letters_are_taken(
    page: str, said: str, settings: object
) -> None:
    shown = Client().get(page).content.decode()
    assert f"{said} req@sala.example.org" in shown
    settings.MAIL_ADDRESS = ""  # type: ignore[attr-defined]  # pytest-django's settings
    assert said not in Client().get(page).content.decode()
