"""A full desk: complaints in every state an officer meets, with all that hangs on them."""

from datetime import timedelta

from journeys.people import photo
from sala.commons.correspondence.models import ReplyTemplate
from sala.commons.drafts import actions as drafts
from sala.commons.files.actions import keep_file
from sala.commons.identity import actions as identity
from sala.commons.identity.actions.looks import Subject
from sala.commons.identity.models import AccessQuestion, AccessRecord, Person
from sala.commons.moderation.actions import Breach
from sala.core import clock
from sala.core.actors import ANONYMOUS, Actor, Grant, Role
from sala.core.deadlines import EscalationLevel
from sala.services.complaints import actions
from sala.services.complaints.actions import Filing, PauseReason, Privacy
from sala.services.complaints.models import Complaint
from sala.services.complaints.queries import Contact

TEXT = "ไฟทางดับทั้งซอยหลังวัดป่า เดินกลับบ้านตอนกลางคืนกลัวมาก โทร 081-234-5678"
READY = "ได้รับเรื่องแล้ว ช่างจะไปดูพรุ่งนี้"
DONE = "เปลี่ยนหลอดไฟทั้ง 9 ดวงแล้ว ไฟติดครบทุกดวง"


def filed(text: str = TEXT, *, days_ago: int = 0, **more: object) -> str:
    values = {"topic": "street_light", "area": "400101", "contact": Contact(phone="081-234-5678"), **more}
    filing = Filing(text=text, **values)  # type: ignore[arg-type]  # the fields of a filing
    at = clock.now() - timedelta(days=days_ago)
    return actions.file_complaint(actor=ANONYMOUS, now=at, filing=filing).reference


def officer_of(agency: str, role: Role = Role.OFFICER) -> Actor:
    person = Person.objects.create(created_at=clock.now(), display_name="วิภา")
    return Actor(person_id=person.pk, grants=(Grant(role, agency),), assurance_level=2)


def with_picture() -> str:
    """The token of a draft that holds a picture."""
    now = clock.now()
    token = drafts.save_draft(kind="complaint", actor=ANONYMOUS, now=now, token="", answers={"text": TEXT})
    kept = keep_file(photo()["buffer"])
    drafts.attach_to_draft(actor=ANONYMOUS, now=now, token=token, kept=kept)
    return token


def full_desk() -> dict[str, object]:
    """A full desk: one that went through everything, late ones, spam, covered words, a question about a look."""
    now, city = clock.now(), officer_of("kk-muni")
    reference = filed(days_ago=90, privacy=Privacy.AGENCY_ONLY, draft_token=with_picture())
    actions.start_work(actor=city, now=now, reference=reference)
    actions.share_complaint(actor=city, now=now, reference=reference, agency="pea", reason="ช่วยดับไฟแรงสูง")
    actions.split_complaint(
        actor=city,
        now=now,
        reference=reference,
        agency="pea",
        topic="electricity",
        text="สายหย่อน",
        reason="คนละงาน",
    )
    actions.reply_to_person(actor=city, now=now, reference=reference, text=READY)
    actions.add_note(actor=city, now=now, reference=reference, text="โทรแล้วไม่รับ")
    pause = {"reason": PauseReason.WEATHER, "words": "ฝนตกหนัก"}
    actions.pause_clock(actor=city, now=now, reference=filed(days_ago=3), **pause)
    late = filed(days_ago=80)
    actions.escalate_complaint(now=now, reference=late, level=EscalationLevel.CENTRAL)
    actions.escalate_complaint(now=now, reference=reference, level=EscalationLevel.SUPERVISOR)
    filed(is_suspect=True)
    seen = filed("ไฟดับหน้าวัด โทร 089-111-2222 ช่วยด้วย")
    moderator = officer_of("opm-1111", Role.MODERATOR)
    actions.keep_as_it_is(actor=moderator, now=now, reference=seen)
    actions.keep_as_it_is(
        actor=moderator, now=now, reference=filed(is_suspect=True), breach=Breach.ADVERTISING
    )
    closed = filed(days_ago=9)
    actions.reject_complaint(
        actor=city,
        now=now,
        reference=closed,
        reason=actions.RejectionReason.IN_COURT,
        text="เรื่องนี้อยู่ในศาลแล้ว ติดตามได้ที่ศาล",
    )
    ReplyTemplate.objects.create(agency="kk-muni", name="รับเรื่อง", text=READY)
    return {"reference": reference, "question_id": _question(city, reference)}


def _question(city: Actor, reference: str) -> int:
    person = Person.objects.create(created_at=clock.now())
    Complaint.objects.filter(matter__reference=reference).update(person=person)
    look = {"actor": city, "agency": "kk-muni", "purpose": "handle_complaint", "now": clock.now()}
    identity.record_access(**look, subjects=[Subject(person_id=person.pk, matter=reference)])
    record = AccessRecord.objects.get(person=person)
    asker = Actor(person_id=person.pk)
    identity.question_access(actor=asker, record_id=record.pk, text="ดูทำไม", now=clock.now())
    return int(AccessQuestion.objects.get().pk)
