"""Legal questions for tests: who asks, what, and what an office answers."""

from datetime import UTC, datetime, timedelta

from tests.small_state import NOW, staff

from sala.commons.deadlines import actions as deadlines
from sala.commons.drafts.queries import Contact
from sala.commons.ledger.models import Entry
from sala.core.actors import ANONYMOUS, SYSTEM, Actor
from sala.platform.package_tables import rows
from sala.services.lawmaking import actions
from sala.services.lawmaking.actions import Answering, Filed, Filing, Proof
from sala.services.lawmaking.models import LegalQuestion
from sala.services.lawmaking.queries.question_law import KIND, PACKAGE
from sala.services.lawmaking.queries.questions import get_question
from sala.services.lawmaking.rules.questions import Citation, Reason

OFFICE = "kk-muni"
MORNING = datetime(2026, 11, 19, 3, 0, tzinfo=UTC)  # Thursday, ten o'clock in Thailand
QUESTION = "เพื่อนบ้านต่อกันสาดล้ำเข้ามาเหนือที่ดินของดิฉัน ต้องขออนุญาตเทศบาลไหม โทรกลับ 081-234-5678"
ANSWER = "การต่อเติมที่เพิ่มพื้นที่หลังคาเกินห้าตารางเมตรต้องขออนุญาต และชายคาต้องไม่ล้ำที่ดินของผู้อื่น"
LAW = Citation("พ.ร.บ. ควบคุมอาคาร พ.ศ. 2522", "มาตรา 21")
WHY = "คดีนี้อยู่ระหว่างการพิจารณาของศาลปกครอง หน่วยงานจึงไม่ให้ความเห็น"


def put_back_periods() -> None:
    """The periods of legal questions."""
    deadlines.import_periods(actor=SYSTEM, now=NOW, kind=KIND, rows=rows(PACKAGE, "periods"))


def later(days: int) -> datetime:
    """So many days after the question, at the same hour."""
    return MORNING + timedelta(days=days)


def ask(actor: Actor = ANONYMOUS, now: datetime = MORNING, **more: object) -> Filed:
    """Somebody asks the municipality."""
    told = {
        "text": QUESTION,
        "agency": OFFICE,
        "contact": Contact(name="สมหญิง", phone="081-234-5678", email="somying@example.org"),
        **more,
    }
    return actions.file_question(actor=actor, now=now, filing=Filing(**told))  # type: ignore[arg-type]  # told apart


def proof(filed: Filed) -> Proof:
    """What the person shows."""
    return Proof(key=filed.key)


def officer(agency: str = OFFICE) -> Actor:
    """Who works there."""
    return staff(agency)


def answer(filed: Filed, now: datetime, text: str = ANSWER, agency: str = OFFICE) -> actions.Answered:
    """The office answers, by one section."""
    return actions.answer_question(
        actor=officer(agency), now=now, reference=filed.reference, answering=Answering(text, (LAW,))
    )


def decline(filed: Filed, now: datetime, reason: Reason = Reason.BEFORE_COURT) -> actions.Answered:
    """The office says why it does not answer."""
    return actions.decline_question(
        actor=officer(), now=now, reference=filed.reference, reason=reason, text=WHY
    )


def the(filed: Filed) -> LegalQuestion:
    """The question as it stands."""
    return get_question(filed.reference)


def last_entry() -> Entry:
    """The newest entry of the ledger."""
    return Entry.objects.order_by("-pk")[0]
