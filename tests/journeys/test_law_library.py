"""The law library on a phone: found, read, one section, two versions compared; nothing too wide, axe clean."""

from collections.abc import Callable

import pytest
from tests.services.lawmaking.library import fill

from journeys.conftest import PHONE, Site

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("state")]


@pytest.mark.req("LAW-P")
@pytest.mark.timeout(300)
@pytest.mark.parametrize("start", ["", "/en"])
def test_a_law_is_found_read_and_compared_on_a_phone_without_scripts(
    site: Site, check_axe: Callable[..., None], start: str
) -> None:
    fill()
    page = site.open(f"{start}/laws/?q=เงินประกัน", on=PHONE, javascript=False)
    page.locator("main h3 a").first.click()
    assert "หนึ่งเดือน" in page.locator("article").inner_text()
    page.locator("#sec_2 h3 a").click()
    assert "section-2@2023-10-01" in page.locator("main code").inner_text()
    paths = (
        "/laws/?q=เงินประกัน",
        "/laws/rental-2562",
        "/laws/rental-2562/section-2",
        "/laws/rental-2562/compare",
    )
    for path in paths:
        seen = site.open(f"{start}{path}", on=PHONE)
        assert seen.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path
        check_axe(seen)
