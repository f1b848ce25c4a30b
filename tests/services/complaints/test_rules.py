"""Decisions about complaints that a person could dispute, for any input."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sala.core.errors import Conflict, Invalid
from sala.services.complaints import rules
from sala.services.complaints.rules import (
    Evidence,
    Guess,
    Move,
    Status,
)


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


@given(st.text(max_size=40), st.integers(0, 3), st.booleans())
def test_evidence_is_words_and_where_it_shows_a_picture(words: str, files: int, needs_file: bool) -> None:
    enough = len(words.strip()) >= rules.SHORTEST_ANSWER and (files > 0 or not needs_file)
    if enough:
        rules.require_evidence(Evidence(words, files), needs_file=needs_file)
    else:
        with pytest.raises(Invalid):
            rules.require_evidence(Evidence(words, files), needs_file=needs_file)


@pytest.mark.req("CMP-P4")
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
