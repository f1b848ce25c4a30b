"""How agencies do: the same counts for those who oversee them and for everyone, and only confirmed ones count."""

import csv
import io
from datetime import timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from tests.commons.agencies.factories import signed_in
from tests.small_state import NOW, staff

from sala.commons.tables import queries as tables
from sala.core import clock
from sala.core.actors import ANONYMOUS, Role
from sala.core.deadlines import EscalationLevel
from sala.services.complaints import actions, permissions, queries, rules
from sala.services.complaints.actions import Filing
from sala.services.complaints.models import Complaint
from sala.services.complaints.queries import Contact, overview
from sala.services.complaints.queries.clock import clock_of
from sala.services.complaints.rules import Privacy

ANSWER = "ซ่อมเสร็จแล้ว เปลี่ยนหลอดไฟครบทุกดวง"


@given(st.integers(0, 5000), st.integers(0, 5000))
def test_a_share_is_whole_percent_and_never_told_of_few(part: int, more: int) -> None:
    found = tables.percent(part, part + more)
    if part + more < tables.SMALLEST_SAMPLE:
        assert found is None
    else:
        assert found is not None
        assert abs(found - 100 * part / (part + more)) <= 0.5


def filed(days_ago: int = 0, privacy: Privacy = Privacy.PUBLIC) -> str:
    filing = Filing(
        text=f"ทางเท้าพัง {days_ago}", topic="street_light", area="400101", privacy=privacy,
        contact=Contact(phone="0812345678"),
    )  # fmt: skip
    return actions.file_complaint(
        actor=ANONYMOUS, now=NOW - timedelta(days=days_ago), filing=filing
    ).reference


def done(reference: str, outcome: str) -> None:
    """Bring a complaint to its end, as it would have been."""
    rows = Complaint.objects.filter(matter__reference=reference)
    rows.update(status="closed", resolved_at=NOW - timedelta(hours=1), outcome=outcome)
    matter = rows.get().matter
    matter.closed_at = NOW
    matter.save()


@pytest.mark.usefixtures("state")
@pytest.mark.req("CMP-3.3")
def test_only_what_people_confirmed_counts_as_confirmed() -> None:
    for number in range(12):
        done(filed(), "confirmed" if number < 9 else "unconfirmed")
    (row,) = overview.figures_by_agency(NOW)
    assert (row.agency, row.resolved, row.answered_for, row.confirmed) == ("kk-muni", 12, 12, 9)
    assert (row.percent_confirmed, row.percent_in_time, row.percent_reopened) == (75, 100, 0)


@pytest.mark.usefixtures("state")
def test_what_is_set_aside_is_not_counted_and_secret_ones_only_in_counts() -> None:
    filed(privacy=Privacy.AGENCY_ONLY)
    spam = Filing(text="x" * 30, topic="street_light", area="400101", is_suspect=True)
    actions.file_complaint(actor=ANONYMOUS, now=NOW, filing=spam)
    with clock.frozen(NOW):
        assert overview.get_overview("kk-muni", NOW).open_now == 1
        assert "C69-" not in Client().get("/complaints/figures?agency=kk-muni").content.decode()


@pytest.mark.usefixtures("state")
@pytest.mark.req("CMP-P3")
def test_the_overview_says_of_each_the_same_urgency_as_the_list() -> None:
    for days_ago in range(0, 60, 2):
        filed(days_ago)
    paused = filed(40)
    officer = staff("kk-muni")
    actions.start_work(actor=officer, now=NOW, reference=paused)
    actions.pause_clock(
        actor=officer, now=NOW, reference=paused, reason=rules.PauseReason.WEATHER, words="ฝนตกหนัก"
    )
    expected: dict[str, int] = {}
    for complaint in Complaint.objects.select_related("matter"):
        urgency = clock_of(complaint, NOW).urgency
        expected[urgency] = expected.get(urgency, 0) + 1
    counted = overview.get_overview("kk-muni", NOW).by_urgency
    assert {code: n for code, n in counted.items() if n} == expected
    assert len(expected) == 5


@pytest.mark.usefixtures("state")
@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.EXECUTIVE, Role.AUDITOR])
def test_supervisors_see_what_was_told_further_up(role: Role) -> None:
    late = filed(120)
    actions.escalate_complaint(now=NOW, reference=late, level=EscalationLevel.SUPERVISOR)
    with clock.frozen(NOW):
        page = signed_in("kk-muni", role).get("/complaints/work/overview")
        assert page.status_code == 200
        assert late in page.content.decode()
        assert signed_in("kk-muni").get("/complaints/work/overview").status_code == 403
        other = signed_in("pea", Role.SUPERVISOR).get("/complaints/work/overview?agency=kk-muni")
    assert other.status_code == 404


@pytest.mark.usefixtures("state")
@pytest.mark.req("CMP-P3")
def test_a_ministry_oversees_what_is_below_it_and_an_auditor_everybody() -> None:
    above = set(permissions.overseen_agencies(staff("moi", Role.EXECUTIVE)))
    assert above == {"moi", "pea", "kk-muni"}
    assert "kk-muni" in permissions.overseen_agencies(staff("nacc", Role.AUDITOR))
    assert permissions.overseen_agencies(staff("kk-muni")) == ()


@pytest.mark.usefixtures("state")
def test_everyone_reads_the_figures_as_page_json_and_csv() -> None:
    for _ in range(10):
        done(filed(), "confirmed")
    with clock.frozen(NOW):
        client = Client()
        assert "100 %" in client.get("/complaints/figures").content.decode()
        assert client.get("/complaints/figures?agency=kk-muni").status_code == 200
        assert client.get("/complaints/figures?agency=nobody").status_code == 404
        (row,) = client.get("/data/agency_figures.json").json()["rows"]
        text = client.get("/complaints/figures.csv", follow=True).content.decode()
        assert "100 %" in client.get("/data/agency_figures/?order=-percent_confirmed").content.decode()
    (line,) = csv.DictReader(io.StringIO(text))
    assert line == {name: str(value) for name, value in row.items()}
    assert row["percent_confirmed"] == 100
    assert queries.periods()
