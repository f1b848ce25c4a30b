"""Pages of budgets: the nation in one sentence, drill-down, a day, gaps, search, data that sums to the same."""

import csv
import io
import json
import re
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from tests.small_state import NOW

from sala.core.actors import SYSTEM
from sala.services.budgeting import actions, demonstration, queries
from sala.services.budgeting.rules.stages import Stage


@pytest.fixture
def nation(db: None) -> None:
    """The invented nation of the demonstration."""
    demonstration.load_nation(NOW)


def _find(*names: str) -> queries.Heading:
    here = next(one.heading for one in queries.list_top(2569) if names[0] in one.heading.name)
    for name in names[1:]:
        here = next(one.heading for one in queries.get_whole(here).below if name in one.heading.name)
    return here


ROAD = ("ถนนหนทาง", "กรมถนน", "ถนนปลอดภัย", "ซ่อมถนน", "งบลงทุน")


@pytest.mark.req("BUD-3.1", "BUD-2.2")
@pytest.mark.usefixtures("nation")
@pytest.mark.parametrize("language", ["", "/en"])
def test_the_first_page_tells_the_budget_in_a_sentence_boxes_and_a_table(
    client: Client, language: str
) -> None:
    page = client.get(f"{language}/budget/").content.decode()
    assert "กระทรวงโรงเรียน (สมมติ) 26" in page
    assert page.count("<svg") >= 2
    assert "100" in page
    for odd in (
        "on=x",
        "on=2569-99-99",
        "stage=spent",
        "of=-4",
        "of=abc",
        "of=%00",
        "of=" + "9" * 60,
        "stage=ceiling",
    ):
        assert client.get(f"{language}/budget/?{odd}").status_code == 200, odd
    assert client.get("/budget/2400/").status_code == 404


@pytest.mark.usefixtures("nation")
def test_an_amount_of_ones_own_is_split_as_the_budget_is(client: Client) -> None:
    page = client.get("/en/budget/?of=1,000").content.decode()
    cells = re.findall(r"<td class=\"num\" data-label=\"Of your amount\">([0-9.,]+) baht", page)
    assert 999 < sum(float(cell.replace(",", "")) for cell in cells) <= 1000
    assert "no bill" in page
    assert "no amount of baht" in client.get("/en/budget/?of=abc").content.decode()


@pytest.mark.req("BUD-3.2", "BUD-1.2")
@pytest.mark.usefixtures("nation")
def test_a_line_shows_its_events_and_its_state_on_any_day(client: Client) -> None:
    road = _find(*ROAD)
    address = f"/en/budget/2569/{road.code}"
    page = client.get(address).content.decode()
    assert "คำสั่งโอน 4/2569" in page
    assert "2,000,000 baht" in page
    assert "money-steps" in page
    before = client.get(f"{address}?on=2026-02-15").content.decode()
    assert before.count("nothing published") == page.count("nothing published") + 2 + 0, (
        "no transfer, nothing paid yet"
    )
    assert client.get(f"/budget/2569/{'0' * 16}").status_code == 404


@pytest.mark.usefixtures("nation")
def test_what_is_no_day_is_said_and_given_back_to_be_mended(client: Client) -> None:
    page = client.get("/en/budget/?on=31 Feb 2569").content.decode()
    assert "no day we understand" in page
    assert 'value="31 Feb 2569"' in page
    assert "no day we understand" not in client.get("/en/budget/?on=15 ม.ค. 69").content.decode()


@pytest.mark.usefixtures("nation")
def test_what_nobody_published_is_a_gap_and_no_zero(client: Client) -> None:
    forest = _find("น้ำและป่า", "กรมป่า")
    page = client.get(f"/en/budget/2569/{forest.code}").content.decode()
    assert 'class="gap">nothing published' in page
    assert ">0 baht" not in page


@pytest.mark.req("BUD-2.3")
@pytest.mark.usefixtures("nation")
def test_somebody_who_wonders_asks_with_the_name_of_the_line_carried_over(client: Client) -> None:
    page = client.get(f"/budget/2569/{_find(*ROAD).code}").content.decode()
    assert "?text=" in page
    assert "%E0%B8%8B%E0%B9%88%E0%B8%AD%E0%B8%A1%E0%B8%96%E0%B8%99%E0%B8%99" in page


