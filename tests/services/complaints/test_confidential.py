"""A confidential complaint through its whole life: nothing of it shows anywhere, except in counts."""

import re
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.core import mail
from django.test import Client
from tests.small_state import NOW, staff

from sala.commons.agencies import actions as agencies
from sala.commons.agencies.models import Desk
from sala.commons.drafts.actions import Proof
from sala.commons.ledger import sequencer, subscriptions
from sala.commons.ledger.models import Entry
from sala.commons.matters import tasks
from sala.commons.matters.models import Follow
from sala.core import clock
from sala.core.actors import ANONYMOUS, SYSTEM, Role
from sala.core.errors import NotFound
from sala.core.references import make_reference
from sala.services.complaints import actions, queries
from sala.services.complaints.actions import Filing
from sala.services.complaints.queries import Contact
from sala.services.complaints.rules import PauseReason, Privacy

pytestmark = pytest.mark.usefixtures("state")

WORDS = "หัวหน้ากองช่างเรียกรับเงินสองแสนบาทจากผู้รับเหมา"
ANSWER = "ไต่สวนแล้ว พบมูล ส่งเรื่องให้อัยการแล้ว"
DESK = "สำนักไต่สวนลับ"
# Headers made of the clock or of the whole content, and what every form carries anew each time it is shown.
TIMED = frozenset({"ETag", "Expires", "Date", "Content-Length"})
CHANCE = re.compile(r'name="(?:csrfmiddlewaretoken|form_key)" value="[^"]*"')
PUBLIC_PAGES = (
    "/", "/now/", "/figures.json", "/complaints/", "/matters/", "/matters/rows.json", "/matters/rows.csv",
    "/matters/rows.atom", "/matters/points.json?box=95,5,106,21", "/api/entries", "/ledger/",
    "/open311/v2/requests.json", "/open311/v2/requests.xml", f"/matters/?q={quote('กองช่าง')}",
)  # fmt: skip


def filed(privacy: Privacy = Privacy.CONFIDENTIAL) -> actions.Filed:
    filing = Filing(
        text=WORDS,
        privacy=privacy,
        area="400101",
        place="เทศบาลหลังเก่า",
        latitude=16.43,
        longitude=102.82,
        contact=Contact(name="สมชาย", phone="089-999-1234", email="somchai@example.org"),
    )
    return actions.file_complaint(actor=ANONYMOUS, now=NOW, filing=filing)


def lived(one: actions.Filed) -> None:
    """Everything that staff and the person can do to it, from filing to confirmation."""
    agencies.import_desks(
        actor=SYSTEM, now=NOW, rows=[(2, {"agency": "nacc", "name_th": DESK, "name_en": "Secret desk"})]
    )
    here: dict[str, object] = {"now": NOW, "reference": one.reference}
    first, own = staff(one.agency), Proof(key=one.key)
    actions.route_complaint(actor=first, topic="corruption", agency="nacc", reason="ตรงหน้าที่", **here)
    nacc = staff("nacc")
    actions.assign_complaint(actor=nacc, desk_id=Desk.objects.get(name_th=DESK).pk, **here)
    actions.share_complaint(actor=nacc, agency="kk-muni", reason="ขอเอกสาร", **here)
    actions.split_complaint(
        actor=nacc, agency="moi", topic="officer_conduct", text="ส่วนวินัย", reason="แยกวินัย", **here
    )
    actions.reply_to_person(actor=nacc, text="ขอหลักฐานการโอนเงิน", asks=True, **here)
    waiting = PauseReason.WAITING_FOR_PERSON
    actions.pause_clock(actor=nacc, reason=waiting, words="รอหลักฐาน", **here)
    actions.answer_question(actor=ANONYMOUS, text="แนบสลิปแล้ว", proof=own, **here)
    actions.add_note(actor=nacc, text="พยานให้การ", **here)
    actions.forward_complaint(actor=nacc, agency="opm-1111", reason="ตรวจซ้ำ", **here)
    actions.hand_back_complaint(actor=staff("opm-1111"), reason="ตรวจแล้ว", **here)
    actions.start_work(actor=nacc, **here)
    actions.resolve_complaint(actor=nacc, text=ANSWER, **here)
    actions.reopen_complaint(actor=ANONYMOUS, text="ยังเรียกเงินอยู่", proof=own, **here)
    actions.resolve_complaint(actor=nacc, text=ANSWER, **here)
    actions.confirm_resolution(actor=ANONYMOUS, proof=own, rating=5, words="ขอบคุณ", **here)


@pytest.mark.req("TRU-2", "CMP-1.2")
def test_no_entry_of_a_confidential_complaint_tells_what_where_or_who() -> None:
    before = Entry.objects.count()
    one = filed()
    told_before = b"".join(bytes(e.body) for e in Entry.objects.order_by("pk")[before:])
    lived(one)
    bodies = [bytes(e.body).decode() for e in Entry.objects.order_by("pk")[before:]]
    assert len(bodies) > 14
    secrets = (
        one.reference, "nacc", "kk-muni", "opm-1111", "moi", "400101", "corruption", "officer_conduct", DESK,
        "ปราบปราม", "กองช่าง", "สมชาย", "เทศบาลหลังเก่า", "16.43",
    )  # fmt: skip
    for body in (told_before.decode(), *bodies):
        assert [secret for secret in secrets if secret in body] == []


