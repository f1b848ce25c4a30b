"""Floods are held off at the doors of complaints, without a puzzle, and the refusal says when to come back."""

import pytest
from django.test import Client
from tests.services.complaints.factories import SOMYING, filed_reference
from tests.small_state import NOW

from sala.core import clock

pytestmark = [pytest.mark.usefixtures("state"), pytest.mark.req("MCH")]


def test_the_last_digits_of_a_phone_cannot_be_tried_out() -> None:
    reference = filed_reference(contact=SOMYING)
    with clock.frozen(NOW):
        answers = [
            Client().post("/complaints/track", {"reference": reference, "phone_tail": f"{tail:04d}"})
            for tail in range(7)
        ]
    assert [a.status_code for a in answers] == [422] * 6 + [429]
    assert 0 < int(answers[-1]["Retry-After"]) <= 3600


def test_joining_from_ever_new_browsers_has_an_end() -> None:
    reference = filed_reference(contact=SOMYING)
    with clock.frozen(NOW):
        codes = {Client().post(f"/complaints/{reference}/join").status_code for _ in range(121)}
    assert codes == {302, 429}
