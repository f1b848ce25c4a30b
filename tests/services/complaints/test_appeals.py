"""Appeals: against an end that is not the person's own, decided above within a period, read by everyone."""

from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from tests.commons.agencies.factories import signed_in, watcher
from tests.services.complaints.factories import letters
from tests.small_state import NOW, staff

from sala.commons.ledger.models import Entry
from sala.commons.ledger.sequencer import sequence_now
from sala.core import clock
from sala.core.actors import ANONYMOUS, Role
from sala.core.errors import Conflict, Invalid, NotFound, Refused
from sala.services.complaints import actions, queries, rules
from sala.services.complaints.actions import Filing, Privacy, Proof, RejectionReason
from sala.services.complaints.rules import Outcome, Status

WHY = "เสาไฟอยู่บนถนนสาธารณะ ไม่ใช่ที่ดินเอกชน ดูรูปแนบ"
GROUNDS = "ตรวจแนวเขตแล้ว เสาอยู่บนทางสาธารณะ เทศบาลต้องรับไปแก้"
ANSWER = "ที่ดินเป็นของเอกชน ขอให้ติดต่อเจ้าของที่ดิน"
times = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1))


@given(st.sampled_from([*Outcome, ""]), times, times, st.none() | times, times)
def test_one_appeal_against_each_end_that_is_not_the_persons_own(
    outcome: str, closed_at: datetime, until: datetime, appealed_at: datetime | None, now: datetime
) -> None:
    may = rules.may_appeal(
        outcome=str(outcome), closed_at=closed_at, until=until, appealed_at=appealed_at, now=now
    )
    assert may == (
        outcome in ("rejected", "unconfirmed")
        and now <= until
        and (appealed_at is None or appealed_at < closed_at)
    )


codes = st.sampled_from(["", "above", "central"])


@given(codes, codes, st.booleans())
def test_nobody_decides_on_their_own_while_there_is_somebody_above(
    above: str, central: str, secret: bool
) -> None:
    decides = rules.who_decides(owner="office", above=above, central=central, is_confidential=secret)
    assert (decides == "office") == (secret or not (above or central))
    assert not above or secret or decides == above


def refused(privacy: Privacy = Privacy.PUBLIC) -> actions.Filed:
    """A complaint that its office did not take up."""
    filing = Filing(text="ไฟทางดับทั้งซอย", topic="street_light", area="400101", privacy=privacy)
    one = actions.file_complaint(actor=ANONYMOUS, now=NOW, filing=filing)
    actions.reject_complaint(
        actor=staff(one.agency),
        now=NOW,
        reference=one.reference,
        reason=RejectionReason.PRIVATE_DISPUTE,
        text=ANSWER,
    )
    return one


def appeal(one: actions.Filed, now: datetime = NOW) -> datetime:
    return actions.appeal(
        actor=ANONYMOUS, now=now, reference=one.reference, text=WHY, proof=Proof(key=one.key)
    )


@pytest.mark.usefixtures("state")
@pytest.mark.req("CMP-P6", "JUS", "RES")
def test_an_appeal_is_upheld_above_and_the_office_takes_it_up_again() -> None:
    one = refused()
    assert appeal(one) == NOW + timedelta(days=30)
    found = queries.get_complaint(one.reference)
    [waiting] = found.appeals.all()
    assert waiting.agency != "kk-muni"
    here = {"now": NOW + timedelta(days=3), "reference": one.reference, "is_upheld": True}
    for stranger in (staff("kk-muni", Role.EXECUTIVE), staff(waiting.agency)):
        with pytest.raises(Refused):
            actions.decide_appeal(actor=stranger, text=GROUNDS, **here)
    with pytest.raises(NotFound):
        actions.decide_appeal(actor=staff("pea", Role.EXECUTIVE), text=GROUNDS, **here)
    head = staff(waiting.agency, Role.EXECUTIVE)
    with pytest.raises(Invalid):
        actions.decide_appeal(actor=head, text="ใช่", **here)
    actions.decide_appeal(actor=head, text=GROUNDS, **here)
    found = queries.get_complaint(one.reference)
    assert (found.state, found.outcome, found.matter.agency) == (Status.RECEIVED, "", "kk-muni")
    assert found.matter.due_at is not None
    assert found.matter.due_at > NOW + timedelta(days=3)
    told = Entry.objects.latest("pk")
    assert told.kind == "complaint.appeal_decided"
    assert b'"role":"executive"' in bytes(told.body)
    assert GROUNDS.encode() not in bytes(told.body)
    with pytest.raises(Conflict, match="no_appeal_waits"):
        actions.decide_appeal(actor=head, text=GROUNDS, **here)


