"""Floods are held off at the doors of complaints, without a puzzle, and the refusal says when to come back."""

import pytest
from django.test import Client
from tests.small_state import NOW

from sala.core import clock
from sala.core.actors import ANONYMOUS
from sala.services.complaints import actions
from sala.services.complaints.actions import Filing
from sala.services.complaints.queries import Contact
from sala.services.complaints.rules import Privacy

pytestmark = [pytest.mark.usefixtures("state"), pytest.mark.req("MCH")]


def filed() -> str:
    filing = Filing(
        text="ไฟทางดับทั้งซอยหลังวัดป่า มืดมาก",
        topic="street_light",
        privacy=Privacy.PUBLIC,
        area="400101",
        contact=Contact(phone="081-234-5678"),
    )
    return actions.file_complaint(actor=ANONYMOUS, now=NOW, filing=filing).reference


def test_the_last_digits_of_a_phone_cannot_be_tried_out() -> None:
    reference = filed()
    with clock.frozen(NOW):
        answers = [
            Client().post("/complaints/track", {"reference": reference, "phone_tail": f"{tail:04d}"})
            for tail in range(11)
        ]
    assert [a.status_code for a in answers] == [422] * 10 + [429]
    assert 0 < int(answers[-1]["Retry-After"]) <= 3600


def test_joining_from_ever_new_browsers_has_an_end() -> None:
    reference = filed()
    with clock.frozen(NOW):
        codes = {Client().post(f"/complaints/{reference}/join").status_code for _ in range(121)}
    assert codes == {302, 429}
