"""Looks of staff: each at what is not public is in the person's record, with its purpose."""

import pytest
from django.test import Client
from tests.commons.agencies.factories import signed_in
from tests.services.complaints.factories import picture
from tests.small_state import NOW

from sala.commons.drafts import actions as drafts
from sala.commons.drafts.queries import letter_key
from sala.commons.files.actions import keep_file
from sala.commons.files.queries import list_of_matter
from sala.commons.identity.models import AccessRecord
from sala.core.actors import ANONYMOUS, Role
from sala.services.complaints import actions, queries
from sala.services.complaints.actions import Filing, Privacy
from sala.services.complaints.queries import Contact

pytestmark = [pytest.mark.usefixtures("state"), pytest.mark.req("TRU-1")]
PHONE = "081-234-5678"


def filed(privacy: Privacy) -> tuple[str, str]:
    """A complaint with a picture; its reference and the address of the picture."""
    token = drafts.save_draft(kind="complaint", actor=ANONYMOUS, now=NOW, token="", answers={"text": "ไฟดับ"})
    kept = keep_file(picture().read())
    drafts.attach_to_draft(actor=ANONYMOUS, now=NOW, token=token, kept=kept)
    filing = Filing(
        text=f"ไฟทางดับ โทร {PHONE}", topic="street_light", area="400101", privacy=privacy,
        draft_token=token, contact=Contact(phone=PHONE),
    )  # fmt: skip
    reference = actions.file_complaint(actor=ANONYMOUS, now=NOW, filing=filing).reference
    stored = list_of_matter(queries.get_complaint(reference).pk)[0].stored_as
    return reference, f"/complaints/{reference}/files/{stored}"


def looks() -> list[tuple[str, str, str]]:
    return list(AccessRecord.objects.order_by("pk").values_list("matter", "agency", "purpose"))


def test_a_restricted_picture_is_shown_after_a_recorded_look_and_once_for_many() -> None:
    reference, address = filed(Privacy.AGENCY_ONLY)
    officer = signed_in("kk-muni")
    assert address not in officer.get(f"/complaints/work/{reference}").content.decode()
    assert looks() == []
    for _ in range(3):
        assert officer.get(address).status_code == 200
    assert looks() == [(reference, "kk-muni", "handle_complaint")]
    assert Client().get(address).status_code == 404
    assert signed_in("pea").get(address).status_code == 404
    assert len(looks()) == 1


def test_a_public_picture_and_the_persons_own_look_are_no_looks() -> None:
    _, public = filed(Privacy.PUBLIC)
    assert signed_in("kk-muni").get(public).status_code == 200
    reference, own = filed(Privacy.AGENCY_ONLY)
    person, key = Client(), letter_key(queries.get_complaint(reference))
    person.get(f"/complaints/{reference}/own", {"key": key})
    assert person.get(own).status_code == 200
    assert looks() == []


@pytest.mark.parametrize("door", ["contact", "original"])
def test_the_purpose_that_staff_state_is_the_one_the_person_reads(door: str) -> None:
    reference, address = filed(Privacy.AGENCY_ONLY)
    officer = signed_in("kk-muni")
    shown = officer.post(f"/complaints/work/{reference}/{door}", {"purpose": "court_order"})
    assert PHONE in shown.content.decode()
    assert looks() == [(reference, "kk-muni", "court_order")]
    if door == "original":
        assert address in shown.content.decode()
        officer.get(address)
        assert len(looks()) == 1


def test_a_purpose_that_is_not_this_roles_opens_nothing() -> None:
    reference, _ = filed(Privacy.PUBLIC)
    officer, auditor = signed_in("kk-muni"), signed_in("kk-muni", Role.AUDITOR)
    for purpose, status in (("inquiry", 403), ("curiosity", 422)):
        refused = officer.post(f"/complaints/work/{reference}/contact", {"purpose": purpose})
        assert refused.status_code == status
        assert PHONE not in refused.content.decode()
    assert looks() == []
    assert PHONE in auditor.post(f"/complaints/work/{reference}/contact").content.decode()
    assert looks() == [(reference, "kk-muni", "audit")]


def test_who_opens_a_complaint_for_a_caller_is_in_the_record() -> None:
    reference, _ = filed(Privacy.AGENCY_ONLY)
    operator = signed_in("opm-1111", Role.OPERATOR)
    given = {"reference": reference, "phone_tail": PHONE[-4:]}
    assert operator.post("/complaints/track", given).status_code == 302
    assert looks() == [(reference, "opm-1111", "answer_caller")]


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.OFFICER, Role.MODERATOR, Role.EXECUTIVE, Role.AUDITOR])
@pytest.mark.parametrize("before", [False, True], ids=["signed in", "opened before signing in"])
def test_no_staff_read_a_confidential_case_by_the_persons_own_link(role: Role, before: bool) -> None:
    filing = Filing(text="เรียกรับเงิน", privacy=Privacy.CONFIDENTIAL, area="400101")
    one = actions.file_complaint(actor=ANONYMOUS, now=NOW, filing=filing)
    reader, own = signed_in("opm-1111", role), f"/complaints/{one.reference}/own"
    if before:
        # What a stranger's session has shown stays in it when that stranger signs in.
        session = reader.session
        session["proofs"] = {one.reference: [one.key, ""]}
        session.save()
    told = reader.get(own, {} if before else {"key": one.key}, follow=True)
    assert told.status_code == 403
    assert "เรียกรับเงิน" not in told.content.decode()
