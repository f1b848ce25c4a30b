"""A file added by mistake is taken back: gone at once for everybody, and everyone reads that one was."""

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoCaptureOnCommitCallbacks
from tests.commons.agencies.factories import signed_in
from tests.services.complaints.factories import picture
from tests.small_state import NOW, staff

from sala.commons.drafts import actions as drafts
from sala.commons.drafts.actions import NO_PROOF, Proof
from sala.commons.files import actions as files
from sala.commons.files.models import File
from sala.commons.identity.models import Person
from sala.commons.ledger.models import Entry
from sala.commons.ledger.sequencer import sequence_now
from sala.core.actors import ANONYMOUS, Actor, Role
from sala.core.errors import Conflict, NotFound, Refused
from sala.services.complaints import actions, queries
from sala.services.complaints.actions import Filing, TakeBackReason
from sala.services.complaints.rules import may_take_evidence_back

ANSWER = "เปลี่ยนหลอดไฟทั้ง 9 ดวงแล้ว ไฟติดครบทุกดวง"
WRONG = TakeBackReason.WRONG_FILE
Commits = DjangoCaptureOnCommitCallbacks


@given(st.booleans(), st.booleans(), st.integers(0, 5))
def test_only_the_last_file_that_had_to_be_shown_stays(needs: bool, shown: bool, others: int) -> None:
    may = may_take_evidence_back(needs_file=needs, is_shown=shown, others=others)
    assert may != (needs and shown and others == 0)


def filed(*, by: Actor = ANONYMOUS, is_suspect: bool = False) -> tuple[actions.Filed, str]:
    """A complaint with one picture of the person's; returns the name it is kept under."""
    token = drafts.save_draft(kind="complaint", actor=by, now=NOW, token="", answers={"text": "ไฟดับ"})
    kept = files.keep_file(picture().read())
    drafts.attach_to_draft(actor=by, now=NOW, token=token, kept=kept)
    filing = Filing(
        text="ไฟดับ", topic="street_light", area="400101", draft_token=token, is_suspect=is_suspect
    )
    return actions.file_complaint(actor=by, now=NOW, filing=filing), kept.stored_as


def shown(reference: str, officer: Actor, count: int = 1) -> list[str]:
    """The office says it is done, with pictures."""
    names = []
    for _ in range(count):
        kept = files.keep_file(picture().read())
        actions.attach_evidence(actor=officer, now=NOW, reference=reference, kept=kept)
        names.append(kept.stored_as)
    actions.start_work(actor=officer, now=NOW, reference=reference)
    actions.resolve_complaint(actor=officer, now=NOW, reference=reference, text=ANSWER)
    return names


def take_back(actor: Actor, reference: str, name: str, proof: Proof = NO_PROOF) -> None:
    actions.take_back_file(
        actor=actor, now=NOW, reference=reference, stored_as=name, reason=WRONG, proof=proof
    )


@pytest.mark.usefixtures("state")
@pytest.mark.req("TRU-1", "TRU-3", "RES")
def test_the_person_takes_their_picture_back_and_it_is_gone_everywhere(
    django_capture_on_commit_callbacks: Commits,
) -> None:
    one, name = filed()
    address = f"/complaints/{one.reference}/files/{name}"
    browser = Client()
    browser.get(f"/complaints/{one.reference}/own?key={one.key}")
    assert Client().get(address).status_code == 200
    assert f"{address}/take-back" in browser.get(f"/complaints/{one.reference}/own").content.decode()
    assert f"{address}/take-back" not in Client().get(f"/complaints/{one.reference}").content.decode()
    assert Client().get(f"{address}/take-back").status_code == 404
    assert browser.post(f"{address}/take-back", {}).status_code == 422
    digest = File.objects.get(stored_as=name).sha256
    with django_capture_on_commit_callbacks(execute=True):
        answer = browser.post(f"{address}/take-back", {"reason": "shows_a_person"})
    assert answer["Location"].endswith(f"/complaints/{one.reference}/own")
    assert Client().get(address).status_code == browser.get(address).status_code == 404
    assert not default_storage.exists(name)
    assert name not in Client().get("/open311/v2/requests.json").content.decode()
    sequence_now()
    page = Client().get(f"/complaints/{one.reference}").content.decode()
    assert name not in page
    assert "มีการถอนไฟล์" in page
    assert "โดยผู้แจ้ง · เห็นตัวบุคคลหรือเรื่องส่วนตัว" in page
    told = Entry.objects.latest("pk")
    assert (told.kind, told.matter) == ("complaint.file_taken_back", one.reference)
    assert digest.encode() in bytes(told.body)
    assert b'"role":"citizen"' in bytes(told.body)


