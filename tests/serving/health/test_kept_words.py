"""The doctor tells when somebody exchanged words behind Sala's back, whichever service keeps them."""

from datetime import timedelta

import pytest
from django.db import connection
from tests.services.complaints.factories import filed
from tests.services.information.asked import ask, grant, later, officer, put_back_law
from tests.small_state import NOW, staff

from sala.core.actors import ANONYMOUS
from sala.core.privacy import Privacy
from sala.services.complaints import actions as complaints
from sala.services.information import actions as information
from sala.services.information.rules.wishes import Openness
from sala.serving.health import probes

pytestmark = [pytest.mark.usefixtures("state"), pytest.mark.req("TRU-3")]


def exchange(statement: str, *values: object) -> None:
    """Change what is kept, as somebody does who has the database and not Sala."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        assert cursor.rowcount == 1


@pytest.mark.parametrize("privacy", list(Privacy))
@pytest.mark.parametrize("column", ["original", "public_text"])
def test_a_word_changed_in_a_complaint_is_found(privacy: Privacy, column: str) -> None:
    one = filed("ไฟทางดับทั้งซอย โทร 081-234-5678", privacy=privacy)
    complaints.start_work(actor=staff(one.agency), now=NOW, reference=one.reference)
    complaints.reply_to_person(actor=staff(one.agency), now=NOW, reference=one.reference, text="จะไปดู")
    before = probes.look_at_kept_words()
    assert (before.level, before.says.split()[0]) == ("ok", "2")
    exchange(f"UPDATE complaints_complaint SET {column} = %s", "ไฟทางสว่างดี")  # noqa: S608  # two names of ours
    after = probes.look_at_kept_words()
    assert after.level == "failure"
    assert after.says.startswith("1 are not")
    assert "complaint: " in after.says


WORDS = {
    "information_request": "original",
    "information_answer": "text",
    "correspondence_message": "text",
}


@pytest.mark.parametrize("openness", list(Openness))
@pytest.mark.parametrize("table", WORDS)
def test_a_word_changed_in_a_request_its_answer_or_a_letter_is_found(table: str, openness: Openness) -> None:
    put_back_law()
    filed_one = ask(openness=openness)
    here = {"now": later(1), "reference": filed_one.reference}
    information.add_note(actor=officer(), text="โทรหาคุณสมชายที่ 081-999-8888", **here)
    grant(filed_one, later(2))
    before = probes.look_at_kept_words()
    assert (before.level, before.says.split()[0]) == ("ok", "3")
    exchange(f"UPDATE {table} SET {WORDS[table]} = %s", "อย่างอื่น")  # noqa: S608  # names of ours
    after = probes.look_at_kept_words()
    assert after.level == "failure"
    assert "information_request: " in after.says


def test_what_the_person_made_public_later_still_opens_its_commitment() -> None:
    put_back_law()
    filed_one = ask(openness=Openness.AGENCY_ONLY)
    grant(filed_one, later(1))
    information.publish_request(
        actor=ANONYMOUS,
        now=later(2) + timedelta(hours=1),
        reference=filed_one.reference,
        proof=information.Proof(key=filed_one.key),
    )
    assert probes.look_at_kept_words().level == "ok"
