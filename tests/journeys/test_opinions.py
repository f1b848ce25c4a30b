"""Answering statements on a phone: without scripts, and by keyboard alone; the map fits, axe clean, both languages."""

from collections.abc import Callable

import pytest
from tests.commons.participation.world import build

from journeys.conftest import PHONE, Site

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("state")]


@pytest.mark.req("LAW-2.1")
@pytest.mark.timeout(300)
@pytest.mark.parametrize("start", ["", "/en"])
def test_statements_are_answered_on_a_phone_without_scripts(
    site: Site, check_axe: Callable[..., None], start: str
) -> None:
    path = f"{start}/opinions/{build()['opinion_matter']}"
    page = site.open(path, on=PHONE, javascript=False)
    for value in ("agree", "disagree", "pass"):
        before = page.locator("blockquote").inner_text()
        page.locator(f"main button[value={value}]").click()
        assert page.locator("blockquote").inner_text() != before
    page.locator("main details summary").first.click()
    page.locator("main textarea").fill("ควรมีไฟที่ป้ายรถด้วย")
    page.locator("main details form button").click()
    assert page.locator("blockquote").count() == 1
    for one in (path, f"{path}/map", f"{start}/opinions/"):
        seen = site.open(one, on=PHONE)
        assert seen.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), one
        check_axe(seen)


@pytest.mark.req("LAW-2.1")
@pytest.mark.timeout(300)
def test_statements_are_answered_by_keyboard_alone(site: Site) -> None:
    page = site.open(f"/opinions/{build()['opinion_matter']}", on=PHONE)
    before = page.locator("blockquote").inner_text()
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.value") == "agree":
            break
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator("blockquote").inner_text() != before
