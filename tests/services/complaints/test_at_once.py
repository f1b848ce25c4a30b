"""Two at once: a draft sent twice, two officers at one complaint, two moderators at one text."""

import pytest
from django.test import Client
from tests.commons.agencies.factories import signed_in
from tests.platform.at_once import at_once
from tests.services.complaints.factories import ANSWER, filed_reference
from tests.small_state import NOW, staff

from sala.commons.drafts import actions as drafts
from sala.commons.drafts import queries as draft_queries
from sala.commons.ledger.models import Entry
from sala.core.actors import ANONYMOUS, Role
from sala.core.errors import Conflict
from sala.services.complaints import actions, queries
from sala.services.complaints.actions import Filing
from sala.services.complaints.models import Complaint

pytestmark = pytest.mark.usefixtures("state")


@pytest.mark.django_db(transaction=True)
@pytest.mark.req("CMP-1.1")
def test_a_draft_sent_four_times_at_once_is_filed_once() -> None:
    answers: dict[str, object] = {"text": "ไฟดับ"}
    token = drafts.save_draft(kind="complaint", actor=ANONYMOUS, now=NOW, token="", answers=answers)
    filing = Filing(text="ไฟดับทั้งซอย", draft_token=token)
    results = at_once(
        *[lambda: actions.file_complaint(actor=ANONYMOUS, now=NOW, filing=filing) for _ in range(4)]
    )
    filed_ones = [r for r in results if isinstance(r, actions.Filed)]
    assert len(filed_ones) == 1
    assert all(isinstance(r, Conflict) for r in results if r not in filed_ones)
    assert Complaint.objects.count() == 1
    assert Entry.objects.filter(kind="complaint.filed").count() == 1
    assert draft_queries.sent_as("complaint", token) == (filed_ones[0].reference, filed_ones[0].key)


@pytest.mark.django_db(transaction=True)
@pytest.mark.req("CMP-2.2")
def test_of_two_officers_who_start_at_once_one_is_told() -> None:
    reference = filed_reference()
    one, other = staff("kk-muni"), staff("kk-muni")
    results = at_once(
        lambda: actions.start_work(actor=one, now=NOW, reference=reference),
        lambda: actions.start_work(actor=other, now=NOW, reference=reference),
    )
    assert sorted(isinstance(r, Conflict) for r in results) == [False, True]
    assert Entry.objects.filter(kind="complaint.work_started").count() == 1


@pytest.mark.req("CMP-1.1")
def test_pressing_send_twice_shows_the_same_number_also_from_another_browser_window(client: Client) -> None:
    answers: dict[str, object] = {"text": "ไฟทางดับหน้าโรงเรียน"}
    token = drafts.save_draft(kind="complaint", actor=ANONYMOUS, now=NOW, token="", answers=answers)
    first = client.post(f"/complaints/draft/{token}/check")
    second = Client().post(f"/complaints/draft/{token}/check")
    assert first.status_code == second.status_code == 302
    assert first["Location"] == second["Location"]
    assert Complaint.objects.count() == 1
    assert client.get(f"/complaints/draft/{token}/what").status_code == 404


def test_who_comes_second_keeps_what_they_typed_and_sees_how_it_stands() -> None:
    reference, officer = filed_reference(topic="other"), signed_in("opm-1111")
    colleague = staff("opm-1111")
    actions.start_work(actor=colleague, now=NOW, reference=reference)
    actions.resolve_complaint(actor=colleague, now=NOW, reference=reference, text=ANSWER)
    typed = "ตรวจสอบแล้ว ดำเนินการเรียบร้อยเมื่อวานนี้"
    answer = officer.post(f"/en/complaints/work/{reference}/resolve", {"text": typed})
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert typed in shown
    assert "That is not possible at this stage" in shown
    assert "Waiting for confirmation" in shown


@pytest.mark.req("CMP-2.2")
def test_a_stale_cover_is_refused_once_and_loses_nothing() -> None:
    reference, moderator = filed_reference(), signed_in("opm-1111", Role.MODERATOR)
    stale = queries.version_of(queries.get_complaint(reference))
    colleague = staff("opm-1111", Role.MODERATOR)
    actions.mask_text(actor=colleague, now=NOW, reference=reference, public_text="ไฟทางดับ", seen=stale)
    values = {"breach": "personal_data", "public_text": "ไฟทางดับทั้งซอย", "seen": stale}
    answer = moderator.post(f"/en/complaints/work/{reference}/mask", values)
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "ไฟทางดับทั้งซอย" in shown
    assert "Someone else has changed this meanwhile" in shown
    now = queries.version_of(queries.get_complaint(reference))
    assert f'value="{now}"' in shown
    assert moderator.post(f"/complaints/work/{reference}/mask", {**values, "seen": now}).status_code == 302
    assert queries.get_complaint(reference).public_text == "ไฟทางดับทั้งซอย"
