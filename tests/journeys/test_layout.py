"""Nothing is pushed off a narrow page by a long word, nothing jumps while it loads, and what scrolls can be reached."""

import re

import pytest
from playwright.sync_api import Page

from journeys.conftest import DESK, PHONE, Site
from journeys.full_desk import officer_of
from journeys.looking import NARROWEST, width_of
from journeys.people import at_work
from sala.core import clock
from sala.core.actors import ANONYMOUS
from sala.services.complaints import actions
from sala.services.complaints.actions import Filing

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("state"), pytest.mark.req("MCH")]
WORD = "x" * 180
LINK = "https://example.org/" + "a/" * 60 + "?q=" + "0123456789" * 8
LONG = f"{WORD} {LINK} {'ก' * 180}"
MOST_SHIFT = 0.05

# Shifts of the layout since the page began, those left out that follow a press (as browsers count them).
SHIFT = """() => new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value;
  }).observe({type: 'layout-shift', buffered: true});
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(sum), 300)));
})"""
# Things that scroll by themselves and cannot be reached by keyboard, or that nobody can name.
UNREACHABLE = """() => [...document.querySelectorAll('main *, dialog *')].filter(e => {
  const style = getComputedStyle(e);
  const scrolls = (e.scrollWidth > e.clientWidth + 1 && /auto|scroll/.test(style.overflowX))
    || (e.scrollHeight > e.clientHeight + 1 && /auto|scroll/.test(style.overflowY));
  if (!scrolls || !e.clientWidth || /^(TEXTAREA|SELECT|INPUT)$/.test(e.tagName)) return false;
  return e.tabIndex < 0 || !(e.getAttribute('aria-label') || e.getAttribute('aria-labelledby'));
}).map(e => e.outerHTML.slice(0, 160))"""
# Words that stick out of what holds them, though the page itself is no wider.
STICKING_OUT = """width => [...document.querySelectorAll('main *')].filter(e => {
  const box = e.getBoundingClientRect();
  return box.width && box.right > width + 1 && !e.closest('.scroll, .hide, svg, .leaflet-container, pre')
    && getComputedStyle(e).position !== 'absolute';
}).map(e => `${Math.round(e.getBoundingClientRect().right)}: ${e.outerHTML.slice(0, 120)}`)"""


@pytest.fixture
def long_words() -> tuple[str, str]:
    """A complaint whose words do not end, with an answer of that kind: its number and its secret."""
    now = clock.now()
    filing = Filing(text=LONG, topic="street_light", area="400101", place=WORD[:150])
    filed = actions.file_complaint(actor=ANONYMOUS, now=now, filing=filing)
    city = officer_of("kk-muni")
    actions.start_work(actor=city, now=now, reference=filed.reference)
    actions.reply_to_person(actor=city, now=now, reference=filed.reference, text=LONG, asks=True)
    actions.add_note(actor=city, now=now, reference=filed.reference, text=LONG)
    return filed.reference, filed.key


def look(page: Page, path: str) -> list[str]:
    """What does not fit on the narrowest screen, or scrolls out of reach, at a path."""
    page.set_viewport_size({"width": NARROWEST, "height": 740})
    page.goto(path)
    found = [
        f"{path}: {what}" for what in page.evaluate(STICKING_OUT, NARROWEST) + page.evaluate(UNREACHABLE)
    ]
    return found + ([f"{path} is {width_of(page)} wide"] if width_of(page) > NARROWEST else [])


def test_words_without_end_stay_inside_a_narrow_page(site: Site, long_words: tuple[str, str]) -> None:
    reference, key = long_words
    page = site.open("/healthz", on=PHONE)
    own = [f"/complaints/{reference}/own?key={key}", f"/complaints/{reference}/answer"]
    paths = [
        "/",
        f"/complaints/{reference}",
        "/matters/",
        "/now/",
        "/data/matters",
        f"/m/{reference}/follow",
        *own,
    ]
    found = [fault for path in paths for fault in look(page, path)]
    officer = at_work(site, "kk-muni")
    for path in (f"/complaints/work/{reference}", "/work/inbox?kind=complaint&view=open"):
        found += look(officer, path)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("on", [PHONE, DESK], ids=["phone", "desk"])
def test_nothing_jumps_while_a_page_loads(
    site: Site, long_words: tuple[str, str], on: dict[str, int]
) -> None:
    page = site.open("/healthz", on=on)
    paths = [
        "/",
        "/en/",
        "/matters/",
        f"/complaints/{long_words[0]}",
        "/complaints/new",
        "/agencies/",
        "/complaints/figures",
    ]
    shifts = {}
    for path in paths:
        page.goto(path)
        page.evaluate("document.fonts.ready")
        shifts[path] = round(float(page.evaluate(SHIFT)), 3)
    officer = at_work(site, "kk-muni", path="/work/inbox?kind=complaint&view=open")
    officer.set_viewport_size(on)  # type: ignore[arg-type]  # width and height
    for path in ("/work/inbox?kind=complaint&view=open", f"/complaints/work/{long_words[0]}"):
        officer.goto(path)
        shifts[path] = round(float(officer.evaluate(SHIFT)), 3)
    assert max(shifts.values()) <= MOST_SHIFT, shifts


def test_a_face_that_comes_late_is_left_for_the_next_page(site: Site) -> None:
    """What is read already in the device's own face is never set anew: that moves everything below it."""
    page = site.open("/", on=PHONE)
    styles = page.locator("link[rel=stylesheet][href*=fonts]").get_attribute("href")
    faces = page.request.get(f"{site.url}{styles}").text().split("@font-face")[1:]
    assert faces
    assert [face for face in faces if not re.search(r"font-display:\s*optional", face)] == []
