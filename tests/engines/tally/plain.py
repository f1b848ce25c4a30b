"""The rules once more, as plainly as the papers state them, in Fractions: the yardstick of the tests."""

from fractions import Fraction


def utility_of(utility, costs, ballot):
    if utility == "cost":
        return {p: costs[p] or 1 for p in ballot}  # what is free is still worth something to who chose it
    if utility == "cardinality":
        return dict.fromkeys(ballot, 1)
    return dict(ballot)


def greedy(costs, budget, ballots, utility, funded=(), per_cost=True):
    total = dict.fromkeys(costs, 0)
    for ballot in ballots:
        for p, u in utility_of(utility, costs, ballot).items():
            total[p] += u
    chosen = {p for ballot in ballots for p in ballot}

    def rate(p):
        if costs[p]:
            return Fraction(total[p], costs[p] if per_cost else 1)
        return Fraction(10**30) if p in chosen else Fraction(0)

    won = list(funded)
    left = budget - sum(costs[p] for p in won)
    for p in sorted(costs, key=lambda p: (-rate(p), p)):
        if p not in won and costs[p] <= left:
            won.append(p)
            left -= costs[p]
    return won


def price(p, costs, purses, utilities):
    """The least rate at which the supporters of p can pay for it, or None."""
    payers = [(purses[i], u[p]) for i, u in enumerate(utilities) if u.get(p, 0) > 0]
    if not payers or sum(b for b, _ in payers) < costs[p]:
        return None
    payers.sort(key=lambda bu: Fraction(bu[0]) / bu[1])
    owed, weight = Fraction(costs[p]), sum(u for _, u in payers)
    for purse, u in payers:
        if owed * u <= purse * weight:
            return owed / weight
        owed -= purse
        weight -= u
    return max(Fraction(b) / u for b, u in payers)


def equal_shares(costs, share, ballots, utility):
    utilities = [utility_of(utility, costs, b) for b in ballots]
    purses = [Fraction(share)] * len(ballots)
    won = []
    while True:
        rates = {p: price(p, costs, purses, utilities) for p in costs if p not in won}
        rates = {p: r for p, r in rates.items() if r is not None}
        if not rates:
            # What is free and listed costs nobody anything, even where it earned no point.
            listed = {p for ballot in ballots for p in ballot}
            return won + sorted(p for p in listed if not costs[p] and p not in won), purses
        best = min(rates, key=lambda p: (rates[p], p))
        won.append(best)
        for i, u in enumerate(utilities):
            if u.get(best, 0) > 0:
                purses[i] -= min(purses[i], rates[best] * u[best])


def add_one(costs, budget, ballots, utility, step=1, stop="exhaustive"):
    share = Fraction(budget, len(ballots)) if ballots else Fraction(0)
    won, _ = equal_shares(costs, share, ballots, utility)
    supported = {p for b in ballots for p, u in utility_of(utility, costs, b).items() if u > 0}
    while set(won) != supported:
        spent = sum(costs[p] for p in won)
        if stop != "overspent" and all(p in won or spent + costs[p] > budget for p in supported):
            break
        share += step
        more, _ = equal_shares(costs, share, ballots, utility)
        if sum(costs[p] for p in more) > budget:
            return cut(costs, budget, more) if stop == "cut" else won
        won = more
    return won


def cut(costs, budget, won):
    """What the budget pays of a run, in its own order, up to the first project that does not fit."""
    for place, p in enumerate(won):
        budget -= costs[p]
        if budget < 0:
            return won[:place]
    return won


def spread(cost, loads):
    """When those with these loads can buy something of that cost; what is free is bought at once."""
    if not loads:
        return None
    return Fraction(cost + sum(loads), len(loads)) if cost else Fraction(0)


def phragmen(costs, left, ballots, loads=None, budget=None):
    loads = list(loads) if loads else [Fraction(0)] * len(ballots)
    costs = {p: c for p, c in costs.items() if c <= (left if budget is None else budget)}
    won = []
    while True:
        times = {}
        for p in costs:
            if p not in won:
                who = [i for i, b in enumerate(ballots) if p in b]
                times[p] = spread(costs[p], [loads[i] for i in who])
        if not times:
            return won
        known = [t for t in times.values() if t is not None]
        first = min(known) if known else None
        tied = sorted(p for p, t in times.items() if t == first)
        if any(costs[p] > left for p in tied):
            return won
        best = tied[0]
        won.append(best)
        left -= costs[best]
        for i, b in enumerate(ballots):
            if best in b and costs[best]:
                loads[i] = first
