"""The first page beside a really running site: what happens appears by itself, whatever breaks in between."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, Request, Route, expect
from tests.whole_site import WholeSite, whole_site

from journeys.conftest import PHONE

__all__ = ["whole_site"]

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.req("TRU-2")]

LIST = "[data-live-list]"
BOX = "[data-live]"
# Remembers what every line of this page heard, beside what the page itself does with it.
OVERHEAR = """
window.heard = [];
const Heard = window.EventSource;
window.EventSource = class extends Heard {
  constructor(...given) {
    super(...given);
    this.addEventListener("message", (event) => window.heard.push(Number(event.lastEventId)));
  }
};
"""


@pytest.fixture
def page(browser: Browser, whole_site: WholeSite) -> Iterator[Page]:
    """The first page on a telephone, listening."""
    context = browser.new_context(base_url=whole_site.url, viewport=PHONE)
    context.set_default_timeout(60_000)
    page = context.new_page()
    page.add_init_script(OVERHEAR)
    yield page
    context.close()


def opened(page: Page) -> Page:
    """The page, once it listens; it notices if it is ever loaded anew."""
    page.goto("/")
    expect(page.locator(BOX)).to_have_attribute("data-state", "live", timeout=60_000)
    page.evaluate("window.isSamePage = true")
    return page


def named(page: Page, reference: str) -> Locator:
    """What leads from the list to this complaint: its title, since a number says nothing to a passer-by."""
    return page.locator(f"{LIST} a[href$='{reference}']")


def expect_once(page: Page, reference: str) -> None:
    """The list leads to this complaint, once."""
    expect(named(page, reference)).to_have_count(1, timeout=60_000)


def test_a_complaint_filed_elsewhere_appears_on_the_open_page(page: Page, whole_site: WholeSite) -> None:
    opened(page)
    reference = whole_site.file_complaint("ไฟทางดับหน้าโรงเรียน มืดมาก")
    expect_once(page, reference)
    assert "ไฟทางดับหน้าโรงเรียน" in page.locator(LIST).inner_text()
    assert page.evaluate("window.isSamePage") is True


def test_after_the_stream_was_killed_nothing_is_missing_and_nothing_comes_twice(
    page: Page, whole_site: WholeSite
) -> None:
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request) if "/live" in request.url else None)
    opened(page)
    before = whole_site.file_complaint("ก่อนการเชื่อมต่อหลุด")
    expect_once(page, before)
    first = len(asked)
    whole_site.kill("pages")
    meanwhile = [whole_site.file_complaint(f"ระหว่างการเชื่อมต่อหลุด เรื่องที่ {number}") for number in range(3)]
    for reference in (before, *meanwhile):
        expect_once(page, reference)

    heard = page.evaluate("window.heard")
    assert heard == list(range(heard[0], heard[0] + len(heard))), "each entry once, in order"
    assert len(heard) >= 4
    resumed = [request.all_headers().get("last-event-id", "") for request in asked[first:]]
    after = [request.url.rpartition("after=")[2] for request in asked[first:]]
    assert str(heard[-4]) in {*resumed, *after}, "it went on from what it heard last"
    assert page.evaluate("window.isSamePage") is True


def test_while_the_site_is_away_the_page_says_so_and_asks_less_and_less_often(
    page: Page, whole_site: WholeSite
) -> None:
    page.clock.install()
    opened(page)
    # From here on the page's time stands still unless we move it: on a busy machine a second passes between two lines.
    page.clock.pause_at(page.evaluate("Date.now() / 1000") + 30)
    line = page.locator("[data-live-lost]")
    expect(line).to_be_hidden()
    asked: list[str] = []

    def away(route: Route) -> None:
        asked.append(route.request.url)
        route.abort()

    page.route("**/live*", away)
    whole_site.kill("pages")
    expect(page.locator(BOX)).to_have_attribute("data-state", "lost", timeout=60_000)
    expect(line).to_be_visible()
    for failures in range(2, 6):
        tries, longest = len(asked), 500 * 2**failures
        page.clock.run_for(longest // 2 - 1)
        assert len(asked) == tries, f"after {failures} failures it asked within {longest // 2} ms"
        with page.expect_request("**/live*"):
            page.clock.run_for(longest // 2 + 1)
        page.wait_for_function("() => document.querySelector('[data-live]').dataset.state === 'lost'")
    page.unroute("**/live*")
    reference = whole_site.file_complaint("ระหว่างที่เว็บไซต์หายไป")
    page.clock.run_for(60_000)
    expect(page.locator(BOX)).to_have_attribute("data-state", "live", timeout=60_000)
    expect(line).to_be_hidden()
    page.clock.resume()
    expect_once(page, reference)


def test_a_paused_list_stays_as_it_is_until_it_may_go_on(page: Page, whole_site: WholeSite) -> None:
    opened(page)
    page.locator("[data-live-pause]").click()
    expect(page.locator(BOX)).to_have_attribute("data-state", "paused")
    shown = page.locator(LIST).inner_text()
    reference = whole_site.file_complaint("ระหว่างที่หยุดไว้")
    assert page.locator(LIST).inner_text() == shown
    page.locator("[data-live-pause]").click()
    expect_once(page, reference)


def test_without_scripts_the_page_tells_as_of_when_and_how_to_look_again(
    browser: Browser, whole_site: WholeSite
) -> None:
    with browser.new_context(base_url=whole_site.url, viewport=PHONE, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto("/en/")
        expect(page.get_by_text("As of")).to_be_visible()
        reference = whole_site.file_complaint("ไม่มีสคริปต์ก็เห็น")
        for _ in range(120):
            if named(page, reference).count():
                break
            page.get_by_role("link", name="Look again").click()
            page.reload()
        expect_once(page, reference)
