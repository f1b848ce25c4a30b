"""What every voter still holds during Equal Shares: floats for speed, payment history for exactness."""

from copy import copy
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

import numpy as np
import numpy.typing as npt

from sala.engines.tally.election import IntArray, pair_positions
from sala.engines.tally.support import Support

Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

# Half a unit in the last place of a float64 around 1.
ROUNDING = 2.0**-53
# A voter with something left must never look empty through rounding; this is below every bound we use.
_A_TRACE = 1e-300
_ROWS_AT_ONCE = 100_000


@dataclass(frozen=True, slots=True, eq=False)
class Holding:
    """Supporters with exactly the same purse and score: their places in the backing, and how many."""

    purse: Fraction
    score: int
    people: int
    places: IntArray


@dataclass(frozen=True, slots=True)
class Backing:
    """The supporters of one project: rows, row-major cells, money (0: spent), scores, people (None: 1)."""

    rows: IntArray
    cells: IntArray
    money: Floats
    scores: IntArray | None
    people: IntArray | None


class Purses:
    """The money of each ballot's voters, per person, in minor units.

    Exactly, a purse is the share minus price · score for each project the voter paid in full, or nothing
    once the voter has gone all in. Only the prices are large fractions; histories are flags and small
    integers. `money` is the float64 shadow of the purses, never further from them than `slack`.
    """

    def __init__(self, support: Support, share: Fraction) -> None:
        self.support = support
        self.share = share
        self.money: Floats = np.full(len(support.starts) - 1, float(share))
        self.slack = 2 * ROUNDING * float(share)
        self._paid_in_full: Mask = np.zeros(len(support.projects), dtype=bool)
        self._prices: dict[int, int] = {}
        self._denominator = share.denominator
        edges = support.columns.tolist()
        self._live = [
            (support.voters[a:b], support.cells[a:b]) for a, b in zip(edges, edges[1:], strict=False)
        ]

    def backing(self, project: int) -> Backing:
        """Who stands behind a project now; those with empty purses are forgotten from time to time."""
        rows, cells = self._live[project]
        money = self.money.take(rows)
        live = money > 0
        if np.count_nonzero(live) < 0.8 * len(rows):
            rows, cells, money = rows[live], cells[live], money[live]
            self._live[project] = rows, cells
        scores = None if self.support.scores is None else self.support.scores[cells]
        return Backing(rows, cells, money, scores, self.support.weights_of(rows))

    def pay(self, project: int, price: Fraction, backing: Backing, all_in: Mask) -> None:
        """Take price · score from each supporter, or all that is left from those marked `all_in`."""
        due = float(price) if backing.scores is None else float(price) * backing.scores
        kept = np.maximum(backing.money - due, _A_TRACE)
        empty = all_in | (backing.money == 0)
        kept[empty] = 0.0
        self.money[backing.rows] = kept
        # An empty purse is never looked up again, so its flag may say anything.
        self._paid_in_full[backing.cells] = True
        self._remember(project, price)
        # Rounding the price, its product with the score, and the difference: three halves of a last place.
        self.slack += 4 * ROUNDING * float(self.share)

    def _remember(self, project: int, price: Fraction) -> None:
        self._widen(price.denominator)
        self._prices[project] = price.numerator * (self._denominator // price.denominator)

    def _widen(self, denominator: int) -> None:
        """Bring all fractions to a denominator that this one divides."""
        common = lcm(self._denominator, denominator)
        if common != self._denominator:
            factor = common // self._denominator
            self._prices = {p: numerator * factor for p, numerator in self._prices.items()}
            self._denominator = common

    def raise_to(self, share: Fraction) -> "Purses":
        """A copy with the same payments out of a larger share. Nobody may have gone all in yet."""
        raised = copy(self)
        raised.money = self.money + float(share - self.share)
        raised.share = share
        raised.slack = self.slack + 4 * ROUNDING * float(share)
        raised._paid_in_full = self._paid_in_full.copy()
        raised._prices = dict(self._prices)
        raised._live = list(self._live)
        raised._widen(share.denominator)
        return raised

    def sum_exact(self, rows: IntArray) -> Fraction:
        """The exact money of all the people behind the rows."""
        live = rows[self.money[rows] > 0]
        weights = self.support.weights_of(live)
        people = len(live) if weights is None else int(weights.sum())
        total = people * self.share.numerator * (self._denominator // self.share.denominator)
        if self._prices and len(live):
            points = self._paid_points(live, weights)
            for project in np.flatnonzero(points).tolist():
                total -= int(points[project]) * self._prices[project]
        return Fraction(total, self._denominator)

    def _paid_points(self, rows: IntArray, weights: IntArray | None) -> Floats:
        """Points paid for by these rows, per project. Sums stay whole numbers below 2^53 (see Support)."""
        cells, lengths = pair_positions(self.support.starts, rows)
        paid = np.flatnonzero(self._paid_in_full.take(cells))
        cells = cells.take(paid)
        amounts = None if self.support.scores is None else self.support.scores[cells] * 1.0
        if weights is not None:
            people = np.repeat(weights, lengths)[paid]
            amounts = people * 1.0 if amounts is None else amounts * people
        projects = self.support.projects.take(cells)
        return np.bincount(projects, weights=amounts, minlength=len(self.support.costs)).astype(np.float64)

    def holdings(self, backing: Backing, places: IntArray) -> list[Holding]:
        """The supporters at these places, those with equal history and score together."""
        found: dict[bytes, list[IntArray]] = {}
        for begin in range(0, len(places), _ROWS_AT_ONCE):
            part = places[begin : begin + _ROWS_AT_ONCE]
            histories = self._histories(backing, part)
            distinct, inverse = np.unique(histories, axis=0, return_inverse=True)
            order = np.argsort(inverse, kind="stable")
            cuts = np.cumsum(np.bincount(inverse, minlength=len(distinct)))[:-1]
            for history, members in zip(distinct, np.split(part[order], cuts), strict=True):
                found.setdefault(history.tobytes(), []).append(members)
        return [self._holding(backing, np.concatenate(members)) for members in found.values()]

    def _histories(self, backing: Backing, places: IntArray) -> IntArray:
        """One line per place: the score given to the project, then the points paid in each bought project."""
        bought = np.full(len(self.support.costs), -1, dtype=np.int64)
        bought[list(self._prices)] = np.arange(1, len(self._prices) + 1)
        lines = np.zeros((len(places), len(self._prices) + 1), dtype=np.int64)
        lines[:, 0] = 1 if backing.scores is None else backing.scores[places]
        cells, lengths = pair_positions(self.support.starts, backing.rows[places])
        paid = self._paid_in_full[cells]
        line = np.repeat(np.arange(len(places)), lengths)[paid]
        scores = 1 if self.support.scores is None else self.support.scores[cells[paid]]
        lines[line, bought[self.support.projects[cells[paid]]]] = scores
        return lines

    def _holding(self, backing: Backing, places: IntArray) -> Holding:
        people = len(places) if backing.people is None else int(backing.people[places].sum())
        one = backing.rows[places[:1]]
        weight = self.support.weights_of(one)
        purse = self.sum_exact(one) / (1 if weight is None else int(weight[0]))
        score = 1 if backing.scores is None else int(backing.scores[places[0]])
        return Holding(purse, score, people, places)
