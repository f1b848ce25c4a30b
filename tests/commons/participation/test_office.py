"""What officers do with a collection: sheets, registers, setting aside; and what the clock does by itself."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from tests.commons.participation.signing_office import Where, citizen, kinds, outside, set_aside, work
from tests.small_state import NOW, staff

from sala.commons.identity import queries as identity
from sala.commons.identity.slots import step_ups
from sala.commons.ledger.models import Entry
from sala.commons.participation import actions, queries, rules
from sala.commons.participation.models import Collection, HourCount, Invalidation, Signatory, Signature
from sala.commons.participation.tables import HOURS
from sala.core.actors import SYSTEM, Actor
from sala.core.errors import Conflict, Invalid, Refused

pytestmark = [pytest.mark.usefixtures("state"), pytest.mark.req("LAW-3.1", "LAW-3.2")]


def test_a_sheet_adds_only_those_who_have_not_signed_online_or_on_paper() -> None:
    where = Where()
    where.sign(citizen(1))
    entered = where.enter("1", citizen(1), citizen(2), citizen(3), citizen(2), "1234567890123", "x")
    assert entered == actions.Entered(counted=2, double=2, wrong=2)
    assert where.count() == 3
    assert where.enter("2", citizen(3), citizen(4)) == actions.Entered(1, 1, 0)
    with pytest.raises(Conflict, match="already_joined"):
        where.sign(citizen(4), person=9)
    assert queries.standing_of(where.collection).by_channel == {"web": 1, "paper": 3}
    assert kinds().count("signed") == 4
    assert set(Signature.objects.values_list("entry_id", flat=True)) == set(
        Entry.objects.filter(kind="participation.signed").values_list("pk", flat=True)
    )


def test_a_number_in_thai_digits_with_dashes_is_the_same_number() -> None:
    where = Where()
    where.sign(citizen(1))
    written = citizen(1).translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))
    assert where.enter("1", f"{written[0]}-{written[1:5]}-{written[5:]}") == actions.Entered(0, 1, 0)


def test_a_sheet_is_entered_once_by_the_matter_s_office_and_not_after_filing() -> None:
    where = Where()
    where.enter("1", citizen(1))
    with pytest.raises(Conflict, match="sheet_known"):
        where.enter("1", citizen(2))
    stranger = staff("pea")
    with pytest.raises(Refused):
        actions.enter_sheet(
            actor=stranger, number="2", sheet=[actions.SheetRow("ก", citizen(2))], **where.named
        )
    with pytest.raises(Invalid):
        where.enter("3")
    file_now(where)
    with pytest.raises(Conflict, match="filed_already"):
        where.enter("4", citizen(2))
    assert where.count() == 1


def file_now(where: Where) -> None:
    """The signatures are handed in, at this instant of the database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement_timestamp()")
        (at,) = cursor.fetchone()
    outside(actions.file_collection)(where.collection, at=at, details_until=NOW + timedelta(days=90))


def test_names_and_numbers_of_a_sheet_are_sealed_and_go_when_their_time_is_over() -> None:
    where = Where()
    where.enter("1", citizen(1), citizen(2))
    sealed = "".join(Signatory.objects.values_list("details_sealed", flat=True))
    assert citizen(1) not in sealed
    assert actions.erase_details(actor=SYSTEM, now=NOW + timedelta(days=365)) == 0
    file_now(where)
    assert actions.erase_details(actor=SYSTEM, now=NOW + timedelta(days=89)) == 0
    assert actions.erase_details(actor=SYSTEM, now=NOW + timedelta(days=90)) == 2
    assert not Signatory.objects.exists()
    assert where.count() == 2
    assert kinds()[-1] == "details_erased"


