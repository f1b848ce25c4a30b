"""The part of the first page that tells of information requests."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.services.information.asked import ask, grant

from sala.core import clock
from sala.services.information.front import front

pytestmark = pytest.mark.usefixtures("law_state")


@pytest.mark.req("ODP-3")
def test_the_first_page_tells_what_came_of_requests_and_how_it_is_counted(client: Client) -> None:
    cache.clear()
    given = ask(now=clock.now())
    assert "What offices let people know" not in client.get("/en/").content.decode()
    grant(given, clock.now())
    cache.clear()
    page = client.get("/en/").content.decode()
    assert "What offices let people know" in page
    # One answer is no sample: no share is told of it.
    assert "Of 100 answers" not in page
    raw = client.get("/figures.json").json()
    assert (raw["information_asked"], raw["information_granted"]) == (1, 1)


def test_the_first_pages_part_asks_as_many_questions_for_one_request_as_for_many() -> None:
    counts = []
    for more in (1, 12):
        for _ in range(more):
            grant(ask(now=clock.now()), clock.now())
        with CaptureQueriesContext(connection) as asked:
            shown = front(clock.now())
        counts.append(len(asked))
    assert counts[0] == counts[1] == 8
    assert sum(shown.shown["shares"].values()) == 100  # type: ignore[attr-defined]  # a mapping, or None below ten
