"""Sequential Phragmén: every voter earns at the same speed; supporters buy a project once they can."""

from collections.abc import Sequence
from fractions import Fraction
from math import inf, lcm

import numpy as np

from sala.engines.tally.election import IntArray
from sala.engines.tally.outcome import Refusal, Round, Tie
from sala.engines.tally.purses import ROUNDING, Floats, Purses
from sala.engines.tally.support import Support
from sala.engines.tally.ties import TieOrder


class Loads:
    """What each voter had paid at the last purchase: its time, or minus the savings before the first.

    Exactly a load is one of a few times, so only a small integer per ballot is kept beside the float.
    """

    def __init__(self, support: Support, savings: Purses | None) -> None:
        rows = len(support.starts) - 1
        self.support = support
        self.loads: Floats = np.zeros(rows) if savings is None else -savings.money
        self.slack = 0.0 if savings is None else savings.slack
        self._savings = savings
        self._bought: IntArray = np.zeros(rows, dtype=np.int32)
        self._times: list[int] = [0]
        self._denominator = 1
        self.largest = 0.0 if savings is None else float(savings.share)

    def estimate(self, project: int) -> tuple[float, float]:
        """Proven bounds of the time at which the project's supporters can buy it."""
        if self.support.costs[project] == 0:
            return 0.0, 0.0
        rows = self.support.supporters(project)
        people = self.support.totals[project]
        loads = self.loads[rows]
        weights = self.support.weights_of(rows)
        total = float(loads.sum() if weights is None else (loads * weights).sum())
        cost = float(self.support.costs[project])
        most = people * self.largest
        error = people * self.slack + 2 * (len(rows) + 4) * ROUNDING * most + 4 * ROUNDING * cost
        time = (cost + total) / people
        margin = 2 * error / people + 4 * ROUNDING * abs(time)
        return time - margin, time + margin

    def find(self, project: int) -> Fraction:
        """The exact time at which the project's supporters can buy it."""
        if self.support.costs[project] == 0:
            return Fraction(0)
        rows = self.support.supporters(project)
        weights = self.support.weights_of(rows)
        counts = np.bincount(self._bought[rows], weights=weights, minlength=len(self._times))
        total = sum(int(count) * time for count, time in zip(counts, self._times, strict=True) if count)
        owed = self.support.costs[project] + Fraction(total, self._denominator)
        if self._savings is not None:
            owed -= self._savings.sum_exact(rows[self._bought[rows] == 0])
        return owed / self.support.totals[project]

    def buy(self, project: int, time: Fraction) -> None:
        """Every supporter has now paid all that was earned until `time`."""
        common = lcm(self._denominator, time.denominator)
        factor = common // self._denominator
        self._times = [one * factor for one in self._times] + [time.numerator * (common // time.denominator)]
        self._denominator = common
        if self.support.costs[project] == 0:
            return
        rows = self.support.supporters(project)
        self.loads[rows] = float(time)
        self._bought[rows] = len(self._times) - 1
        self.largest = max(self.largest, abs(float(time)))
        self.slack = max(self.slack, 2 * ROUNDING * self.largest)


def count_phragmen(
    support: Support,
    budget: int,
    ties: TieOrder,
    *,
    funded: Sequence[int] = (),
    savings: Purses | None = None,
) -> tuple[list[Round], list[Tie], list[Refusal]]:
    """Fund projects in the order in which their supporters can buy them, until one would break the budget.

    Projects dearer than the whole budget (minor units) take no part. Those without supporters come last,
    in the tie order; what costs nothing is bought at once. With `savings`, voters start with what Equal
    Shares left them and `funded` is bought already.
    """
    loads = Loads(support, savings)
    left = budget - sum(support.costs[p] for p in funded)
    open_to = [p for p in range(len(support.costs)) if support.takes_part(p) and p not in funded]
    taking_part = [p for p in open_to if support.costs[p] <= budget]
    waiting = {p: -inf for p in taking_part if support.totals[p]}
    unwanted = ties.sorted([p for p in taking_part if not support.totals[p]])
    rounds: list[Round] = []
    tied_rounds: list[Tie] = []
    while waiting or unwanted:
        tied, time = _next(loads, waiting) if waiting else (list(unwanted), None)
        dear = [p for p in tied if support.costs[p] > left]
        if dear:
            return rounds, tied_rounds, _refuse([*waiting, *unwanted], support, left, dear[0])
        chosen = ties.first(tied)
        if len(tied) > 1:
            tied_rounds.append(Tie(len(funded) + len(rounds) + 1, tuple(ties.sorted(tied)), chosen))
        left -= support.costs[chosen]
        if time is None:
            unwanted.remove(chosen)
        else:
            loads.buy(chosen, time)
            del waiting[chosen]
        rounds.append(Round(chosen, "phragmen", {} if time is None else {"time": time}))
    return rounds, tied_rounds, []


def _next(loads: Loads, waiting: dict[int, float]) -> tuple[list[int], Fraction]:
    """All projects that are bought first, and when. `waiting` holds lower bounds that stay proven."""
    bounds: dict[int, float] = {}
    best = inf
    for bound, project in sorted(zip(waiting.values(), waiting.keys(), strict=True)):
        if bound > best:
            break
        low, high = loads.estimate(project)
        bounds[project] = waiting[project] = max(bound, low)
        best = min(best, high)
    times = {p: loads.find(p) for p, low in bounds.items() if low <= best}
    first = min(times.values())
    return [p for p, time in times.items() if time == first], first


def _refuse(waiting: Sequence[int], support: Support, left: int, at: int) -> list[Refusal]:
    refusals = []
    for p in waiting:
        missing = support.costs[p] - left
        if p == at:
            refusals.append(Refusal(p, "over_money_left", {"left": left, "missing": missing}))
        else:
            refusals.append(Refusal(p, "count_stopped", {"at": at}))
    return refusals
