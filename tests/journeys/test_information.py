"""A request for information from a phone without scripts: asked, refused with its section, appealed, ruled, given."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from tests.services.information.asked import WHY, put_back_law

from journeys.conftest import PHONE, Site
from journeys.people import at_work, photo
from sala.commons.ledger.queries import entries_of_matter
from sala.core.actors import Role
from sala.services.information.queries.request import get_request

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("state")]
QUESTION = "ขอตารางเวรซ่อมไฟทางถนนศรีจันทร์ ปี 2568 โทร 081-234-5678"


def press(page: Page) -> None:
    """The first button of the form on the page."""
    page.locator("main form[method=post] button.btn").first.click()
    page.wait_for_load_state()


def fits(page: Page) -> bool:
    """Whether nothing stands out on a narrow phone. A page that is still coming has no width yet."""
    page.wait_for_load_state()
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def ask_on_a_phone(site: Site, start: str, look: Callable[[Page], None]) -> tuple[Page, str]:
    """Ask page by page, without scripts; each page is looked at."""
    page = site.open(f"{start}/information/new", on=PHONE, javascript=False)
    look(page)
    page.locator("[name=text]").fill(QUESTION)
    press(page)
    if "/similar" in page.url:
        look(page)
        page.locator("main a.btn").last.click()
    for name, words in (
        ("other", "kk-muni"),
        ("where_to_look", "สำนักช่าง"),
        ("", ""),
        ("", ""),
        ("phone", "081-234-5678"),
    ):
        look(page)
        if name:
            page.locator(f"[name={name}]").fill(words)
        press(page)
    look(page)
    press(page)
    look(page)
    reference = page.locator(".panel .big").inner_text()
    return page, reference


def act(page: Page, reference: str, code: str, **fields: str) -> None:
    """Do one act of the office, opened by its address, without the keyboard's shortcuts."""
    page.goto(f"/information/work/{reference}?act={code}")
    page.evaluate("document.querySelectorAll('details.act').forEach((d) => { d.open = true; })")
    form = page.locator(f"#act-{code} form")
    for name, words in fields.items():
        spot = form.locator(f"[name={name}]")
        if spot.first.evaluate("one => one.tagName") == "SELECT":
            spot.select_option(words)
        elif spot.first.get_attribute("type") == "radio":
            form.locator(f"[name={name}][value={words}]").check()
        elif spot.first.get_attribute("type") == "file":
            spot.set_input_files([photo()])
        else:
            spot.fill(words)
    form.locator("p > button.btn").last.click()
    page.wait_for_load_state()


@pytest.mark.req("ODP-3", "MCH", "PAIN-04", "PAIN-18", "PAIN-21")
@pytest.mark.timeout(600)
@pytest.mark.parametrize("start", ["", "/en"])
def test_a_request_from_a_phone_to_what_the_tribunal_ordered(
    site: Site, check_axe: Callable[..., None], start: str
) -> None:
    put_back_law()
    faults: list[str] = []

    def look(page: Page) -> None:
        if not fits(page):
            faults.append(f"{page.url} is too wide")

    mine, reference = ask_on_a_phone(site, start, look)
    head = at_work(site, "kk-muni", Role.SUPERVISOR, "/information/work/")
    assert reference in head.content()
    act(head, reference, "refuse", text="ไม่อาจให้ได้", ground_1="s15_2", reason_1=WHY)
    mine.goto(f"{start}/information/{reference}/own")
    look(mine)
    assert mine.locator("#ways .notice a.btn").count() == 1, "one way comes first: the appeal"
    mine.locator("#ways .notice a.btn").click()
    look(mine)
    assert reference in mine.locator("[name=text]").input_value()
    press(mine)
    look(mine)
    board = at_work(site, "oic", Role.OFFICER, "/information/work/board")
    assert reference in board.content()
    check_axe(board)
    act(board, reference, "forward")
    act(board, reference, "decide", ruling="upheld", text="ให้เปิดเผยทั้งหมด", number="สค 1/2570")
    act(head, reference, "grant", text="แนบตารางเวร", titles="ตารางเวรซ่อมไฟทาง 2568", files="x")
    anyone = site.open(f"{start}/information/documents", on=PHONE, javascript=False)
    look(anyone)
    anyone.get_by_text("ตารางเวรซ่อมไฟทาง 2568").first.click()
    look(anyone)
    assert get_request(reference).standing == "granted"
    kinds = [entry.content["kind"].partition(".")[2] for entry in entries_of_matter(reference)]
    assert kinds == [
        "filed",
        "answered",
        "appeal_lodged",
        "appeal_forwarded",
        "proceeding_decided",
        "answered",
    ], "each step leaves one entry"
    assert not faults


@pytest.mark.timeout(600)
@pytest.mark.parametrize("language", ["th", "en"])
def test_pages_on_the_way_are_without_faults_for_axe(
    site: Site, check_axe: Callable[..., None], language: str
) -> None:
    put_back_law()
    start = "" if language == "th" else "/en"
    faults: list[str] = []

    def look(page: Page) -> None:
        try:
            check_axe(page)
        except AssertionError as fault:
            faults.append(f"{page.url}: {fault}")

    page = site.open(f"{start}/information/new", on=PHONE)
    page.locator("[name=text]").fill(QUESTION)
    press(page)
    for name, words in (
        ("other", "kk-muni"),
        ("where_to_look", ""),
        ("", ""),
        ("", ""),
        ("phone", "12"),
    ):
        look(page)
        if name:
            page.locator(f"[name={name}]").fill(words)
        press(page)
    look(page)
    page.locator("[name=phone]").fill("081-234-5678")
    press(page)
    look(page)
    press(page)
    look(page)
    reference = page.locator(".panel .big").inner_text()
    clerk = at_work(site, "kk-muni", Role.OPERATOR, f"{start}/information/work/intake")
    clerk.locator("[name=text]").fill(QUESTION)
    press(clerk)
    look(clerk)
    clerk.goto(f"{start}/information/work/{reference}")
    clerk.locator("form.reveal button").first.click()
    look(clerk)
    clerk.goto(f"{start}/information/work/{reference}")
    clerk.evaluate("document.querySelectorAll('details.act').forEach((d) => { d.open = true; })")
    look(clerk)
    clerk.locator("#act-transfer form > p > button").click()
    look(clerk)
    assert not faults, "\n\n".join(faults)
