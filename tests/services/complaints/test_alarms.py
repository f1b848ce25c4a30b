"""Whom the clock tells, and whom it leaves alone: what is set aside, what is history, what the central unit sees."""

from datetime import timedelta

import pytest
from django.test import Client
from tests.commons.agencies.factories import signed_in
from tests.services.complaints.factories import filed_reference, look
from tests.small_state import NOW, staff

from sala.commons.ledger.models import Entry
from sala.core import clock
from sala.core.actors import SYSTEM, Channel, Role
from sala.core.deadlines import EscalationLevel
from sala.services.complaints import actions, queries
from sala.services.complaints.actions import Privacy
from sala.services.complaints.mappings import Incoming
from sala.services.complaints.models import Complaint
from sala.services.complaints.queries.figures import count_figures
from sala.services.complaints.rules import Status

pytestmark = pytest.mark.usefixtures("state")
LATER = NOW + timedelta(days=60)


def brought_in() -> str:
    """An open complaint of an earlier system, long past the date it had there."""
    row = Incoming(
        source="old", source_id="1", text="Pothole", topic="road_damage", agency="kk-muni", agency_name="",
        status=Status.RECEIVED, outcome=None, answer="", channel=Channel.IMPORT, place="", latitude=None,
        longitude=None, opened_at=NOW - timedelta(days=400), due_at=NOW - timedelta(days=380), closed_at=None,
    )  # fmt: skip
    actions.import_complaints(actor=SYSTEM, now=NOW, rows=[row])
    return str(Complaint.objects.get(source="old").matter.reference)


def late_at(at: object) -> int:
    return count_figures(at).late_now  # type: ignore[arg-type]  # an instant


def test_what_was_set_aside_is_told_to_nobody_and_is_not_late() -> None:
    reference = filed_reference(is_suspect=True)
    before = Entry.objects.count()
    look(LATER)
    assert queries.get_complaint(reference).escalation == ""
    assert Entry.objects.count() == before
    assert late_at(LATER) == 0


@pytest.mark.req("CMP-P1", "JUS")
def test_history_of_an_earlier_system_is_left_alone_until_an_office_begins_here() -> None:
    reference = brought_in()
    look(NOW)
    assert queries.get_complaint(reference).escalation == ""
    assert late_at(NOW) == 0
    inbox = signed_in("kk-muni").get("/work/inbox?kind=complaint&view=overdue").content.decode()
    assert reference not in inbox
    actions.start_work(actor=staff("kk-muni"), now=NOW, reference=reference)
    look(NOW)
    assert queries.get_complaint(reference).escalation == "central"
    assert late_at(NOW) == 1


def test_a_paused_complaint_is_not_late_in_any_figure_or_list() -> None:
    reference = filed_reference()
    pause = {"reason": actions.PauseReason.WEATHER, "words": "ฝนตกหนัก"}
    actions.pause_clock(actor=staff("kk-muni"), now=NOW, reference=reference, **pause)
    assert late_at(LATER) == 0
    with clock.frozen(LATER):
        officer = signed_in("kk-muni")
        assert reference not in officer.get("/work/inbox?kind=complaint&view=today").content.decode()
        assert reference in officer.get("/work/inbox?kind=complaint&view=paused").content.decode()
        assert "<b>0</b>" in Client().get("/complaints/figures?agency=kk-muni").content.decode()


@pytest.mark.req("CMP-2.2")
def test_what_no_office_solves_reaches_the_supervisors_of_the_central_unit_alone() -> None:
    reference, secret = filed_reference(), filed_reference(privacy=Privacy.CONFIDENTIAL)
    for one in (reference, secret):
        actions.escalate_complaint(now=LATER, reference=one, level=EscalationLevel.CENTRAL)
    with clock.frozen(LATER):
        above = signed_in("opm-1111", Role.SUPERVISOR)
        page = above.get("/complaints/work/overview").content.decode()
        assert reference in page
        assert secret not in page
        assert above.get(f"/complaints/work/{reference}").status_code == 200
        assert above.get(f"/complaints/work/{secret}").status_code == 404
        assert above.post(f"/complaints/work/{reference}/start").status_code == 403
        assert signed_in("opm-1111").get(f"/complaints/work/{reference}").status_code == 404
        other = signed_in("pea", Role.SUPERVISOR).get("/complaints/work/overview").content.decode()
        assert reference not in other
