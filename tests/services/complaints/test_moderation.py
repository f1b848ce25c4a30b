"""A moderator's pages: what was set aside is released; covered words are checked beside the original."""

import hashlib
import hmac
from datetime import datetime, timedelta

import pytest
from django.test import Client
from tests.commons.agencies.factories import signed_in
from tests.services.complaints.factories import filed_reference
from tests.small_state import NOW

from sala.commons.identity.models import AccessRecord
from sala.commons.ledger import queries as ledger
from sala.commons.ledger.models import Entry
from sala.commons.ledger.rules import instant
from sala.commons.ledger.sequencer import sequence_now
from sala.core import clock
from sala.core.actors import Role
from sala.services.complaints import queries
from sala.services.complaints.rules import Privacy

pytestmark = pytest.mark.usefixtures("state")

PHONE = "081-234-5678"
TEXT = f"ไฟทางดับทั้งซอยหลังวัดป่า โทรหาผมที่ {PHONE}"


def page(client: Client, path: str) -> str:
    answer = client.get(f"/complaints/work/{path}", follow=True)
    assert answer.status_code == 200, path
    return answer.content.decode()


@pytest.mark.req("MCH")
def test_what_was_set_aside_is_seen_by_moderators_alone_until_it_is_released() -> None:
    reference = filed_reference(TEXT, is_suspect=True)
    moderator, officer = signed_in("opm-1111", Role.MODERATOR), signed_in("kk-muni")
    assert reference not in page(officer, "?view=open")
    assert officer.get("/complaints/work/quarantine").status_code == 403
    assert signed_in("nacc", Role.MODERATOR).get("/complaints/work/quarantine").status_code == 200
    assert reference not in page(signed_in("nacc", Role.MODERATOR), "quarantine")
    listed = page(moderator, "quarantine")
    assert reference in listed
    assert PHONE not in listed
    assert Client().get(f"/complaints/{reference}").status_code == 404
    assert moderator.post(f"/complaints/work/{reference}/release").status_code == 302
    assert reference not in page(moderator, "quarantine")
    assert Client().get(f"/complaints/{reference}").status_code == 200
    assert reference in page(officer, "?view=open")


@pytest.mark.req("TRU-2")
def test_after_release_the_public_timeline_says_when_it_was_received_and_anyone_can_prove_it() -> None:
    reference = filed_reference(TEXT, is_suspect=True)
    sequence_now()
    assert Client().get(f"/api/matters/{reference}/steps").status_code == 404
    hidden = ledger.get_entry(ledger.count_entries() - 1).content
    with clock.frozen(NOW + timedelta(hours=5)):
        signed_in("opm-1111", Role.MODERATOR).post(f"/complaints/work/{reference}/release")
    sequence_now()

    steps = Client().get(f"/api/matters/{reference}/steps").json()
    assert [step["kind"] for step in steps] == ["complaint.filed", "complaint.released"]
    assert datetime.fromisoformat(steps[0]["at"]) == datetime.fromisoformat(hidden["at"]) == NOW
    page = Client().get(f"/en/complaints/{reference}").content.decode()
    assert page.index("Received") < page.index("Checked and released")

    # What anyone can do with the ledger alone: find the earlier name, and prove that it was this complaint's.
    [told] = Client().get(f"/api/entries?matter={reference}").json()["entries"]
    content = told["entry"]["content"]
    assert content["continues"] == hidden["matter"]
    assert content["received_at"] == hidden["at"]
    opened = hmac.new(bytes.fromhex(content["opening"]), reference.encode(), hashlib.sha256).hexdigest()
    assert hidden["matter"] == f"~{opened[:32]}"
    [received] = Client().get("/api/entries", {"matter": content["continues"]}).json()["entries"]
    assert (received["entry"]["kind"], received["entry"]["at"]) == ("complaint.filed", content["received_at"])


