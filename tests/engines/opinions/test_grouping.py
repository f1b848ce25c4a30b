"""Groups: the search for them, their number, their names over time, and how firm they are."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from sklearn.metrics import adjusted_rand_score, silhouette_score

from engines.opinions import conversations
from sala.engines.opinions import grouping, kmeans, stability
from sala.engines.opinions.grouping import GroupHistory

PLACES = arrays(np.float64, st.tuples(st.integers(8, 60), st.just(2)), elements=st.integers(-20, 20))


@given(PLACES, st.integers(2, 4))
def test_nobody_stands_nearer_to_another_group(places: np.ndarray, groups: int) -> None:
    if len(np.unique(places, axis=0)) < groups:
        return
    found = grouping.find_groups(places, groups=groups).grouping
    gaps = ((places[:, None, :] - found.centres[None]) ** 2).sum(axis=2)
    own = gaps[np.arange(len(places)), found.labels]
    assert (own <= gaps.min(axis=1) + 1e-9).all()
    assert np.isclose(found.spread, own.sum())
    assert sorted(set(found.labels)) == list(range(groups))


@given(PLACES)
def test_the_order_of_people_decides_only_between_divisions_that_are_as_good(places: np.ndarray) -> None:
    if len(np.unique(places, axis=0)) < 2:
        return
    forward = grouping.find_groups(places, groups=2).grouping
    backward = grouping.find_groups(places[::-1].copy(), groups=2).grouping
    least, most = sorted((forward.spread, backward.spread))
    assert most <= kmeans.NEAR_LEAST * least + 1e-9


def test_among_divisions_as_good_the_one_from_the_first_people_is_taken() -> None:
    """Four corners of a square: cut either way is as good, and the first two people say which."""
    corners = np.array([[0.0, 0.0], [0.0, 9.0], [9.0, 9.0], [9.0, 0.0]])
    places = np.repeat(corners, 10, axis=0)
    for first, second in ((0, 10), (0, 30), (20, 10), (20, 30)):
        order = [first, second, *(i for i in range(40) if i not in (first, second))]
        found = grouping.find_groups(places[order], groups=2).grouping
        assert found.labels[0] != found.labels[1]
        assert sorted(found.sizes) == [20, 20]


def test_the_start_of_polis_is_not_followed_into_a_worse_division() -> None:
    lots = np.random.default_rng(4)
    near, far = lots.normal(0, 0.5, (30, 2)), lots.normal(9, 0.5, (30, 2))
    other = lots.normal((0, 14), 0.5, (30, 2))
    # The first three stand together; k-means from there leaves two far groups as one.
    found = grouping.find_groups(np.vstack([near, far, other]), groups=3).grouping
    assert sorted(found.sizes) == [30, 30, 30]


def test_one_far_person_does_not_make_a_group() -> None:
    lots = np.random.default_rng(1)
    places = np.vstack([lots.normal(-2, 0.5, (40, 2)), lots.normal(2, 0.5, (20, 2)), [[20.0, 20.0]]])
    assert sorted(grouping.find_groups(places, groups=2, least=5).grouping.sizes) == [21, 40]
    assert sorted(grouping.find_groups(places, groups=2, least=1).grouping.sizes) == [1, 60]


def test_a_small_group_is_taken_where_there_is_no_other_division() -> None:
    places = np.repeat([[0.0, 0.0], [9.0, 9.0]], [20, 2], axis=0)
    assert sorted(grouping.find_groups(places, groups=2, least=5).grouping.sizes) == [2, 20]


@pytest.mark.parametrize("count", [2, 3, 4])
def test_the_number_of_planted_groups_is_found(count: int) -> None:
    lots = np.random.default_rng(count)
    middles = np.array([[6, 0], [-6, 0], [0, 6], [0, -6]])[:count]
    places = np.vstack([lots.normal(middle, 1.0, (70, 2)) for middle in middles])
    found = grouping.find_groups(places)
    assert found.history.shown == count
    assert adjusted_rand_score(np.repeat(np.arange(count), 70), found.labels) == 1.0


def test_a_sample_finds_what_everybody_would(monkeypatch: pytest.MonkeyPatch) -> None:
    lots = np.random.default_rng(5)
    places = np.vstack([lots.normal((-3, 1), 1.0, (400, 2)), lots.normal((3, -1), 1.0, (300, 2))])
    whole = grouping.find_groups(places, groups=2).labels
    monkeypatch.setattr(kmeans, "FIT_PEOPLE", 100)
    monkeypatch.setattr(kmeans.sample_people, "__defaults__", (100,))
    assert adjusted_rand_score(whole, grouping.find_groups(places, groups=2).labels) == 1.0


def test_fewer_places_than_groups_is_refused() -> None:
    with pytest.raises(ValueError, match="only 1 distinct places for 2 groups"):
        grouping.find_groups(np.zeros((10, 2)), groups=2)


@given(PLACES, st.integers(2, 4))
def test_the_silhouette_is_that_of_scikit_learn(places: np.ndarray, groups: int) -> None:
    distinct = np.unique(places, axis=0)
    if len(distinct) <= groups:
        return
    labels = np.arange(len(distinct)) % groups
    own = kmeans.silhouette(kmeans.Base(distinct, np.ones(len(distinct))), labels)
    assert own == pytest.approx(silhouette_score(distinct, labels))


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=50))
def test_the_adjusted_rand_index_is_that_of_scikit_learn(pairs: list[tuple[int, int]]) -> None:
    left, right = np.array(pairs).T
    own = stability.adjusted_rand_index(stability.cross_count(left, right, 4))
    assert own == pytest.approx(adjusted_rand_score(left, right))


def test_the_number_of_groups_changes_only_after_four_maps_agree() -> None:
    history, shown = None, []
    for found in [2, 3, 3, 3, 3, 2, 3, 2, 2, 2, 2]:
        history = grouping.smooth(history, found, allowed=[2, 3, 4, 5])
        shown.append(history.shown)
    assert shown == [2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 2]


def test_a_number_no_longer_possible_is_not_kept() -> None:
    assert grouping.smooth(GroupHistory(5, 1, 5), 2, allowed=[2, 3]).shown == 2


def test_groups_keep_their_numbers_from_map_to_map() -> None:
    lots = np.random.default_rng(2)
    places = np.vstack([lots.normal((-3, 0), 0.5, (30, 2)), lots.normal((3, 0), 0.5, (50, 2))])
    found = grouping.find_groups(places, groups=2).grouping
    by_size = grouping.order_by_size(found)
    assert by_size.sizes.tolist() == [50, 30]
    earlier = np.where(np.arange(80) < 30, 0, 1)
    earlier[::7] = -1
    kept = grouping.keep_names(by_size, earlier)
    assert kept.sizes.tolist() == [30, 50]
    assert np.array_equal(kept.labels, np.where(np.arange(80) < 30, 0, 1))


def test_numbers_run_from_zero_when_earlier_groups_are_gone() -> None:
    places = np.repeat([[0.0, 0.0], [9.0, 9.0]], [20, 10], axis=0)
    found = grouping.find_groups(places, groups=2).grouping
    kept = grouping.keep_names(found, np.repeat([3, 4], [20, 10]))
    assert sorted(set(kept.labels)) == [0, 1]


def test_who_voted_seven_times_is_placed_and_a_small_round_takes_in_more() -> None:
    votes = [(p, s, 1) for p in range(20) for s in range(10 if p < 16 else 6)]
    table = conversations.table(votes)
    assert grouping.clusterable(table).tolist() == list(range(16))
    few = conversations.table([(p, s, 1) for p in range(20) for s in range(10 if p < 3 else 1 + p % 5)])
    assert len(grouping.clusterable(few)) == 15
    assert {0, 1, 2} <= set(grouping.clusterable(few).tolist())


def test_a_short_conversation_asks_for_every_statement() -> None:
    votes = [(p, s, 1) for p in range(20) for s in range(3 if p < 16 else 2)]
    assert grouping.clusterable(conversations.table(votes)).tolist() == list(range(16))


def test_planted_camps_are_firm_and_a_random_crowd_is_not() -> None:
    lots = np.random.default_rng(0)
    random = [(p, s, int(lots.integers(-1, 2))) for p in range(80) for s in range(14)]
    scores = []
    for votes in (conversations.planted(80, 14), random):
        table = conversations.table(votes)
        excluded = np.zeros(table.shape[1], dtype=bool)
        places = stability.project(table, excluded).places
        people = np.arange(table.shape[0])
        labels = grouping.find_groups(places, groups=2).labels
        scores.append(stability.measure_stability(table, excluded, people, labels, rounds=8).mean)
    assert scores[0] > 0.95
    assert scores[1] < 0.7
