"""Figures that everyone reads are those the worker counted last, the same as counted now, and never old ones."""

from datetime import timedelta

import pytest
from django.test import Client
from tests.small_state import NOW, staff

from sala.core import clock
from sala.core.actors import ANONYMOUS
from sala.core.errors import Refused
from sala.services.complaints import actions
from sala.services.complaints.actions import Filing
from sala.services.complaints.models import Complaint, KeptCount
from sala.services.complaints.queries import bodies, figures, kept, overview
from sala.services.complaints.rules import Privacy

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("state"), pytest.mark.req("CMP-P")]
LATER = NOW + timedelta(days=20)


def file(text: str, privacy: Privacy = Privacy.PUBLIC) -> str:
    filing = Filing(text=text, topic="street_light", area="400101", privacy=privacy)
    return actions.file_complaint(actor=ANONYMOUS, now=NOW, filing=filing).reference


def test_what_is_kept_is_what_would_be_counted_now() -> None:
    solved = file("ไฟดับต้นแรก")
    for number in range(2):
        file(f"ไฟดับต้นที่ {number}", Privacy.AGENCY_ONLY)
    Complaint.objects.filter(matter__reference=solved).update(
        resolved_at=NOW + timedelta(days=2), outcome="confirmed"
    )
    now = LATER
    before = (
        figures.count_figures(now),
        figures.count_by_status(),
        overview.figures_by_agency(now),
        bodies.count_for(agency="kk-muni", now=now),
        bodies.count_for(area="40", now=now),
        bodies.count_for(area="400101", now=now),
    )
    assert actions.keep_counts(now=now)
    told = (
        kept.country(now),
        kept.by_status(now),
        kept.offices(now),
        kept.place(agency="kk-muni", now=now),
        kept.place(area="40", now=now),
        kept.place(area="400101", now=now),
    )
    assert told == before
    assert kept.office("kk-muni", now) == before[2][0]
    assert kept.place(agency="pea", now=now) == {"open": 0, "late": 0, "solved": 0}
    assert kept.office("pea", now) is None


def test_a_page_shows_the_last_count_until_the_next_and_no_old_one() -> None:
    actions.keep_counts(now=NOW)
    file("ไฟดับ")
    assert kept.place(agency="kk-muni", now=NOW + timedelta(minutes=4))["open"] == 0
    assert kept.place(agency="kk-muni", now=NOW + timedelta(minutes=16))["open"] == 1
    actions.keep_counts(now=NOW + timedelta(minutes=5))
    assert kept.place(agency="kk-muni", now=NOW + timedelta(minutes=6))["open"] == 1


def test_only_what_changed_is_written() -> None:
    file("ไฟดับ")
    actions.keep_counts(now=NOW)
    names = KeptCount.objects.count()
    assert names > 4
    assert actions.keep_counts(now=NOW) == 1
    assert KeptCount.objects.count() == names


def test_only_the_worker_keeps_counts() -> None:
    with pytest.raises(Refused):
        actions.keep_counts(now=NOW, actor=staff("kk-muni"))


def test_public_pages_ask_for_what_is_kept(client: Client, django_assert_max_num_queries: object) -> None:
    file("ไฟดับ")
    actions.keep_counts(now=NOW)
    with clock.frozen(NOW):
        for address in ("/agencies/kk-muni", "/areas/4001", "/complaints/figures", "/complaints/figures.csv"):
            assert client.get(address).status_code == 200
        with django_assert_max_num_queries(1):  # type: ignore[operator]  # pytest-django's own fixture
            client.get("/complaints/figures")
