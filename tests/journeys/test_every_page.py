"""Every page a citizen reaches, in both languages: axe finds no fault in any colours, and it fits a fourfold zoom."""

import gzip
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils.translation import override
from playwright.sync_api import BrowserContext, Page, Response

from journeys import addresses, world
from journeys.addresses import Visit
from journeys.conftest import DESK, PHONE, Site, shows_focus, tab_to
from sala.commons.identity import limits
from sala.core.errors import Conflict, SalaError, TooLarge, TooMany
from sala.web import refusals, views

pytestmark = pytest.mark.browser
MOST_BYTES = 100_000
NARROWEST = 320  # what 400 % zoom leaves of a desk's screen
# WCAG 1.4.12: what a reader may set without losing anything.
WIDER_TEXT = (
    "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"
    "p { margin-bottom: 2em !important }"
)


@pytest.fixture(autouse=True)
def _shows_demo_pages(settings: object) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]  # the style page is part of the demo
    limits.forget_everything()


@dataclass
class Visitors:
    """A browser for each kind of visitor, and the world they visit."""

    site: Site
    values: dict[str, str | int]
    pages: dict[str, Page] = field(default_factory=dict)

    def go(self, visit: Visit, language: str) -> Page:
        """The page after the visit, on a narrow phone."""
        who = "sender" if visit.visitor == "anybody" and visit.fills is not None else visit.visitor
        page = self.pages.get(who) or self.pages.setdefault(who, self._arrive(who))
        page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # width and height
        page.emulate_media(color_scheme="light", contrast="no-preference")
        page.goto(visit.path(self.values, language))
        if visit.fills is not None:
            for name, words in visit.fills.items():
                page.locator(f"main [name={name}]").first.fill(words)
            page.locator(visit.press).first.click()
            page.wait_for_load_state()
        return page

    def _arrive(self, who: str) -> Page:
        page = self.site.open("/healthz")
        if who == addresses.FILER:
            for name in ("received", "worked", "done", "closed", "rejected", "secret", "set_aside"):
                page.goto(f"/complaints/{self.values[name]}/own?key={self.values[f'key_{name}']}")
        elif who == addresses.PERSON:
            sign_in(page.context, self.site, str(self.values["session"]))
        return page


def sign_in(context: BrowserContext, site: Site, session: str) -> None:
    context.add_cookies([{"name": "sala_session", "value": session, "url": site.url}])


@pytest.mark.timeout(900)
@pytest.mark.usefixtures("state")
@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("visitor", ["anybody", addresses.FILER, addresses.PERSON])
def test_every_page_of_a_citizen_is_without_faults(
    site: Site,
    check_axe: Callable[..., None],
    check_colours: Callable[[Page], None],
    visitor: str,
    language: str,
) -> None:
    visitors = Visitors(site, world.build())
    titles: dict[str, str] = {}
    faults: list[str] = []
    for visit in (v for v in addresses.CITIZEN_PAGES if v.visitor == visitor):
        page = visitors.go(visit, language)
        looks = (
            lambda page=page: check_axe(page),
            lambda page=page: check_colours(page),
            lambda page=page: fits_when_enlarged(page),
            lambda page=page: check_axe(page),
        )
        for look in looks:
            try:
                look()
            except AssertionError as fault:
                faults.append(f"{visit} ({language}): {fault}")
        title = page.title()
        if (
            titles.setdefault(title, page.url) != page.url
            and visit not in addresses.TWINS
            and not visit.fills
        ):
            faults.append(f"{visit} has the title of {titles[title]}: {title}")
    assert not faults, "\n\n".join(faults)


def _away(request: HttpRequest) -> HttpResponse:
    """What a visitor reads while the database starts anew."""
    try:
        raise OperationalError
    except OperationalError:
        return views.broken(request)


FAULTS: dict[str, Callable[[HttpRequest], HttpResponse]] = {
    "invalid": lambda request: refusals.answer(request, SalaError("invalid")),
    "form-too-old": lambda request: views.csrf_failure(request, ""),
    "changed": lambda request: refusals.answer(request, Conflict("changed_meanwhile")),
    "too-large": lambda request: refusals.answer(request, TooLarge("body_too_large")),
    "too-many": lambda request: refusals.answer(request, TooMany("too_many", retry_after=60)),
    "broken": views.broken,
    "away": _away,
}


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


def fits_when_enlarged(page: Page) -> None:
    """At 400 % nothing is wider than the screen, not even with wide text; leaves the page on a desk."""
    page.set_viewport_size({"width": NARROWEST, "height": 740})
    assert width_of(page) <= NARROWEST, f"{width_of(page)} wide on a screen of {NARROWEST}"
    page.evaluate(
        "css => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css); document.adoptedStyleSheets = [sheet] }",
        WIDER_TEXT,
    )
    wide, lost = width_of(page), page.evaluate(LOST)
    page.evaluate("document.adoptedStyleSheets = []")
    page.set_viewport_size(DESK)  # type: ignore[arg-type]  # width and height
    assert wide <= NARROWEST, f"{wide} wide with wide text"
    assert not lost, f"words are cut off with wide text: {lost}"


# Things whose words are wider or higher than they themselves and hide it.
LOST = """[...document.querySelectorAll('main *, header *, footer *')].filter(e => {
  const s = getComputedStyle(e);
  return s.overflow === 'hidden' && !e.closest('.hide, .govuk-visually-hidden, .leaflet-container, svg, thead')
    && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1) && e.innerText;
}).map(e => e.outerHTML.slice(0, 120))"""


def width_of(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth"))


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
