"""Complaints for tests: filed as people file them, with evidence, and what the clock and the worker then do."""

import io
from datetime import datetime, timedelta
from typing import Any

from django.core import mail
from PIL import Image
from tests.small_state import NOW

from sala.commons.ledger import sequencer, subscriptions
from sala.commons.matters import tasks as matter_tasks
from sala.core import clock
from sala.core.actors import ANONYMOUS, Actor
from sala.services.complaints import actions
from sala.services.complaints.actions import Filed, Filing
from sala.services.complaints.queries import Contact
from sala.services.complaints.tasks import look_at_the_clock

TEXT = "ไฟทางดับทั้งซอยหลังวัดป่า"
ANSWER = "เปลี่ยนหลอดไฟทั้ง 9 ดวงแล้ว ไฟติดครบทุกดวง"
SOMYING = Contact(name="สมหญิง", phone="081-234-5678")


def filed(text: str = TEXT, *, by: Actor = ANONYMOUS, at: datetime = NOW, **more: Any) -> Filed:
    """A complaint about a street light in the city, unless `more` (fields of a filing) says otherwise."""
    given = {"topic": "street_light", "area": "400101", **more}
    return actions.file_complaint(actor=by, now=at, filing=Filing(text=text, **given))


def filed_reference(text: str = TEXT, **more: Any) -> str:
    """The number of a complaint that was just filed; see `filed`."""
    return filed(text, **more).reference


def picture() -> io.BytesIO:
    """A small picture, as a form takes it."""
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(out, "PNG")
    out.seek(0)
    out.name = "after.png"
    return out


def look(at: datetime) -> None:
    """The clock looks at every open complaint, at `at`."""
    with clock.frozen(at):
        look_at_the_clock(int(at.timestamp()))


def letters(at: datetime) -> list[mail.EmailMessage]:
    """The letters that go out after the clock's look at `at`."""
    look(at)
    sequencer.sequence_now()
    subscriptions.catch_up()
    before = len(mail.outbox)
    with clock.frozen(at + timedelta(minutes=5)):
        matter_tasks.post_due_letters(timestamp=0)
    return mail.outbox[before:]
