"""A paper form: its clock runs from the day an office received it, whenever it is typed in, and both days are told."""

from datetime import date, datetime, time, timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from tests.commons.agencies.factories import signed_in
from tests.services.complaints.intake import PATH, VALUES
from tests.small_state import NOW, staff

from sala.commons.ledger.models import Entry
from sala.commons.ledger.sequencer import sequence_now
from sala.core import clock, deadlines
from sala.core.actors import ANONYMOUS, Channel
from sala.core.clock import BANGKOK
from sala.core.errors import Invalid
from sala.core.working_time import WorkingCalendar
from sala.services.complaints import actions, queries
from sala.services.complaints.actions import Filing
from sala.services.complaints.models import Complaint

TODAY = NOW.astimezone(BANGKOK).date()
days = st.dates(date(2020, 1, 1), date(2035, 1, 1))
instants = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(BANGKOK)).filter(
    lambda at: at.time() != time()  # the very first instant of a day has all of that day before it
)


@given(days, instants, st.integers(1, 60))
def test_the_last_day_is_the_one_it_would_have_been_on_the_day_of_receipt(
    received_on: date, recorded_at: datetime, period: int
) -> None:
    calendar = WorkingCalendar()
    began = deadlines.began_at(received_on, recorded_at)
    assert began.date() == received_on
    due = calendar.due(began, period)
    assert due is not None
    if calendar.is_working_day(received_on):
        assert due.astimezone(BANGKOK).date() == calendar.last_day(received_on, period)


@given(days, st.integers(-40, 80), st.integers(0, 60))
def test_only_days_ahead_and_days_too_far_back_are_refused(today: date, back: int, days_back: int) -> None:
    problem = deadlines.problem_of_received_day(
        today - timedelta(days=back), today=today, days_back=days_back
    )
    assert bool(problem) == (back < 0 or back > days_back)


def on_paper(received_on: date | None, channel: Channel = Channel.PAPER) -> actions.Filed:
    filing = Filing(text="ไฟทางดับทั้งซอย", topic="street_light", area="400101", received_on=received_on)
    return actions.file_complaint(actor=staff("kk-muni", channel=channel), now=NOW, filing=filing)


@pytest.mark.usefixtures("state")
@pytest.mark.req("MCH", "CMP-1.2")
def test_the_date_runs_from_the_day_of_receipt_and_the_ledger_tells_both_days() -> None:
    today, earlier = on_paper(None), on_paper(TODAY - timedelta(days=7))
    assert today.due_at - earlier.due_at == timedelta(days=7)
    found = queries.get_complaint(earlier.reference)
    assert found.matter.opened_at == NOW
    told = Entry.objects.get(matter=earlier.reference)
    assert told.occurred_at == NOW
    assert f'"received_on":"{TODAY - timedelta(days=7)}"'.encode() in bytes(told.body)
    assert Complaint.objects.get(matter__reference=on_paper(TODAY).reference).received_at is None


@pytest.mark.usefixtures("state")
@pytest.mark.req("MCH")
@pytest.mark.parametrize(
    ("days_back", "channel", "code"),
    [
        (-1, Channel.PAPER, "day_not_come"),
        (31, Channel.COUNTER, "received_too_long_ago"),
        (1, Channel.PHONE, "received_only_on_paper"),
    ],
)
def test_a_day_that_cannot_be_is_refused(days_back: int, channel: Channel, code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        on_paper(TODAY - timedelta(days=days_back), channel)
    assert refusal.value.fields == {"received_on": code}


@pytest.mark.usefixtures("state")
def test_nobody_sets_back_the_clock_of_their_own_complaint() -> None:
    filing = Filing(text="ไฟดับ", received_on=TODAY - timedelta(days=1))
    with pytest.raises(Invalid):
        actions.file_complaint(actor=ANONYMOUS, now=NOW, filing=filing)


@pytest.mark.usefixtures("state")
@pytest.mark.req("MCH")
def test_whoever_types_it_in_gives_the_day_and_the_slip_and_the_page_show_it() -> None:
    officer = signed_in("kk-muni")
    paper = VALUES | {"channel": "paper"}
    with clock.frozen(NOW):
        for wrong in ("เมื่อวานซืนมั้ง", "1 ม.ค. 2569", "31 ธ.ค. 2569"):
            again = officer.post(PATH, paper | {"received_on": wrong})
            assert again.status_code == 422, wrong
            assert wrong in again.content.decode()
        assert officer.post(PATH, paper | {"received_on": "๑๗ พ.ย. ๒๕๖๙", "send": "1"}).status_code == 302
        slip = officer.get("/complaints/work/slip").content.decode()
        english = officer.get("/en/complaints/work/slip").content.decode()
    sequence_now()
    reference = Complaint.objects.get().matter.reference
    assert "17 พฤศจิกายน 2569" in slip
    assert "17 November 2026" in english
    for client, address in ((Client(), "/complaints/"), (officer, "/complaints/work/")):
        assert "17 พ" in client.get(f"{address}{reference}").content.decode()
    assert Client().get(f"/api/complaints/{reference}").json()["received_on"] == "2026-11-17"


@pytest.mark.usefixtures("state")
def test_the_printed_form_has_a_line_for_the_day_and_the_rules_tell_the_limit() -> None:
    assert "วันที่รับ" in Client().get("/complaints/form").content.decode()
    assert "30" in Client().get("/complaints/rules").content.decode()
