"""Erasing an account reaches its complaints; the export and the person's own page hold them before."""

import pytest
from django.test import Client
from django.utils import translation
from tests.small_state import NOW, staff

from sala.commons.drafts.models import Draft
from sala.commons.identity import actions as identity
from sala.commons.identity import queries as people
from sala.commons.identity import slots
from sala.commons.identity.actions.looks import Subject
from sala.commons.identity.models import Person
from sala.commons.matters.models import Follow, Matter
from sala.core.actors import ANONYMOUS, Actor, Role
from sala.services.complaints import actions, queries
from sala.services.complaints.actions import Filing
from sala.services.complaints.models import Complaint
from sala.services.complaints.queries import Contact
from sala.services.complaints.rules import Privacy

pytestmark = [pytest.mark.usefixtures("state"), pytest.mark.req("TRU-1", "TRU-2")]
TEXT = "ไฟทางดับทั้งซอยหลังวัดป่า มืดมาก โทร 081-234-5678"


def filed_by(me: Actor) -> str:
    contact = Contact(name="สมหญิง", phone="081-234-5678", email="som@example.th")
    filing = Filing(text=TEXT, topic="street_light", privacy=Privacy.PUBLIC, area="400101", contact=contact)
    return actions.file_complaint(actor=me, now=NOW, filing=filing).reference


@pytest.fixture
def me() -> Actor:
    return Actor(person_id=Person.objects.create(created_at=NOW).pk)


def test_the_export_and_my_page_hold_my_complaints(me: Actor) -> None:
    reference = filed_by(me)
    (held,) = people.export_own_data(me, now=NOW)["complaints"]
    assert held["reference"] == reference
    assert held["what_you_wrote"] == TEXT
    assert held["contact"]["email"] == "som@example.th"
    with translation.override("th"):  # whatever language an earlier test left
        lists = {str(heading): rows(me.person_id or 0) for heading, rows in slots.own_lists}
        (mine,) = [thing for things in lists.values() for thing in things]
    assert (mine.number, mine.stands) == (reference, "รับเรื่อง")


@pytest.mark.req("TRU-2")
def test_what_was_open_at_the_erasure_is_erased_when_the_office_closes_it(me: Actor) -> None:
    reference = filed_by(me)
    identity.erase_person(actor=me, now=NOW)
    officer = staff(queries.get_complaint(reference).matter.agency)
    actions.reject_complaint(
        actor=officer,
        now=NOW,
        reference=reference,
        reason=actions.RejectionReason.NO_SUBSTANCE,
        text="ไม่มีข้อมูลพอที่จะดำเนินการได้",
    )
    complaint = queries.get_complaint(reference)
    assert complaint.original == complaint.public_text
    assert bytes(complaint.salt) == b""
    assert not complaint.is_to_be_erased


def test_an_open_complaint_loses_its_person_and_keeps_its_text(me: Actor) -> None:
    reference = filed_by(me)
    Draft.objects.create(
        kind="complaint", token_digest="x", answers_sealed="", person_id=me.person_id, updated_at=NOW
    )
    assert Follow.objects.filter(matter__reference=reference, person_id=me.person_id).exists()
    identity.erase_person(actor=me, now=NOW)
    complaint = queries.get_complaint(reference)
    assert complaint.person_id is None
    assert (complaint.contact_sealed, complaint.phone_tail_digest, complaint.key_digest) == ("", "", "")
    assert complaint.original == TEXT
    assert not Draft.objects.exists()
    assert not Follow.objects.exists()


def test_a_closed_complaint_keeps_only_what_is_public(me: Actor) -> None:
    reference = filed_by(me)
    other = filed_by(Actor(person_id=Person.objects.create(created_at=NOW).pk))
    Matter.objects.filter(reference=reference).update(closed_at=NOW)
    identity.erase_person(actor=me, now=NOW)
    complaint = queries.get_complaint(reference)
    assert complaint.original == complaint.public_text
    assert "081-234" not in complaint.original
    assert bytes(complaint.salt) == b""
    untouched = Complaint.objects.get(matter__reference=other)
    assert untouched.original == TEXT
    assert untouched.contact_sealed


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_who_filed_without_an_account_sees_on_their_page_who_looked(client: Client, prefix: str) -> None:
    filing = Filing(
        text=TEXT,
        topic="street_light",
        privacy=Privacy.PUBLIC,
        area="400101",
        contact=Contact(phone="0812345678"),
    )
    filed = actions.file_complaint(actor=ANONYMOUS, now=NOW, filing=filing)
    own = f"{prefix}/complaints/{filed.reference}/own"
    assert client.get(own, {"key": filed.key})["Location"] == own
    before = client.get(own).content.decode()
    assert ("Nobody has opened" if prefix else "ยังไม่มีใครเปิดดู") in before
    subject = Subject(matter=filed.reference)
    officer = staff("kk-muni", Role.OFFICER)
    identity.record_access(
        actor=officer, agency=officer.agencies[0], purpose="handle_complaint", subjects=[subject], now=NOW
    )
    after = client.get(own).content.decode()
    assert ("To handle your complaint" if prefix else "เพื่อดำเนินการเรื่องร้องเรียนของคุณ") in after
