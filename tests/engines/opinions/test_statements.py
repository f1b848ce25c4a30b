"""What groups say: every figure against its definition, written out plainly for one vote list at a time."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engines.opinions import conversations
from engines.opinions.conversations import Vote, some_votes
from sala.engines.opinions import statements

pytestmark = pytest.mark.req("LAW-2.1", "LAW-2.2")


def tally(votes: list[Vote], people: set[int], statement: int) -> tuple[int, int, int]:
    cast = [v for p, s, v in votes if s == statement and p in people]
    return cast.count(1), cast.count(-1), len(cast)


def z_of_share(count: int, seen: int) -> float:
    return 2 * math.sqrt(seen + 1) * ((count + 1) / (seen + 1) - 0.5)


def z_of_two(count: int, seen: int, other: int, other_seen: int) -> float:
    one, two = (count + 1) / (seen + 1), (other + 1) / (other_seen + 1)
    pooled = (count + other + 2) / (seen + other_seen + 2)
    if count + other == seen + other_seen:
        return 0.0
    return (one - two) / math.sqrt(pooled * (1 - pooled) * (1 / (seen + 1) + 1 / (other_seen + 1)))


@given(some_votes(), st.integers(1, 3))
def test_every_figure_follows_its_definition(votes: list[Vote], groups: int) -> None:
    table = conversations.table(votes)
    labels = np.arange(table.shape[0]) % (groups + 1) - 1  # some people in no group
    counts, _ = statements.count_votes(table, labels, groups)
    agree, disagree = statements.figures(counts, "agree"), statements.figures(counts, "disagree")
    inside = {int(p) for p, g in zip(table.participants, labels, strict=True) if g >= 0}
    for group in range(groups):
        own = {int(p) for p, g in zip(table.participants, labels, strict=True) if g == group}
        for place, statement in enumerate(table.statements.tolist()):
            a, d, n = tally(votes, own, statement)
            other_a, other_d, other_n = tally(votes, inside - own, statement)
            for one, count, other in ((agree, a, other_a), (disagree, d, other_d)):
                at = group, place
                assert one.count[at] == count
                assert one.share[at] == pytest.approx((count + 1) / (n + 2))
                assert one.share_test[at] == pytest.approx(z_of_share(count, n))
                ratio = ((count + 1) / (n + 2)) / ((other + 1) / (other_n + 2))
                assert one.ratio[at] == pytest.approx(ratio)
                assert one.ratio_test[at] == pytest.approx(z_of_two(count, n, other, other_n), abs=1e-12)


@given(some_votes(), st.integers(1, 4))
def test_group_aware_consensus_is_the_product_over_the_groups(votes: list[Vote], groups: int) -> None:
    table = conversations.table(votes)
    labels = np.arange(table.shape[0]) % groups
    agree, disagree = statements.group_aware_consensus(statements.count_votes(table, labels, groups)[0])
    for place, statement in enumerate(table.statements.tolist()):
        parts = [
            tally(votes, {int(p) for p in table.participants[labels == group]}, statement)
            for group in range(groups)
        ]
        assert agree[place] == pytest.approx(math.prod((a + 1) / (n + 2) for a, _, n in parts))
        assert disagree[place] == pytest.approx(math.prod((d + 1) / (n + 2) for _, d, n in parts))


@given(some_votes())
def test_majority_statements_are_the_five_best_that_pass(votes: list[Vote]) -> None:
    table = conversations.table(votes)
    _, everybody = statements.count_votes(table, np.zeros(table.shape[0], dtype=int), 1)
    kept = np.ones(table.shape[1], dtype=bool)
    kept[0] = False
    people = {p for p, _, _ in votes}
    for side, column in (("agree", 0), ("disagree", 1)):
        scores = {}
        for place, statement in enumerate(table.statements.tolist()):
            cast = tally(votes, people, statement)
            share, z = (cast[column] + 1) / (cast[2] + 2), z_of_share(cast[column], cast[2])
            if kept[place] and share > 0.5 and z > 1.2816:
                scores[place] = share * z
        best = sorted(scores.values(), reverse=True)[:5]
        found = statements.majority(everybody, kept, side)
        assert [one.share * one.share_test for one in found] == pytest.approx(best)
        assert all(one.side == side and one.ratio is None for one in found)


def camps() -> tuple[statements.Counts, np.ndarray]:
    table = conversations.table(conversations.planted())
    labels = (table.participants % 2).astype(int)
    return statements.count_votes(table, labels, 2)[0], np.ones(table.shape[1], dtype=bool)


def test_representative_statements_tell_the_camps_apart() -> None:
    counts, kept = camps()
    for group in (0, 1):
        shown = statements.representative(counts, kept, group)
        assert len(shown) == 5
        assert [one.side for one in shown] == sorted(one.side for one in shown)
        # The best agreement may be one that the others share; the rest must set the group apart.
        telling = [one for one in shown if not one.is_best_agree]
        assert all(one.ratio > 1 and min(one.ratio_test, one.share_test) > 1.2816 for one in telling)
        assert not {0, 1} & {one.statement for one in telling}
        for one in telling:
            assert one.side == ("agree" if (one.statement % 2 == 1) == (group == 1) else "disagree")


def test_a_moderated_statement_is_never_shown() -> None:
    counts, kept = camps()
    first = statements.representative(counts, kept, 0)[0].statement
    kept[first] = False
    assert first not in {one.statement for one in statements.representative(counts, kept, 0)}


def test_where_nothing_is_significant_one_statement_is_still_shown() -> None:
    table = conversations.table([(0, 0, 1), (1, 0, -1), (2, 1, 0)])
    counts, _ = statements.count_votes(table, np.array([0, 1, 1]), 2)
    for group in (0, 1):
        assert len(statements.representative(counts, np.ones(2, dtype=bool), group)) == 1
    assert statements.representative(counts, np.zeros(2, dtype=bool), 0) == []


@given(some_votes(), st.integers(1, 3))
def test_no_statement_is_told_on_a_side_that_fewer_than_half_took(votes: list[Vote], groups: int) -> None:
    table = conversations.table(votes)
    labels = np.arange(table.shape[0]) % groups
    counts, _ = statements.count_votes(table, labels, groups)
    for group in range(groups):
        for one in statements.representative(counts, np.ones(table.shape[1], dtype=bool), group):
            assert 2 * one.count >= one.seen > 0
            count = counts.agree if one.side == "agree" else counts.disagree
            assert (one.count, one.seen) == (count[group, one.statement], counts.seen[group, one.statement])
            assert one.side == "agree" or not one.is_best_agree


def test_what_all_agree_on_is_told_as_agreement() -> None:
    """Nobody disagrees with statement 0; that the other group agrees a little more does not turn it round."""
    votes = [(p, 0, 1) for p in range(13)] + [(p, s, 1 if p < 7 else -1) for p in range(13) for s in (1, 2)]
    table = conversations.table(votes)
    counts, _ = statements.count_votes(table, np.array([0] * 7 + [1] * 6), 2)
    shown = statements.representative(counts, np.ones(3, dtype=bool), 1)
    assert [(one.statement, one.side, one.count, one.seen) for one in shown if one.is_best_agree] == [
        (0, "agree", 6, 6)
    ]


def test_a_group_that_passed_on_everything_is_told_by_nothing() -> None:
    table = conversations.table([(p, s, 0 if p < 4 else 1) for p in range(8) for s in range(3)])
    counts, _ = statements.count_votes(table, np.array([0] * 4 + [1] * 4), 2)
    assert statements.representative(counts, np.ones(3, dtype=bool), 0) == []


@given(st.lists(st.integers(0, 40), min_size=1, max_size=30), st.integers(0, 20))
def test_enough_is_half_of_what_is_usual_and_never_below_a_few(seen: list[int], more: int) -> None:
    people = max(seen) + more
    enough = statements.is_seen_enough(np.array(seen), people)
    assert all(not ok or n >= min(5, people / 2) for n, ok in zip(seen, enough, strict=True))
    assert all(ok for n, ok in zip(seen, enough, strict=True) if n >= max(people / 2, min(5, people / 2)))
    assert enough[int(np.argmax(seen))] or max(seen) < min(5, people / 2)
