"""Requests for tests: who asks, what, and what an office answers."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

from PIL import Image
from tests.small_state import NOW, staff

from sala.commons.agencies import actions as agencies
from sala.commons.deadlines import actions as deadlines
from sala.commons.drafts.queries import Contact
from sala.commons.ledger.models import Entry
from sala.core.actors import ANONYMOUS, SYSTEM, Actor, Role
from sala.core.tables import rows_of
from sala.platform.package_tables import rows
from sala.services.information import actions
from sala.services.information.actions import Decision, Filed, Filing, Proof
from sala.services.information.models import Request
from sala.services.information.queries.law import KIND, PACKAGE
from sala.services.information.queries.request import get_request
from sala.services.information.rules.grounds import Ground, Reasons
from sala.services.information.rules.states import Move

BOARD = "oic"
OFFICE = "kk-muni"
MORNING = datetime(2026, 11, 19, 3, 0, tzinfo=UTC)  # Thursday, ten o'clock in Thailand
QUESTION = "ขอบันทึกการซ่อมไฟทางถนนศรีจันทร์ ปี 2568 โทรกลับ 081-234-5678"
WHY = "ตารางเวรบอกเวลาและกำลังคน หากเปิดจะทำให้จับไม่ได้"

_AGENCY = """code,kind,name_th,name_en,parent,area,is_central
oic,department,สำนักงานคณะกรรมการข้อมูลข่าวสารของราชการ,Office of the Official Information Commission,moi,,
"""
_MANDATE = """agency,topic,area,law_th,law_en,valid_from,valid_until
oic,official_information,,พ.ร.บ. ข้อมูลข่าวสารของราชการ พ.ศ. 2540 มาตรา 6,O.I. Act B.E. 2540 s. 6,1997-12-09,
"""


def put_back_law() -> None:
    """The periods of requests, and the Board's office."""
    deadlines.import_periods(actor=SYSTEM, now=NOW, kind=KIND, rows=rows(PACKAGE, "periods"))
    for text, take in ((_AGENCY, agencies.import_agencies), (_MANDATE, agencies.import_mandates)):
        take(actor=SYSTEM, now=NOW, rows=rows_of(text.splitlines())[1])


def forget_law() -> None:
    """Nothing of the law is remembered beside what `small_state` forgets."""


def later(days: int) -> datetime:
    """So many days after the request, at the same hour."""
    return MORNING + timedelta(days=days)


def ask(actor: Actor = ANONYMOUS, now: datetime = MORNING, **more: object) -> Filed:
    """Somebody asks the municipality."""
    told = {
        "text": QUESTION,
        "agency": OFFICE,
        "contact": Contact(name="สมหญิง", phone="081-234-5678", email="somying@example.org"),
        **more,
    }
    return actions.file_request(actor=actor, now=now, filing=Filing(**told))  # type: ignore[arg-type]  # told apart


def proof(filed: Filed) -> Proof:
    """What the person shows."""
    return Proof(key=filed.key)


def officer(agency: str = OFFICE) -> Actor:
    """Who works there."""
    return staff(agency)


def head(agency: str = OFFICE) -> Actor:
    """Who supervises there, and so signs what withholds."""
    return staff(agency, Role.SUPERVISOR)


def refuse(filed: Filed, now: datetime, *grounds: Ground) -> actions.Answered:
    """The office gives nothing, by these sections."""
    chosen = grounds or (Ground.S15_2,)
    decision = Decision(
        how=Move.REFUSE, text="ไม่อาจให้ได้", reasons=Reasons(chosen, tuple(WHY for _ in chosen))
    )
    return actions.answer_request(actor=head(), now=now, reference=filed.reference, decision=decision)


def grant(filed: Filed, now: datetime, text: str = "ซ่อม 14 ครั้ง รวม 212,000 บาท") -> actions.Answered:
    """The office gives all of it, in its words."""
    decision = Decision(how=Move.GRANT, text=text, is_in_text=True)
    return actions.answer_request(actor=officer(), now=now, reference=filed.reference, decision=decision)


def picture() -> bytes:
    """A file to give."""
    content = BytesIO()
    Image.new("RGB", (8, 8), "white").save(content, "PNG")
    return content.getvalue()


def the(filed: Filed) -> Request:
    """The request as it stands."""
    return get_request(filed.reference)


def last_entry() -> Entry:
    """The newest entry of the ledger."""
    return Entry.objects.order_by("-pk")[0]
