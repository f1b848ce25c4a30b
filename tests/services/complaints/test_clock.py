"""The clock's regular look: late ones are told further up, silence closes, forgotten drafts go."""

from datetime import datetime, timedelta

import pytest
from tests.small_state import NOW, staff

from sala.core import clock
from sala.core.actors import ANONYMOUS
from sala.services.complaints import actions, queries
from sala.services.complaints.actions import Filing
from sala.services.complaints.models import Draft
from sala.services.complaints.queries.clock import clock_of
from sala.services.complaints.rules import PauseReason, Urgency
from sala.services.complaints.tasks import look_at_the_clock

pytestmark = pytest.mark.usefixtures("state")


def filed() -> actions.Filed:
    return actions.file_complaint(
        actor=ANONYMOUS, now=NOW, filing=Filing(text="ไฟทางดับ", topic="street_light", area="400101")
    )


def look(at: datetime) -> None:
    with clock.frozen(at):
        look_at_the_clock(int(at.timestamp()))


@pytest.mark.req("CMP-1.2", "JUS")
def test_a_late_complaint_climbs_step_by_step_and_each_step_once() -> None:
    complaint = filed()
    told = []
    for days in (0, 1, 1, 8, 20, 21):
        look(complaint.due_at + timedelta(days=days))
        told.append(queries.get_complaint(complaint.reference).escalation)
    assert told == ["", "supervisor", "supervisor", "head", "central", "central"]


def test_a_paused_clock_is_never_late() -> None:
    complaint = filed()
    actions.pause_clock(
        actor=staff("kk-muni"),
        now=NOW,
        reference=complaint.reference,
        reason=PauseReason.DISASTER,
        words="น้ำท่วม",
    )
    late = complaint.due_at + timedelta(days=30)
    look(late)
    found = queries.get_complaint(complaint.reference)
    assert found.escalation == ""
    assert clock_of(found, late).urgency is Urgency.PAUSED


@pytest.mark.req("CMP-2.2")
def test_what_was_sent_around_three_times_alarms_the_supervisor() -> None:
    complaint = filed()
    for agency in ("pea", "opm-1111", "kk-muni"):
        owner = queries.get_complaint(complaint.reference).matter.agency
        actions.forward_complaint(
            actor=staff(owner), now=NOW, reference=complaint.reference, agency=agency, reason="ไม่ใช่ของเรา"
        )
    look(NOW)
    assert queries.get_complaint(complaint.reference).escalation == "supervisor"


def test_forgotten_drafts_go_after_a_week() -> None:
    actions.save_draft(actor=ANONYMOUS, now=NOW, token="", answers={"text": "ร่าง"})
    look(NOW + timedelta(days=6))
    assert Draft.objects.count() == 1
    look(NOW + timedelta(days=8))
    assert Draft.objects.count() == 0
