"""Where staff work, in a browser: every page without faults, a whole day without a mouse, keys that can be off."""

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.urls import resolve
from django.utils.translation import override
from playwright.sync_api import Page

from journeys import addresses
from journeys.conftest import DESK, PHONE, Site, shows_focus, tab_to
from journeys.people import at_work, photo, say
from sala.commons.identity import actions as identity
from sala.commons.identity.actions.looks import Subject
from sala.commons.identity.models import AccessQuestion, AccessRecord, Person
from sala.commons.matters.uploads import keep_file
from sala.core import clock
from sala.core.actors import ANONYMOUS, Actor, Grant, Role
from sala.services.complaints import actions, queries
from sala.services.complaints.actions import Filing, PauseReason, Privacy
from sala.services.complaints.models import Complaint, ReplyTemplate, SavedView
from sala.services.complaints.queries import Contact
from sala.services.complaints.rules import EscalationLevel

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("state")]
NARROWEST = 320  # what 400 % zoom leaves of a desk's screen
TEXT = "ไฟทางดับทั้งซอยหลังวัดป่า เดินกลับบ้านตอนกลางคืนกลัวมาก โทร 081-234-5678"
READY = "ได้รับเรื่องแล้ว ช่างจะไปดูพรุ่งนี้"
DONE = "เปลี่ยนหลอดไฟทั้ง 9 ดวงแล้ว ไฟติดครบทุกดวง"


def filed(text: str = TEXT, *, days_ago: int = 0, **more: object) -> str:
    values = {"topic": "street_light", "area": "400101", "contact": Contact(phone="081-234-5678"), **more}
    filing = Filing(text=text, **values)  # type: ignore[arg-type]  # the fields of a filing
    at = clock.now() - timedelta(days=days_ago)
    return actions.file_complaint(actor=ANONYMOUS, now=at, filing=filing).reference


def officer_of(agency: str, role: Role = Role.OFFICER) -> Actor:
    person = Person.objects.create(created_at=clock.now(), display_name="วิภา")
    return Actor(person_id=person.pk, grants=(Grant(role, agency),), assurance_level=2)


def with_picture() -> str:
    """The token of a draft that holds a picture."""
    now = clock.now()
    token = actions.save_draft(actor=ANONYMOUS, now=now, token="", answers={"text": TEXT})
    kept = keep_file(photo()["buffer"], "before.jpg")
    actions.attach_to_draft(actor=ANONYMOUS, now=now, token=token, kept=kept)
    return token


@pytest.fixture
def world(site: Site) -> dict[str, object]:
    """A full desk: one that went through everything, late ones, spam, covered words, a question about a look."""
    now, city = clock.now(), officer_of("kk-muni")
    reference = filed(days_ago=90, privacy=Privacy.AGENCY_ONLY, draft_token=with_picture())
    actions.start_work(actor=city, now=now, reference=reference)
    actions.share_complaint(actor=city, now=now, reference=reference, agency="pea", reason="ช่วยดับไฟแรงสูง")
    actions.split_complaint(
        actor=city,
        now=now,
        reference=reference,
        agency="pea",
        topic="electricity",
        text="สายหย่อน",
        reason="คนละงาน",
    )
    actions.reply_to_person(actor=city, now=now, reference=reference, text=READY)
    actions.add_note(actor=city, now=now, reference=reference, text="โทรแล้วไม่รับ")
    pause = {"reason": PauseReason.WEATHER, "words": "ฝนตกหนัก"}
    actions.pause_clock(actor=city, now=now, reference=filed(days_ago=3), **pause)
    late = filed(days_ago=80)
    actions.escalate_complaint(now=now, reference=late, level=EscalationLevel.CENTRAL)
    actions.escalate_complaint(now=now, reference=reference, level=EscalationLevel.SUPERVISOR)
    filed(is_suspect=True)
    seen = filed("ไฟดับหน้าวัด โทร 089-111-2222 ช่วยด้วย")
    moderator = officer_of("opm-1111", Role.MODERATOR)
    actions.keep_as_it_is(actor=moderator, now=now, reference=seen)
    actions.keep_as_it_is(actor=moderator, now=now, reference=filed(is_suspect=True))
    closed = filed(days_ago=9)
    actions.reject_complaint(
        actor=city,
        now=now,
        reference=closed,
        reason=actions.RejectionReason.IN_COURT,
        text="เรื่องนี้อยู่ในศาลแล้ว ติดตามได้ที่ศาล",
    )
    ReplyTemplate.objects.create(agency="kk-muni", name="รับเรื่อง", text=READY)
    return {"reference": reference, "question_id": _question(city, reference)}


