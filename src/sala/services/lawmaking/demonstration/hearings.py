"""The play of hearings: two open, one over, one to come. Drafts, people and what they say are all invented."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from importlib import resources
from math import gcd

from sala.commons.agencies.cast import People, Scene, Stage
from sala.core.actors import ANONYMOUS, Channel
from sala.core.clock import day_of
from sala.platform.package_tables import rows
from sala.services.lawmaking import actions
from sala.services.lawmaking.actions import Opening, Speaking
from sala.services.lawmaking.demonstration.stories import CHANNELS
from sala.services.lawmaking.rules.hearings import About, Rung, closes_at

PACKAGE = __name__.rpartition(".")[0]
# Away from any small number of comments, so that neighbours in the table are days apart in the hearing.
_STRIDE = 37
NOTE = "มาตรา 4 ให้เวลาสิบสี่วันเมื่อมีข้อโต้แย้ง และมาตรา 5 ให้แสดงใบเสร็จเมื่อหักค่าซ่อม ตามความเห็นที่ได้รับ"


@dataclass(frozen=True, slots=True)
class Told:
    """A hearing of the play: its days counted from today (negative: past), and what its office says."""

    name: str
    announced: int
    opens: int
    closes: int
    second_text: int | None
    words: Mapping[str, object]


@dataclass(slots=True)
class HearingPlay:
    """Everything that happens in one hearing, each step by the action that people use."""

    told: Told
    people: People
    now: datetime
    reference: str = field(default="", init=False)

    def scenes(self) -> Iterator[Scene]:
        """Its opening, each comment at its instant, another text, and the clock once it is over."""
        told = self.told
        announced, opens = (self.now + timedelta(days=days) for days in (told.announced, told.opens))
        closes = closes_at(day_of(self.now + timedelta(days=told.closes)))
        yield Scene(announced, partial(self._open, announced, opens))
        second = None if told.second_text is None else self.now + timedelta(days=told.second_text)
        if second is not None:
            yield Scene(second, partial(self._publish, second))
        if opens < self.now:
            said, until = comments(told.name), min(closes, self.now)
            for order, one in enumerate(said, start=1):
                at = opens + (until - opens) * order / (len(said) + 1)
                version = 0 if "text" not in told.words else 1 if second is None or at <= second else 2
                yield Scene(at, partial(self._speak, at, one, version))
        if closes <= self.now:
            yield Scene(closes, partial(self._follow_clock, closes))

    def _agency(self) -> str:
        return str(self.told.words["agency"])

    def _open(self, at: datetime, opens: datetime) -> None:
        last = day_of(self.now + timedelta(days=self.told.closes))
        opening = Opening(opens_at=opens, closes_on=last, **self.told.words)  # type: ignore[arg-type]  # told apart
        self.reference = actions.open_hearing(
            actor=self.people.officer(self._agency()), now=at, opening=opening
        )

    def _publish(self, at: datetime) -> None:
        officer = self.people.officer(self._agency())
        text = draft("rent-deposit-2")
        actions.publish_hearing_text(actor=officer, now=at, reference=self.reference, text=text, note=NOTE)

    def _speak(self, at: datetime, row: Mapping[str, str], version: int) -> None:
        actor = ANONYMOUS
        if row["how"]:
            actor = self.people.officer(self._agency()).by(Channel(CHANNELS[row["how"]]))
        speaking = Speaking(
            text=row["text"],
            suggestion=row["suggestion"],
            version=version,
            provision=row["provision"],
            quote=row["quote"],
            question=int(row["question"]) if row["question"] else None,
            shown_name=row["shown_name"],
        )
        actions.speak_in_hearing(actor=actor, now=at, reference=self.reference, speaking=speaking)

    def _follow_clock(self, at: datetime) -> None:
        actions.follow_hearing_clock(now=at, reference=self.reference)


def draft(name: str) -> str:
    """A draft in full."""
    return resources.files(PACKAGE).joinpath(f"data/hearings/{name}.txt").read_text("utf-8")


def comments(hearing: str) -> list[dict[str, str]]:
    """What is said in a hearing, mixed: single comments, and short ones combined from phrases that go together."""
    table = [row for _, row in rows(PACKAGE, "hearing_comments") if row["hearing"] == hearing]
    blank = dict.fromkeys(("how", "provision", "quote", "suggestion", "shown_name"), "")
    for _, row in rows(PACKAGE, "hearing_phrases"):
        if row["hearing"] == hearing:
            table += [
                {**blank, "question": row["question"], "text": f"{opening} {body}"}
                for opening in row["openings"].split("|")
                for body in row["bodies"].split("|")
            ]
    count = len(table)
    stride = next(step for step in range(_STRIDE, _STRIDE + count + 1) if gcd(step, count) == 1)
    return [table[order * stride % count] for order in range(count)]


def hearings() -> tuple[Told, ...]:
    """The four hearings."""
    return (
        Told("rent", -20, -20, 15, -8, _rent()),
        Told("market", -9, -9, 12, None, _MARKET),
        Told("bus", -50, -50, -12, None, _BUS),
        Told("canal", -2, 5, 35, None, _CANAL),
    )


def hearing_scenes(stage: Stage) -> Iterator[Scene]:
    """Every step of every hearing."""
    for told in hearings():
        yield from HearingPlay(told, stage.people, stage.now).scenes()


def _rent() -> dict[str, object]:
    return {
        "title": "ร่างกฎหมายเงินประกันการเช่าที่อยู่อาศัย (ตัวอย่างสมมติ)",
        "about": About.DRAFT,
        "rung": Rung.ANSWERED,
        "agency": "ocpb",
        "summary": "เก็บเงินประกันได้ไม่เกินค่าเช่าหนึ่งเดือน มีกำหนดวันคืน และหักได้เฉพาะเรื่องที่เขียนไว้",
        "why": "ผู้เช่าได้เงินคืนช้าหรือไม่ได้คืน ส่วนผู้ให้เช่าก็ไม่แน่ใจว่าหักค่าอะไรได้",
        "affected": "ผู้เช่าห้องและบ้าน\nผู้ให้เช่ารายเล็ก\nหอพักและอาคารชุด",
        "options": "ไม่ออกกฎหมาย แต่ทำสัญญาตัวอย่างให้ใช้\nให้คนกลางถือเงินประกันแทนผู้ให้เช่า",
        "open_points": "จำนวนวันที่ต้องคืน\nใครควรได้รับยกเว้น\nเงินเพิ่มเมื่อคืนช้า",
        "fixed_points": "ต้องมีกำหนดวันคืนเงินที่แน่นอน",
        "questions": ("ควรคืนเงินประกันภายในกี่วันจึงเป็นธรรมกับทั้งสองฝ่าย", "ควรยกเว้นผู้ให้เช่ากลุ่มใดหรือไม่ เพราะอะไร"),
        "text": draft("rent-deposit-1"),
    }


_MARKET: Mapping[str, object] = {
    "title": "ถนนคนเดินเย็นวันหยุดในเขตเทศบาล (ตัวอย่างสมมติ)",
    "about": About.POLICY,
    "rung": Rung.DRAFTED_TOGETHER,
    "agency": "kk-muni",
    "summary": "ปิดถนนหน้าตลาดช่วงเย็นวันหยุด ให้คนในชุมชนตั้งร้านขายของ",
    "why": "คนค้าขายขอที่ขาย และชาวบ้านขอที่เดินเล่นที่ปลอดภัย",
    "affected": "คนที่อยู่ริมถนนและในซอย\nคนค้าขาย\nคนใช้ถนน",
    "open_points": "วันและเวลา\nค่าที่\nการดูแลเสียง ขยะ และทางเข้าออก",
    "fixed_points": "รถพยาบาลและรถดับเพลิงต้องผ่านได้ตลอดเวลา",
    "questions": ("ควรปิดถนนวันไหน ตั้งแต่กี่โมงถึงกี่โมง", "ค่าที่ต่อวันเท่าไรจึงจะไหว", "ต้องดูแลเรื่องอะไรก่อนเริ่ม"),
}
_BUS: Mapping[str, object] = {
    "title": "เวลาเดินรถและป้ายรถประจำทางในเมือง (ตัวอย่างสมมติ)",
    "about": About.POLICY,
    "rung": Rung.ANSWERED,
    "agency": "phuket-muni",
    "summary": "จัดเวลาเดินรถใหม่ และเลือกป้ายที่จะซ่อมก่อน",
    "why": "รถเที่ยวสุดท้ายหมดเร็ว และป้ายหลายแห่งไม่มีที่นั่งรอ",
    "open_points": "เวลาเที่ยวแรกและเที่ยวสุดท้าย\nป้ายที่ควรซ่อมก่อน",
    "questions": ("เวลาเดินรถควรเปลี่ยนอย่างไร", "ป้ายไหนควรซ่อมก่อน และซ่อมอะไร"),
}
_CANAL: Mapping[str, object] = {
    "title": "ทางเดินและทางจักรยานริมคลอง (ตัวอย่างสมมติ)",
    "about": About.POLICY,
    "rung": Rung.DRAFTED_TOGETHER,
    "agency": "kk-muni",
    "summary": "ทำทางเดินริมคลองยาวสองกิโลเมตร มีร่มไม้และไฟส่องสว่าง",
    "why": "เด็กนักเรียนและคนสูงอายุต้องเดินบนถนนใหญ่ที่รถวิ่งเร็ว",
    "open_points": "แนวทางเดิน\nต้นไม้ที่จะเก็บไว้\nช่วงที่ทำก่อน",
    "questions": ("ช่วงไหนควรทำก่อน",),
}
