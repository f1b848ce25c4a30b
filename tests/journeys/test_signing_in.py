"""Signing in on a small phone without scripts, one's own pages, who looked: no fault for axe in either language."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.mail import EmailMessage

from journeys.conftest import DESK, PHONE, Site, tab_to
from sala.commons.identity import actions
from sala.commons.identity.actions.looks import Subject
from sala.commons.identity.models import Person
from sala.core import clock
from sala.core.actors import Actor, Grant, Role
from sala.platform import limits

pytestmark = [pytest.mark.browser, pytest.mark.req("TRU-1", "TRU-2")]
OWN_PAGES = [
    "/me/",
    "/me/settings/",
    "/me/access/",
    "/me/consents/",
    "/me/data/",
    "/me/erase/",
    "/me/settings/e-mail/",
]


@pytest.fixture(autouse=True)
def _demonstration(settings: Any) -> None:
    settings.DEMO = True
    limits.forget_everything()


def test_a_code_by_e_mail_signs_in_on_a_phone_without_scripts(
    site: Site, mailoutbox: list[EmailMessage]
) -> None:
    page = site.open("/sign-in/?next=/me/", on=PHONE, javascript=False)
    page.get_by_label("อีเมลของคุณ").fill("no address")
    page.get_by_role("button", name="ส่งรหัสให้ฉัน").click()
    assert page.get_by_role("link", name=re.compile("อีเมลนี้ยังไม่ถูกต้อง")).is_visible()
    assert page.get_by_label("อีเมลของคุณ").input_value() == "no address"
    page.get_by_label("อีเมลของคุณ").fill("nok@example.th")
    page.get_by_role("button", name="ส่งรหัสให้ฉัน").click()
    found = re.search(r"\b\d{6}\b", str(mailoutbox[0].body))
    assert found is not None
    page.get_by_label("รหัสจากอีเมล").fill(f"{found[0][:3]} {found[0][3:]}")
    page.get_by_role("button", name="ต่อไป").click()
    assert page.url == f"{site.url}/me/"
    page.get_by_role("button", name="ออกจากระบบ").click()
    assert page.get_by_role("heading", name="คุณออกจากระบบแล้ว").is_visible()
    assert page.goto("/me/") is not None
    assert "/sign-in/" in page.url


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_own_pages_are_without_faults_for_axe_and_fit_a_phone(
    site: Site, check_axe: Callable[..., None], prefix: str
) -> None:
    page = site.open(f"{prefix}/sign-in/demo/?next={prefix}/me/access/", on=DESK)
    tab_to(page, "Somying Jaiyen" if prefix else "สมหญิง ใจเย็น")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site.url}{prefix}/me/access/")
    person = Person.objects.get(display_name="สมหญิง ใจเย็น").pk
    officer = Actor(
        person_id=Person.objects.create(created_at=clock.now()).pk, grants=(Grant(Role.OFFICER, "bma"),)
    )
    actions.record_access(
        actor=officer,
        agency="bma",
        purpose="handle_complaint",
        subjects=[Subject(person, "C69-0001234-7")],
        now=clock.now(),
    )
    page.reload()
    assert page.get_by_text("C69-0001234-7").is_visible()
    ask = page.get_by_role("link", name="Ask why" if prefix else "ถามเหตุผล").get_attribute("href")
    for path in [*(prefix + own for own in OWN_PAGES), str(ask)]:
        for viewport in (PHONE, DESK):
            page.set_viewport_size(viewport)  # type: ignore[arg-type]  # width and height
            page.goto(path)
            check_axe(page)
            width = page.evaluate("document.documentElement.scrollWidth")
            assert width <= viewport["width"], f"{path} is too wide"
