"""Figures that everyone reads are those the worker counted last, the same as counted now, and never old ones."""

from datetime import timedelta

import pytest
from django.test import Client
from tests.services.complaints.factories import filed_reference
from tests.small_state import NOW, staff

from sala.commons.tables.models import CachedFigure
from sala.core import clock
from sala.core.errors import Refused
from sala.services.complaints import actions
from sala.services.complaints.models import Complaint
from sala.services.complaints.queries import agency_counts, cached_figures, figures, overview
from sala.services.complaints.rules import Privacy

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("state"), pytest.mark.req("CMP-P3")]
LATER = NOW + timedelta(days=20)


def test_what_is_kept_is_what_would_be_counted_now() -> None:
    solved = filed_reference("ไฟดับต้นแรก")
    for number in range(2):
        filed_reference(f"ไฟดับต้นที่ {number}", privacy=Privacy.AGENCY_ONLY)
    Complaint.objects.filter(matter__reference=solved).update(
        resolved_at=NOW + timedelta(days=2), outcome="confirmed"
    )
    now = LATER
    before = (
        figures.count_figures(now),
        figures.count_by_status(),
        overview.figures_by_agency(now),
        agency_counts.count_for(agency="kk-muni", now=now),
        agency_counts.count_for(area="40", now=now),
        agency_counts.count_for(area="400101", now=now),
    )
    assert actions.keep_counts(now=now)
    told = (
        cached_figures.country(now),
        cached_figures.by_status(now),
        cached_figures.offices(now),
        cached_figures.place(agency="kk-muni", now=now),
        cached_figures.place(area="40", now=now),
        cached_figures.place(area="400101", now=now),
    )
    assert told == before
    assert cached_figures.office("kk-muni", now) == before[2][0]
    assert cached_figures.place(agency="pea", now=now) == {"open": 0, "late": 0, "solved": 0}
    assert cached_figures.office("pea", now) is None


def test_a_page_shows_the_last_count_until_the_next_and_no_old_one() -> None:
    actions.keep_counts(now=NOW)
    filed_reference("ไฟดับ")
    assert cached_figures.place(agency="kk-muni", now=NOW + timedelta(minutes=4))["open"] == 0
    assert cached_figures.place(agency="kk-muni", now=NOW + timedelta(minutes=16))["open"] == 1
    actions.keep_counts(now=NOW + timedelta(minutes=5))
    assert cached_figures.place(agency="kk-muni", now=NOW + timedelta(minutes=6))["open"] == 1


def test_only_what_changed_is_written() -> None:
    filed_reference("ไฟดับ")
    actions.keep_counts(now=NOW)
    names = CachedFigure.objects.count()
    assert names > 4
    assert actions.keep_counts(now=NOW) == 0
    assert CachedFigure.objects.count() == names


def test_only_the_worker_keeps_counts() -> None:
    with pytest.raises(Refused):
        actions.keep_counts(now=NOW, actor=staff("kk-muni"))


def test_public_pages_ask_for_what_is_kept(client: Client, django_assert_max_num_queries: object) -> None:
    filed_reference("ไฟดับ")
    actions.keep_counts(now=NOW)
    with clock.frozen(NOW):
        for address in (
            "/agencies/kk-muni",
            "/areas/4001",
            "/complaints/figures",
            "/data/agency_figures.csv",
        ):
            assert client.get(address).status_code == 200
        # The offices, and the map of provinces.
        with django_assert_max_num_queries(2):  # type: ignore[operator]  # pytest-django's own fixture
            client.get("/complaints/figures")
