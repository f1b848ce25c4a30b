"""A hearing from the office that opens it to people who speak in three ways and a second version of the text."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page
from tests.services.lawmaking.heard import OFFICE, put_back_hearing_periods
from tests.services.lawmaking.library import FIRST, SECOND

from journeys.conftest import PHONE, Site
from journeys.looking import faults_of
from journeys.people import at_work
from sala.commons.ledger.models import Entry
from sala.commons.ledger.queries import entries_of_matter
from sala.commons.participation.queries import count_voices
from sala.core import clock
from sala.core.actors import Role
from sala.core.clock import day_of
from sala.services.lawmaking.queries import hearings

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("state")]
ACT = "main details:has([name=act][value={}])"
TITLE = "คืนเงินประกันห้องเช่าภายใน 7 วัน"


def send(page: Page, within: str = "main") -> None:
    """Press the last button within what is named, and wait for the page that follows."""
    page.locator(f"{within} form[method=post] button.btn").last.click()
    page.wait_for_load_state()


def open_hearing(desk: Page) -> str:
    """An officer fills the one page that opens a hearing. Returns its number."""
    day = day_of(clock.now()) + timedelta(days=20)
    for name, words in {
        "title": TITLE,
        "summary": "วันนี้ไม่มีกำหนดวันคืนเงิน ร่างนี้ให้คืนภายใน 7 วัน",
        "why": "ผู้เช่าร้องเรียนว่าได้เงินคืนช้า",
        "open_points": "จำนวนวัน\nข้อยกเว้น",
        "questions": "คืนภายในกี่วันจึงเป็นธรรม",
        "text": FIRST,
        "closes_on": f"{day.day}/{day.month}/{day.year + 543}",
    }.items():
        desk.locator(f"main [name={name}]").fill(words)
    send(desk)
    return desk.url.rpartition("/")[2]


def unfold(desk: Page, act: str) -> None:
    """Open the form of one act of the office."""
    desk.locator(f"{ACT.format(act)} > summary").click()


def choose_words(page: Page, words: str) -> None:
    """Select words of the section as a finger does."""
    page.evaluate(
        """words => {
          const walk = document.createTreeWalker(document.querySelector("[data-speak-about]"), NodeFilter.SHOW_TEXT);
          while (walk.nextNode()) {
            const at = walk.currentNode.data.indexOf(words);
            if (at >= 0) getSelection().setBaseAndExtent(walk.currentNode, at, walk.currentNode, at + words.length);
          }
        }""",
        words,
    )
    page.wait_for_function("document.querySelector('#speak [name=quote]').value !== ''")


@pytest.mark.req("LAW-1.1")
@pytest.mark.timeout(600)
@pytest.mark.parametrize("start", ["", "/en"])
def test_three_people_speak_in_three_ways_and_the_office_publishes_a_second_version(
    site: Site, check_axe: Callable[..., None], start: str
) -> None:
    put_back_hearing_periods()
    faults: list[str] = []

    def look(page: Page) -> None:
        faults.extend(faults_of(page, check_axe))

    desk = at_work(site, OFFICE, Role.OFFICER, f"{start}/hearings/work/open")
    look(desk)
    reference = open_hearing(desk)
    look(desk)

    reader = site.open(f"{start}/hearings/", on=PHONE)
    reader.get_by_role("link", name=TITLE).click()
    look(reader)
    reader.goto(f"{start}/hearings/{reference}/section-2")
    choose_words(reader, "สองเดือน")
    assert reader.locator("#speak [name=quote]").input_value() == "สองเดือน"
    reader.locator("#speak [name=text]").fill("ห้องเล็กเก็บเดือนเดียวก็พอ")
    reader.locator("#speak [name=suggestion]").fill("หนึ่งเดือน")
    send(reader)
    assert reader.locator("ins", has_text="หนึ่ง").count() == 1, "a suggestion shows what it would put in"
    look(reader)

    unfold(desk, "take")
    desk.locator("#take_text").fill("ยายโทรมาว่าไม่มีเน็ต ขอสิบห้าวัน")
    desk.locator("[name=channel][value=phone]").check()
    send(desk, ACT.format("take"))

    plain = site.open(f"{start}/hearings/{reference}/speak", on=PHONE, javascript=False)
    plain.locator("[name=text]").fill("เห็นด้วย โทรถามผมได้ที่ 081-234-5678")
    send(plain)
    assert "5678" not in plain.locator("#speak .notice").inner_text(), "shown as everybody will read it"
    send(plain)
    assert plain.url.endswith(f"/hearings/{reference}/comments")
    assert "ยายโทรมา" in plain.locator("main").inner_text()
    assert "5678" not in plain.content()

    unfold(desk, "text")
    desk.locator("#text_note").fill("เก็บเงินประกันได้เดือนเดียว")
    desk.locator("#text_text").fill(SECOND)
    send(desk, ACT.format("text"))
    look(desk)
    reader.goto(f"{start}/hearings/{reference}")
    look(reader)
    assert "หนึ่งเดือน" in reader.locator("#sec_2 .text").inner_text(), "the newest text stands first"
    reader.goto(f"{start}/hearings/{reference}?version=1")
    assert "สองเดือน" in reader.locator("#sec_2 .text").inner_text(), "what people spoke about stays"

    voices = count_voices(hearings.get_hearing(reference).pk)
    assert (voices.comments, voices.channels) == (3, {"phone": 1, "web": 2})
    kinds = [entry.content["kind"].partition(".")[2] for entry in entries_of_matter(reference)]
    assert "commented" not in kinds, "voices are no steps of the hearing"
    voiced = Entry.objects.filter(kind="hearing.commented").count()
    assert voiced == 3, "each voice leaves one entry"
    assert kinds.count("text_published") == 2
    assert not faults, "\n\n".join(faults)
