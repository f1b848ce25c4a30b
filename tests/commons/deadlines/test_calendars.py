"""A holiday declared later moves every running date, once, and each matter says so in its steps."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import DjangoAssertNumQueries
from tests.services.complaints.factories import filed
from tests.small_state import NOW, staff

from sala.commons.agencies import actions as agencies
from sala.commons.deadlines.models import Deadline
from sala.commons.deadlines.tasks import follow_calendars
from sala.commons.ledger import queries as ledger
from sala.commons.ledger import subscriptions
from sala.commons.ledger.models import Entry
from sala.commons.ledger.sequencer import sequence_now
from sala.core import clock
from sala.core.actors import ANONYMOUS, SYSTEM, Role
from sala.core.errors import Refused
from sala.services.complaints import actions, queries
from sala.services.complaints.rules import PauseReason, RejectionReason

pytestmark = [pytest.mark.usefixtures("state"), pytest.mark.req("CMP-1.2")]

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)
WORDS = "ไปดูแล้วและอธิบายเหตุผลไว้ครบถ้วน"


def declare(*days: date, agency: str = "") -> None:
    rows = [
        (n, {"on": day.isoformat(), "name_th": "วันหยุดพิเศษ", "name_en": "Special holiday", "agency": agency})
        for n, day in enumerate(days, 2)
    ]
    agencies.import_holidays(actor=SYSTEM, now=NOW, rows=rows)


def follow(at: datetime = NOW) -> None:
    with clock.frozen(at):
        follow_calendars(0)


def due_at(reference: str) -> datetime:
    found = queries.get_complaint(reference).matter.due_at
    assert found is not None
    return found.astimezone(UTC)


def moves(reference: str) -> list[dict[str, object]]:
    sequence_now()
    steps = [step.content for step in ledger.entries_of_matter(reference)]
    return [step["content"] for step in steps if step["kind"] == "complaint.date_moved"]


def test_the_date_moves_by_the_day_declared_and_the_steps_and_the_page_say_so(client: Client) -> None:
    complaint = filed()
    declare(MONDAY)
    follow()
    assert due_at(complaint.reference) == complaint.due_at + timedelta(days=1)
    assert moves(complaint.reference) == [{"clock": "", "was_on": "2026-11-26", "due_on": "2026-11-27"}]
    page = client.get(f"/complaints/{complaint.reference}").content.decode()
    assert "มีประกาศวันหยุดเพิ่ม กำหนดจึงเลื่อน" in page
    assert "27 พ.ย. 2569" in page


def test_looking_again_moves_nothing_and_asks_one_index(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    complaint = filed()
    declare(MONDAY)
    follow()
    follow()
    assert len(moves(complaint.reference)) == 1
    with django_assert_num_queries(1):
        follow()


def test_a_second_declaration_moves_it_again_and_a_weekend_or_a_past_date_moves_nothing() -> None:
    complaint, before = filed(), filed()
    declare(MONDAY)
    follow()
    declare(TUESDAY, date(2026, 11, 22))
    follow()
    for one in (complaint, before):
        assert due_at(one.reference) == one.due_at + timedelta(days=4)  # Thursday, and a week-end between
    declare(date(2027, 1, 4))
    follow()
    assert len(moves(complaint.reference)) == 2


def test_what_is_filed_after_the_declaration_knows_of_it_and_does_not_move() -> None:
    declare(MONDAY)
    complaint = filed()
    follow()
    assert not moves(complaint.reference)
    assert complaint.due_at == datetime(2026, 11, 27, 11, 22, tzinfo=UTC)


def test_an_offices_own_holiday_moves_only_what_lies_there() -> None:
    here, elsewhere = filed(), filed(topic="electricity")
    declare(MONDAY, agency="kk-muni")
    follow()
    assert len(moves(here.reference)) == 1
    assert not moves(elsewhere.reference)


def test_a_day_within_a_pause_is_not_given_twice() -> None:
    complaint, officer = filed(), staff("kk-muni")
    now = NOW + timedelta(days=1)
    actions.pause_clock(
        actor=officer, now=now, reference=complaint.reference, reason=PauseReason.WEATHER, words="ฝนตก"
    )
    declare(MONDAY)
    follow(now)
    resumed = actions.resume_clock(
        actor=officer, now=datetime(2026, 11, 24, 11, 22, tzinfo=UTC), reference=complaint.reference
    )
    assert resumed == datetime(
        2026, 11, 30, 11, 22, tzinfo=UTC
    )  # four working days were left, from Tuesday on


def test_what_is_done_or_refused_has_no_date_that_moves() -> None:
    complaint = filed()
    actions.reject_complaint(
        actor=staff("kk-muni"),
        now=NOW,
        reference=complaint.reference,
        reason=RejectionReason.IN_COURT,
        text=WORDS,
    )
    declare(MONDAY)
    follow()
    assert not moves(complaint.reference)
    assert not Deadline.objects.filter(ended_at=None).exists()


def test_a_date_given_anew_counts_from_then() -> None:
    complaint, officer = filed(topic="noise"), staff("opm-1111")
    actions.start_work(actor=officer, now=NOW, reference=complaint.reference)
    actions.resolve_complaint(actor=officer, now=NOW, reference=complaint.reference, text=WORDS)
    later = NOW + timedelta(days=7)
    proof = actions.Proof(key=complaint.key)
    actions.reopen_complaint(
        actor=ANONYMOUS, now=later, reference=complaint.reference, text="ยังไม่หาย", proof=proof
    )
    was = due_at(complaint.reference)
    declare(MONDAY, date(2026, 11, 30))
    follow(later)
    assert due_at(complaint.reference) == was + timedelta(days=1)


def test_the_declaration_itself_calls_for_the_count() -> None:
    filed()
    declare(MONDAY)
    sequence_now()
    subscriptions.catch_up()
    assert ProcrastinateJob.objects.filter(task_name="sala.commons.deadlines.tasks.follow_calendars").exists()


def test_nobody_but_the_clock_moves_a_date() -> None:
    complaint = filed()
    with pytest.raises(Refused):
        actions.move_date(actor=staff("kk-muni", Role.EXECUTIVE), now=NOW, reference=complaint.reference)
    assert not Entry.objects.filter(kind="complaint.date_moved").exists()
