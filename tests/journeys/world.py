"""A small world in which every page of a citizen has something to show: complaints in each state, a draft, a person."""

import re

from django.core import mail

from journeys import addresses
from journeys.people import photo, session_for
from sala.commons.drafts import actions as drafts
from sala.commons.files import actions as files
from sala.commons.files.queries import list_of_matter
from sala.commons.identity import actions as identity
from sala.commons.identity.actions.looks import Subject
from sala.commons.identity.models import AccessRecord, Person
from sala.commons.ledger import actions as ledger
from sala.commons.ledger.sequencer import sequence_now
from sala.commons.matters import actions as matters
from sala.commons.matters.rules import Frequency
from sala.commons.moderation.queries import list_decisions
from sala.commons.participation import actions as participation
from sala.commons.participation.rules import TellsApart
from sala.core import clock
from sala.core.actors import ANONYMOUS, SYSTEM, Actor, Grant, Role
from sala.services.complaints import actions
from sala.services.complaints.actions import Filed, Filing, PauseReason, Privacy, Proof, RejectionReason
from sala.services.complaints.queries import Contact, get_complaint

WORDS = "ไฟทางดับทั้งซอยหลังวัดป่า มืดมาก เดินกลับบ้านกลัว ๆ โทร 081-234-5678"
HERE = {"area": "400101", "place": "ซอยหลังวัดป่า", "latitude": 16.4323, "longitude": 102.8231}
DONE = "เปลี่ยนหลอดไฟทั้ง 9 ดวงแล้ว ไฟติดครบทุกดวง"


def build() -> dict[str, str | int]:
    """The values that addresses need; `key_NAME` opens the filer's own page of complaint NAME."""
    officer = Actor(
        person_id=Person.objects.create(created_at=clock.now()).pk, grants=(Grant(Role.OFFICER, "kk-muni"),)
    )
    filed = {
        "received": _file(_draft()),
        "worked": _worked(officer),
        "done": _done(officer),
        "closed": _closed(officer),
        "rejected": _rejected(officer),
        "secret": _file(privacy=Privacy.CONFIDENTIAL),
        "set_aside": _set_aside(),
    }
    values: dict[str, str | int] = {name: one.reference for name, one in filed.items()}
    values |= {f"key_{name}": one.key for name, one in filed.items()}
    values["collection"] = _collection(filed["received"].reference, TellsApart.PERSON)
    values["paper_collection"] = _collection(filed["worked"].reference, TellsApart.CITIZEN)
    values |= _person(officer, filed["received"].reference)
    for service in addresses.every_world():
        values |= service.build()
    matters.follow_by_email(
        actor=ANONYMOUS,
        now=clock.now(),
        reference=filed["received"].reference,
        email="nok@example.th",
        frequency=Frequency.EACH,
    )
    sequence_now()
    return values | {
        "stored_as": list_of_matter(get_complaint(filed["received"].reference).pk)[0].stored_as,
        "draft": _draft(),
        "decision": _covered(officer, filed["closed"].reference),
        "begins": _link_in_letter(),
        "position": 0,
        "door": "budget",
        "agency": "kk-muni",
        "area": "40",
        "mistyped": "C69-0000001-0",
    }


def _collection(reference: str, tells_apart: TellsApart) -> str:
    """People sign for a matter: its reference."""
    opened = ledger.action_without_entry("a world opens for no service")(participation.open_collection)
    opened(matter=get_complaint(reference).pk, purpose="petition", tells_apart=tells_apart)
    return reference


def _covered(officer: Actor, reference: str) -> int:
    """The key of a moderator's decision about a complaint."""
    moderator = Actor(person_id=officer.person_id, grants=(Grant(Role.MODERATOR, "kk-muni"),))
    actions.mask_text(actor=moderator, now=clock.now(), reference=reference, public_text="ไฟทางดับทั้งซอย")
    return list_decisions(get_complaint(reference).pk)[0].pk


def _link_in_letter() -> str:
    """The secret in the link of the letter that was just sent."""
    found = re.search(r"/follow/(\S+)", str(mail.outbox[-1].body))
    assert found is not None
    return found[1]