@pytest.mark.usefixtures("nation")
def test_lines_are_found_by_words_in_them(client: Client) -> None:
    assert "ซ่อมถนนบ้านดอนหวาย" in client.get("/budget/search?q=ถนน ดอนหวาย").content.decode()
    assert 'class="card"' not in client.get("/budget/search?q=ไม่มีคำนี้แน่").content.decode()
    for odd in ("q=%00", "q='", "year=x", "page=99999", "q=" + "ก" * 300, ""):
        assert client.get(f"/budget/search?{odd}").status_code == 200, odd


@pytest.mark.req("BUD-3.4")
@pytest.mark.usefixtures("nation")
def test_whoever_downloads_every_line_gets_the_sum_of_the_page(client: Client) -> None:
    rows: list[dict[str, Any]] = []
    address = "/data/budget_lines.json?size=100&year=2569"
    while address:
        answer = client.get(address)
        rows += answer.json()["rows"] if "rows" in answer.json() else answer.json()["data"]
        link = answer.headers.get("Link", "")
        address = link.partition("<")[2].partition(">")[0].partition("testserver")[2] or (
            link.partition("<")[2].partition(">")[0]
            and "/data" + link.partition("/data")[2].partition(">")[0]
        )
    paid = sum(row["satang"] for row in rows if row["stage"] == "disbursement" and row["money_year"] == 2569)
    assert paid == queries.sums_of_year(2569)[Stage.DISBURSEMENT]
    text = client.get("/data/budget_lines.csv").content.decode("utf-8-sig")
    assert next(csv.DictReader(io.StringIO(text)))["stage"] == "requested"


@pytest.mark.usefixtures("nation")
def test_the_boxes_come_as_a_file_and_events_with_a_proof(client: Client) -> None:
    ElementTree.fromstring(client.get("/budget/2569/map.svg").content)
    event = queries.list_events(_find(*ROAD))[0]
    told = json.loads(client.get(f"/budget/events/{event.pk}/proof.json").content)
    assert told["root"] == event.load.root
    assert client.get("/budget/events/999999999999999999999/proof.json").status_code == 404


@pytest.mark.usefixtures("nation")
def test_what_was_read_stands_beside_what_lacks(client: Client) -> None:
    page = client.get("/en/budget/2569/reading").content.decode()
    assert "Some invented offices" in page
    assert "Invented example" in page


@pytest.mark.usefixtures("nation")
def test_the_invented_nation_keeps_every_identity() -> None:
    assert queries.list_broken(2569) == []


def test_a_site_without_a_budget_says_what_to_do(client: Client, db: None) -> None:
    assert "sala import budget" in client.get("/en/budget/").content.decode()


@pytest.mark.usefixtures("nation")
@pytest.mark.parametrize(
    ("address", "count"),
    [
        ("/budget/", 4),
        ("/budget/2569/reading", 4),
        ("/budget/search?q=ถนน", 4),
        ("/data/budget_lines.json", 2),
    ],
)
def test_a_page_asks_the_database_a_fixed_number_of_times(
    client: Client, django_assert_num_queries: Callable[[int], Any], address: str, count: int
) -> None:
    client.get(address)
    with django_assert_num_queries(count):
        client.get(address)


@pytest.mark.usefixtures("nation")
def test_a_heading_is_read_in_four_queries_however_many_lines_it_has(
    client: Client, django_assert_num_queries: Callable[[int], Any]
) -> None:
    address = f"/budget/2569/{_find(*ROAD[:2]).code}"
    client.get(address)
    for _again in range(2):
        with django_assert_num_queries(4):
            client.get(address)
        more = [
            (
                2,
                {
                    "ministry": "กระทรวงถนนหนทาง (สมมติ)",
                    "agency": "กรมถนนชนบท (สมมติ)",
                    "plan": f"แผน {n}",
                    "amount": "5",
                },
            )
            for n in range(40)
        ]
        options = {"source": "more", "fiscal_year": "2569", "stage": "act", "holds_on": "2025-10-01"}
        actions.import_budget(actor=SYSTEM, now=NOW, rows=more, options=options)
