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


@dataclass(frozen=True, slots=True)
class Price:
    """An exact price with those who cannot pay it in full (`all_in`, parallel to the backing)."""

    price: Fraction
    backing: Backing
    all_in: Mask
    in_full: int
    emptied: int


def estimate_price(purses: Purses, project: int, start: float) -> Estimate | None:
    """Bounds of the price from floats, given a proven lower bound; None when surely unaffordable.

    The money raised, f(q) = sum of min(purse, q · score), is concave and rising, so Newton's steps from the
    left never pass the root of f(q) = cost; each step gives a lower bound once the error is taken off.
    """
    cost = float(purses.support.costs[project])
    backing = purses.backing(project)
    error = _error(purses, backing, cost)
    funds = _total(backing.money, backing.people)
    if funds + error < cost:
        return None
    scores: Floats | float = 1.0 if backing.scores is None else backing.scores.astype(np.float64)
    price, low, rich_before = start, start, -1
    while True:
        rich = backing.money > price * scores
        slope = _slope(backing, rich)
        if slope == 0:
            return Estimate(low, inf)
        richer = _total(backing.money[rich], None if backing.people is None else backing.people[rich])
        step = (cost - (funds - richer)) / slope
        low = max(low, step - error / slope - 4 * ROUNDING * abs(step))
        count = int(np.count_nonzero(rich))
        if step <= price or count == rich_before:
            break
        price, rich_before = step, count
    high = max(step, low) + 4 * error / slope + 8 * ROUNDING * abs(step)
    raised = _total(np.minimum(backing.money, high * scores), backing.people)
    return Estimate(low, high if raised >= cost + error else inf)


def _error(purses: Purses, backing: Backing, cost: float) -> float:
    """A bound on what rounding may do to any sum over the backing: purses themselves, then the summing."""
    people = len(backing.rows) if backing.people is None else int(backing.people.sum())
    most = people * (float(purses.share) + purses.slack)
    return people * purses.slack + 2 * (len(backing.rows) + 4) * ROUNDING * most + 4 * ROUNDING * cost


def _total(amounts: npt.NDArray[np.floating[Any]], people: IntArray | None) -> float:
    return float(amounts.sum() if people is None else (amounts * people).sum())


def _slope(backing: Backing, rich: Mask) -> float:
    if backing.scores is None and backing.people is None:
        return float(np.count_nonzero(rich))
    points = np.ones(len(backing.rows)) if backing.scores is None else backing.scores * 1.0
    return _total(points[rich], None if backing.people is None else backing.people[rich])


def find_price(purses: Purses, project: int, estimate: Estimate) -> Price | None:
    """The exact price within its bounds, or None when the supporters cannot cover the cost.

    Only supporters whose float purse lies within rounding of the price are looked up exactly.
    """
    cost = purses.support.costs[project]
    backing = purses.backing(project)
    live = backing.money > 0
    if estimate.high == inf and purses.sum_exact(backing.rows) < cost:
        return None
    scores: Floats | float = 1.0 if backing.scores is None else backing.scores.astype(np.float64)
    poor = live & (backing.money + purses.slack < estimate.low * scores * (1 - 4 * ROUNDING))
    rich = live & (backing.money - purses.slack > estimate.high * scores * (1 + 4 * ROUNDING))
    edge = purses.holdings(backing, np.flatnonzero(live & ~poor & ~rich))
    edge.sort(key=lambda holding: holding.purse / holding.score)
    owed = cost - purses.sum_exact(backing.rows[poor])
    slope = int(_slope(backing, rich)) + sum(holding.score * holding.people for holding in edge)
    price, emptied = _settle(owed, slope, edge)
    all_in = poor
    for holding in emptied:
        all_in[holding.places] = True
    return Price(price, backing, all_in, _people(backing, live & ~all_in), _people(backing, all_in))


def _settle(owed: Fraction, slope: int, edge: list[Holding]) -> tuple[Fraction, list[Holding]]:
    """The price, and the holdings at the edge that it empties; `edge` rises by purse per point."""
    price = Fraction(0)
    for holding in edge:
        if owed * holding.score <= holding.purse * slope:
            break
        owed -= holding.purse * holding.people
        slope -= holding.score * holding.people
        price = holding.purse / holding.score
    if slope:
        price = owed / slope
    return price, [one for one in edge if one.purse <= price * one.score]


def _people(backing: Backing, chosen: Mask) -> int:
    return int(np.count_nonzero(chosen) if backing.people is None else backing.people[chosen].sum())