@pytest.mark.usefixtures("state")
@pytest.mark.req("CMP-P6")
def test_a_dismissed_appeal_ends_there_and_there_is_no_second() -> None:
    one = refused()
    with pytest.raises(Refused):
        actions.appeal(actor=ANONYMOUS, now=NOW, reference=one.reference, text=WHY)
    with pytest.raises(Conflict, match="no_appeal_now"):
        appeal(one, NOW + timedelta(days=31))
    appeal(one, NOW + timedelta(days=1))
    with pytest.raises(Conflict, match="no_appeal_now"):
        appeal(one, NOW + timedelta(days=2))
    [waiting] = queries.get_complaint(one.reference).appeals.all()
    actions.decide_appeal(
        actor=staff(waiting.agency, Role.SUPERVISOR), now=NOW + timedelta(days=2), reference=one.reference,
        is_upheld=False, text=GROUNDS,
    )  # fmt: skip
    assert queries.get_complaint(one.reference).state is Status.REJECTED
    with pytest.raises(Conflict, match="no_appeal_now"):
        appeal(one, NOW + timedelta(days=3))


@pytest.mark.usefixtures("state")
@pytest.mark.req("CMP-P6")
def test_what_was_closed_in_silence_can_be_appealed_and_is_not_opened_meanwhile() -> None:
    filing = Filing(text="ขอเอกสารไม่ได้", topic="other", area="400101")
    one = actions.file_complaint(actor=ANONYMOUS, now=NOW, filing=filing)
    officer = staff(one.agency)
    with pytest.raises(Conflict, match="no_appeal_now"):
        appeal(one)
    actions.start_work(actor=officer, now=NOW, reference=one.reference)
    actions.resolve_complaint(actor=officer, now=NOW, reference=one.reference, text=ANSWER)
    closed = NOW + timedelta(days=8)
    actions.lapse_confirmation(now=closed, reference=one.reference)
    appeal(one, closed + timedelta(days=1))
    with pytest.raises(Conflict, match="appeal_waits"):
        actions.reopen_complaint(
            actor=ANONYMOUS, now=closed + timedelta(days=2), reference=one.reference, text=WHY,
            proof=Proof(key=one.key),
        )  # fmt: skip


@pytest.mark.usefixtures("state")
@pytest.mark.req("TRU-2")
def test_a_confidential_one_stays_in_its_house_where_the_head_decides() -> None:
    one = refused(Privacy.CONFIDENTIAL)
    before = Entry.objects.count()
    appeal(one)
    [waiting] = queries.get_complaint(one.reference).appeals.all()
    assert waiting.agency == one.agency == "nacc"
    here = {"now": NOW, "reference": one.reference, "is_upheld": True, "text": GROUNDS}
    with pytest.raises(Refused):
        actions.decide_appeal(actor=staff("nacc", Role.SUPERVISOR), **here)
    actions.decide_appeal(actor=staff("nacc", Role.EXECUTIVE), **here)
    told = b"".join(bytes(e.body) for e in Entry.objects.order_by("pk")[before:])
    assert b"nacc" not in told
    assert one.reference.encode() not in told


@pytest.mark.usefixtures("state")
@pytest.mark.req("CMP-P6", "RES")
def test_the_pages_lead_the_person_and_the_head_through_it_in_both_languages() -> None:
    one = refused()
    person = Client()
    with clock.frozen(NOW):
        own = person.get(f"/complaints/{one.reference}/own?key={one.key}", follow=True).content.decode()
        assert f"/complaints/{one.reference}/appeal" in own
        assert f"/complaints/{one.reference}/reopen" not in own
        page = person.get(f"/en/complaints/{one.reference}/appeal").content.decode()
        assert "You can appeal once" in page
        assert person.post(f"/complaints/{one.reference}/appeal", {"text": WHY}).status_code == 302
        again = person.get(f"/complaints/{one.reference}/appeal")
        assert again.status_code == 302
        [waiting] = queries.get_complaint(one.reference).appeals.all()
        head = signed_in(waiting.agency, Role.EXECUTIVE)
        overview = head.get("/en/complaints/work/overview").content.decode()
        assert "Appeals to decide" in overview
        assert one.reference in overview
        desk = head.get(f"/complaints/work/{one.reference}").content.decode()
        assert 'data-act="rule"' in desk
        assert WHY in desk
        act = f"/complaints/work/{one.reference}/rule"
        assert head.post(act, {"text": GROUNDS}).status_code == 422
        assert head.post(act, {"is_upheld": "no", "text": GROUNDS}).status_code == 302
        sequence_now()
        public = Client().get(f"/complaints/{one.reference}").content.decode()
        assert "ผู้แจ้งอุทธรณ์" in public
        assert "ยกอุทธรณ์" in public
        assert GROUNDS in public
        assert "Appeal dismissed" in Client().get(f"/en/complaints/{one.reference}").content.decode()
        assert "Appeals to decide" not in head.get("/en/complaints/work/overview").content.decode()


@pytest.mark.usefixtures("state")
@pytest.mark.django_db(transaction=True)
@pytest.mark.req("RES")
def test_whoever_decides_gets_a_letter() -> None:
    one = refused()
    appeal(one)
    [waiting] = queries.get_complaint(one.reference).appeals.all()
    watcher(waiting.agency, Role.EXECUTIVE, "head@example.org")
    watcher("kk-muni", Role.EXECUTIVE, "office@example.org")
    assert [letter.to for letter in letters(NOW + timedelta(minutes=1))] == [["head@example.org"]]
    assert one.reference in mail.outbox[-1].body
