"""Places on the map: checked against a plain dense computation, and against what people may rightly
expect."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from engines.opinions import conversations
from engines.opinions.conversations import Vote, some_votes
from sala.engines.opinions import axes, centred, projection
from sala.engines.opinions.votes import VoteTable


def none_excluded(table: VoteTable) -> np.ndarray:
    return np.zeros(table.shape[1], dtype=bool)


def plain_places(full: np.ndarray) -> np.ndarray:
    """The definition, dense: mean imputation, singular vectors, sqrt(statements / seen)."""
    seen = ~np.isnan(full)
    mean = np.nansum(full, axis=0) / seen.sum(axis=0)
    centred = np.where(seen, full - mean, 0.0)
    _, _, axes = np.linalg.svd(centred)
    return (centred @ axes[:2].T) * np.sqrt(full.shape[1] / seen.sum(axis=1))[:, None]


@given(some_votes())
def test_places_equal_the_dense_definition_up_to_the_turn_of_an_axis(votes: list[Vote]) -> None:
    table = conversations.table(votes)
    full = conversations.dense(table)
    seen = ~np.isnan(full)
    centred = np.where(seen, full - np.nansum(full, axis=0) / seen.sum(axis=0), 0.0)
    strengths = np.append(np.linalg.svd(centred, compute_uv=False), [0.0, 0.0, 0.0])
    # Where two axes are equally strong the definition itself leaves them open.
    assume(strengths[0] - strengths[1] > 1e-3)
    assume(strengths[1] - strengths[2] > 1e-3)
    found = projection.project(table, none_excluded(table)).places
    assert np.allclose(np.abs(found), np.abs(plain_places(full)), atol=1e-6)


def test_the_covariance_whole_and_step_by_step_place_people_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    table = conversations.table(conversations.planted())
    dense = projection.project(table, none_excluded(table))
    monkeypatch.setattr(centred, "MOST_PRODUCTS", 1)
    monkeypatch.setattr(centred, "VOTES_AT_ONCE", 50)
    stepwise = projection.project(table, none_excluded(table))
    assert np.allclose(dense.places, stepwise.places, atol=1e-7)
    assert np.allclose(dense.explained, stepwise.explained)


def test_votes_on_a_moderated_statement_move_nobody() -> None:
    votes = conversations.planted()
    turned = [(p, s, -v if s == 3 else v) for p, s, v in votes]
    before, after = conversations.table(votes), conversations.table(turned)
    excluded = before.statements == 3
    left, right = projection.project(before, excluded), projection.project(after, excluded)
    assert np.array_equal(left.places, right.places)


def test_everybody_of_one_mind_stands_in_the_middle() -> None:
    table = conversations.table([(person, statement, 1) for person in range(5) for statement in range(3)])
    found = projection.project(table, none_excluded(table))
    assert not found.places.any()
    assert not found.explained.any()


def test_one_statement_gives_one_axis() -> None:
    table = conversations.table([(0, 0, 1), (1, 0, -1), (2, 0, 0)])
    found = projection.project(table, none_excluded(table))
    assert found.places[:, 1].tolist() == [0.0, 0.0, 0.0]
    assert found.places[0, 0] == -found.places[1, 0] != 0.0


def test_the_explained_shares_never_exceed_the_whole() -> None:
    table = conversations.table(conversations.planted())
    first, second = projection.project(table, none_excluded(table)).explained
    assert 1 >= first >= second >= 0
    assert first + second <= 1


@given(st.integers(1, 40), st.integers(0, 40), st.integers(0, 2**32 - 1))
def test_the_two_strongest_directions_are_those_of_numpy_equal_values_included(
    size: int, rank: int, seed: int
) -> None:
    lots = np.random.default_rng(seed)
    tall = lots.integers(-2, 3, size=(rank, size)).astype(float)  # small whole numbers: many equal values
    matrix = tall.T @ tall
    values, vectors = axes.strongest(lambda vector: matrix @ vector, size)
    wanted = np.sort(np.linalg.eigvalsh(matrix))[::-1][:2]
    scale = max(1.0, float(wanted[0]))
    assert np.allclose(values, wanted, atol=1e-9 * scale)
    assert np.allclose(vectors @ vectors.T, np.eye(len(values)), atol=1e-9)
    assert np.allclose(vectors @ matrix, values[:, None] * vectors, atol=1e-6 * scale)
