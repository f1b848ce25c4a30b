"""What lists of work ask is kept with each complaint, and after each act it is what pauses and messages say."""

from datetime import timedelta

import pytest
from django.db.models import BigIntegerField, CharField
from tests.small_state import NOW, staff

from sala.commons.worklist import queries as inbox
from sala.core.actors import ANONYMOUS, Role
from sala.platform.statements import Given, Statement
from sala.services.complaints import actions, desk_words
from sala.services.complaints.actions import Filing, PauseReason, Proof
from sala.services.complaints.models import Complaint

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("state"), pytest.mark.req("CMP-2.2")]
DONE = "เปลี่ยนหลอดไฟทั้ง 9 ดวงแล้ว ไฟติดครบทุกดวง"


def filed(text: str = "น้ำประปาไม่ไหล") -> actions.Filed:
    filing = Filing(text=text, topic="noise", area="400101")
    return actions.file_complaint(actor=ANONYMOUS, now=NOW, filing=filing)


def kept(reference: str) -> tuple[bool, str]:
    """What is kept with a complaint, which must be what the tables beside it say."""
    complaint = Complaint.objects.get(matter__reference=reference)
    said = complaint.matter.messages.exclude(kind="note").order_by("-at", "-pk").first()
    assert complaint.last_word == (said.kind if said else "")
    assert complaint.is_paused == complaint.matter.pauses.filter(ended_at__isnull=True).exists()
    return complaint.is_paused, complaint.last_word


def test_after_each_act_it_is_kept_as_the_tables_say() -> None:
    one = filed()
    proof, name = Proof(key=one.key), one.reference
    owner = staff(Complaint.objects.get(matter__reference=name).matter.agency)

    def after(minutes: int) -> dict[str, object]:
        return {"now": NOW + timedelta(minutes=minutes), "reference": name}

    assert kept(name) == (False, "")
    actions.start_work(actor=owner, **after(1))
    actions.pause_clock(actor=owner, reason=PauseReason.WEATHER, words="ฝนตกหนัก", **after(2))
    assert kept(name) == (True, "")
    actions.resume_clock(actor=owner, **after(3))
    assert kept(name) == (False, "")
    actions.reply_to_person(actor=owner, text="อยู่ตรงไหนครับ", asks=True, **after(4))
    actions.pause_clock(actor=owner, reason=PauseReason.WAITING_FOR_PERSON, words="รอคำตอบ", **after(5))
    assert kept(name) == (True, "question")
    actions.answer_question(actor=ANONYMOUS, text="หน้าวัด", proof=proof, **after(6))
    assert kept(name) == (False, "answer")
    actions.add_note(actor=owner, text="โทรแล้ว", **after(7))
    assert kept(name) == (False, "answer")
    actions.resolve_complaint(actor=owner, text=DONE, **after(8))
    assert kept(name) == (False, "resolution")
    actions.reopen_complaint(actor=ANONYMOUS, text="ยังไม่ไหล", proof=proof, **after(9))
    assert kept(name) == (False, "reopening")


def test_what_a_kept_statement_counts_is_what_each_view_holds() -> None:
    for number in range(3):
        filed(f"เสียงดังบ้านที่ {number}")
    one = filed("เสียงดังทั้งคืน")
    agency = Complaint.objects.get(matter__reference=one.reference).matter.agency
    owner = staff(agency)
    Complaint.objects.filter(matter__reference=one.reference).update(officer_id=owner.person_id)
    actions.start_work(actor=owner, now=NOW, reference=one.reference)
    other = filed("เสียงดังอีกบ้าน")
    actions.pause_clock(
        actor=owner, now=NOW, reference=other.reference, reason=PauseReason.WEATHER, words="ฝนตก"
    )
    late = NOW + timedelta(days=60)
    for now in (NOW, late):
        first = inbox.get_inbox("complaint", owner, agency, inbox.Wanted(view="open"), now=now)
        for view in first.counts:
            page = inbox.get_inbox("complaint", owner, agency, inbox.Wanted(view=view), now=now)
            assert len(page.rows) == first.counts[view], view
            narrowed = inbox.get_inbox(
                "complaint", owner, agency, inbox.Wanted(view=view, topic="noise"), now=now
            )
            assert [r.pk for r in narrowed.rows] == [r.pk for r in page.rows], view
    assert (first.counts["mine"], first.counts["overdue"], first.counts["paused"]) == (1, 4, 1)


def test_an_inbox_of_any_view_asks_three_times(django_assert_num_queries: object) -> None:
    filed()
    actor = staff("kk-muni", Role.OFFICER)
    inbox.get_inbox("complaint", actor, "kk-muni", inbox.Wanted(), now=NOW)
    for view, _ in desk_words.VIEWS:
        wanted = inbox.Wanted(view=view)
        agency = Complaint.objects.get().matter.agency
        with django_assert_num_queries(
            3 if inbox.get_inbox("complaint", actor, agency, wanted, now=NOW).rows else 2
        ):  # type: ignore[operator]  # pytest-django's own fixture
            inbox.get_inbox("complaint", actor, agency, wanted, now=NOW)


def test_a_statement_takes_its_values_by_name_and_none_less() -> None:
    mine = filed()
    key = Complaint.objects.get(matter__reference=mine.reference).pk
    rows = Complaint.objects.filter(
        pk=Given("key", BigIntegerField()), status=Given("status", CharField()), privacy="public"
    )
    statement = Statement.of(rows.values_list("pk", "privacy"))
    assert statement.run({"key": key, "status": "received"}) == [(key, "public")]
    assert statement.run({"key": key, "status": "closed"}) == []
    with pytest.raises(KeyError):
        statement.run({"key": key})
