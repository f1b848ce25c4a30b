"""Votes less their statement's mean, as they are stored: the few products that a map needs of them."""

import numpy as np
from numpy.typing import NDArray

from sala.engines.opinions.votes import FloatArray, VoteTable

# Up to so many products the covariance is made whole; beyond, going there and back per step is quicker.
MOST_PRODUCTS = 4_000_000_000
DENSE_CELLS = 1 << 21  # of the part of the table that is written out at once
VOTES_AT_ONCE = 1 << 18  # so that a part's work stays in the processor's cache


class Centred:
    """A sparse matrix, participants × statements: 0 where no vote was cast.

    Written on numpy alone: loading SciPy's sparse matrices takes longer than drawing most maps.
    """

    def __init__(self, values: FloatArray, votes: VoteTable) -> None:
        self._values = values
        self._votes = votes
        self.shape = votes.shape
        people, cast = votes.shape[0], len(values)
        steps = np.searchsorted(votes.starts, np.arange(VOTES_AT_ONCE, cast, VOTES_AT_ONCE))
        self._parts = np.unique(np.concatenate(([0], steps, [people])))

    def sum_of_squares(self) -> float:
        """Over all entries: the whole variance, times the number of people."""
        return float(self._values @ self._values)

    def along(self, axis: FloatArray) -> FloatArray:
        """The sum of each participant's values times the statement's entry of `axis`."""
        found = np.zeros(self.shape[0])
        for begin, end, cast in self._by_part():
            found[begin:end] = self._sums(begin, end, self._values[cast] * axis[self._votes.columns[cast]])
        return found

    def there_and_back(self, axis: FloatArray) -> FloatArray:
        """The covariance (not divided by people) times `axis`, without ever making the covariance."""
        found = np.zeros(self.shape[1])
        for begin, end, cast in self._by_part():
            values, columns = self._values[cast], self._votes.columns[cast]
            reached = self._sums(begin, end, values * axis[columns])
            back = values * np.repeat(reached, self._votes.seen[begin:end])
            found += np.bincount(columns, weights=back, minlength=self.shape[1])
        return found

    def is_quicker_whole(self) -> bool:
        """Whether making the covariance is little work."""
        people, statements = self.shape
        return people * statements * statements <= MOST_PRODUCTS

    def covariance(self) -> FloatArray:
        """Statements × statements, not divided by people; written out and multiplied part by part."""
        people, statements = self.shape
        step = max(1, DENSE_CELLS // statements)
        found = np.zeros((statements, statements))
        for begin in range(0, people, step):
            end = min(people, begin + step)
            cast = slice(int(self._votes.starts[begin]), int(self._votes.starts[end]))
            part = np.zeros((end - begin, statements))
            part[self._votes.rows[cast] - begin, self._votes.columns[cast]] = self._values[cast]
            found += part.T @ part
        return found

    def _by_part(self) -> list[tuple[int, int, slice]]:
        starts = self._votes.starts
        edges = zip(self._parts[:-1].tolist(), self._parts[1:].tolist(), strict=True)
        return [(begin, end, slice(int(starts[begin]), int(starts[end]))) for begin, end in edges]

    def _sums(self, begin: int, end: int, products: FloatArray) -> NDArray[np.float64]:
        """The products added up by participant; every participant has cast a vote, so no stretch is empty."""
        starts = self._votes.starts[begin:end] - self._votes.starts[begin]
        return np.add.reduceat(products, starts)