@pytest.mark.usefixtures("state")
@pytest.mark.req("CMP-1.2", "TRU-3")
def test_an_officer_takes_back_their_own_and_a_moderator_any() -> None:
    one, own = filed()
    officer, colleague = staff("kk-muni"), staff("kk-muni")
    first, second = shown(one.reference, officer, 2)
    for other in (colleague, staff("pea"), ANONYMOUS):
        with pytest.raises(Refused):
            take_back(other, one.reference, first)
    with pytest.raises(Refused):
        take_back(officer, one.reference, own)
    with pytest.raises(Refused):
        take_back(ANONYMOUS, one.reference, first, Proof(key=one.key))
    take_back(officer, one.reference, first)
    with pytest.raises(Conflict, match="last_evidence"):
        take_back(officer, one.reference, second)
    moderator = staff("opm-1111", Role.MODERATOR)
    take_back(moderator, one.reference, second)
    take_back(moderator, one.reference, own)
    with pytest.raises(NotFound):
        take_back(moderator, one.reference, own)
    told = [
        bytes(e.body).decode() for e in Entry.objects.filter(kind="complaint.file_taken_back").order_by("pk")
    ]
    assert ['"role":"officer"' in told[0], *('"role":"moderator"' in body for body in told[1:])] == [True] * 3
    assert [('"by_office":true' in body) for body in told] == [True, True, False]


@pytest.mark.usefixtures("state")
@pytest.mark.req("MCH")
def test_whoever_took_it_in_takes_back_the_wrong_scan() -> None:
    operator = staff("opm-1111", Role.OPERATOR)
    one, name = filed(by=operator)
    take_back(operator, one.reference, name)
    assert not File.objects.exists()


@pytest.mark.usefixtures("state")
@pytest.mark.req("TRU-2")
def test_of_one_that_is_set_aside_nothing_is_told() -> None:
    one, name = filed(is_suspect=True)
    take_back(ANONYMOUS, one.reference, name, Proof(key=one.key))
    told = Entry.objects.latest("pk")
    assert told.matter == queries.get_complaint(one.reference).hidden_name
    assert one.reference.encode() not in bytes(told.body)
    assert b'"sha256":""' in bytes(told.body)


@pytest.mark.usefixtures("state")
def test_the_officers_page_offers_it_for_their_own_files_alone() -> None:
    one, own = filed()
    browser = signed_in("kk-muni")
    base = f"/complaints/work/{one.reference}"
    early = browser.post(f"{base}/resolve", {"text": ANSWER, "files": picture()})
    assert early.status_code == 409  # work has not begun; the picture waits to be shown
    browser.post(f"{base}/start")
    waiting = File.objects.get(by_agency="kk-muni")
    page = browser.get(base).content.decode()
    assert f"{waiting.stored_as}/take-back" in page
    assert f"{own}/take-back" not in page
    address = f"/en/complaints/{one.reference}/files/{waiting.stored_as}/take-back"
    assert "Why do you take it back?" in browser.get(address).content.decode()
    answer = browser.post(address, {"reason": "wrong_file"})
    assert answer["Location"].endswith(f"/complaints/work/{one.reference}")
    assert waiting.stored_as not in browser.get(base).content.decode()
    sequence_now()
    assert "By the office that added it" in Client().get(f"/en/complaints/{one.reference}").content.decode()
    browser.post(f"{base}/resolve", {"text": ANSWER, "files": picture()})
    last = File.objects.get(by_agency="kk-muni")
    again = browser.post(
        f"/complaints/{one.reference}/files/{last.stored_as}/take-back", {"reason": "wrong_file"}
    )
    assert again.status_code == 422
    assert "ผู้ตรวจเนื้อหา" in again.content.decode()
    moderator = signed_in("opm-1111", Role.MODERATOR)
    assert f"{own}/take-back" in moderator.get(base).content.decode()


@pytest.mark.usefixtures("state")
def test_a_kept_copy_is_asked_for_again_within_a_minute_without_sending_it_twice() -> None:
    one, name = filed()
    address = f"/complaints/{one.reference}/files/{name}"
    first = Client().get(address)
    assert first["Cache-Control"] == "public, max-age=60"
    assert Client().get(address, headers={"if-none-match": first["ETag"]}).status_code == 304
    assert Person.objects.count() == 0
