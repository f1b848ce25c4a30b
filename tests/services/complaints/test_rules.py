"""Decisions about complaints that a person could dispute, for any input."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sala.core.errors import Conflict, Invalid
from sala.services.complaints import rules
from sala.services.complaints.rules import (
    EscalationLevel,
    Evidence,
    Guess,
    Move,
    Period,
    Status,
    Urgency,
)

DAY = date(2026, 11, 22)
THRESHOLDS = {EscalationLevel.SUPERVISOR: 1, EscalationLevel.HEAD: 5, EscalationLevel.CENTRAL: 10}


def period(days: int, topic: str = "", since: date = DAY, until: date | None = None) -> Period:
    return Period("resolve", topic, days, True, "ก", "a", since, until)


@given(st.sampled_from(Status), st.sampled_from(Move))
def test_a_move_goes_where_the_table_says_or_nowhere(status: Status, what: Move) -> None:
    if what in rules.moves_from(status):
        assert rules.move(status, what) is rules.MOVES[status, what]
    else:
        with pytest.raises(Conflict):
            rules.move(status, what)


@pytest.mark.req("CMP-1.2")
def test_nothing_is_closed_but_by_the_persons_word_their_silence_or_a_stated_refusal() -> None:
    closing = {what for (_, what), to in rules.MOVES.items() if to in (Status.CLOSED, Status.REJECTED)}
    assert closing == {Move.CONFIRM, Move.LAPSE, Move.REJECT}
    assert {at for (at, what) in rules.MOVES if what in (Move.CONFIRM, Move.LAPSE)} == {Status.RESOLVED}


def test_from_every_end_there_is_a_way_back() -> None:
    for end in (Status.RESOLVED, Status.CLOSED, Status.REJECTED):
        assert {Move.REOPEN, Move.UPHOLD}.intersection(rules.moves_from(end))


@given(st.lists(st.integers(1, 60), min_size=1, max_size=5), st.randoms(use_true_random=False))
def test_the_newest_period_in_force_counts_in_any_order(days: list[int], chance: object) -> None:
    rows = [period(count, since=DAY - timedelta(days=age)) for age, count in enumerate(days)]
    chance.shuffle(rows)  # type: ignore[attr-defined]  # Hypothesis' own random
    assert rules.period_in_force(rows, code="resolve", topic="road", on=DAY).days == days[0]


def test_a_topics_own_period_goes_before_one_for_all_and_none_is_an_error() -> None:
    rows = [period(15), period(5, "road"), period(1, "road", until=DAY - timedelta(days=1))]
    rows[2] = period(1, "road", since=DAY - timedelta(days=9), until=DAY - timedelta(days=1))
    assert rules.period_in_force(rows, code="resolve", topic="road", on=DAY).days == 5
    assert rules.period_in_force(rows, code="resolve", topic="noise", on=DAY).days == 15
    with pytest.raises(rules.NoPeriod):
        rules.period_in_force(rows, code="confirm", topic="road", on=DAY)


@pytest.mark.parametrize(
    ("left", "expected"),
    [
        (3, Urgency.ON_TIME),
        (2, Urgency.NEARLY_DUE),
        (0, Urgency.NEARLY_DUE),
        (-1, Urgency.OVERDUE),
        (-10, Urgency.OVERDUE),
        (-11, Urgency.LONG_OVERDUE),
    ],
)
def test_urgency_turns_on_the_day_the_rule_names(left: int, expected: Urgency) -> None:
    assert rules.urgency(days_left=left, is_paused=False, is_open=True, nearly=2, long=10) is expected
    assert rules.urgency(days_left=left, is_paused=True, is_open=True, nearly=2, long=10) is Urgency.PAUSED
    assert rules.urgency(days_left=left, is_paused=True, is_open=False, nearly=2, long=10) is Urgency.DONE


@given(st.integers(-5, 100), st.integers(0, 100))
def test_lateness_never_climbs_down(days: int, more: int) -> None:
    now = rules.escalation_due(days_over=days, thresholds=THRESHOLDS)
    later = rules.escalation_due(days_over=days + more, thresholds=THRESHOLDS)
    assert rules.LEVELS.index(later) >= rules.LEVELS.index(now)


@given(st.text(max_size=40), st.integers(0, 3), st.booleans())
def test_evidence_is_words_and_where_it_shows_a_picture(words: str, files: int, needs_file: bool) -> None:
    enough = len(words.strip()) >= rules.SHORTEST_ANSWER and (files > 0 or not needs_file)
    if enough:
        rules.require_evidence(Evidence(words, files), needs_file=needs_file)
    else:
        with pytest.raises(Invalid):
            rules.require_evidence(Evidence(words, files), needs_file=needs_file)


@pytest.mark.req("CMP-P")
@given(
    st.floats(0, 1), st.sampled_from(["road_damage", "corruption", "noise"]), st.sampled_from(["", "garbage"])
)
def test_the_machine_proposes_and_never_overrules(confidence: float, guessed: str, chosen: str) -> None:
    found = rules.propose(chosen=chosen, guesses=(Guess(guessed, confidence),))
    if chosen:
        assert found.topic == chosen
    elif confidence < rules.CONFIDENT:
        assert (found.topic, found.is_sure) == ("other", False)
    else:
        assert found.topic == guessed
        assert found.is_sure is (guessed not in rules.ALWAYS_BY_A_PERSON)


@given(st.sets(st.text("กขค", min_size=3, max_size=3)), st.sets(st.text("กขค", min_size=3, max_size=3)))
def test_likeness_is_the_same_both_ways_and_between_0_and_1(one: set[str], other: set[str]) -> None:
    assert rules.likeness(one, other) == rules.likeness(other, one)
    assert 0 <= rules.likeness(one, other) <= 1
