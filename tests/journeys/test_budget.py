"""A villager finds what was spent on a road and opens the line; a journalist's download sums to the same figure."""

import csv
import io
import urllib.request
from collections.abc import Callable

import pytest
from tests.small_state import NOW

from journeys.conftest import PHONE, Site
from sala.services.budgeting import demonstration, queries
from sala.services.budgeting.rules.stages import Stage

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("state")]


@pytest.mark.req("BUD-3.1", "BUD-3.2", "BUD-3.4")
@pytest.mark.timeout(300)
@pytest.mark.parametrize("start", ["", "/en"])
def test_a_villager_finds_a_road_and_a_journalist_gets_the_same_sum(
    site: Site, check_axe: Callable[..., None], start: str
) -> None:
    demonstration.load_nation(NOW)
    page = site.open(f"{start}/budget/", on=PHONE, javascript=False)
    page.locator("#q").fill("ถนน ดอนหวาย")
    page.locator("main form[role=search] button").click()
    page.locator("main h3 a").first.click()
    assert "ซ่อมถนนบ้านดอนหวาย" in page.locator("h1").inner_text()
    page.locator("table.sums a").first.click()
    assert "คำสั่งโอน 4/2569" in page.locator("main").inner_text()
    line = page.url.rpartition("/")[2]
    seen = site.open(f"{start}/budget/2569/{line}", on=PHONE)
    assert seen.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    check_axe(seen)
    address = (
        f"{page.url.partition('/budget/')[0].removesuffix('/en')}/data/budget_lines.csv?year=2569&size=1000"
    )
    with urllib.request.urlopen(address) as answer:  # noqa: S310  # the test's own site
        rows = list(csv.DictReader(io.StringIO(answer.read().decode("utf-8-sig"))))
    paid = sum(int(row["satang"]) for row in rows if row["stage"] == "disbursement")
    shown = site.open("/en/budget/2569/?stage=disbursement", on=PHONE, javascript=False)
    assert f"{paid // 100:,}" in shown.locator("main").inner_text()
    assert paid == queries.sums_of_year(2569)[Stage.DISBURSEMENT]