def test_who_signed_withdraws_until_the_instant_of_filing_and_not_from_it_on() -> None:
    where = Where()
    for number in (1, 2):
        where.sign(citizen(number))
    proof = identity.digest_of_number(citizen(1), step_ups[rules.PROOF])
    me = Actor(person_id=1, assurance_level=2)
    actions.withdraw_from_collection(actor=me, proof=proof, **where.named)
    assert where.count() == 1
    file_now(where)
    with pytest.raises(Conflict, match="not_joined"):
        actions.withdraw_from_collection(actor=me, proof=proof, **where.named)
    other = identity.digest_of_number(citizen(2), step_ups[rules.PROOF])
    with pytest.raises(Conflict, match="filed_already"):
        actions.withdraw_from_collection(actor=me, proof=other, **where.named)
    with pytest.raises(Conflict, match="not_open"):
        where.sign(citizen(3))
    assert where.count() == 1


def test_a_register_confirms_in_batches_and_the_raw_count_stays_beside_it() -> None:
    where = Where()
    where.enter("1", *(citizen(number) for number in range(1, 6)))
    first = actions.ask_register(actor=where.officer, most=3, **where.named)
    assert [row.number for row in first] == [citizen(number) for number in (1, 2, 3)]
    keys = [row.signature for row in first]
    said = dict(zip(keys, ["confirmed", "confirmed", "unknown"], strict=True))
    counts = actions.take_findings(actor=where.officer, findings=said, file=b"answer", **where.named)
    assert counts == {"confirmed": 2, "unknown": 1, "ineligible": 0}
    where.collection.refresh_from_db()
    assert (where.count(), where.collection.confirmed) == (5, 2)
    rest = actions.ask_register(actor=where.officer, after=keys[-1], **where.named)
    assert [row.number for row in rest] == [citizen(4), citizen(5)]
    actions.take_findings(
        actor=where.officer, findings={rest[0].signature: "ineligible"}, file=b"2", **where.named
    )
    where.collection.refresh_from_db()
    assert where.collection.confirmed == 2
    assert kinds()[-4:] == ["register_asked", "register_answered", "register_asked", "register_answered"]


def test_a_register_s_answer_about_another_collection_or_in_other_words_changes_nothing() -> None:
    where, other = Where(), Where()
    where.enter("1", citizen(1))
    other.enter("1", citizen(1))
    [theirs] = actions.ask_register(actor=other.officer, **other.named)
    [own] = actions.ask_register(actor=where.officer, **where.named)
    for findings in ({theirs.signature: "confirmed"}, {own.signature: "perhaps"}):
        with pytest.raises(Invalid):
            actions.take_findings(actor=where.officer, findings=findings, file=b"", **where.named)
    assert set(Signature.objects.values_list("finding", flat=True)) == {""}


def test_signatures_set_aside_lower_total_areas_and_hours_by_the_same_and_come_back() -> None:
    where = Where()
    for number in range(5):
        where.sign(citizen(number))
    where.enter("1", citizen(7), citizen(8))
    key = set_aside(where, rules.Condition(channel="web"))
    assert where.count() == 7
    work()
    assert where.count() == 2
    assert queries.count_by_area(where.collection) == {"": 2}
    assert sum(HourCount.objects.values_list("counted", flat=True)) == 2
    assert queries.standing_of(where.collection).set_aside == 5
    with pytest.raises(Conflict, match="already_joined"):
        where.sign(citizen(0))
    actions.reverse_invalidation(actor=where.supervisor, now=NOW, invalidation=key)
    work()
    assert where.count() == 7
    assert queries.count_by_area(where.collection) == {"40": 5, "": 2}
    assert Invalidation.objects.get().state == "reversed"
    with pytest.raises(Conflict, match="changed_meanwhile"):
        actions.reverse_invalidation(actor=where.supervisor, now=NOW, invalidation=key)
    assert queries.recount() == []
    assert kinds()[-2:] == ["signatures_invalidated", "invalidation_reversed"]


def test_setting_aside_is_cancelled_on_its_way_and_nothing_of_it_stays() -> None:
    where = Where()
    for number in range(5):
        where.sign(citizen(number))
    key = set_aside(where, rules.Condition(level_below=3))
    assert actions.work_on_invalidation(actor=SYSTEM, now=NOW, most=2) == 2
    assert where.count() == 3
    actions.reverse_invalidation(actor=where.supervisor, now=NOW, invalidation=key)
    work()
    assert where.count() == 5
    assert not Signature.objects.exclude(invalidation=None).exists()


