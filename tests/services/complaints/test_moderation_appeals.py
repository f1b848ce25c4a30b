"""Each decision of a moderator has its reason, stands on the person's page, and can be appealed against."""

from datetime import timedelta

import pytest
from django.test import Client
from tests.commons.agencies.factories import signed_in
from tests.small_state import NOW, staff

from sala.commons.ledger.models import Entry
from sala.commons.moderation.actions import Breach
from sala.commons.moderation.models import Decision
from sala.commons.moderation.queries import APPEAL_WITHIN, recheck
from sala.core.actors import ANONYMOUS, Actor, Role
from sala.core.errors import Conflict, Invalid, Refused
from sala.services.complaints import actions, queries
from sala.services.complaints.actions import Filed, Filing, Proof
from sala.services.complaints.models import Complaint
from sala.services.complaints.queries.commitments import list_kept
from sala.services.complaints.rules import Privacy

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("state"), pytest.mark.req("MOD")]
TEXT = "ไฟทางดับ ช่างชื่อดำไม่มาซ่อม โทร 081-234-5678"


def filed(privacy: Privacy = Privacy.PUBLIC) -> Filed:
    filing = Filing(text=TEXT, topic="street_light", area="400101", privacy=privacy)
    return actions.file_complaint(actor=ANONYMOUS, now=NOW, filing=filing)


def moderator(agency: str = "kk-muni") -> Actor:
    return staff(agency, Role.MODERATOR)


def covered(one: Filed, by: Actor) -> Decision:
    actions.mask_text(
        actor=by, now=NOW, reference=one.reference, public_text="ไฟทางดับ", breach=Breach.ACCUSES_A_PERSON
    )
    return Decision.objects.get()


def appealed(one: Filed, decision: Decision, text: str = "ไม่ได้กล่าวหาใคร") -> None:
    actions.appeal_moderation(
        actor=ANONYMOUS,
        now=NOW,
        reference=one.reference,
        decision_id=decision.pk,
        text=text,
        proof=Proof(key=one.key),
    )


def words_of(one: Filed) -> str:
    return str(queries.get_complaint(one.reference).public_text)


def test_the_person_reads_what_was_decided_and_why_and_where_to_appeal() -> None:
    one = filed()
    decision = covered(one, moderator())
    client = Client()
    page = client.get(f"/en/complaints/{one.reference}/own?key={one.key}", follow=True).content.decode()
    assert "It accuses a person by name of what nobody has looked into yet" in page
    address = f"/en/complaints/{one.reference}/moderation/{decision.pk}/appeal"
    assert address in page
    assert client.post(address, {"text": ""}).status_code == 422
    assert client.post(address, {"text": "ไม่ได้กล่าวหา"}).status_code == 302
    assert (
        "Another moderator decides by" in client.get(f"/en/complaints/{one.reference}/own").content.decode()
    )
    assert client.post(address, {"text": "อีกครั้ง"}).status_code == 422


def test_upheld_everyone_reads_again_what_they_read_before() -> None:
    one, first = filed(), moderator()
    before = words_of(one)
    decision = covered(one, first)
    appealed(one, decision)
    here = {"now": NOW, "reference": one.reference, "decision_id": decision.pk, "text": "ไม่ใช่ชื่อบุคคล"}
    with pytest.raises(Refused, match="nobody_judges"):
        actions.decide_moderation_appeal(actor=first, is_upheld=True, **here)
    with pytest.raises(Refused):
        actions.decide_moderation_appeal(actor=moderator("pea"), is_upheld=True, **here)
    actions.decide_moderation_appeal(actor=moderator("opm-1111"), is_upheld=True, **here)
    assert words_of(one) == before
    assert Entry.objects.filter(kind="complaint.moderation_appeal_decided").count() == 1
    with pytest.raises(Conflict):
        actions.decide_moderation_appeal(actor=moderator("opm-1111"), is_upheld=True, **here)


def test_what_was_wrongly_set_aside_is_released_by_its_appeal() -> None:
    one = filed()
    actions.quarantine_complaint(
        actor=moderator(), now=NOW, reference=one.reference, breach=Breach.ADVERTISING
    )
    appealed(one, Decision.objects.get())
    other = staff("kk-muni", Role.EXECUTIVE)
    here = {"now": NOW, "reference": one.reference, "decision_id": Decision.objects.get().pk}
    actions.decide_moderation_appeal(actor=other, is_upheld=True, text="เป็นเรื่องจริง", **here)
    assert queries.get_complaint(one.reference).matter.is_public


def test_a_decision_that_holds_changes_nothing_and_says_why() -> None:
    one = filed()
    decision = covered(one, moderator())
    appealed(one, decision)
    officer = signed_in("opm-1111", Role.MODERATOR)
    assert "ไม่ได้กล่าวหาใคร" in officer.get("/en/complaints/work/appeals").content.decode()
    address = f"/en/complaints/work/{one.reference}/moderation/{decision.pk}"
    officer.post(address, {"upheld": "0", "text": ""})
    assert Decision.objects.get().is_waiting
    officer.post(address, {"upheld": "0", "text": "ระบุชื่อช่าง"})
    assert words_of(one) == "ไฟทางดับ"
    page = Client().get(f"/en/complaints/{one.reference}/own?key={one.key}", follow=True).content.decode()
    assert "ระบุชื่อช่าง" in page


def test_after_the_days_and_by_others_nobody_appeals() -> None:
    one = filed()
    decision = covered(one, moderator())
    here = {"reference": one.reference, "decision_id": decision.pk, "text": "x"}
    late = NOW + APPEAL_WITHIN + timedelta(minutes=1)
    with pytest.raises(Conflict):
        actions.appeal_moderation(actor=ANONYMOUS, now=late, proof=Proof(key=one.key), **here)
    with pytest.raises(Refused):
        actions.appeal_moderation(actor=ANONYMOUS, now=NOW, **here)


def test_a_moderator_who_sets_aside_says_why() -> None:
    with pytest.raises(Invalid):
        actions.quarantine_complaint(actor=moderator(), now=NOW, reference=filed().reference)


def test_the_rules_are_published() -> None:
    page = Client().get("/en/moderation/").content.decode()
    assert "It is advertising" in page
    assert "30 days" in page


@pytest.mark.req("TRU-3")
@pytest.mark.parametrize("privacy", list(Privacy))
def test_kept_words_open_their_commitments_until_somebody_exchanges_them(privacy: Privacy) -> None:
    one = filed(privacy)
    officer = staff(one.agency)
    actions.start_work(actor=officer, now=NOW, reference=one.reference)
    actions.reply_to_person(actor=officer, now=NOW, reference=one.reference, text="จะไปดู โทร 043-222-111")
    found = recheck(list_kept())
    assert (found.whole, found.broken) == (2, ())
    Complaint.objects.update(original="อย่างอื่น")
    broken = recheck(list_kept()).broken
    assert broken == (Complaint.objects.get().entry_id,)


@pytest.mark.req("TRU-3")
def test_words_that_a_moderator_covered_open_the_newest_commitment() -> None:
    one = filed()
    covered(one, moderator())
    assert recheck(list_kept()).broken == ()
