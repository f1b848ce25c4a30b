"""Where staff work, in a browser: every page without faults, a whole day without a mouse, keys that can be off."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from django.urls import resolve
from django.utils.translation import override
from playwright.sync_api import Page
from tests.journeys.visit import BY_FORM

from journeys import addresses
from journeys.conftest import DESK, PHONE, Site, shows_focus, tab_to
from journeys.full_desk import DONE, READY, TEXT, filed, full_desk
from journeys.looking import faults_of
from journeys.people import at_work, photo, say
from sala.commons.correspondence.models import ReplyTemplate
from sala.commons.worklist.models import SavedView
from sala.core.actors import Role
from sala.services.complaints import queries

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("state")]


@pytest.mark.timeout(900)
@pytest.mark.parametrize("language", ["th", "en"])
def test_what_only_forms_open_is_without_faults_too(
    site: Site, check_axe: Callable[..., None], language: str
) -> None:
    world = full_desk()
    start = "" if language == "th" else "/en"
    address = f"{start}/complaints/work/{world['reference']}"
    officer, faults, seen = at_work(site, "kk-muni", path=address), list[str](), set[str]()

    def look(page: Page) -> None:
        faults.extend(faults_of(page, check_axe))
        with override(language):
            seen.add(resolve(urlsplit(page.url).path).view_name)

    officer.keyboard.press("?")
    assert officer.locator("dialog").is_visible()
    look(officer)
    for door in ("contact", "original", "resolve", "forward"):
        officer.goto(address)
        opener = f"form [formaction$='/{door}'], #act-{door} form > p > button"
        officer.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
        officer.locator(opener).first.click()
        look(officer)
    operator = at_work(site, "opm-1111", Role.OPERATOR, f"{start}/complaints/work/intake")
    operator.locator("[name=text]").fill(TEXT)
    operator.locator("[name=topic]").select_option("street_light")
    operator.locator("[name=area_words]").fill("ในเมือง ขอนแก่น" if language == "th" else "Nai Mueang")
    operator.locator("form.intake p button.btn").last.click()
    assert operator.locator("#similar").is_visible()
    look(operator)
    operator.locator("button[name=new]").click()
    assert operator.locator(".slip").is_visible()
    look(operator)
    moderator = at_work(site, "opm-1111", Role.MODERATOR, f"{start}/complaints/work/covered")
    moderator.locator("button[formaction$='/original']").first.click()
    look(moderator)
    administrator = at_work(site, "opm-1111", Role.ADMINISTRATOR, f"{start}/work/imports/new/agencies")
    offices = "code,kind,name_th,name_en\nmof,ministry,กระทรวงการคลัง,Ministry of Finance\nx y,ministry,ก,A\n"
    sent = {"name": "offices.csv", "mimeType": "text/csv", "buffer": offices.encode()}
    administrator.locator("input[name=table]").set_input_files(sent)  # type: ignore[arg-type]  # a FilePayload
    administrator.locator("button[name=land]").click()
    look(administrator)
    assert not faults, "\n\n".join(faults)
    promised = {visit.route for visit in addresses.DESK_PAGES if visit.visitor == BY_FORM}
    assert promised <= seen, "these are in DESK_PAGES, and nobody looked at them"


@pytest.mark.req("MCH", "CMP-1.2")
def test_an_officers_day_needs_no_mouse(site: Site) -> None:
    ReplyTemplate.objects.create(agency="kk-muni", name="รับเรื่อง", text=READY)
    first, second = filed(days_ago=20), filed("ฝาท่อหายหน้าตลาด", days_ago=10)
    page = at_work(site, "kk-muni")
    page.on("filechooser", lambda chooser: None)  # listened for from the start, so that none is missed
    keys = page.keyboard
    keys.press("j")
    assert shows_focus(page)
    with page.expect_navigation():
        keys.press("Enter")
    assert page.url.endswith(first)
    keys.press("s")  # start work: the letter goes to its button
    assert shows_focus(page)
    with page.expect_navigation():
        keys.press("Enter")
    _reply_with_ready_words(page)
    sent = queries.get_complaint(first).matter.messages.get().text
    assert sent.splitlines() == ["สวัสดีค่ะ", "", READY]

    keys.press("d")
    keys.type(DONE)
    tab_to(page, say("Pictures or documents as evidence"))
    with page.expect_file_chooser() as chooser:
        keys.press("Enter")
    chooser.value.set_files(photo())
    tab_to(page, say("Done, with evidence"))
    with page.expect_navigation():
        keys.press("Enter")
    assert queries.get_complaint(first).status == "resolved"
    with page.expect_navigation():
        keys.press("j")  # the next of the list, though the first has left it
    assert page.url.endswith(second)
    with page.expect_navigation():
        keys.press("u")
    assert "/work/inbox?kind=complaint&" in page.url


def _reply_with_ready_words(page: Page) -> None:
    """Type a greeting, then put ready words after it."""
    page.keyboard.press("r")
    page.keyboard.type("สวัสดีค่ะ")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")  # the list of ready words opens
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.locator("#act-reply textarea").input_value() == f"สวัสดีค่ะ\n\n{READY}"
    tab_to(page, say("Write to the person"))
    with page.expect_navigation():
        page.keyboard.press("Enter")


def _press_thai(page: Page, code: str, typed: str, *, shift: bool = False) -> None:
    """A key as a Thai keyboard sends it: the letter it types, and its place."""
    page.evaluate(
        "([code, key, shiftKey]) => document.activeElement.dispatchEvent("
        "new KeyboardEvent('keydown', { code, key, shiftKey, bubbles: true, cancelable: true }))",
        [code, typed, shift],
    )


def test_keys_work_in_the_thai_layout_and_stay_off_once_switched_off(site: Site) -> None:
    filed(days_ago=20)
    page = at_work(site, "kk-muni")
    _press_thai(page, "KeyJ", "่")
    assert page.evaluate("document.activeElement.closest('tbody') !== null")
    _press_thai(page, "KeyX", "ป")
    assert page.locator("input[name=reference]").first.is_checked()
    _press_thai(page, "Slash", "ฦ", shift=True)
    assert page.locator("dialog").is_visible()
    page.get_by_role("button", name=say("Switch these keys off on this device")).click()
    page.keyboard.press("Escape")
    page.reload()
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.closest('tbody') === null")
    page.keyboard.press("?")
    assert not page.locator("dialog").is_visible()
    page.locator("[data-help-open]").click()
    page.get_by_role("button", name=say("Switch these keys on again")).click()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.closest('tbody') !== null")


def test_ready_words_come_after_what_was_typed_without_scripts_too(site: Site) -> None:
    ReplyTemplate.objects.create(agency="kk-muni", name="รับเรื่อง", text=READY)
    reference = filed()
    page = site.open("/healthz", on=PHONE, javascript=False)
    signed_in = at_work(site, "kk-muni")
    page.context.add_cookies(signed_in.context.cookies())
    page.goto(f"/complaints/work/{reference}")
    page.locator("#act-reply > summary").click()
    page.locator("#act-reply textarea").fill("สวัสดีค่ะ")
    page.locator("#act-reply details > summary").click()
    page.locator("#act-reply button[name=insert]").click()
    assert page.locator("#act-reply textarea").input_value() == f"สวัสดีค่ะ\n\n{READY}"
    assert page.locator(".errors").count() == 0
    assert not SavedView.objects.exists()


def test_a_case_file_prints_whole_without_its_forms(site: Site) -> None:
    world = full_desk()
    page = at_work(site, "kk-muni", path=f"/complaints/work/{world['reference']}")
    page.set_viewport_size(DESK)  # type: ignore[arg-type]  # a size by its two names
    page.emulate_media(media="print")
    assert page.locator(".told").is_visible()
    assert page.get_by_text(READY).first.is_visible()
    assert not page.locator(".acts").is_visible()
    assert not page.locator("nav.worknav").is_visible()
    assert not page.locator("button:visible").count()
