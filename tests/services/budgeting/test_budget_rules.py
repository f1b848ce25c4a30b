"""Budgets as events: sums, days, identities, codes and periods, without a database."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sala.core.canonical import canonical_json
from sala.platform.package_tables import rows
from sala.services.budgeting.rules import codes, identities, periods
from sala.services.budgeting.rules import rows as row_rules
from sala.services.budgeting.rules.identities import Identity
from sala.services.budgeting.rules.stages import Happening, Stage, shown_stage, state_on, total_of

DAY = date(2021, 10, 1)
EVENTS = st.lists(
    st.builds(
        Happening,
        line=st.sampled_from("abc"),
        stage=st.sampled_from(list(Stage)),
        satang=st.integers(-(10**15), 10**15),
        holds_on=st.dates(DAY, DAY + timedelta(days=365)),
        recorded_on=st.dates(DAY, DAY + timedelta(days=800)),
        source=st.just("volume 1"),
    ),
    max_size=40,
)


@pytest.mark.req("BUD-3.2")
@given(EVENTS, st.dates(DAY, DAY + timedelta(days=365)))
def test_the_state_of_a_day_is_the_sum_of_what_held_by_then_in_any_order(events: list, day: date) -> None:
    state = state_on(events, day)
    assert state == state_on(list(reversed(events)), day)
    for stage, satang in total_of(state).items():
        assert satang == sum(e.satang for e in events if e.stage is stage and e.holds_on <= day)


@pytest.mark.req("BUD-3.2")
@given(EVENTS, st.dates(DAY, DAY + timedelta(days=800)))
def test_what_was_learnt_later_does_not_change_what_was_told_before(events: list, known: date) -> None:
    earlier = [event for event in events if event.recorded_on <= known]
    assert state_on(events, date.max, known_on=known) == state_on(earlier, date.max)


def test_a_reader_who_names_no_stage_sees_the_latest_permission() -> None:
    assert shown_stage([Stage.REQUESTED, Stage.BILL, Stage.DISBURSEMENT]) is Stage.BILL
    assert shown_stage([Stage.DISBURSEMENT]) is None


@given(st.integers(0, 10**15), st.integers(-(10**15), 10**15), st.integers(0, 10**15))
def test_act_and_transfers_are_what_is_allotted_and_what_is_not(act: int, moved: int, allotted: int) -> None:
    sums = {Stage.ACT: act, Stage.TRANSFER: moved, Stage.ALLOTMENT: allotted}
    assert identities.unallotted(sums) + allotted == act + moved == identities.revised(sums)
    broken = [one.identity for one in identities.check_line("x", sums)]
    assert broken == ([Identity.ALLOTTED] if allotted > act + moved else [])


@pytest.mark.req("BUD-P2.3")
def test_money_committed_over_what_was_allotted_is_shown_with_how_much() -> None:
    sums = {Stage.ALLOTMENT: 100, Stage.COMMITMENT: 130, Stage.DISBURSEMENT: 140}
    told = [(one.identity, one.difference) for one in identities.check_line("road", sums)]
    assert told == [(Identity.COMMITTED, 30), (Identity.PAID, 10)]


def test_what_was_never_told_breaks_no_identity() -> None:
    assert not list(identities.check_line("x", {Stage.DISBURSEMENT: 5}))
    assert identities.revised({Stage.BILL: 5}) is None


def test_bill_and_the_committees_changes_make_the_act() -> None:
    sums = {Stage.BILL: 100, Stage.COMMITTEE: -7, Stage.ACT: 94}
    assert [one.difference for one in identities.check_line("x", sums)] == [1]


@given(st.lists(st.integers(-(10**15), 10**15), min_size=1))
def test_children_that_do_not_sum_to_their_parent_are_told_with_the_difference(children: list[int]) -> None:
    assert not list(identities.check_children("x", sum(children), children))
    (broken,) = identities.check_children("x", sum(children) - 3, children)
    assert broken.difference == 3
    assert bool(list(identities.check_transfers("x", children))) == (sum(children) != 0)


@pytest.mark.parametrize(
    ("arrived", "who", "last"),
    [
        (date(2023, 12, 26), "house", date(2024, 4, 8)),
        (date(2024, 4, 5), "senate", date(2024, 4, 24)),
        (date(2024, 7, 9), "house", date(2024, 10, 21)),
        (date(2024, 8, 1), "senate", date(2024, 8, 20)),
    ],
)
def test_the_day_of_arrival_is_day_one_as_the_bureau_counts(arrived: date, who: str, last: date) -> None:
    assert periods.last_day(arrived, periods.period_of(who, arrived).days) == last


def test_there_was_no_such_period_before_its_law_and_none_without_a_day() -> None:
    with pytest.raises(KeyError):
        periods.period_of("house", date(2017, 4, 5))
    with pytest.raises(ValueError, match="a day"):
        periods.last_day(DAY, 0)


@given(st.dates(date(1950, 1, 1), date(2150, 1, 1)))
def test_every_day_lies_in_its_fiscal_year(day: date) -> None:
    first, last = periods.days_of_year(periods.fiscal_year_of(day))
    assert first <= day <= last


def test_a_code_is_cut_by_the_profile_of_its_year() -> None:
    profiles = codes.read_profiles(row for _, row in rows("sala.services.budgeting", "code-profiles"))
    assert codes.profile_for(profiles, "gfmis", 2564).length == 16
    new = codes.profile_for(profiles, "gfmis", 2569)
    assert codes.cut_code(new, "๐๗๐๐๓" + "1" * 15) == {"ministry": "07", "agency": "003", "rest": "1" * 15}
    assert codes.profile_for(profiles, "bureau", 2567).length == 23
    for bad in ("07003", "0700x" + "1" * 15):
        with pytest.raises(codes.BadCode):
            codes.cut_code(new, bad)
    with pytest.raises(codes.BadCode):
        codes.profile_for(profiles, "gfmis", 2500)


@given(st.text(max_size=40), st.integers(-row_rules.MOST_SATANG, row_rules.MOST_SATANG), st.text(max_size=40))
def test_what_is_hashed_of_an_event_is_canonical_json(name: str, satang: int, note: str) -> None:
    path = (("ministry", "", name),)
    given_row = row_rules.Given(2569, path, "act", 2569, satang, "2025-10-01", "", note, None, 4, 0, note)
    told = [2569, [["ministry", "", name]], "act", 2569, satang, "2025-10-01", "", note, None, 4, 0, note]
    assert row_rules.leaf_of(given_row, satang) == canonical_json(told)
