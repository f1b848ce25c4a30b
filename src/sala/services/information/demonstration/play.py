"""Plays the stories: each step by the action that people use, each at its own time."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw

from sala.commons.agencies.cast import People
from sala.commons.drafts.queries import Contact
from sala.commons.files.actions import keep_own
from sala.core.actors import ANONYMOUS, Actor, Channel
from sala.services.information import actions
from sala.services.information.actions import Decision, Filed, Filing, NewDocument, Proof
from sala.services.information.demonstration.stories import Happening, Story
from sala.services.information.models import Request
from sala.services.information.queries import due, law
from sala.services.information.rules.grounds import Ground, Reasons, Wish
from sala.services.information.rules.proceedings import Ruling
from sala.services.information.rules.states import Move
from sala.services.information.rules.ways import WayKind
from sala.services.information.rules.wishes import Form, Openness, TransferBasis

COMPLAINT = "ขอให้คณะกรรมการตรวจสอบว่าเหตุใดหน่วยงานยังไม่ตอบ เรื่องนี้เกี่ยวกับเงินของประชาชน"
APPEAL = "ข้อมูลนี้เกี่ยวกับประโยชน์สาธารณะ การเปิดเผยไม่ทำให้ใครเสียหาย ขอให้วินิจฉัยใหม่"
RULINGS = {
    Ruling.UPHELD: "ประโยชน์สาธารณะมากกว่าเหตุที่หน่วยงานอ้าง ให้เปิดเผย โดยปิดชื่อบุคคลที่ไม่เกี่ยวข้อง",
    Ruling.DISMISSED: "การเปิดเผยอาจเป็นอันตรายต่อพยาน คำสั่งของหน่วยงานชอบแล้ว",
}
LONGER = "ต้องฟังหน่วยงานและผู้ที่เกี่ยวข้องเพิ่มเติม จึงขยายเวลาตามกฎหมาย"
NAMES = ("อารีย์ วงศ์สุข", "ธนา ศรีทอง", "พิมพ์ใจ แสงดาว", "เกรียงไกร มั่นคง", "รัตนา ใจงาม")
SEARCHED = "แฟ้มของกองที่เกี่ยวข้อง ห้องเก็บเอกสาร และระบบสารบรรณ"


class Play:
    """Everything that happens to the stories; `step` plays one, `clock` does what the worker does."""

    def __init__(self, people: People) -> None:
        self._people = people
        self._filed: dict[int, tuple[Filed, Actor]] = {}
        self._steps: dict[str, Callable[[Story, Filed, datetime], None]] = {
            name.removeprefix("_do_"): getattr(self, name) for name in dir(self) if name.startswith("_do_")
        }

    def step(self, happening: Happening) -> None:
        """Play one step of one story."""
        if happening.step == "file":
            self._file(happening.story, happening.at)
            return
        filed, _ = self._filed[happening.story.number]
        self._steps[happening.step](happening.story, filed, happening.at)

    def clock(self, now: datetime) -> None:
        """What the worker does by itself: end hearings, give files, close, tell what is late further up."""
        for reference in list(due.list_heard(now)):
            actions.end_hearings(now=now, reference=reference)
        for reference in list(due.list_closing(now)):
            actions.close_answered(now=now, reference=reference)
        for reference, level in list(due.list_late(now)):
            actions.escalate_request(now=now, reference=reference, level=level)
        for reference in list(due.list_outdated(now)):
            actions.refresh_standing(now=now, reference=reference)
        actions.keep_counts(now=now)

    def _file(self, story: Story, now: datetime) -> None:
        actor = self._asker(story)
        wish = (
            Wish.OWN_DATA
            if "own" in story.how
            else Wish.CORRECTION
            if "fix" in story.how
            else Wish.INFORMATION
        )
        name = NAMES[story.number % len(NAMES)]
        email = f"demo{story.number}@example.org" if story.channel == "email" else ""
        filing = Filing(
            text=story.text,
            agency=story.agency,
            wish=wish,
            openness=Openness.AGENCY_ONLY if "ao" in story.how else Openness.PUBLIC,
            where_to_look=story.where_to_look,
            wanted_as=Form.PAPER
            if "paper" in story.how
            else Form.VISIT
            if "visit" in story.how
            else Form.FILE,
            contact=Contact(name=name, phone=f"08{story.number:08d}", email=email),
        )
        filed = self._opened(actions.file_request(actor=actor, now=now, filing=filing), now)
        self._filed[story.number] = filed, actor

    def _opened(self, filed: Filed, now: datetime) -> Filed:
        """As the person has it: whoever was given a slip opens it with its code, for staff never hold their secret."""
        if not filed.code:
            return filed
        key = actions.claim_request(actor=ANONYMOUS, now=now, reference=filed.reference, code=filed.code)
        return replace(filed, key=key)

    def _asker(self, story: Story) -> Actor:
        if story.channel in ("phone", "counter", "paper"):
            return self._people.officer(story.agency).by(Channel(story.channel))
        return ANONYMOUS.by(Channel(story.channel))

    def _office(self, filed: Filed) -> str:
        return str(
            Request.objects.values_list("matter__agency", flat=True).get(matter__reference=filed.reference)
        )

    def _do_ask(self, story: Story, filed: Filed, now: datetime) -> None:
        officer = self._people.officer(story.agency)
        actions.ask_person(actor=officer, now=now, reference=filed.reference, text=story.answer)

    def _do_sleep(self, story: Story, filed: Filed, now: datetime) -> None:
        actions.let_sleep(now=now, reference=filed.reference)

    def _do_transfer(self, story: Story, filed: Filed, now: datetime) -> None:
        actions.transfer_request(
            actor=self._people.officer(story.agency),
            now=now,
            reference=filed.reference,
            agency=story.argument,
            basis=TransferBasis.WRONG_DESK,
            reason=story.answer,
        )

    def _do_consult(self, story: Story, filed: Filed, now: datetime) -> None:
        received_on = law.day_of(now) + timedelta(days=3)
        actions.ask_third_party(
            actor=self._people.officer(story.agency),
            now=now,
            reference=filed.reference,
            name="ผู้ประกอบการในเรื่อง",
            address="ที่อยู่ตามทะเบียน",
            about="ส่วนที่เกี่ยวกับธุรกิจของท่าน",
            received_on=received_on,
            object_until=law.law_of(story.agency).until("object", received_on),
        )

    def _answer(self, story: Story, filed: Filed, now: datetime, decision: Decision) -> None:
        head = self._people.head(self._office(filed))
        actions.answer_request(actor=head, now=now, reference=filed.reference, decision=decision)

    def _do_grant(self, story: Story, filed: Filed, now: datetime) -> None:
        if story.course == "upheld" and not story.documents:
            return  # this office still owes what was ruled
        self._answer(story, filed, now, Decision(how=Move.GRANT, **self._given(story)))

    def _do_partly(self, story: Story, filed: Filed, now: datetime) -> None:
        decision = Decision(how=Move.GRANT_PARTLY, reasons=_reasons(story), **self._given(story))
        self._answer(story, filed, now, decision)

    def _given(self, story: Story) -> dict[str, Any]:
        documents = tuple(NewDocument(title, keep_own(_page(title))) for title in story.documents)
        return {"text": story.answer, "documents": documents, "is_in_text": not documents}

    def _do_refuse(self, story: Story, filed: Filed, now: datetime) -> None:
        self._answer(story, filed, now, Decision(how=Move.REFUSE, text=story.answer, reasons=_reasons(story)))

    def _do_not_held(self, story: Story, filed: Filed, now: datetime) -> None:
        self._answer(story, filed, now, Decision(how=Move.DENY_HOLDING, text=story.answer, searched=SEARCHED))

    def _do_complain(self, story: Story, filed: Filed, now: datetime) -> None:
        actions.lodge_complaint(
            actor=ANONYMOUS,
            now=now,
            reference=filed.reference,
            against=WayKind.COMPLAIN_SLOW,
            text=COMPLAINT,
            proof=Proof(key=filed.key),
        )

    def _do_appeal(self, story: Story, filed: Filed, now: datetime) -> None:
        self._appeal(filed, WayKind.APPEAL_REFUSAL, now)

    def _do_appeal_correction(self, story: Story, filed: Filed, now: datetime) -> None:
        self._appeal(filed, WayKind.APPEAL_CORRECTION, now)

    def _appeal(self, filed: Filed, way: WayKind, now: datetime) -> None:
        proof = Proof(key=filed.key)
        shared: dict[str, Any] = {
            "actor": ANONYMOUS,
            "now": now,
            "reference": filed.reference,
            "proof": proof,
        }
        actions.lodge_appeal(way=way, text=APPEAL, **shared)

    def _above(self, filed: Filed, now: datetime) -> dict[str, Any]:
        board = self._people.officer(law.find_board(law.day_of(now)))
        request = Request.objects.get(matter__reference=filed.reference)
        row = request.proceedings.latest("pk")
        return {"actor": board, "reference": filed.reference, "proceeding_id": row.pk}

    def _do_forward(self, story: Story, filed: Filed, now: datetime) -> None:
        actions.forward_appeal(now=now, **self._above(filed, now))

    def _do_longer(self, story: Story, filed: Filed, now: datetime) -> None:
        actions.extend_proceeding(now=now, reason=LONGER, **self._above(filed, now))

    def _do_uphold(self, story: Story, filed: Filed, now: datetime) -> None:
        self._rule(story, filed, Ruling.UPHELD, now)

    def _do_dismiss(self, story: Story, filed: Filed, now: datetime) -> None:
        self._rule(story, filed, Ruling.DISMISSED, now)

    def _rule(self, story: Story, filed: Filed, ruling: Ruling, now: datetime) -> None:
        actions.decide_proceeding(
            now=now,
            ruling=ruling,
            text=RULINGS[ruling],
            number=f"สค {story.number}/2569",
            **self._above(filed, now),
        )

    def _do_withdraw(self, story: Story, filed: Filed, now: datetime) -> None:
        actions.withdraw_request(
            actor=ANONYMOUS, now=now, reference=filed.reference, proof=Proof(key=filed.key)
        )

    def _do_accept(self, story: Story, filed: Filed, now: datetime) -> None:
        actions.accept_answer(
            actor=ANONYMOUS, now=now, reference=filed.reference, proof=Proof(key=filed.key), rating=5
        )


def _reasons(story: Story) -> Reasons:
    return Reasons((Ground(story.argument),), (story.reason,))


def _page(title: str) -> bytes:
    """A drawn page of an invented document: lines where words would stand, another pattern for each title."""
    page = Image.new("RGB", (480, 640), "white")
    pen, chance = ImageDraw.Draw(page), sum(map(ord, title))
    pen.rectangle((40, 40, 440, 70), fill="#24376f")
    for line in range(20):
        length = 240 + (chance * (line + 3)) % 160
        pen.rectangle((40, 110 + line * 25, 40 + length, 120 + line * 25), fill="#b9b7b0")
    content = BytesIO()
    page.save(content, "PNG")
    return content.getvalue()
