"""Hearings for tests: an office that asks about a short draft, and people who speak."""

from datetime import date, datetime, timedelta

from tests.services.lawmaking.library import FIRST
from tests.small_state import NOW, staff

from sala.commons.deadlines import actions as deadlines
from sala.core import clock
from sala.core.actors import ANONYMOUS, SYSTEM, Actor
from sala.core.clock import day_of
from sala.platform.package_tables import rows
from sala.services.lawmaking import actions
from sala.services.lawmaking.actions import Opening, Speaking
from sala.services.lawmaking.queries.hearings import KIND
from sala.services.lawmaking.queries.question_law import PACKAGE
from sala.services.lawmaking.rules.hearings import About, Rung

OFFICE = "kk-muni"
LAST_DAY = date(2026, 12, 10)
SECTION = "sec_2"


def put_back_hearing_periods() -> None:
    """How many days guidance says."""
    deadlines.import_periods(actor=SYSTEM, now=NOW, kind=KIND, rows=rows(PACKAGE, "hearing_periods"))


def opening(**more: object) -> Opening:
    """What the municipality asks about."""
    told: dict[str, object] = {
        "title": "คืนเงินประกันห้องเช่าภายใน 7 วัน",
        "about": About.DRAFT,
        "rung": Rung.ANSWERED,
        "agency": OFFICE,
        "summary": "วันนี้ไม่มีกำหนดวันคืนเงิน ร่างนี้ให้คืนภายใน 7 วัน",
        "why": "ผู้เช่าร้องเรียนว่าได้เงินคืนช้า",
        "open_points": "จำนวนวัน\nข้อยกเว้น",
        "fixed_points": "ต้องมีกำหนดเวลา",
        "affected": "ผู้เช่า\nผู้ให้เช่า",
        "questions": ("คืนภายในกี่วันจึงเป็นธรรม", "ควรยกเว้นใคร"),
        "closes_on": LAST_DAY,
        "text": FIRST,
        **more,
    }
    return Opening(**told)  # type: ignore[arg-type]  # told apart


def open_one(actor: Actor | None = None, now: datetime = NOW, **more: object) -> str:
    """A hearing of the municipality; its number."""
    return actions.open_hearing(actor=actor or staff(OFFICE), now=now, opening=opening(**more))


def speak(reference: str, actor: Actor = ANONYMOUS, now: datetime = NOW, **more: object) -> int:
    """Somebody speaks; the comment's key."""
    told: dict[str, object] = {"text": "เจ็ดวันสั้นไปสำหรับคนที่มีห้องเดียว", **more}
    return actions.speak_in_hearing(
        actor=actor,
        now=now,
        reference=reference,
        speaking=Speaking(**told),  # type: ignore[arg-type]  # told apart
    )


def hearings_for_looks() -> dict[str, str | int]:
    """One that is open with comments, one that is over, one that opens soon."""
    put_back_hearing_periods()
    now = clock.now()
    later = day_of(now) + timedelta(days=30)
    found = {
        "open": open_one(now=now, closes_on=later),
        "soon": open_one(
            now=now, title="ขยายทางเท้าถนนกลางเมือง", opens_at=now + timedelta(days=3), closes_on=later
        ),
        "over": open_one(
            now=now - timedelta(days=40), title="ตลาดนัดริมบึงวันเสาร์", closes_on=day_of(now) - timedelta(days=10)
        ),
    }
    at = {"version": 1, "provision": SECTION}
    comment = speak(found["open"], now=now)
    speak(found["open"], now=now, **at, quote="สองเดือน", suggestion="หนึ่งเดือน", shown_name="ปิ่น")
    speak(found["open"], now=now, question=1, text="สิบห้าวัน")
    actions.follow_hearing_clock(now=now, reference=found["over"])
    return {f"hearing_{name}": reference for name, reference in found.items()} | {"hearing_comment": comment}
