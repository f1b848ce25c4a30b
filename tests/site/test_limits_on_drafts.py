"""Drafts have an end by browser and by address, in every service, and nobody loses what they typed by it."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from tests.small_state import NOW

from sala.commons.drafts.models import Draft
from sala.core import clock

pytestmark = [pytest.mark.usefixtures("state"), pytest.mark.req("MCH")]


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.frozen(NOW):
        yield


BEGIN = {
    "/en/complaints/new": {"text": "น้ำท่วมทั้งซอย", "topic": ""},
    "/en/information/new": {"text": "ขอสำเนาแผนระบายน้ำ", "wish": "information"},
}


def browser(name: str, address: str) -> Client:
    """A browser that keeps the cookie of its forms."""
    client = Client(REMOTE_ADDR=address)
    client.cookies[settings.CSRF_COOKIE_NAME] = name
    return client


@pytest.mark.parametrize("door", BEGIN)
def test_one_browser_starts_ten_drafts_at_once_and_keeps_its_words_at_the_next(door: str) -> None:
    client = browser("a" * 32, "203.0.113.5")
    codes = [client.post(door, BEGIN[door]).status_code for _ in range(10)]
    refused = client.post(door, BEGIN[door])
    assert codes == [302] * 10
    assert refused.status_code == 429
    assert int(refused["Retry-After"]) > 0
    assert BEGIN[door]["text"] in refused.content.decode()
    assert "a lot in a short time" in refused.content.decode()
    assert Draft.objects.count() == 10


def test_a_village_behind_one_address_goes_on_and_who_throws_cookies_away_does_not() -> None:
    door = "/en/complaints/new"
    village = [browser(f"house{n:026d}", "203.0.113.6").post(door, BEGIN[door]) for n in range(100)]
    assert {answer.status_code for answer in village} == {302}
    loose = [browser(f"flood{n:026d}", "203.0.113.7").post(door, BEGIN[door]) for n in range(130)]
    assert [answer.status_code for answer in loose].count(302) == 120
    assert Client(REMOTE_ADDR="203.0.113.8").post(door, BEGIN[door]).status_code == 302
