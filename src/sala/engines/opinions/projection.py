"""Two axes of opinion: principal components of the votes, missing votes at the statement's mean."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import linalg, sparse
from scipy.sparse.linalg import LinearOperator, eigsh

from sala.engines.opinions.votes import FloatArray, IntArray, VoteTable

# Up to here the covariance is made and solved whole; beyond, Lanczos iteration is quicker.
DENSE_STATEMENTS = 400
DENSE_PRODUCTS = 5_000_000
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
    people, statements = votes.shape
    centre = statement_means(votes, excluded)
    centred = sparse.csr_array(
        (_centred_values(votes, excluded, centre), votes.columns, votes.starts), shape=(people, statements)
    )
    axes, variance = leading_axes(centred)
    total = float(centred.data @ centred.data)
    seen = _seen_of(votes, excluded)
    stretch = np.sqrt(statements / np.maximum(seen, 1))
    places = np.round(np.column_stack([centred @ axis for axis in axes]) * stretch[:, None], DECIMALS)
    return Projection(places, axes, centre, variance / total if total > 0 else variance * 0)


def statement_means(votes: VoteTable, excluded: NDArray[np.bool_]) -> FloatArray:
    """The mean vote (-1 to 1) on each statement, 0 where it is excluded."""
    statements = votes.shape[1]
    sums = np.bincount(votes.columns, weights=votes.values, minlength=statements)
    counts = np.bincount(votes.columns, minlength=statements)
    return np.where(excluded, 0.0, sums / np.maximum(counts, 1))


def leading_axes(centred: sparse.csr_array) -> tuple[FloatArray, FloatArray]:
    """The two unit vectors of greatest variance (2 × statements) and their sums of squares; zeros where
    none is left.

    Each axis is turned so that its largest loading, the first of equals, is positive: without a rule the
    sign would be left to the solver.
    """
    statements = centred.shape[1]
    values, vectors = _dense(centred) if _is_small(centred) else _lanczos(centred)
    axes, variance = np.zeros((2, statements)), np.zeros(2)
    scale = float(values.max(initial=0.0))
    for index, position in enumerate(np.argsort(-values, kind="stable")[:2]):
        if values[position] > scale * 1e-12:
            vector = vectors[:, position]
            strongest = np.flatnonzero(np.abs(vector) >= np.abs(vector).max() * (1 - 1e-9))[0]
            axes[index] = vector * np.sign(vector[strongest])
            variance[index] = values[position]
    return axes, variance


def _is_small(centred: sparse.csr_array) -> bool:
    """Whether making the covariance takes few products: one per pair of votes of one participant."""
    pairs = int((np.diff(centred.indptr).astype(np.int64) ** 2).sum())
    return centred.shape[1] <= 3 or (centred.shape[1] <= DENSE_STATEMENTS and pairs <= DENSE_PRODUCTS)


def _dense(centred: sparse.csr_array) -> tuple[FloatArray, FloatArray]:
    covariance = (centred.T @ centred).toarray()
    first = max(0, covariance.shape[0] - 2)
    values, vectors = linalg.eigh(covariance, subset_by_index=[first, covariance.shape[0] - 1])
    return values, vectors


def _lanczos(centred: sparse.csr_array) -> tuple[FloatArray, FloatArray]:
    statements = centred.shape[1]
    across = centred.T.tocsr() if centred.nnz < 50_000_000 else centred.T

    def apply(vector: FloatArray) -> FloatArray:
        image: FloatArray = across @ (centred @ vector)
        return image

    start = 1.0 + np.arange(statements) / statements
    operator = LinearOperator((statements, statements), matvec=apply, dtype=np.float64)
    values, vectors = eigsh(operator, k=2, which="LA", v0=start, maxiter=20 * statements)
    return values, vectors


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