def _question(city: Actor, reference: str) -> int:
    person = Person.objects.create(created_at=clock.now())
    Complaint.objects.filter(matter__reference=reference).update(person=person)
    look = {"actor": city, "agency": "kk-muni", "purpose": "handle_complaint", "now": clock.now()}
    identity.record_access(**look, subjects=[Subject(person_id=person.pk, matter=reference)])
    record = AccessRecord.objects.get(person=person)
    asker = Actor(person_id=person.pk)
    identity.question_access(actor=asker, record_id=record.pk, text="ดูทำไม", now=clock.now())
    return int(AccessQuestion.objects.get().pk)


def faults_of(page: Page, check_axe: Callable[..., None]) -> list[str]:
    """What is wrong with a page, dark on a narrow phone and light on a desk."""
    try:
        page.emulate_media(color_scheme="dark")
        page.set_viewport_size({"width": NARROWEST, "height": 740})
        check_axe(page)
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= NARROWEST, f"{page.url} is {width} wide on a screen of {NARROWEST}"
        page.emulate_media(color_scheme="light")
        page.set_viewport_size(DESK)  # type: ignore[arg-type]  # a size by its two names
        check_axe(page)
    except AssertionError as fault:
        return [str(fault)]
    return []


@pytest.mark.timeout(900)
@pytest.mark.parametrize("language", ["th", "en"])
def test_every_page_of_staff_is_without_faults_for_axe(
    site: Site, check_axe: Callable[..., None], world: dict[str, object], language: str
) -> None:
    faults: list[str] = []
    pages: dict[str, Page] = {}
    for visit in (v for v in addresses.DESK_PAGES if v.visitor != addresses.BY_FORM):
        role, agency = visit.visitor.split("@")
        page = pages.get(visit.visitor) or at_work(site, agency, Role(role), "/healthz")
        pages[visit.visitor] = page
        answer = page.goto(visit.path(world, language))
        assert answer is not None
        assert answer.status == 200, f"{visit} by {visit.visitor}"
        faults += faults_of(page, check_axe)
    assert not faults, "\n\n".join(faults)


@pytest.mark.timeout(900)
@pytest.mark.parametrize("language", ["th", "en"])
def test_what_only_forms_open_is_without_faults_too(
    site: Site, check_axe: Callable[..., None], world: dict[str, object], language: str
) -> None:
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
    assert not faults, "\n\n".join(faults)
    promised = {visit.route for visit in addresses.DESK_PAGES if visit.visitor == addresses.BY_FORM}
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
    sent = queries.get_complaint(first).messages.get().text
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
    assert "/complaints/work/?" in page.url


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


def test_a_case_file_prints_whole_without_its_forms(site: Site, world: dict[str, object]) -> None:
    page = at_work(site, "kk-muni", path=f"/complaints/work/{world['reference']}")
    page.set_viewport_size(DESK)  # type: ignore[arg-type]  # a size by its two names
    page.emulate_media(media="print")
    assert page.locator(".told").is_visible()
    assert page.get_by_text(READY).first.is_visible()
    assert not page.locator(".acts").is_visible()
    assert not page.locator("nav.worknav").is_visible()
    assert not page.locator("button:visible").count()
