"""A request begins: what a person gets, what everyone may read, what is refused."""

from datetime import date

import pytest
from tests.services.information.asked import (
    MORNING,
    OFFICE,
    QUESTION,
    ask,
    grant,
    last_entry,
    later,
    officer,
    proof,
    the,
)
from tests.small_state import NOW, staff

from sala.commons.ledger import queries as ledger
from sala.commons.matters import queries as matters
from sala.commons.matters.actions import index_matters
from sala.commons.moderation import queries as naming
from sala.core.actors import ANONYMOUS, Channel
from sala.core.errors import Conflict, Invalid, NotFound, Refused
from sala.services.information import actions
from sala.services.information.actions import Filing, Proof
from sala.services.information.queries.request import find_public, get_own
from sala.services.information.rules.grounds import Wish
from sala.services.information.rules.standing import Standing
from sala.services.information.rules.wishes import Openness

pytestmark = pytest.mark.usefixtures("law_state")


@pytest.mark.req("ODP-3")
def test_asking_gives_a_number_an_office_and_the_day_an_answer_is_expected() -> None:
    filed = ask()
    assert filed.reference.startswith("RA69-")
    assert filed.agency == OFFICE
    assert filed.expected_on == date(2026, 12, 4)
    request = the(filed)
    assert request.matter.kind == "information_request"
    assert request.matter.stage == Standing.RECEIVED.value
    assert request.matter.due_at is not None
    assert last_entry().kind == "information_request.filed"


def test_what_names_a_person_is_covered_everywhere_but_in_the_original() -> None:
    filed = ask()
    request = the(filed)
    assert "081-234" in request.original
    assert "081-234" not in request.public_text + request.matter.title
    assert b"081-234" not in bytes(last_entry().body)


def test_what_arrives_in_the_evening_is_received_the_next_working_day() -> None:
    assert the(ask(now=NOW)).received_on == date(2026, 11, 19), "nobody noted the hours of this office"


def test_a_form_on_paper_counts_from_the_day_it_was_handed_in() -> None:
    clerk = staff(OFFICE, channel=Channel.PAPER)
    filed = ask(clerk, received_on=date(2026, 11, 10))
    assert filed.expected_on == date(2026, 11, 25)
    request = the(filed)
    assert request.person_id is None
    assert request.intake_by_id == clerk.person_id


def test_only_staff_take_requests_in_and_only_paper_has_an_earlier_day() -> None:
    with pytest.raises(Refused):
        ask(ANONYMOUS.by(Channel.PHONE))
    with pytest.raises(Invalid) as refusal:
        ask(received_on=date(2026, 11, 10))
    assert refusal.value.fields == {"received_on": "received_only_on_paper"}


def test_missing_and_endless_words_and_unknown_offices_are_refused_by_field() -> None:
    for filing, fields in (
        (Filing(text=" ", agency=OFFICE), {"text": "text_missing"}),
        (Filing(text="ก" * 4001, agency=OFFICE), {"text": "text_too_long"}),
        (Filing(text=QUESTION, agency="nobody"), {"agency": "office_unknown"}),
        (Filing(text="a\x00b", agency=OFFICE), {"text": "not_text"}),
    ):
        with pytest.raises(Invalid) as refusal:
            actions.file_request(actor=ANONYMOUS, now=MORNING, filing=filing)
        assert refusal.value.fields == fields


@pytest.mark.req("ODP-3")
def test_what_is_about_oneself_is_never_public() -> None:
    with pytest.raises(Invalid) as refusal:
        ask(wish=Wish.OWN_DATA)
    assert refusal.value.fields == {"openness": "own_data_stays_private"}
    filed = ask(wish=Wish.OWN_DATA, openness=Openness.AGENCY_ONLY)
    with pytest.raises(Conflict):
        actions.publish_request(actor=ANONYMOUS, now=MORNING, reference=filed.reference, proof=proof(filed))


def test_a_request_that_is_not_public_has_a_name_that_leads_nowhere_until_its_person_opens_it() -> None:
    filed = ask(openness=Openness.AGENCY_ONLY)
    entry = last_entry()
    assert entry.matter == naming.hidden_name(filed.reference)
    assert filed.reference.encode() not in bytes(entry.body)
    assert find_public(filed.reference) is None
    grant(filed, later(3))
    actions.publish_request(actor=ANONYMOUS, now=later(4), reference=filed.reference, proof=proof(filed))
    request = find_public(filed.reference)
    assert request is not None
    assert "081-234" not in request.public_text
    assert last_entry().matter == filed.reference
    assert entry.matter.encode() in bytes(last_entry().body)
    assert all(answer.public_text for answer in request.answers.all())


def test_one_opens_it_by_link_telephone_or_account_and_nobody_else_does() -> None:
    filed = ask()
    assert get_own(filed.reference, ANONYMOUS, proof(filed))
    assert get_own(filed.reference, ANONYMOUS, Proof(phone_tail="5678"))
    for wrong in (Proof(), Proof(key="guess"), Proof(phone_tail="0000"), Proof(key="เดา")):
        with pytest.raises(NotFound):
            get_own(filed.reference, ANONYMOUS, wrong)
    with pytest.raises(NotFound):
        get_own(filed.reference, officer(), Proof())


@pytest.mark.req("ODP-3")
def test_the_search_finds_what_was_asked_and_what_was_answered() -> None:
    filed = ask()
    grant(filed, later(2), "เปลี่ยนหม้อแปลงไฟฟ้าสองลูก")
    index_matters(ledger.entries_of_matter(filed.reference))
    for words in ("ไฟทางถนนศรีจันทร์", "หม้อแปลง"):
        found = matters.search_matters(words, matters.Filter(kind="information_request")).matters
        assert [matter.reference for matter in found] == [filed.reference]
