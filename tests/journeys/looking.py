"""How a page is looked at: on the narrowest screen, enlarged, with wide text, in the dark and in the light."""

from collections.abc import Callable

from playwright.sync_api import Page

from journeys.conftest import DESK

NARROWEST = 320  # what 400 % zoom leaves of a desk's screen
# WCAG 1.4.12: what a reader may set without losing anything.
WIDER_TEXT = (
    "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"
    "p { margin-bottom: 2em !important }"
)
# Things whose words are wider or higher than they themselves and hide it.
LOST = """[...document.querySelectorAll('main *, header *, footer *')].filter(e => {
  const s = getComputedStyle(e);
  return s.overflow === 'hidden' && !e.closest('.hide, .govuk-visually-hidden, .leaflet-container, svg, thead')
    && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1) && e.innerText;
}).map(e => e.outerHTML.slice(0, 120))"""


def faults_of(page: Page, check_axe: Callable[..., None]) -> list[str]:
    """What is wrong with a page, dark on a narrow phone and light on a desk."""
    try:
        page.emulate_media(color_scheme="dark")
        page.set_viewport_size({"width": NARROWEST, "height": 740})
        check_axe(page)
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= NARROWEST, f"{page.url} is {width} wide on a screen of {NARROWEST}"
        page.emulate_media(color_scheme="light")
        page.set_viewport_size(DESK)  # type: ignore[arg-type]  # a size by its two names
        check_axe(page)
    except AssertionError as fault:
        return [str(fault)]
    return []


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


def width_of(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth"))