def test_who_withdraws_what_is_set_aside_is_taken_off_once_and_does_not_come_back() -> None:
    where = Where()
    for number in range(3):
        where.sign(citizen(number))
    key = set_aside(where, rules.Condition(area="40"))
    work()
    proof = identity.digest_of_number(citizen(1), step_ups[rules.PROOF])
    actions.withdraw_from_collection(actor=Actor(person_id=1, assurance_level=2), proof=proof, **where.named)
    assert where.count() == 0
    actions.reverse_invalidation(actor=where.supervisor, now=NOW, invalidation=key)
    work()
    assert where.count() == 2
    assert queries.recount() == []


@pytest.mark.parametrize(
    ("condition", "expected", "refusal"),
    [
        (rules.Condition(), 0, "condition_empty"),
        (rules.Condition(channel="web"), 4, "changed_meanwhile"),
    ],
)
def test_nobody_sets_aside_all_or_what_they_have_not_seen(
    condition: rules.Condition, expected: int, refusal: str
) -> None:
    where = Where()
    where.sign(citizen(1))
    given = {
        "condition": condition,
        "reason": rules.InvalidationReason.FORGED,
        "expected": expected,
        **where.named,
    }
    with pytest.raises((Conflict, Invalid), match=refusal):
        actions.begin_invalidation(actor=where.supervisor, **given)
    with pytest.raises(Refused):
        actions.begin_invalidation(actor=where.officer, **given)
    assert not Invalidation.objects.exists()


def test_a_threshold_is_told_exactly_once_and_again_only_after_it_was_lost() -> None:
    where = Where(threshold=2)
    proof = identity.digest_of_number(citizen(1), step_ups[rules.PROOF])

    def fold_and_tell() -> int:
        actions.fold_changes(now=NOW)
        return actions.tell_thresholds(actor=SYSTEM, now=NOW)

    where.sign(citizen(1))
    assert fold_and_tell() == 0
    where.sign(citizen(2))
    assert fold_and_tell() == 1
    where.sign(citizen(3))
    assert fold_and_tell() == 0
    actions.withdraw_from_collection(actor=Actor(person_id=1, assurance_level=2), proof=proof, **where.named)
    where.sign(citizen(1))
    assert fold_and_tell() == 0
    set_aside(where, rules.Condition(channel="web"))
    work()
    where.sign(citizen(8))
    assert fold_and_tell() == 0
    where.sign(citizen(9))
    assert fold_and_tell() == 1
    told = [kind for kind in kinds() if kind.startswith("threshold")]
    assert told == ["threshold_reached", "threshold_lost", "threshold_reached"]


def test_hours_together_are_the_count_and_only_public_matters_are_told() -> None:
    where = Where()
    for number in range(3):
        where.sign(citizen(number))
    actions.fold_changes(now=NOW)
    rows = queries.list_hours(None, 10)
    assert sum(row.counted for row in rows) == where.count() == 3
    assert queries.list_hours((rows[-1].collection_id, rows[-1].hour), 10) == []
    where.collection.matter.visibility = "agency_only"
    where.collection.matter.save()
    assert queries.list_hours(None, 10) == []


def test_the_table_of_hours_reads_on_until_its_end_in_a_fixed_number_of_statements(
    django_assert_num_queries: Any,
) -> None:
    for number in range(3):
        Where().sign(citizen(number))
    actions.fold_changes(now=NOW)
    asked, hours = {"size": "1"}, []
    for _ in range(3):
        with django_assert_num_queries(1):
            page = HOURS.rows(HOURS.query(asked))
        hours += page.rows
        asked["cursor"] = page.cursor
    assert (len({row.collection_id for row in hours}), asked["cursor"]) == (3, "")


def test_a_collection_is_filed_once() -> None:
    where = Where()
    file_now(where)
    with pytest.raises(Conflict, match="filed_already"):
        file_now(where)
    assert Collection.objects.get(pk=where.collection.pk).details_until is not None
