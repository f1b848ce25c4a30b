"""How firm the groups are: the same map drawn again from resampled people, and how far the two agree."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sala.engines.opinions.kmeans import BASE_CLUSTERS, Base, divide, sample_people
from sala.engines.opinions.projection import project
from sala.engines.opinions.votes import FloatArray, IntArray, VoteTable

ROUNDS = 20
STARTS = 40
MOST_PEOPLE = 500  # people drawn per round
SEED = 25_690_101


@dataclass(frozen=True)
class Stability:
    """Agreement of the map with maps of resampled people.

    `mean` and `lowest_tenth` are adjusted Rand indices (1 the same groups, 0 no better than chance);
    `of_groups` is each group's mean Jaccard index with the group most like it (above 0.75 firm, below 0.6
    doubtful; Hennig 2007), None for a group too small to be drawn.
    """

    rounds: int
    people: int
    mean: float
    lowest_tenth: float
    of_groups: tuple[float | None, ...]


def measure_stability(
    votes: VoteTable,
    excluded: NDArray[np.bool_],
    people: IntArray,
    labels: IntArray,
    *,
    least: int = 5,
    rounds: int = ROUNDS,
) -> Stability:
    """Draw people with replacement, map them again from their votes alone, and compare; a fixed seed.

    `people` are positions in the table, `labels` their groups. At most 500 people are drawn per round.
    """
    groups = int(labels.max()) + 1
    drawn = min(len(people), MOST_PEOPLE)
    lots = np.random.default_rng(SEED).random((rounds, drawn))
    scores, likeness = np.zeros(rounds), np.full((rounds, groups), np.nan)
    scaled = max(1, round(least * drawn / len(people)))
    for turn in range(rounds):
        picked = np.sort((lots[turn] * len(people)).astype(np.int64))
        again = _map_again(votes.of_rows(people[picked]), excluded, groups, scaled)
        table = cross_count(labels[picked], again, groups)
        scores[turn] = adjusted_rand_index(table)
        drawn_groups = table.sum(axis=1) > 0
        likeness[turn, drawn_groups] = _jaccard(table)[drawn_groups]
    return Stability(
        rounds,
        drawn,
        float(scores.mean()),
        float(np.quantile(scores, 0.1, method="lower")),
        tuple(_mean_of_drawn(one) for one in likeness.T),
    )


def cross_count(left: IntArray, right: IntArray, groups: int) -> IntArray:
    """How many people are in group i on the left and j on the right (groups × groups)."""
    return np.bincount(left * groups + right, minlength=groups * groups).reshape(groups, groups)


def adjusted_rand_index(table: IntArray) -> float:
    """Agreement of two divisions from their cross count, corrected for chance (Hubert & Arabie 1985)."""

    def pairs(counts: IntArray | int) -> float:
        sizes = np.asarray(counts, dtype=np.float64)
        return float((sizes * (sizes - 1) / 2).sum())

    both, left, right = pairs(table), pairs(table.sum(axis=1)), pairs(table.sum(axis=0))
    whole = pairs(int(table.sum()))
    expected = left * right / whole if whole else 0.0
    most = (left + right) / 2
    return 1.0 if most == expected else (both - expected) / (most - expected)


def _map_again(votes: VoteTable, excluded: NDArray[np.bool_], groups: int, least: int) -> IntArray:
    places = project(votes, excluded).places
    distinct: FloatArray = np.unique(places, axis=0)
    if len(distinct) < groups:
        return np.zeros(len(places), dtype=np.int64)
    # The people themselves stand in for base clusters: at this size the search is as good, and quick.
    knots = sample_people(distinct, BASE_CLUSTERS)
    return divide(places, Base(knots, np.ones(len(knots))), groups, least=least, starts=STARTS).labels


def _mean_of_drawn(likeness: FloatArray) -> float | None:
    drawn = likeness[~np.isnan(likeness)]
    return float(drawn.mean()) if len(drawn) else None


def _jaccard(table: IntArray) -> FloatArray:
    union = table.sum(axis=1)[:, None] + table.sum(axis=0)[None, :] - table
    likest: FloatArray = (table / np.maximum(union, 1)).max(axis=1)
    return likest
