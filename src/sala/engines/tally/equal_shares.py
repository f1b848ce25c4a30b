"""Method of Equal Shares (Peters, Pierczyński, Skowron 2021): voters pool equal shares of the budget."""

from dataclasses import dataclass, field
from fractions import Fraction
from math import inf

from sala.engines.tally import prices
from sala.engines.tally.outcome import Round, Tie
from sala.engines.tally.prices import Estimate, Price
from sala.engines.tally.purses import ROUNDING, Purses
from sala.engines.tally.support import Support
from sala.engines.tally.ties import TieOrder


@dataclass
class Run:
    """One run of Equal Shares at a fixed share: what it funded, for how much, and the purses it left.

    `queue` is what `_by_least_rate` gives, kept for the next run. `overfull` is the project at which a run
    cut at the budget ended.
    """

    share: Fraction
    purses: Purses
    queue: list[tuple[int, Fraction]]
    rounds: list[Round] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)
    cost: int = 0
    opening: "Opening | None" = None
    overfull: int | None = None


@dataclass(frozen=True, slots=True)
class Opening:
    """The first rounds of a run, which are the same at every larger share (see `_is_steady`)."""

    purses: Purses
    rounds: list[Round]
    cost: int


def run_equal_shares(
    support: Support,
    share: Fraction,
    ties: TieOrder,
    *,
    give_up_above: int | None = None,
    cut_at: int | None = None,
    after: Run | None = None,
) -> Run:
    """Fund projects until no group of supporters can pay for another.

    `share` is what each voter starts with (minor units, exact). In every round the project with the least
    price per unit of utility is bought; the run ends early, unfinished, once it costs more than
    `give_up_above`, or before the first project that would make it cost more than `cut_at`. Projects that
    cost nothing come first, at price 0. A run `after` one at a smaller share goes on from that one's opening.
    """
    run = _open(support, share, after)
    steady = True
    funded = {one.project for one in run.rounds}
    waiting = {p: _first_bound(support, p) for p, _ in run.queue if p not in funded}
    while waiting and (give_up_above is None or run.cost <= give_up_above):
        cheapest = _cheapest(run.purses, waiting, ties)
        if cheapest is None:
            break
        tied, chosen, price = cheapest
        if cut_at is not None and run.cost + support.costs[chosen] > cut_at:
            run.overfull = chosen
            break
        if len(tied) > 1:
            run.ties.append(Tie(len(run.rounds) + 1, tuple(ties.sorted(tied)), chosen))
        if steady and not _is_steady(run.queue, len(run.rounds), chosen, price):
            run.opening, steady = Opening(run.purses.raise_to(share), list(run.rounds), run.cost), False
        run.purses.pay(chosen, price.price, price.backing, price.all_in)
        run.cost += support.costs[chosen]
        run.rounds.append(_round(support, chosen, price))
        del waiting[chosen]
    return run


def _open(support: Support, share: Fraction, after: Run | None) -> Run:
    if after is None or after.opening is None:
        return Run(share, Purses(support, share), after.queue if after else _by_least_rate(support))
    opening = after.opening
    return Run(share, opening.purses.raise_to(share), after.queue, list(opening.rounds), cost=opening.cost)


def _by_least_rate(support: Support) -> list[tuple[int, Fraction]]:
    """Wanted projects by the rate that each can never beat: its cost spread over all its points."""
    rates = [
        (p, Fraction(support.costs[p], support.totals[p] * support.units[p]))
        for p in range(len(support.costs))
        if support.is_wanted(p)
    ]
    return sorted(rates, key=lambda pair: pair[1])


def _is_steady(queue: list[tuple[int, Fraction]], place: int, chosen: int, price: Price) -> bool:
    """Whether a round goes the same way at every larger share, all rounds before it having done so.

    It does when all supporters pay in full, so that the price is the least possible, and no project still
    to come could reach that rate however rich its supporters were.
    """
    if price.emptied or queue[place][0] != chosen:
        return False
    return place + 1 == len(queue) or queue[place][1] < queue[place + 1][1]


def _first_bound(support: Support, project: int) -> float:
    """A rate that the project can never beat: its cost spread over all its points."""
    per_point = support.costs[project] / support.totals[project]
    return per_point / support.units[project] * (1 - 8 * ROUNDING)


def _cheapest(
    purses: Purses, waiting: dict[int, float], ties: TieOrder
) -> tuple[list[int], int, Price] | None:
    """The affordable project with the least rate, all projects exactly tied with it, and its price.

    `waiting` holds a proven lower bound of each project's rate. Purses only shrink, so bounds stay proven
    from round to round and most projects need no look at all. The unaffordable are removed for good.
    """
    found: dict[int, Price] = {}
    while waiting and not found:
        for project, estimate in _contenders(purses, waiting).items():
            price = prices.find_price(purses, project, estimate)
            if price is None:
                del waiting[project]
            else:
                found[project] = price
    if not found:
        return None
    rates = {p: price.price / purses.support.units[p] for p, price in found.items()}
    least = min(rates.values())
    tied = [p for p, rate in rates.items() if rate == least]
    chosen = ties.first(tied)
    return tied, chosen, found[chosen]


def _contenders(purses: Purses, waiting: dict[int, float]) -> dict[int, Estimate]:
    """Price bounds of every project that may have the least rate."""
    seen: dict[int, Estimate] = {}
    best = inf
    for bound, project in sorted(zip(waiting.values(), waiting.keys(), strict=True)):
        if bound > best:
            break
        unit = purses.support.units[project]
        worst = best * unit * (1 + 4 * ROUNDING)
        estimate = prices.estimate_price(
            purses, project, bound * unit * (1 - 4 * ROUNDING), give_up_above=worst
        )
        if estimate is None:
            del waiting[project]
            continue
        seen[project] = estimate
        waiting[project] = max(bound, estimate.low / unit * (1 - 4 * ROUNDING))
        best = min(best, estimate.high / unit * (1 + 4 * ROUNDING))
    return {p: estimate for p, estimate in seen.items() if waiting[p] <= best}


def _round(support: Support, project: int, price: Price) -> Round:
    figures: dict[str, Fraction | int] = {
        "price": price.price,
        "rate": price.price / support.units[project],
        "in_full": price.in_full,
        "all_in": price.emptied,
    }
    return Round(project, "equal-shares", figures)
