"""One complaint's whole life in a browser: filed, forwarded, shown done, reopened, done again, confirmed, proven."""

import re
import urllib.request

import pytest
from playwright.sync_api import Page

from journeys.conftest import PHONE, Site, shows_focus, tab_to
from journeys.people import at_work, photo, say
from sala.commons.ledger.sequencer import sequence_now
from sala.core.actors import Role
from sala.engines import merkle

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("state")]

TEXT = "ไฟทางดับทั้งซอยหลังวัดป่า เดินกลับบ้านตอนกลางคืนกลัวมาก โทร 081-234-5678"
WHAT_PEA_DID = "เปลี่ยนหลอดไฟทั้ง 9 ดวงและซ่อมสายเมนแล้ว ไฟติดครบทุกดวง"
STILL_DARK = "ยังมี 2 ดวงท้ายซอยที่ไม่ติด"


def press(page: Page, words: str) -> None:
    """Press the button or follow the link that says this, in Thai."""
    name = say(words)
    thing = page.get_by_role("button", name=name, exact=True).or_(
        page.get_by_role("link", name=name, exact=True)
    )
    thing.first.click()


def file_on_a_phone(site: Site) -> tuple[Page, str]:
    """File in Thai on a screen of 360 px without scripts; the person's page and the number."""
    page = site.open("/complaints/", on=PHONE, javascript=False)
    press(page, "File a complaint")
    page.locator("textarea[name=text]").fill(TEXT)
    page.locator("select[name=topic]").select_option("street_light")
    press(page, "Continue")
    page.get_by_label(say("Subdistrict, district or province")).fill("ในเมือง ขอนแก่น")
    page.get_by_role("textbox", name=say("Where exactly?")).fill("ซอยหลังวัดป่า")
    press(page, "Continue")
    page.locator("input[name=files]").set_input_files(photo("before.jpg"))
    press(page, "Continue")
    press(page, "Continue")  # public, but without my name
    page.get_by_label(say("Telephone"), exact=False).first.fill("081-234-5678")
    press(page, "Continue")
    assert page.get_by_text(TEXT).is_visible()
    assert fits(page)
    press(page, "Send the complaint")
    reference = page.locator(".panel .num").inner_text()
    assert re.fullmatch(r"C\d\d-\d{7}-\d", reference)
    assert fits(page)
    press(page, "Go to my complaint")
    return page, reference


def fits(page: Page) -> bool:
    """Whether nothing is wider than the phone."""
    return all(
        (box := thing.bounding_box()) is None or box["x"] + box["width"] <= PHONE["width"] + 1
        for thing in page.locator("main > *").all()
    )


def act(page: Page, reference: str, name: str, **fields: str) -> None:
    """An officer opens a complaint, opens one act, fills it in and sends it."""
    page.goto(f"/complaints/work/{reference}")
    form = page.locator(f"#act-{name}")
    if form.get_attribute("open") is None:
        form.locator("summary").first.click()
    for field, value in fields.items():
        entry = form.locator(f"[name={field}]")
        if entry.evaluate("e => e.tagName") == "SELECT":
            entry.select_option(value)
        else:
            entry.fill(value)
    if name == "resolve":
        form.locator("input[type=file]").set_input_files(photo())
    form.locator("form button.btn:not([data-insert])").last.click()
    assert page.locator(".errors").count() == 0, page.locator(".errors").inner_text()


def steps_of(page: Page, reference: str) -> list[str]:
    """What the public page says happened, as everyone sees it, in order."""
    page.goto(f"/complaints/{reference}")
    return [text.strip() for text in page.locator(".line li:not(.next) .what").all_inner_texts()]


def prove_each_step(site: Site, page: Page, reference: str) -> int:
    """Follow every step to its page in the ledger, and check its proof with the log's key, from outside."""
    page.goto(f"/complaints/{reference}")
    links = [link.get_attribute("href") or "" for link in page.locator(".line li .what a").all()]
    key = merkle.parse_verifier_key(fetch(f"{site.url}/ledger/key").decode().strip())
    for link in links:
        page.goto(link)
        assert page.get_by_role("heading", name=say("The proof"), exact=True).is_visible()
        assert page.get_by_role("link", name=reference).count() >= 1
        body = fetch(f"{site.url}{link}/entry.json")
        position, proof, note = merkle.read_proof(fetch(f"{site.url}{link}/entry.tlog-proof").decode())
        checkpoint = merkle.open_checkpoint(note, key)
        merkle.verify_inclusion(
            leaf=merkle.leaf_hash(body),
            position=position,
            size=checkpoint.size,
            proof=proof,
            root=checkpoint.root,
        )
        assert reference.encode() in body
        assert b"081-234-5678" not in body
    return len(links)


def fetch(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=10) as answer:
        return bytes(answer.read())


