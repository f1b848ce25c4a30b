"""Taking a complaint for someone: what is already known is offered first, the date told is kept."""

import io
import re
from datetime import date

import pytest
from tests.commons.agencies.factories import signed_in
from tests.services.complaints.factories import filed_reference, picture
from tests.services.complaints.intake import PATH, TEXT, VALUES
from tests.small_state import NOW

from sala.commons.identity.models import AccessRecord
from sala.core import clock
from sala.core.actors import Role
from sala.services.complaints import queries
from sala.services.complaints.models import Complaint
from sala.services.complaints.queries import Contact

pytestmark = [pytest.mark.usefixtures("state"), pytest.mark.req("MCH")]


def test_an_open_one_about_the_same_is_offered_and_callers_are_counted_once_each() -> None:
    reference, operator = filed_reference(TEXT), signed_in("opm-1111", Role.OPERATOR)
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
    filed_reference(TEXT)
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
        assert operator.post(PATH, paper | {"send": "1"}).status_code == 302
    complaint = Complaint.objects.get()
    assert (complaint.happened_on, complaint.channel) == (date(2026, 11, 17), "paper")
    assert complaint.happened_words == paper["when"]


@pytest.mark.req("MCH")
def test_a_picture_handed_over_at_the_counter_goes_with_the_complaint() -> None:
    operator = signed_in("opm-1111", Role.OPERATOR)
    values = {"channel": "counter", "text": "ฝาท่อหายหน้าโรงเรียน", "topic": "street_light", "privacy": "public"}
    wrong = operator.post("/complaints/work/intake", values | {"files": io.BytesIO(b"no picture")})
    assert wrong.status_code == 422
    assert (
        operator.post("/complaints/work/intake", values | {"files": picture(), "send": "1"}).status_code
        == 302
    )
    complaint = Complaint.objects.get()
    assert complaint.matter.files.get().is_public
    assert complaint.intake_by_id == operator.session["person_id"]


def test_enter_reads_back_and_files_nothing_and_what_was_wrong_is_corrected() -> None:
    operator = signed_in("opm-1111", Role.OPERATOR)
    with clock.frozen(NOW):
        read = operator.post(PATH, VALUES | {"text": "ไฟทางดับ ซอย 4", "files": picture()})
        page = read.content.decode()
        assert "ทวนให้ผู้แจ้งฟัง" in page
        assert "ในเมือง เมืองขอนแก่น ขอนแก่น" in page
        assert not Complaint.objects.exists()
        draft = re.search(r'name="draft" value="([^"]+)"', page)
        assert draft is not None
        right = VALUES | {"text": "ไฟทางดับ ซอย 5", "send": "1", "draft": draft[1]}
        assert operator.post(PATH, right)["Location"] == "/complaints/work/slip"
    complaint = Complaint.objects.get()
    assert complaint.original == "ไฟทางดับ ซอย 5"
    assert complaint.matter.files.count() == 1


@pytest.mark.req("TRU-1")
def test_a_callers_earlier_complaints_are_found_by_telephone_and_the_look_is_recorded() -> None:
    operator = signed_in("opm-1111", Role.OPERATOR)
    with clock.frozen(NOW):
        before = filed_reference("ถนนเป็นหลุม", contact=Contact(phone="+66 81 234 5678"))
        quiet = operator.post(PATH, VALUES).content.decode()
        assert before not in quiet
        assert not AccessRecord.objects.exists()
        asked = operator.post(PATH, VALUES | {"earlier": "1"}).content.decode()
        assert before in asked
        other = operator.post(PATH, VALUES | {"earlier": "1", "phone": "081 234 5679"}).content.decode()
        assert before not in other
    assert AccessRecord.objects.get().purpose == "answer_caller"
