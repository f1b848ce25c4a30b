"""A legal question from a phone without scripts: asked, asked back, passed on, answered, found by the next person."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from tests.services.lawmaking.asked_law import ANSWER, LAW, QUESTION, put_back_periods

from journeys.conftest import PHONE, Site
from journeys.people import at_work
from sala.commons.ledger.queries import entries_of_matter
from sala.commons.matters.actions import index_matters
from sala.core.actors import Role
from sala.services.lawmaking.queries.questions import get_question

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("state")]
WORK = "/laws/questions/work"


def press(page: Page) -> None:
    """The first button of the form on the page."""
    page.locator("main form[method=post] button.btn").first.click()
    page.wait_for_load_state()


def fits(page: Page) -> bool:
    """Whether nothing stands out on a narrow phone. A page that is still coming has no width yet."""
    page.wait_for_load_state()
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def ask(page: Page, start: str, look: Callable[[Page], None]) -> str:
    """Ask page by page; each page is looked at. Returns the number."""
    page.goto(f"{start}/laws/questions/new")
    look(page)
    page.locator("[name=text]").fill(QUESTION)
    press(page)
    if "/similar" in page.url:
        look(page)
        page.locator("main a.btn").last.click()
    for name, words in (("other", "kk-muni"), ("shown_name", "คนข้างบ้าน"), ("phone", "081-234-5678")):
        look(page)
        page.locator(f"[name={name}]").fill(words)
        press(page)
    look(page)
    press(page)
    look(page)
    return page.locator(".panel .big").inner_text()


def act(page: Page, reference: str, code: str, **fields: str) -> None:
    """Do one act of the office, opened by its address."""
    page.goto(f"{WORK}/{reference}?act={code}")
    page.evaluate("document.querySelectorAll('details.act').forEach((d) => { d.open = true; })")
    form = page.locator(f"#act-{code} form")
    for name, words in fields.items():
        form.locator(f"[name={name}]").fill(words)
    form.locator("p > button.btn").last.click()
    page.wait_for_load_state()


@pytest.mark.req("LAW-Q", "MCH")
@pytest.mark.timeout(600)
@pytest.mark.parametrize("start", ["", "/en"])
def test_a_question_from_a_phone_to_the_answer_that_the_next_person_finds(site: Site, start: str) -> None:
    put_back_periods()
    faults: list[str] = []

    def look(page: Page) -> None:
        if not fits(page):
            faults.append(f"{page.url} is too wide")

    mine = site.open("/healthz", on=PHONE, javascript=False)
    reference = ask(mine, start, look)
    town = at_work(site, "kk-muni", Role.OFFICER, "/work/inbox?kind=legal_question")
    assert reference in town.content()
    act(town, reference, "ask", text="กันสาดยื่นออกมากี่เมตร")
    mine.goto(f"{start}/laws/questions/{reference}/own")
    look(mine)
    mine.locator("#acts .notice a.btn").click()
    look(mine)
    mine.locator("[name=text]").fill("สองเมตร")
    press(mine)
    look(mine)
    act(town, reference, "pass", agency="pea", reason="เสาไฟอยู่ใต้กันสาด จึงเป็นกฎหมายของการไฟฟ้า")
    power = at_work(site, "pea", Role.OFFICER, "/work/inbox?kind=legal_question")
    assert reference in power.content()
    act(power, reference, "answer", text=ANSWER, law_1=LAW.law, section_1=LAW.section)
    mine.goto(f"{start}/laws/questions/{reference}/own")
    look(mine)
    assert LAW.section in mine.locator("#answer").inner_text()
    index_matters(entries_of_matter(reference))
    anyone = site.open(f"{start}/laws/questions/new", on=PHONE, javascript=False)
    anyone.locator("[name=text]").fill("เพื่อนบ้านต่อกันสาดล้ำที่ดินของเรา")
    press(anyone)
    look(anyone)
    assert "/similar" in anyone.url, "the next person is shown the answer before sending"
    anyone.locator(f"a[href$='{reference}']").first.click()
    look(anyone)
    assert LAW.section in anyone.locator("#answer").inner_text()
    assert "081-234" not in anyone.content()
    assert get_question(reference).standing == "answered"
    kinds = [entry.content["kind"].partition(".")[2] for entry in entries_of_matter(reference)]
    assert kinds == ["filed", "person_asked", "explained", "passed_on", "answered"], (
        "each step leaves one entry"
    )
    assert not faults


@pytest.mark.req("LAW-Q")
@pytest.mark.timeout(600)
@pytest.mark.parametrize("language", ["th", "en"])
def test_pages_on_the_way_are_without_faults_for_axe(
    site: Site, check_axe: Callable[..., None], language: str
) -> None:
    put_back_periods()
    start = "" if language == "th" else "/en"
    faults: list[str] = []

    def look(page: Page) -> None:
        try:
            check_axe(page)
        except AssertionError as fault:
            faults.append(f"{page.url}: {fault}")

    reference = ask(site.open("/healthz", on=PHONE), start, look)
    index_matters(entries_of_matter(reference))
    ask(site.open("/healthz", on=PHONE), start, look)
    clerk = at_work(site, "kk-muni", Role.OPERATOR, f"{start}{WORK}/intake")
    clerk.locator("[name=text]").fill(QUESTION)
    press(clerk)
    look(clerk)
    clerk.goto(f"{start}{WORK}/{reference}")
    clerk.locator("form.reveal button").click()
    look(clerk)
    clerk.goto(f"{start}{WORK}/{reference}")
    clerk.evaluate("document.querySelectorAll('details.act').forEach((d) => { d.open = true; })")
    look(clerk)
    clerk.locator("#act-answer form > p > button").click()
    look(clerk)
    assert not faults, "\n\n".join(faults)
