"""Taking a complaint for someone: what is already known is offered first, the date told is kept."""

import io
from datetime import date

import pytest
from tests.services.complaints.test_work_pages import picture, signed_in
from tests.small_state import NOW

from sala.core import clock
from sala.core.actors import ANONYMOUS, Role
from sala.services.complaints import actions, queries
from sala.services.complaints.actions import Filing
from sala.services.complaints.models import Complaint

pytestmark = [pytest.mark.usefixtures("state"), pytest.mark.req("MCH")]

TEXT = "ไฟทางดับทั้งซอยหลังวัดป่า มืดมาก"
VALUES = {
    "channel": "phone", "text": TEXT, "topic": "street_light", "area_words": "ในเมือง ขอนแก่น",
    "phone": "081 234 5678", "privacy": "public",
}  # fmt: skip
PATH = "/complaints/work/intake"


def known() -> str:
    filing = Filing(text=TEXT, topic="street_light", area="400101")
    return actions.file_complaint(actor=ANONYMOUS, now=NOW, filing=filing).reference


def test_an_open_one_about_the_same_is_offered_and_callers_are_counted_once_each() -> None:
    reference, operator = known(), signed_in("opm-1111", Role.OPERATOR)
    with clock.frozen(NOW):
        offered = operator.post(PATH, VALUES)
        assert offered.status_code == 200
        assert f'name="join" value="{reference}"' in offered.content.decode()
        assert TEXT in offered.content.decode()
        for phone in ("081 234 5678", "081 234 5678", "089 999 8888"):
            answer = operator.post(PATH, VALUES | {"join": reference, "phone": phone})
            assert answer.status_code == 302
    assert queries.get_complaint(reference).matter.supporters == 2
    assert Complaint.objects.count() == 1


def test_none_of_these_files_a_new_one() -> None:
    known()
    operator = signed_in("opm-1111", Role.OPERATOR)
    with clock.frozen(NOW):
        answer = operator.post(PATH, VALUES | {"new": "1"})
    assert answer["Location"] == "/complaints/work/slip"
    assert Complaint.objects.count() == 2


def test_the_date_on_a_paper_form_is_kept_and_a_day_to_come_is_asked_again() -> None:
    operator = signed_in("kk-muni")
    with clock.frozen(NOW):
        paper = VALUES | {"channel": "paper", "when": "๑๗ พฤศจิกายน ๒๕๖๙"}
        assert operator.post(PATH, paper | {"when": "30 พ.ย. 2569"}).status_code == 422
        assert operator.post(PATH, paper).status_code == 302
    complaint = Complaint.objects.get()
    assert (complaint.happened_on, complaint.channel) == (date(2026, 11, 17), "paper")
    assert complaint.happened_words == paper["when"]


@pytest.mark.req("MCH")
def test_a_picture_handed_over_at_the_counter_goes_with_the_complaint() -> None:
    operator = signed_in("opm-1111", Role.OPERATOR)
    values = {"channel": "counter", "text": "ฝาท่อหายหน้าโรงเรียน", "topic": "street_light", "privacy": "public"}
    wrong = operator.post("/complaints/work/intake", values | {"files": io.BytesIO(b"no picture")})
    assert wrong.status_code == 422
    assert operator.post("/complaints/work/intake", values | {"files": picture()}).status_code == 302
    complaint = Complaint.objects.get()
    assert complaint.attachments.get().is_public
    assert complaint.intake_by_id == operator.session["person_id"]
