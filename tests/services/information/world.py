"""Information requests for the looks at every page: one in each state that has a page of its own."""

from collections.abc import Iterator, Mapping
from datetime import timedelta

from tests.services.information.asked import WHY, put_back_law

from journeys.people import photo
from sala.commons.drafts.queries import Contact
from sala.commons.files import actions as files
from sala.commons.identity.models import Person
from sala.commons.moderation.actions import Breach
from sala.commons.moderation.queries import list_decisions
from sala.core import clock
from sala.core.actors import ANONYMOUS, Actor, Grant, Role
from sala.services.information import actions
from sala.services.information.actions import Decision, Filed, Filing, NewDocument, Proof
from sala.services.information.queries.request import get_request
from sala.services.information.rules.grounds import Ground, Reasons
from sala.services.information.rules.states import Move
from sala.services.information.rules.ways import WayKind

QUESTION = "ขอบันทึกการซ่อมไฟทางถนนศรีจันทร์ทั้งสาย ตั้งแต่ต้นปี 2568 โทร 081-234-5678"
# Names of the requests a filer opened; `key_NAME` opens each.
ASKED = ("asked", "questioned", "late", "given", "refused", "above")


def build() -> dict[str, str | int]:
    """The values that addresses of requests need."""
    put_back_law()
    person = Person.objects.create(created_at=clock.now())
    head = Actor(
        person_id=person.pk,
        grants=(Grant(Role.OFFICER, "kk-muni"), Grant(Role.SUPERVISOR, "kk-muni")),
        assurance_level=2,
    )
    now = clock.now()
    filed = {name: _ask(now) for name in ASKED if name != "late"}
    filed["late"] = _ask(now - timedelta(days=40))
    actions.ask_person(actor=head, now=now, reference=filed["questioned"].reference, text="ช่วงเดือนใดครับ")
    _give(head, filed["given"])
    for name in ("refused", "above"):
        _refuse(head, filed[name])
    actions.lodge_appeal(
        actor=ANONYMOUS,
        now=now,
        reference=filed["above"].reference,
        way=WayKind.APPEAL_REFUSAL,
        text="ขออุทธรณ์ เพราะเป็นงบประมาณของประชาชน",
        proof=Proof(key=filed["above"].key),
    )
    values: dict[str, str | int] = {f"info_{name}": one.reference for name, one in filed.items()}
    values |= {f"key_info_{name}": one.key for name, one in filed.items()}
    return values | _third_party(head) | _moderated(filed["given"]) | {"given_number": 1, "given_order": 1}


def own_links(values: Mapping[str, object]) -> Iterator[str]:
    """The links by which the filer opens their own requests."""
    for name in ASKED:
        yield f"/information/{values[f'info_{name}']}/own?key={values[f'key_info_{name}']}"


def _moderated(given: Filed) -> dict[str, str | int]:
    """A moderator's work: one set aside on arrival, one left there, an answer covered, an appeal that waits."""
    aside, left = _ask(clock.now(), is_suspect=True), _ask(clock.now(), is_suspect=True)
    person = Person.objects.create(created_at=clock.now())
    moderator = Actor(person_id=person.pk, grants=(Grant(Role.MODERATOR, "kk-muni"),), assurance_level=2)
    here = {"actor": moderator, "now": clock.now()}
    actions.keep_words(reference=left.reference, breach=Breach.ADVERTISING, **here)
    actions.cover_words(reference=given.reference, public_text="แนบบันทึกทั้งปี", part="answer-1", **here)
    decision = list_decisions(get_request(left.reference).pk)[0]
    actions.appeal_moderation(
        actor=ANONYMOUS,
        now=clock.now(),
        reference=left.reference,
        decision_id=decision.pk,
        text="ถามจริง ไม่ใช่โฆษณา",
        proof=Proof(key=left.key),
    )
    decided = list_decisions(get_request(given.reference).pk)[0].pk
    return {"info_aside": aside.reference, "info_decision": decided}


def _ask(now: object, **more: bool) -> Filed:
    contact = Contact(name="สมหญิง", phone="081-234-5678")
    filing = Filing(text=QUESTION, agency="kk-muni", where_to_look="สำนักช่าง", contact=contact, **more)
    return actions.file_request(actor=ANONYMOUS, now=now, filing=filing)  # type: ignore[arg-type]  # an instant


def _give(head: Actor, filed: Filed) -> None:
    kept = files.keep_file(photo()["buffer"])
    decision = Decision(
        how=Move.GRANT_PARTLY,
        text="แนบบันทึกการซ่อมทั้งปี ส่วนชื่อช่างไม่ให้",
        reasons=Reasons((Ground.S15_5,), (WHY,)),
        documents=(NewDocument("บันทึกการซ่อมไฟทาง 2568", kept),),
    )
    actions.answer_request(actor=head, now=clock.now(), reference=filed.reference, decision=decision)


def _refuse(head: Actor, filed: Filed) -> None:
    decision = Decision(how=Move.REFUSE, text="ไม่อาจให้ได้", reasons=Reasons((Ground.S15_2,), (WHY,)))
    actions.answer_request(actor=head, now=clock.now(), reference=filed.reference, decision=decision)


def _third_party(head: Actor) -> dict[str, str | int]:
    """A request about which somebody it concerns was asked, with the secret of their page."""
    filed, today = _ask(clock.now()), clock.now().date()
    asked = actions.ask_third_party(
        actor=head,
        now=clock.now(),
        reference=filed.reference,
        name="บริษัท ก",
        address="ขอนแก่น",
        about="ราคาที่เสนอ",
        received_on=today + timedelta(days=1),
        object_until=today + timedelta(days=30),
    )
    return {"info_consulting": filed.reference, "third": asked.id, "third_key": asked.key}
