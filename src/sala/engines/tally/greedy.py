"""Greedy: the highest score first, each project funded if the money left allows it."""

from collections.abc import Sequence
from fractions import Fraction

from sala.engines.tally.outcome import Refusal, Round, Tie
from sala.engines.tally.support import Support
from sala.engines.tally.ties import TieOrder


def score(support: Support, project: int, *, per_cost: bool = True) -> Fraction | None:
    """Summed utility, per unit of cost if so ranked; None stands above all: something chosen that is free."""
    if support.costs[project] == 0:
        return None if support.votes[project] else Fraction(0)
    total = support.totals[project] * support.units[project]
    return Fraction(total, support.costs[project]) if per_cost else Fraction(total)


def count_greedy(
    support: Support,
    budget: int,
    ties: TieOrder,
    *,
    funded: Sequence[int] = (),
    at_overflow: str = "skip",
    per_cost: bool = True,
) -> tuple[list[Round], list[Tie], list[Refusal]]:
    """Fund projects by falling score while the budget (minor units) lasts.

    The score is the summed utility per unit of cost (Talmon and Faliszewski 2019), or, as cities rank, the sum
    itself (`per_cost` false). `funded` are projects already paid for. A project that does not fit is skipped
    and the next is looked at (`skip`), or ends the count (`stop`, as many Polish cities rule).
    """
    left = budget - sum(support.costs[p] for p in funded)
    waiting = [p for p in range(len(support.costs)) if support.takes_part(p) and p not in funded]
    scores = {p: score(support, p, per_cost=per_cost) for p in waiting}
    waiting.sort(key=lambda p: (scores[p] is not None, -(scores[p] or 0), ties.rank[p]))
    rounds: list[Round] = []
    tied: list[Tie] = []
    refused: list[Refusal] = []
    for place, p in enumerate(waiting):
        if support.costs[p] > left:
            refused.append(Refusal(p, "over_money_left", {"left": left, "missing": support.costs[p] - left}))
            if at_overflow == "stop":
                refused += [Refusal(q, "count_stopped", {"at": p}) for q in waiting[place + 1 :]]
                break
            continue
        equal = [
            q for q in waiting[place:] if scores[q] == scores[p] and (q == p or support.costs[q] <= left)
        ]
        if len(equal) > 1:
            tied.append(Tie(len(funded) + len(rounds) + 1, tuple(equal), p))
        left -= support.costs[p]
        points = scores[p]
        rounds.append(Round(p, "greedy", {} if points is None else {"score": points}))
    return rounds, tied, refused
