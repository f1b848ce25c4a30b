"""In a real browser, with its own memory of pages: signed in, every page says so, and signed out none does."""

import re

import pytest
from playwright.sync_api import Page, expect

from journeys.conftest import DESK, Site
from journeys.people import session_for
from sala.commons.identity.models import Person
from sala.core import clock

pytestmark = [pytest.mark.browser, pytest.mark.req("TRU-2")]
SIGN_IN, MINE = re.compile("เข้าสู่ระบบ"), re.compile("หน้าของฉัน")


def says_who(page: Page, name: re.Pattern[str]) -> None:
    expect(page.get_by_role("banner").get_by_role("link", name=name).first).to_be_visible()


def follow(page: Page, path: str) -> int:
    """Go on as by a link (not by "reload", which asks again in any case); how many bytes came over the wire."""
    with page.expect_navigation():
        page.evaluate("path => { location.href = path }", path)
    return int(page.evaluate("performance.getEntriesByType('navigation')[0].transferSize"))


def test_a_page_that_the_browser_kept_is_not_shown_to_who_signed_in_since(site: Site) -> None:
    page = site.open("/help/", on=DESK)
    says_who(page, SIGN_IN)
    follow(page, "/accessibility/")
    assert follow(page, "/help/") == 0, "this browser does keep pages"
    says_who(page, SIGN_IN)

    person = Person.objects.create(created_at=clock.now(), display_name="สมหญิง")
    page.context.add_cookies([{"name": "sala_session", "value": session_for(person), "url": site.url}])
    assert follow(page, "/accessibility/") > 0
    says_who(page, MINE)
    assert follow(page, "/help/") > 0
    says_who(page, MINE)

    page.context.clear_cookies()
    follow(page, "/accessibility/")
    says_who(page, SIGN_IN)
    follow(page, "/help/")
    says_who(page, SIGN_IN)