@pytest.mark.req("TRU-2")
def test_a_complaint_for_the_agency_alone_tells_agencies_but_not_what_it_is_about() -> None:
    before = Entry.objects.count()
    one = filed(Privacy.AGENCY_ONLY)
    actions.route_complaint(
        actor=staff(one.agency),
        now=NOW,
        reference=one.reference,
        topic="electricity",
        agency="pea",
        reason="x",
    )
    bodies = "".join(bytes(e.body).decode() for e in Entry.objects.order_by("pk")[before:])
    assert '"pea"' in bodies
    assert [s for s in (one.reference, "electricity", "400101", "กองช่าง") if s in bodies] == []


@pytest.mark.req("TRU-2")
@pytest.mark.parametrize("privacy", [Privacy.CONFIDENTIAL, Privacy.AGENCY_ONLY])
def test_no_public_page_feed_or_letter_shows_a_complaint_that_is_not_public(privacy: Privacy) -> None:
    one = filed(privacy)
    Follow.objects.update(confirmed_at=NOW)  # the address answered, so that letters go there
    if privacy == Privacy.CONFIDENTIAL:
        lived(one)
    sequencer.sequence_now()
    subscriptions.catch_up()
    with clock.frozen(NOW + timedelta(days=1)):
        tasks.post_due_letters(timestamp=0)
    for prefix in ("", "/en"):
        for page in PUBLIC_PAGES:
            address = page if "." in page.split("?")[0] or page.startswith("/api") else prefix + page
            shown = b"".join(Client().get(address)).decode()
            for secret in (one.reference, WORDS, "กองช่างเรียก", "สมชาย", DESK, "เทศบาลหลังเก่า"):
                assert secret not in shown, (address, secret)
    letters = "".join(f"{m.subject}{m.body}" for m in mail.outbox)
    assert one.reference in letters
    assert WORDS not in letters
    assert "สมชาย" not in letters


def answers_of(reference: str) -> list[tuple[int, str, dict[str, str]]]:
    """What a stranger is answered at every door that takes a number, with the number itself taken out."""
    told = []
    for path in (
        "/m/{}", "/complaints/{}", "/complaints/{}/own", "/complaints/{}/join", "/complaints/{}/files/x.png",
        "/complaints/{}/files/x.png/take-back", "/m/{}/follow", "/api/matters/{}", "/open311/v2/requests/{}.json",
    ):  # fmt: skip
        told.append(Client().get(path.format(reference)))
    for tail in ("", "0000"):
        told.append(Client().post("/complaints/track", {"reference": reference, "phone_tail": tail}))
    return [
        (
            answer.status_code,
            CHANCE.sub("", answer.content.decode()).replace(reference, "REFERENCE"),
            {
                name: value.replace(reference, "REFERENCE")
                for name, value in answer.items()
                if name not in TIMED
            },
        )
        for answer in told
    ]


@pytest.mark.req("TRU-2")
@pytest.mark.parametrize("privacy", [Privacy.CONFIDENTIAL, Privacy.AGENCY_ONLY])
def test_a_hidden_number_is_answered_as_one_that_never_was(privacy: Privacy) -> None:
    assert answers_of(filed(privacy).reference) == answers_of(make_reference("C", 2569, 7654321))


@pytest.mark.req("TRU-2")
@pytest.mark.parametrize("end", ["", "/join", "/own", "/files/x.png"])
def test_the_address_of_a_confidential_complaint_tells_a_stranger_nothing(end: str) -> None:
    one = filed()
    shown = Client().get(f"/complaints/{one.reference}{end}")
    assert shown.status_code in (302, 404)
    text = shown.content.decode()
    assert [s for s in (WORDS, "nacc", "ป.ป.ช.", "สมชาย") if s in text] == []
    for path in ("follow", "steps.json", "steps.atom"):
        assert Client().get(f"/m/{one.reference}/{path}").status_code == 404
    assert Client().get(f"/open311/v2/requests/{one.reference}.json").status_code in (200, 404)


@pytest.mark.req("TRU-2")
@pytest.mark.parametrize("role", [r for r in Role if r not in (Role.CITIZEN, Role.SYSTEM)])
def test_only_the_staff_of_the_body_that_investigates_can_read_it(role: Role) -> None:
    one = filed()
    complaint = queries.get_complaint(one.reference)
    for agency in ("kk-muni", "opm-1111", "moi", "pea"):
        with pytest.raises(NotFound):
            queries.get_for_staff(one.reference, staff(agency, role))
    if role is not Role.ADMINISTRATOR:
        assert queries.get_for_staff(one.reference, staff("nacc", role)).pk == complaint.pk