@pytest.mark.req("CMP-1.1", "CMP-1.2", "CMP-2.2", "CMP-3.3", "CMP-P2", "RES", "TRU-2", "TRU-3")
@pytest.mark.req("PAIN-01", "PAIN-02", "PAIN-03", "PAIN-07")
def test_a_complaint_from_a_phone_to_the_confirmed_end(site: Site) -> None:
    person, reference = file_on_a_phone(site)
    city, power = at_work(site, "kk-muni"), at_work(site, "pea")
    act(city, reference, "forward", agency="pea", reason="เสาและสายเป็นของการไฟฟ้า")
    power.goto("/work/inbox?kind=complaint&view=open")
    assert power.get_by_text(reference).first.is_visible()
    act(power, reference, "start")
    act(power, reference, "resolve", text=WHAT_PEA_DID)

    person.goto(f"/complaints/{reference}/own")
    press(person, "No, open it again")
    person.locator("textarea").fill(STILL_DARK)
    press(person, "Open it again")
    assert say("It is open again, and the office has been told.") in person.locator("main").inner_text()

    act(power, reference, "resolve", text=WHAT_PEA_DID + " รวมสองดวงท้ายซอย")
    person.goto(f"/complaints/{reference}/own")
    press(person, "Yes, it is solved")
    person.get_by_label(say("Very well")).check()
    press(person, "Yes, it is solved")

    sequence_now()
    anyone = site.open("/", on=PHONE, javascript=False)
    told = steps_of(anyone, reference)
    expected = [
        "Received",
        "Sent on",
        "Work has begun",
        "Done, says the office",
        "Opened again by the person",
    ]
    expected += ["Done, says the office", "Solved, says the person"]
    assert [step for step in told if step in {say(words) for words in expected}] == [say(w) for w in expected]
    page = anyone.locator("main").inner_text()
    assert WHAT_PEA_DID in page
    assert "081-234-5678" not in page
    assert anyone.locator("main img").count() >= 2  # before and after
    assert prove_each_step(site, anyone, reference) == len(told)


@pytest.mark.req("MCH", "TRU-2", "TRU-3", "PAIN-05", "PAIN-16")
def test_a_complaint_by_telephone_is_followed_by_number_and_last_digits(site: Site) -> None:
    operator = at_work(site, "opm-1111", Role.OPERATOR, "/complaints/work/intake")
    operator.locator("textarea[name=text]").fill(TEXT)
    operator.locator("select[name=topic]").select_option("street_light")
    operator.locator("[name=area_words]").fill("ในเมือง ขอนแก่น")
    operator.locator("[name=phone]").fill("081-234-5678")
    press(operator, "Read it back")
    press(operator, "It is right: file it and show the slip")
    reference = operator.locator(".slip .num").first.inner_text()
    # Code and picture are the person's: on paper alone, never on the screen of staff.
    assert not operator.locator(".slip svg").is_visible()
    operator.emulate_media(media="print")
    assert operator.locator(".slip svg").is_visible()
    city = at_work(site, "kk-muni")
    act(city, reference, "start")
    act(city, reference, "resolve", text=WHAT_PEA_DID)

    caller = site.open("/complaints/track", on=PHONE, javascript=False)
    caller.locator("[name=reference]").fill(reference)
    caller.locator("[name=phone_tail]").fill("0000")
    press(caller, "Show it")
    assert caller.locator(".errors").is_visible()
    caller.locator("[name=phone_tail]").fill("5678")
    press(caller, "Show it")
    press(caller, "No, open it again")
    caller.locator("textarea").fill(STILL_DARK)
    press(caller, "Open it again")
    act(city, reference, "resolve", text=WHAT_PEA_DID)
    caller.goto(f"/complaints/{reference}/own")
    press(caller, "Yes, it is solved")
    press(caller, "Yes, it is solved")

    sequence_now()
    told = steps_of(caller, reference)
    assert told[0] == say("Received")
    assert told[-1] == say("Solved, says the person")
    assert prove_each_step(site, caller, reference) == len(told)


def type_at(page: Page, name: str, words: str) -> None:
    """Reach a field by Tab alone, see that the focus shows, and type."""
    tab_to(page, name)
    assert shows_focus(page)
    page.keyboard.type(words)


def enter_at(page: Page, name: str) -> None:
    """Reach a button or link by Tab alone, and press Enter."""
    tab_to(page, name)
    assert shows_focus(page)
    with page.expect_navigation():
        page.keyboard.press("Enter")


@pytest.mark.req("MCH")
def test_filing_and_the_officers_page_need_no_mouse(site: Site) -> None:
    page = site.open("/en/complaints/")
    enter_at(page, "File a complaint")
    type_at(page, "What happened?", TEXT)
    enter_at(page, "Continue")
    type_at(page, "Subdistrict, district or province", "Nai Mueang")
    for _ in ("where", "when", "privacy", "contact"):
        enter_at(page, "Continue")
    enter_at(page, "Send")
    reference = page.locator(".panel .num").inner_text()

    at_work(site, "kk-muni")  # an office where nobody works would ask the officer once more
    officer = at_work(site, "opm-1111", path=f"/en/complaints/work/{reference}")
    tab_to(officer, "Send to another office")
    officer.keyboard.press("Enter")
    tab_to(officer, "Office")
    officer.keyboard.type("Khon Kaen")
    officer.locator("[role=option]:visible").first.wait_for()
    officer.keyboard.press("ArrowDown")
    officer.keyboard.press("Enter")
    type_at(officer, "Reason", "Street lights of the city")
    enter_at(officer, "Send to another office")
    city = at_work(site, "kk-muni", path="/en/complaints/work/?view=new")
    enter_at(city, TEXT[:12])
    assert reference in city.url
