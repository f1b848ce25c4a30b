"""Two axes of opinion: principal components of the votes, missing votes at the statement's mean."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sala.engines.opinions.axes import strongest
from sala.engines.opinions.centred import Centred
from sala.engines.opinions.votes import FloatArray, IntArray, VoteTable

DECIMALS = 9  # coordinates are rounded so that no later decision hangs on the last bits of a sum


@dataclass(frozen=True)
class Projection:
    """Where each participant stands. `places` is participants × 2; `axes` 2 × statements, unit length;
    `centre` the mean vote per statement; `explained` the share of all variance on each axis (0 to 1)."""

    places: FloatArray
    axes: FloatArray
    centre: FloatArray
    explained: FloatArray


def project(votes: VoteTable, excluded: NDArray[np.bool_]) -> Projection:
    """Place every participant on the two leading principal components.

    A vote not cast stands at the mean of the votes cast on that statement, so it moves nobody. Places are
    then stretched by sqrt(statements / statements seen), because who voted on little would otherwise crowd
    the centre. An `excluded` statement counts as seen and passed by everybody. Small, Bjorkegren, Erkkilä,
    Shaw & Megill (2021), "Polis: scaling deliberation by mapping high dimensional opinion spaces", Recerca
    26(2).
    """
    statements = votes.shape[1]
    centre = statement_means(votes, excluded)
    centred = Centred(_centred_values(votes, excluded, centre), votes)
    axes, variance = leading_axes(centred)
    total = centred.sum_of_squares()
    seen = _seen_of(votes, excluded)
    stretch = np.sqrt(statements / np.maximum(seen, 1))
    places = np.round(np.column_stack([centred.along(axis) for axis in axes]) * stretch[:, None], DECIMALS)
    return Projection(places, axes, centre, variance / total if total > 0 else variance * 0)


def statement_means(votes: VoteTable, excluded: NDArray[np.bool_]) -> FloatArray:
    """The mean vote (-1 to 1) on each statement, 0 where it is excluded."""
    statements = votes.shape[1]
    sums = np.bincount(votes.columns, weights=votes.values, minlength=statements)
    counts = np.bincount(votes.columns, minlength=statements)
    return np.where(excluded, 0.0, sums / np.maximum(counts, 1))


def leading_axes(centred: Centred) -> tuple[FloatArray, FloatArray]:
    """The two unit vectors of greatest variance (2 × statements) and their sums of squares; zeros where
    none is left.

    Each axis is turned so that its largest loading, the first of equals, is positive: without a rule the
    sign would be left to the solver.
    """
    statements = centred.shape[1]
    if centred.is_quicker_whole():
        covariance = centred.covariance()
        values, vectors = strongest(lambda vector: covariance @ vector, statements)
    else:
        values, vectors = strongest(centred.there_and_back, statements)
    axes, variance = np.zeros((2, statements)), np.zeros(2)
    scale = float(values.max(initial=0.0))
    for index, (value, vector) in enumerate(zip(values, vectors, strict=True)):
        if value > scale * 1e-12:
            heaviest = np.flatnonzero(np.abs(vector) >= np.abs(vector).max() * (1 - 1e-9))[0]
            axes[index] = vector * np.sign(vector[heaviest])
            variance[index] = value
    return axes, variance


def _centred_values(votes: VoteTable, excluded: NDArray[np.bool_], centre: FloatArray) -> FloatArray:
    values = votes.values.astype(np.float64)
    values -= centre[votes.columns]
    if excluded.any():
        values[excluded[votes.columns]] = 0.0
    return values


def _seen_of(votes: VoteTable, excluded: NDArray[np.bool_]) -> IntArray:
    if not excluded.any():
        return votes.seen
    kept = (~excluded)[votes.columns]
    return np.bincount(votes.rows[kept], minlength=votes.shape[0]) + int(excluded.sum())
