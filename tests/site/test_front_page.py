"""The first page: the box, the doors, what is happening now, how the state is doing."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import OperationalError
from django.test import Client
from tests.services.complaints.factories import filed
from tests.small_state import NOW

from sala.commons.ledger.sequencer import sequence_now
from sala.core.clock import frozen
from sala.core.references import make_reference
from sala.services.complaints.models import Complaint
from sala.services.complaints.queries import figures
from sala.services.complaints.rules import Privacy
from sala.site import front, navigation


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.mark.django_db
def test_a_reference_in_the_box_leads_to_its_page(client: Client) -> None:
    reference = make_reference("C", 2569, 1234)
    typed = f" {reference.lower().replace('-', ' ')} "
    assert client.get("/", {"q": typed})["Location"] == f"/m/{reference}"
    assert client.get("/en/", {"q": reference})["Location"] == f"/en/m/{reference}"


@pytest.mark.django_db
def test_anything_else_in_the_box_is_searched(client: Client) -> None:
    assert "q=%E0%B9%84%E0%B8%9F" in client.get("/", {"q": "ไฟดับ"})["Location"]


@pytest.mark.django_db
def test_before_the_first_complaint_the_page_says_so(client: Client) -> None:
    page = client.get("/en/").content.decode()
    assert "Nothing has happened yet" in page
    assert "Nothing to count yet" in page


@pytest.mark.usefixtures("state")
def test_only_public_matters_are_shown_as_happening(client: Client) -> None:
    seen, hidden = filed("ไฟทางดับหน้าวัด"), filed("ไฟทางดับหลังบ้าน", privacy=Privacy.AGENCY_ONLY)
    sequence_now()
    page = client.get("/now/").content.decode()
    assert seen.reference in page
    assert "ไฟทางดับหน้าวัด" in page
    assert hidden.reference not in page
    assert "ไฟทางดับหลังบ้าน" not in page


@pytest.mark.usefixtures("state")
def test_a_late_complaint_is_counted_and_the_raw_figures_agree(client: Client) -> None:
    one = filed("ไฟทางดับหน้าวัด")
    with frozen(one.due_at + timedelta(days=1)):
        page = client.get("/en/").content.decode()
        raw = client.get("/figures.json").json()
    assert raw["late_now"] == 1
    assert "Past their date now" in page


@pytest.mark.usefixtures("state")
def test_figures_are_two_queries_and_count_only_what_was_resolved(
    django_assert_num_queries: object,
) -> None:
    filed("ไฟทางดับหน้าวัด")
    with django_assert_num_queries(2):  # type: ignore[operator]  # pytest-django's own fixture
        counted = figures.count_figures(NOW)
    assert (counted.resolved, counted.percent_in_time, counted.late_now) == (0, None, 0)


@pytest.mark.usefixtures("state")
def test_silence_is_not_counted_as_confirmed() -> None:
    for number, outcome in enumerate(("confirmed", "confirmed", "unconfirmed", "")):
        reference = filed(f"ไฟทางดับหน้าวัด {number}").reference
        Complaint.objects.filter(matter__reference=reference).update(
            resolved_at=NOW + timedelta(days=2 + number), outcome=outcome
        )
    counted = figures.count_figures(NOW + timedelta(days=10))
    assert (counted.resolved, counted.answered_for, counted.confirmed) == (4, 3, 2)
    assert counted.percent_confirmed == 67
    assert counted.percent_in_time == 100
    assert counted.days_until_confirmed == 2


def test_while_the_database_is_away_a_visitor_reads_when_to_come_back(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(language: str) -> None:
        raise OperationalError

    monkeypatch.setattr(front, "first_page", away)
    client.raise_request_exception = False
    answer = client.get("/")
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert "ศาลาพักชั่วคราว" in answer.content.decode()


@pytest.mark.req("MCH")
def test_no_two_ways_of_the_first_page_have_the_same_sign() -> None:
    signs = [way["icon"] for way in navigation.ways()]
    assert len(set(signs)) == len(signs), signs
