"""Every public page in both languages: no fault found by axe, fits a phone, is complete without scripts."""

from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Page

from journeys import addresses
from journeys.conftest import DESK, PHONE, Site, shows_focus, tab_to
from sala.commons.ledger.sequencer import sequence_now
from sala.core import clock
from sala.core.actors import ANONYMOUS
from sala.services.complaints import actions
from sala.services.complaints.actions import Filing

pytestmark = pytest.mark.browser
NARROWEST = 320  # what 400 % zoom leaves of a desk's screen
NO_LOOK = {301, 302, 405}  # leads on, or takes only what a form sends


@pytest.fixture
def world(site: Site, state: None) -> dict[str, object]:
    """Values for addresses that need them: a public complaint, its first entry, a coming service."""
    filing = Filing(text="ไฟทางดับทั้งซอยหลังวัด เดินกลับบ้านกลัว", topic="street_light", area="400101")
    filed = actions.file_complaint(actor=ANONYMOUS, now=clock.now(), filing=filing)
    sequence_now()
    return {"reference": filed.reference, "position": 0, "key": "laws"}


@pytest.fixture(autouse=True)
def _shows_demo_pages(settings: object) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]  # the style page is part of the demo


@pytest.mark.parametrize("language", ["th", "en"])
def test_every_page_is_without_faults_for_axe(
    site: Site, check_axe: Callable[..., None], client: Client, world: dict[str, object], language: str
) -> None:
    faults = []
    page = site.open("/", color_scheme="dark")
    for path in [*addresses.public_pages(world), "/this-page-is-not-here/"]:
        address = path if language == "th" else f"/en{path}"
        answer = client.get(address)
        is_page = answer.headers.get("Content-Type", "").startswith("text/html")
        if is_page and answer.status_code not in NO_LOOK:
            page.goto(address)
            faults += _faults(page, check_axe)
    assert not faults, "\n\n".join(faults)


def _faults(page: Page, check_axe: Callable[..., None]) -> list[str]:
    """What is wrong with a page, dark on a narrow phone and light on a desk."""
    try:
        page.emulate_media(color_scheme="dark")
        page.set_viewport_size({"width": NARROWEST, "height": 740})
        check_axe(page)
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= NARROWEST, f"{page.url} is {width} wide on a screen of {NARROWEST}"
        page.emulate_media(color_scheme="light")
        page.set_viewport_size({"width": 1280, "height": 900})
        check_axe(page)
    except AssertionError as fault:
        return [str(fault)]
    return []


def test_the_first_page_works_by_keyboard_alone(site: Site) -> None:
    page = site.open("/en/", on=DESK)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    tab_to(page, "A question, a place or a reference number")
    assert shows_focus(page)


def test_the_menu_opens_and_closes_by_keyboard_on_a_phone(site: Site) -> None:
    page = site.open("/en/", on=PHONE)
    tab_to(page, "Menu")
    page.keyboard.press("Enter")
    assert page.locator(".menu nav").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator(".menu nav").is_visible()
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_the_menu_works_without_scripts(site: Site) -> None:
    page = site.open("/en/", on=PHONE, javascript=False)
    page.locator(".menu summary").click()
    page.locator(".menu nav").get_by_text("Laws").click()
    assert page.url.endswith("/en/coming/laws/")


def test_pages_say_nothing_on_the_console(site: Site) -> None:
    """A refusal of the content policy, a missing file or a script's fault would show there."""
    page = site.open("/style/", on=DESK)
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.reload()
    assert page.locator("body.govuk-frontend-supported").count() == 1
    assert heard == []


def test_mistakes_take_the_focus_and_lead_to_their_fields(site: Site) -> None:
    page = site.open("/en/style/?bad-what=x")
    assert page.evaluate("document.activeElement.className") == "errors"
    page.locator(".errors a").first.click()
    assert page.evaluate("document.activeElement.name") == "bad-seen"


def test_long_text_is_counted_as_the_server_counts(site: Site) -> None:
    page = site.open("/en/style/")
    page.locator("textarea").first.fill("ก้" * 60 + "\n")
    assert page.locator(".govuk-character-count__status").first.inner_text() == "78 characters left"
