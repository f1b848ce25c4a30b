"""Words that were typed and not sent: they come back, and a lost connection shows no error page."""

import pytest
from playwright.sync_api import expect

from journeys.conftest import Site

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("state")]


@pytest.mark.req("CMP-1.1")
def test_words_not_sent_come_back_and_a_lost_connection_is_told_calmly(site: Site) -> None:
    page = site.open("/complaints/new")
    page.locator("[name=text]").fill("ไฟทางดับทั้งซอย")
    expect(page.locator("[data-kept-here]")).to_be_visible()
    page.reload()
    expect(page.locator("[data-put-back]")).to_be_visible()
    expect(page.locator("[name=text]")).to_have_value("ไฟทางดับทั้งซอย")
    page.context.set_offline(True)
    page.locator("form[data-draft] .row > .btn").first.click()
    expect(page.locator("[data-offline]")).to_be_visible()
    page.context.set_offline(False)
    expect(page.locator("[data-offline]")).to_be_hidden()
    page.evaluate("document.querySelector('form[data-draft]').requestSubmit()")
    page.wait_for_url("**/where")
    assert page.evaluate("Object.keys(localStorage)") == []
