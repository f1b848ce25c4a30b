"""Every page a citizen reaches, in both languages: axe finds no fault in any colours, and it fits a fourfold zoom."""

import gzip
from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils.translation import override
from playwright.sync_api import Page, Response
from tests.journeys.visit import BY_FORM, Visit

from journeys import addresses
from journeys.conftest import DESK, PHONE, Site, shows_focus, tab_to
from journeys.fault_pages import FAULTS
from journeys.looking import faults_of, fits_when_enlarged
from journeys.visitors import Visitors
from sala.platform import limits

pytestmark = pytest.mark.browser
MOST_BYTES = 100_000


@pytest.fixture(autouse=True)
def _shows_demo_pages(settings: object) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]  # the style page is part of the demo
    limits.forget_everything()


def visit_id(visit: Visit) -> str:
    """How a look is named among the tests: who, where, with what."""
    return f"{visit.visitor} {visit}"


@pytest.mark.parametrize("visit", addresses.CITIZEN_PAGES, ids=visit_id)
def test_a_page_of_a_citizen_is_without_faults(
    visitors: Visitors,
    check_axe: Callable[..., None],
    check_colours: Callable[[Page], None],
    visit: Visit,
) -> None:
    page, _ = visitors.go(visit)
    looks = (
        lambda: check_axe(page),
        lambda: check_colours(page),
        lambda: fits_when_enlarged(page),
        lambda: check_axe(page),
    )
    faults: list[str] = []
    for look in looks:
        try:
            look()
        except AssertionError as fault:
            faults.append(str(fault))
    other = visitors.same_title_as(visit, page)
    if other and visit not in addresses.TWINS and not visit.fills:
        faults.append(f"it has the title of {other}: {page.title()}")
    assert not faults, "\n\n".join(faults)


@pytest.mark.parametrize(
    "visit", [visit for visit in addresses.DESK_PAGES if visit.visitor != BY_FORM], ids=visit_id
)
def test_a_page_of_staff_is_without_faults(
    visitors: Visitors, check_axe: Callable[..., None], visit: Visit
) -> None:
    page, status = visitors.go(visit)
    assert status == 200
    faults = faults_of(page, check_axe)
    assert not faults, "\n\n".join(faults)


@pytest.mark.parametrize("language", ["th", "en"])
def test_pages_that_say_what_went_wrong_are_without_faults(
    site: Site, check_axe: Callable[..., None], check_colours: Callable[[Page], None], language: str
) -> None:
    page = site.open("/healthz")
    for name, answer_to in FAULTS.items():
        with override(language):
            answer = answer_to(RequestFactory().get(f"/{name}"))
        serve(page, name, answer)
        page.goto(f"/{name}")
        assert page.locator("h1").inner_text()
        check_axe(page)
        check_colours(page)
        fits_when_enlarged(page)


def serve(page: Page, name: str, answer: HttpResponse) -> None:
    """Let the site answer with this at the address of that name."""
    page.route(
        f"**/{name}",
        lambda route: route.fulfill(
            status=answer.status_code, body=answer.content, content_type="text/html; charset=utf-8"
        ),
    )


@pytest.mark.parametrize("path", ["/", "/complaints/new"])
def test_an_old_telephone_fetches_little(site: Site, path: str) -> None:
    """All that a first visit fetches, typeface included, as a proxy sends it: text packed, fonts as they are."""
    page = site.open("/healthz")
    fetched: list[Response] = []
    page.on("response", lambda answer: fetched.append(answer))  # a function of our own: listeners get a mark
    page.goto(path)
    page.evaluate("document.fonts.ready")
    size = sum(
        len(body) if answer.url.endswith(".woff2") else len(gzip.compress(body))
        for answer in fetched
        if (body := answer.body())
    )
    assert 20_000 < size < MOST_BYTES, f"{path} fetches {size:,} bytes"


def test_the_first_page_works_by_keyboard_alone(site: Site) -> None:
    page = site.open("/en/", on=DESK)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    tab_to(page, "In a few words, or the number of a matter")
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
    page.wait_for_url("**/en/laws/**")


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
