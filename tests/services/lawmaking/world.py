"""Legal questions for the looks at every page: one in each state that has a page of its own."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from tests.services.lawmaking.asked_law import ANSWER, LAW, QUESTION, WHY, put_back_periods
from tests.services.lawmaking.heard import hearings_for_looks
from tests.services.lawmaking.library import fill

from sala.commons.drafts.queries import Contact
from sala.commons.identity.models import Person
from sala.core import clock
from sala.core.actors import ANONYMOUS, Actor, Grant, Role
from sala.services.lawmaking import actions
from sala.services.lawmaking.actions import Answering, Filed, Filing
from sala.services.lawmaking.rules.questions import Openness, Reason

# Names of the questions a filer opened.
ASKED = ("new", "questioned", "late", "answered", "revised", "declined", "hidden")


def build() -> dict[str, str | int]:
    """The values that addresses of legal questions need."""
    put_back_periods()
    person, now = Person.objects.create(created_at=clock.now()), clock.now()
    officer = Actor(person_id=person.pk, grants=(Grant(Role.OFFICER, "kk-muni"),), assurance_level=2)
    filed = {name: _ask(now) for name in ASKED if name not in ("late", "hidden")}
    filed["late"] = _ask(now - timedelta(days=40))
    filed["hidden"] = _ask(now, Openness.AGENCY_ONLY)
    answering = Answering(ANSWER, (LAW,))
    for name in ("answered", "revised"):
        actions.answer_question(actor=officer, now=now, reference=filed[name].reference, answering=answering)
    actions.revise_answer(actor=officer, now=now, reference=filed["revised"].reference, answering=answering)
    actions.ask_person(actor=officer, now=now, reference=filed["questioned"].reference, text="กันสาดยื่นกี่เมตร")
    actions.add_note(actor=officer, now=now, reference=filed["new"].reference, text="ดูแนวคำตอบเดิม")
    actions.decline_question(
        actor=officer,
        now=now,
        reference=filed["declined"].reference,
        reason=Reason.ANSWERED_BEFORE,
        text=WHY,
        earlier=filed["answered"].reference,
    )
    values: dict[str, str | int] = {f"law_{name}": one.reference for name, one in filed.items()}
    fill()
    values |= {"library_law": "rental-2562", "library_section": "section-2"}
    values |= hearings_for_looks() | {"hearing_part": "section-2"}
    return values | {f"key_law_{name}": one.key for name, one in filed.items()}


def own_links(values: Mapping[str, object]) -> Iterator[str]:
    """The links by which the filer opens their own questions."""
    for name in ASKED:
        yield f"/laws/questions/{values[f'law_{name}']}/own?key={values[f'key_law_{name}']}"


def _ask(now: datetime, openness: Openness = Openness.PUBLIC) -> Filed:
    shown = {"shown_name": "คนข้างบ้าน"} if openness is Openness.PUBLIC else {}
    contact = Contact(name="สมหญิง", phone="081-234-5678")
    filing = Filing(
        text=QUESTION,
        agency="kk-muni",
        about_law="กฎหมายควบคุมอาคาร",
        openness=openness,
        contact=contact,
        **shown,
    )
    return actions.file_question(actor=ANONYMOUS, now=now, filing=filing)