def _draft() -> str:
    answers = {"text": WORDS, "topic": "street_light", "when": "เมื่อคืน", "privacy": "public", **HERE}
    token = drafts.save_draft(kind="complaint", actor=ANONYMOUS, now=clock.now(), token="", answers=answers)
    kept = files.keep_file(photo()["buffer"])
    drafts.attach_to_draft(actor=ANONYMOUS, now=clock.now(), token=token, kept=kept)
    return token


def _file(draft: str = "", privacy: Privacy = Privacy.PUBLIC) -> Filed:
    contact = Contact(name="สมหญิง", phone="081-234-5678")
    filing = Filing(
        text=WORDS,
        topic="corruption" if privacy is Privacy.CONFIDENTIAL else "street_light",
        privacy=privacy,
        contact=contact,
        draft_token=draft,
        **HERE,
    )
    return actions.file_complaint(actor=ANONYMOUS, now=clock.now(), filing=filing)


def _worked(officer: Actor) -> Filed:
    """Sent around until somebody notices, begun, a question asked, the clock standing still."""
    filed, now = _file(), clock.now()
    other = Actor(person_id=officer.person_id, grants=(Grant(Role.OFFICER, "pea"),))
    named = {"now": now, "reference": filed.reference}
    for _ in range(2):
        actions.forward_complaint(actor=officer, agency="pea", reason="เสาเป็นของการไฟฟ้า", **named)
        actions.hand_back_complaint(actor=other, reason="เสานี้เป็นของเทศบาล", **named)
    actions.start_work(actor=officer, **named)
    actions.reply_to_person(actor=officer, text="ดับตั้งแต่วันไหน", asks=True, **named)
    actions.pause_clock(actor=officer, reason=next(iter(PauseReason)), words="รอคำตอบว่าดับตั้งแต่วันไหน", **named)
    return filed


def _done(officer: Actor) -> Filed:
    filed, now = _file(), clock.now()
    kept = files.keep_file(photo()["buffer"])
    actions.start_work(actor=officer, now=now, reference=filed.reference)
    actions.attach_evidence(actor=officer, now=now, reference=filed.reference, kept=kept)
    actions.resolve_complaint(actor=officer, now=now, reference=filed.reference, text=DONE)
    return filed


def _closed(officer: Actor) -> Filed:
    filed = _done(officer)
    actions.confirm_resolution(
        actor=ANONYMOUS,
        now=clock.now(),
        reference=filed.reference,
        proof=Proof(key=filed.key),
        rating=5,
        words="เร็วดี",
    )
    return filed


def _rejected(officer: Actor) -> Filed:
    filed = _file()
    actions.reject_complaint(
        actor=officer,
        now=clock.now(),
        reference=filed.reference,
        reason=next(iter(RejectionReason)),
        text="ที่ดินเป็นของเอกชน ขอให้ติดต่อเจ้าของที่ดิน",
    )
    return filed


def _set_aside() -> Filed:
    filed = _file()
    actions.quarantine_complaint(actor=SYSTEM, now=clock.now(), reference=filed.reference)
    return filed


def _person(officer: Actor, followed: str) -> dict[str, str | int]:
    """Someone signed in whose data was looked at, who agreed to something, filed and follows."""
    now = clock.now()
    person = Person.objects.create(created_at=now, display_name="สมหญิง ใจเย็น")
    actor = Actor(person_id=person.pk)
    filing = Filing(text=WORDS, topic="street_light", **HERE)
    own = actions.file_complaint(actor=actor, now=now, filing=filing)
    matters.follow_matter(actor=actor, now=now, reference=followed, frequency=Frequency.DAILY)
    identity.give_consent(actor=actor, purpose="research", wording="1", now=now)
    identity.record_access(
        actor=officer,
        agency="kk-muni",
        purpose="handle_complaint",
        subjects=[Subject(person.pk, own.reference)],
        now=now,
    )
    return {
        "session": session_for(person),
        "session_leaving": session_for(person),
        "look": AccessRecord.objects.get(person_id=person.pk).pk,
    }
