"""The way between offices is public: who sent it where, why, and the alarm after three times."""

from datetime import timedelta

import pytest
from django.test import Client
from tests.services.complaints.factories import filed_reference
from tests.small_state import NOW, staff

from sala.services.complaints import actions, queries, words
from sala.services.complaints.queries import page


@pytest.mark.usefixtures("state")
@pytest.mark.req("CMP-2.2")
def test_everyone_sees_the_chain_with_its_reasons_and_the_alarm() -> None:
    reference, city, power = filed_reference(), staff("kk-muni"), staff("pea")
    why = "เสาเป็นของการไฟฟ้า สอบถามโทร 081-234-5678"
    actions.forward_complaint(actor=city, now=NOW, reference=reference, agency="pea", reason=why)
    actions.hand_back_complaint(actor=power, now=NOW, reference=reference, reason="ตรวจแล้วไม่ใช่เสาของเรา")
    before = Client().get(f"/complaints/{reference}").content.decode()
    assert "notice late" not in before
    actions.forward_complaint(actor=city, now=NOW, reference=reference, agency="pea", reason="ขอให้ตรวจอีกครั้ง")
    page = Client().get(f"/complaints/{reference}").content.decode()
    assert page.index("เสาเป็นของการไฟฟ้า") < page.index("ตรวจแล้วไม่ใช่เสาของเรา") < page.index("ขอให้ตรวจอีกครั้ง")
    assert "081-234-5678" not in page
    assert "notice late" in page


@pytest.mark.usefixtures("state")
@pytest.mark.req("CMP-1.2")
def test_a_date_that_has_passed_is_not_told_as_if_it_were_to_come() -> None:
    complaint = queries.get_complaint(filed_reference())
    for later, how_late in ((0, ""), (60, "เกิน")):
        now = NOW + timedelta(days=later)
        (*_, following) = words.line(page.get_page(complaint, now=now, is_own=False))
        assert following.due is not None
        assert how_late in following.text
        assert bool(following.text) == bool(how_late)