def test_a_confidential_one_that_is_released_stays_under_its_hidden_name() -> None:
    reference = filed_reference(TEXT, privacy=Privacy.CONFIDENTIAL, is_suspect=True)
    moderator = signed_in("nacc", Role.MODERATOR)
    assert moderator.post(f"/complaints/work/{reference}/release").status_code == 302
    sequence_now()
    newest = ledger.get_entry(ledger.count_entries() - 1)
    assert newest.content["kind"] == "complaint.released"
    assert newest.content["matter"].startswith("~")
    assert newest.content["content"] == {
        "continues": None,
        "opening": None,
        "topic": "",
        "received_at": instant(NOW),
    }
    assert reference.encode() not in newest.body
    assert [step.content["kind"] for step in ledger.entries_of_matter(newest.content["matter"])] == [
        "complaint.filed",
        "complaint.released",
    ]


def test_a_moderator_checks_what_was_covered_and_corrects_it() -> None:
    reference, moderator = filed_reference(TEXT), signed_in("opm-1111", Role.MODERATOR)
    assert reference in page(moderator, "covered")
    shown = moderator.post(f"/complaints/work/{reference}/original").content.decode()
    assert f"<mark>{PHONE}</mark>" in shown
    answer = moderator.post(
        f"/complaints/work/{reference}/mask", {"public_text": "ไฟทางดับทั้งซอย", "breach": "personal_data"}
    )
    assert answer.status_code == 302
    public = Client().get(f"/complaints/{reference}").content.decode()
    assert "ไฟทางดับทั้งซอย" in public
    assert "หลังวัดป่า" not in public


@pytest.mark.req("TRU-1")
def test_a_look_at_uncovered_words_is_recorded_and_the_working_page_covers_them() -> None:
    reference, officer = filed_reference(TEXT), signed_in("kk-muni")
    assert PHONE not in page(officer, reference)
    assert not AccessRecord.objects.exists()
    assert PHONE in officer.post(f"/complaints/work/{reference}/original").content.decode()
    record = AccessRecord.objects.get()
    assert (record.matter, record.agency, record.purpose) == (reference, "kk-muni", "handle_complaint")
    assert signed_in("pea").post(f"/complaints/work/{reference}/original").status_code == 404


def test_confidential_ones_stay_with_the_body_that_investigates() -> None:
    reference = filed_reference(TEXT, privacy=Privacy.CONFIDENTIAL, is_suspect=True)
    assert reference not in page(signed_in("opm-1111", Role.MODERATOR), "quarantine")
    assert reference in page(signed_in("nacc", Role.MODERATOR), "quarantine")
    assert queries.get_complaint(reference).matter.agency == "nacc"


@pytest.mark.req("TRU-2")
def test_checked_words_leave_the_list_and_come_back_only_when_they_change() -> None:
    reference, moderator = filed_reference(TEXT), signed_in("opm-1111", Role.MODERATOR)
    seen = queries.version_of(queries.get_complaint(reference))
    assert moderator.post(f"/complaints/work/{reference}/keep", {"seen": "other"}).status_code == 409
    assert moderator.post(f"/complaints/work/{reference}/keep", {"seen": seen}).status_code == 302
    assert reference not in page(moderator, "covered")
    assert reference in page(moderator, "covered?checked")
    assert moderator.post(f"/complaints/work/{reference}/keep", {"seen": seen}).status_code == 409
    assert signed_in("kk-muni").post(f"/complaints/work/{reference}/keep").status_code == 403
    assert signed_in("kk-muni").get("/complaints/work/covered").status_code == 403


def test_spam_leaves_the_queue_without_a_public_word_and_can_still_be_released() -> None:
    reference, moderator = filed_reference(TEXT, is_suspect=True), signed_in("opm-1111", Role.MODERATOR)
    assert moderator.post(f"/complaints/work/{reference}/keep").status_code == 422
    spam = {"breach": "advertising"}
    assert moderator.post(f"/complaints/work/{reference}/keep", spam).status_code == 302
    assert reference not in page(moderator, "quarantine")
    assert reference in page(moderator, "quarantine?checked")
    assert not any(reference in bytes(body).decode() for body in Entry.objects.values_list("body", flat=True))
    assert moderator.post(f"/complaints/work/{reference}/release").status_code == 302
    assert reference in page(moderator, "covered")
    assert "complaint.words_checked" not in Client().get(f"/complaints/{reference}").content.decode()
