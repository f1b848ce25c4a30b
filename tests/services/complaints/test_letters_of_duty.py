"""Whoever watches over an office gets a letter when something there is late or was sent around: one for all of it."""

from datetime import timedelta

import pytest
from django.test import Client
from tests.commons.agencies.factories import watcher
from tests.services.complaints.factories import filed, letters
from tests.small_state import NOW, staff

from sala.commons.matters import actions as matters
from sala.commons.matters import queries as matter_queries
from sala.commons.matters.rules import Frequency
from sala.core.actors import ANONYMOUS, Role
from sala.services.complaints import actions
from sala.services.complaints.actions import Filing, Privacy

pytestmark = [pytest.mark.usefixtures("state"), pytest.mark.django_db(transaction=True)]
LATE = NOW + timedelta(days=11, hours=20)  # two working days past the date


@pytest.mark.req("CMP-1.2", "JUS")
def test_one_letter_tells_a_supervisor_of_all_that_is_late_and_each_once() -> None:
    late = [filed().reference for _ in range(3)]
    watcher("kk-muni", Role.SUPERVISOR, "boss@example.org")
    watcher("kk-muni", Role.OFFICER, "officer@example.org")
    watcher("pea", Role.SUPERVISOR, "elsewhere@example.org")
    [letter] = letters(LATE)
    assert letter.to == ["boss@example.org"]
    assert letter.subject == "ความคืบหน้าของ 3 เรื่อง"
    assert all(f"/complaints/work/{reference}" in letter.body for reference in late)
    assert "แจ้งคุณในฐานะผู้กำกับดูแลงานนี้" in letter.body
    assert "/unfollow" not in letter.body
    assert "List-Unsubscribe" not in letter.extra_headers
    assert letters(LATE + timedelta(minutes=30)) == []


@pytest.mark.req("CMP-2.2")
def test_what_was_sent_around_three_times_is_told_in_those_words_and_language() -> None:
    one = filed()
    kk, pea = staff("kk-muni"), staff("pea")
    here = {"now": NOW, "reference": one.reference}
    actions.forward_complaint(actor=kk, agency="pea", reason="เป็นของการไฟฟ้า", **here)
    actions.hand_back_complaint(actor=pea, reason="ไม่ใช่", **here)
    actions.forward_complaint(actor=kk, agency="pea", reason="เป็นของการไฟฟ้า", **here)
    watcher("pea", Role.SUPERVISOR, "boss@example.org", language="en")
    [letter] = letters(NOW + timedelta(hours=1))
    assert letter.subject == f"News of {one.reference}"
    assert "Passed on three times or more: to the supervisor" in letter.body


@pytest.mark.req("CMP-1.2", "TRU-2")
def test_each_level_is_told_to_its_own_and_the_central_unit_hears_of_no_confidential_one() -> None:
    open_one, secret = filed(), filed("เรียกรับเงิน", privacy=Privacy.CONFIDENTIAL)
    assert secret.agency == "nacc"
    for agency, role in (
        ("kk-muni", Role.EXECUTIVE), ("opm-1111", Role.SUPERVISOR), ("nacc", Role.EXECUTIVE),
    ):  # fmt: skip
        watcher(agency, role, f"{agency}@example.org")
    told: dict[str, set[str]] = {}
    for days in range(12, 120, 2):
        for letter in letters(NOW + timedelta(days=days)):
            named = {r for r in (open_one.reference, secret.reference) if r in letter.body}
            told[letter.to[0]] = told.get(letter.to[0], set()) | named
            assert "เรียกรับเงิน" not in letter.body
    assert told == {
        "kk-muni@example.org": {open_one.reference},
        "opm-1111@example.org": {open_one.reference},
        "nacc@example.org": {secret.reference},
    }


def test_letters_keep_the_pace_of_the_account_and_whoever_wants_none_gets_none() -> None:
    watcher("kk-muni", Role.SUPERVISOR, "daily@example.org", told="daily")
    watcher("kk-muni", Role.SUPERVISOR, "never@example.org", told="never")
    filed()
    assert [letter.to for letter in letters(LATE)] == [["daily@example.org"]]
    again = actions.file_complaint(
        actor=ANONYMOUS,
        now=NOW + timedelta(minutes=30),
        filing=Filing(text="ไฟดับ", topic="street_light", area="400101"),
    )
    assert letters(LATE + timedelta(hours=1)) == []
    [letter] = letters(LATE + timedelta(days=1, minutes=1))
    assert again.reference in letter.body


def test_what_is_told_by_duty_is_not_followed_until_they_choose_to() -> None:
    one = filed()
    boss = watcher("kk-muni", Role.SUPERVISOR, "boss@example.org")
    assert len(letters(LATE)) == 1
    assert boss.person_id is not None
    assert matter_queries.list_followed(boss.person_id) == []
    actions.start_work(actor=staff("kk-muni"), now=LATE + timedelta(hours=1), reference=one.reference)
    assert letters(LATE + timedelta(hours=2)) == []
    matters.follow_matter(
        actor=boss, now=LATE + timedelta(hours=2), reference=one.reference, frequency=Frequency.EACH
    )
    assert [m.reference for m in matter_queries.list_followed(boss.person_id)] == [one.reference]
    assert Client().get(f"/complaints/{one.reference}").status_code == 200
