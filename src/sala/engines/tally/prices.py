"""The price of a project: the least q at which supporters, each paying min(purse, q · score), cover it."""

from dataclasses import dataclass
from fractions import Fraction
from math import inf
from typing import Any

import numpy as np
import numpy.typing as npt

from sala.engines.tally.election import IntArray
from sala.engines.tally.purses import ROUNDING, Backing, Floats, Holding, Mask, Purses


@dataclass(frozen=True, slots=True)
class Estimate:
    """Proven bounds of a price; `high` is infinite when the supporters may be too poor by a rounding."""

    low: float
    high: float
    backing: Backing


@dataclass(frozen=True, slots=True)
class Price:
    """An exact price with those who cannot pay it in full (`all_in`, parallel to the backing)."""

    price: Fraction
    backing: Backing
    all_in: Mask
    in_full: int
    emptied: int


def estimate_price(
    purses: Purses, project: int, start: float, *, give_up_above: float = inf
) -> Estimate | None:
    """Bounds of the price from floats, given a proven lower bound; None when surely unaffordable.

    The money raised, f(q) = sum of min(purse, q · score), is concave and rising, so Newton's steps from the
    left never pass the root of f(q) = cost; each step gives a lower bound once the error is taken off. Once
    the price is surely above `give_up_above`, its upper bound is left infinite.
    """
    cost = float(purses.support.costs[project])
    backing = purses.backing(project)
    error = _error(purses, backing, cost)
    if _total(backing.money, backing.people) + error < cost:
        return None
    price, low, rich_before = start, start, -1.0
    while True:
        due = price if backing.scores is None else price * backing.scores
        slope = _points(backing, backing.money > due)
        if slope == 0:
            return Estimate(low, inf, backing)
        step = price + (cost - _raised(backing, due)) / slope
        low = max(low, step - error / slope - 8 * ROUNDING * abs(step))
        if low > give_up_above:
            return Estimate(low, inf, backing)
        if step <= price or slope == rich_before:
            break
        price, rich_before = step, slope
    high = max(step, low) + 4 * error / slope + 8 * ROUNDING * abs(step)
    raised = _raised(backing, high if backing.scores is None else high * backing.scores)
    return Estimate(low, high if raised >= cost + error else inf, backing)


def _raised(backing: Backing, due: npt.NDArray[np.floating[Any]] | float) -> float:
    """What comes together when everyone pays what is due, or all there is."""
    return _total(np.minimum(backing.money, due), backing.people)


def _error(purses: Purses, backing: Backing, cost: float) -> float:
    """A bound on what rounding may do to any sum over the backing: purses themselves, then the summing."""
    people = len(backing.rows) if backing.people is None else int(backing.people.sum())
    most = people * (float(purses.share) + purses.slack)
    return people * purses.slack + 2 * (len(backing.rows) + 4) * ROUNDING * most + 4 * ROUNDING * cost


def _total(amounts: npt.NDArray[np.floating[Any]], people: IntArray | None) -> float:
    return float(amounts.sum() if people is None else (amounts * people).sum())


def _points(backing: Backing, chosen: Mask) -> float:
    """The points of the chosen supporters, exact (see Support)."""
    if backing.scores is None:
        return float(_people(backing, chosen))
    return _total(backing.scores[chosen] * 1.0, None if backing.people is None else backing.people[chosen])


def find_price(purses: Purses, project: int, estimate: Estimate) -> Price | None:
    """The exact price within its bounds, or None when the supporters cannot cover the cost.

    Only supporters whose float purse lies within rounding of the price are looked up exactly.
    """
    cost, backing = purses.support.costs[project], estimate.backing
    if estimate.high == inf and purses.sum_exact(backing.rows) < cost:
        return None
    scores: Floats | float = 1.0 if backing.scores is None else backing.scores.astype(np.float64)
    rich = backing.money > estimate.high * scores * (1 + 4 * ROUNDING) + 2 * purses.slack
    poor = (backing.money > 0) & (
        backing.money < estimate.low * scores * (1 - 4 * ROUNDING) - 2 * purses.slack
    )
    edge = purses.holdings(backing, np.flatnonzero(~(poor | rich) & (backing.money > 0)))
    edge.sort(key=lambda holding: holding.purse / holding.score)
    owed = cost - purses.sum_exact(backing.rows[np.flatnonzero(poor)])
    slope = int(_points(backing, rich)) + sum(holding.score * holding.people for holding in edge)
    price, emptied = _settle(owed, slope, edge)
    all_in = poor
    for holding in edge[:emptied]:
        all_in[holding.places] = True
    in_full = _people(backing, rich) + sum(holding.people for holding in edge[emptied:])
    return Price(price, backing, all_in, in_full, _people(backing, all_in))


def _settle(owed: Fraction, slope: int, edge: list[Holding]) -> tuple[Fraction, int]:
    """The price, and how many of the holdings at the edge it empties; `edge` rises by purse per point."""
    price = Fraction(0)
    for holding in edge:
        if owed * holding.score <= holding.purse * slope:
            break
        owed -= holding.purse * holding.people
        slope -= holding.score * holding.people
        price = holding.purse / holding.score
    if slope:
        price = owed / slope
    return price, sum(one.purse <= price * one.score for one in edge)


def _people(backing: Backing, chosen: Mask) -> int:
    return int(np.count_nonzero(chosen) if backing.people is None else backing.people[chosen].sum())
