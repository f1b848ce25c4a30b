"""The two strongest directions of a symmetric matrix known only by what it does to a vector."""

from collections.abc import Callable

import numpy as np

from sala.engines.opinions.votes import FloatArray

WANTED = 2
FIRST_CHECK = 8
PRECISION = 1e-12  # of a direction's error against the strongest value


def strongest(apply: Callable[[FloatArray], FloatArray], size: int) -> tuple[FloatArray, FloatArray]:
    """The (up to) two largest eigenvalues, largest first, and their unit vectors, one a row.

    Lanczos' method (1950) with every new direction made orthogonal to all before, twice (Parlett 1998,
    "The symmetric eigenvalue problem", chapter 6), so that no direction is found twice. The start is fixed;
    where the space met is closed, a new start at right angles to it goes on, so that equal eigenvalues are
    found as well.
    """
    basis, images = np.empty((2, size, size))  # rows are filled, and so take memory, only as they are met
    follows = 1.0 + np.arange(size) / max(1, size)
    scale, check = 0.0, FIRST_CHECK
    for met in range(size):
        found = _at_right_angles(follows, basis[:met], scale * PRECISION)
        basis[met] = _fresh(basis[:met], met) if found is None else found
        follows = images[met] = apply(basis[met])
        scale = max(scale, float(np.abs(follows).max()))
        if met + 1 == check:
            check += max(FIRST_CHECK, check // 4)
            values, vectors, error = _inside(basis[: met + 1], images[: met + 1])
            if error <= PRECISION * scale:
                return values, vectors
    values, vectors, _ = _inside(basis, images)
    return values, vectors


def _inside(basis: FloatArray, images: FloatArray) -> tuple[FloatArray, FloatArray, float]:
    """The best two directions inside the space met, their values, and how far they are from closed."""
    small = basis @ images.T
    values, mixes = np.linalg.eigh((small + small.T) / 2)
    first = np.argsort(-values, kind="stable")[:WANTED]
    vectors = mixes[:, first].T @ basis
    errors = mixes[:, first].T @ images - values[first, None] * vectors
    return values[first], vectors, float(np.sqrt((errors**2).sum(axis=1)).max())


def _at_right_angles(vector: FloatArray, basis: FloatArray, least: float) -> FloatArray | None:
    """The part of `vector` outside the space of `basis`, of length 1; None where nothing is left."""
    for _ in range(2):
        vector = vector - (basis @ vector) @ basis
    length = float(np.sqrt(vector @ vector))
    return vector / length if length > least else None


def _fresh(basis: FloatArray, met: int) -> FloatArray:
    """A direction outside the space met, from a fixed draw."""
    drawn = np.random.default_rng(met).random(basis.shape[1:]) - 0.5
    found = _at_right_angles(drawn, basis, 0.0)
    return drawn if found is None else found
