"""What the groups say: vote counts, representative statements, majority and group-aware consensus.

The definitions are those of Polis (Small et al. 2021, Recerca 26(2)); docs/rules/opinion-map.md writes them
out.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sala.engines.opinions.votes import AGREE, DISAGREE, PASS, FloatArray, IntArray, VoteTable

Side = Literal["agree", "disagree"]
SIGNIFICANT = 1.2816  # one-sided z at 90 %
MOST_SHOWN = 5
FEWEST_SEEN = 5  # votes that a statement shown for a group needs, half of the group where that is fewer
_KINDS = (DISAGREE, PASS, AGREE)  # a vote's value + 1 is its place


@dataclass(frozen=True)
class Counts:
    """Votes per group and statement (groups × statements): agreed, disagreed, and seen (passes included)."""

    agree: IntArray
    disagree: IntArray
    seen: IntArray

    def total(self) -> "Counts":
        """All groups together, as one."""
        return Counts(*(part.sum(axis=0, keepdims=True) for part in (self.agree, self.disagree, self.seen)))

    def rest(self) -> "Counts":
        """For each group, everybody in the other groups."""
        return Counts(*(part.sum(axis=0) - part for part in (self.agree, self.disagree, self.seen)))


@dataclass(frozen=True)
class SideFigures:
    """Figures of one side (agree, or disagree) per group and statement.

    `share` is the smoothed share of the seen (0 to 1), `share_test` its z against one half; `ratio` that
    share over the share among all others, `ratio_test` the z of the two-proportion test between them.
    """

    count: IntArray
    share: FloatArray
    share_test: FloatArray
    ratio: FloatArray
    ratio_test: FloatArray


@dataclass(frozen=True)
class Figure:
    """One statement shown for a group or for everybody, on one side. Statement is a position in the vote
    table; `ratio` and `ratio_test` are None where nothing is compared (majority consensus)."""

    statement: int
    side: Side
    count: int
    seen: int
    share: float
    share_test: float
    ratio: float | None = None
    ratio_test: float | None = None
    is_best_agree: bool = False


def count_votes(votes: VoteTable, labels: NDArray[np.integer], groups: int) -> tuple[Counts, Counts]:
    """Count votes by group, and of everybody; `labels` holds a group per participant, -1 for none."""
    # One pass: a cell for each group (none of them first), statement and kind of vote.
    cell = np.repeat((labels.astype(np.int64) + 1) * votes.shape[1], votes.seen)
    cell += votes.columns
    cell *= len(_KINDS)
    cell += votes.values
    cell += 1
    counts = np.bincount(cell, minlength=(groups + 1) * votes.shape[1] * len(_KINDS))
    by_kind = counts.reshape(groups + 1, votes.shape[1], len(_KINDS))
    disagree, _, agree = (by_kind[:, :, kind] for kind in range(len(_KINDS)))
    seen = by_kind.sum(axis=2)
    everybody = Counts(agree, disagree, seen).total()
    return Counts(agree[1:], disagree[1:], seen[1:]), everybody


def figures(counts: Counts, side: Side) -> SideFigures:
    """The figures of one side, each group compared with everybody in the other groups."""
    rest = counts.rest()
    count, other = (counts.agree, rest.agree) if side == "agree" else (counts.disagree, rest.disagree)
    share, elsewhere = smoothed_share(count, counts.seen), smoothed_share(other, rest.seen)
    return SideFigures(
        count,
        share,
        share_test(count, counts.seen),
        share / elsewhere,
        two_share_test(count, counts.seen, other, rest.seen),
    )


def smoothed_share(count: IntArray, seen: IntArray) -> FloatArray:
    """(count + 1) / (seen + 2): the share with one imagined vote on each side (Laplace)."""
    return (count + 1) / (seen + 2)


def share_test(count: IntArray, seen: IntArray) -> FloatArray:
    """z of the share against one half, with one imagined vote for: 2 √(n + 1) ((x + 1) / (n + 1) − ½)."""
    return 2 * np.sqrt(seen + 1) * ((count + 1) / (seen + 1) - 0.5)


def two_share_test(count: IntArray, seen: IntArray, other: IntArray, other_seen: IntArray) -> FloatArray:
    """z of the two-proportion test, one imagined vote for in each; 0 where all votes are on this side."""
    count, seen, other, other_seen = count + 1, seen + 1, other + 1, other_seen + 1
    pooled = (count + other) / (seen + other_seen)
    all_alike = (count + other) == (seen + other_seen)
    spread = np.sqrt(np.where(all_alike, 1.0, pooled * (1 - pooled)) * (1 / seen + 1 / other_seen))
    return np.where(all_alike, 0.0, (count / seen - other / other_seen) / spread)


def is_seen_enough(seen: IntArray, people: int) -> NDArray[np.bool_]:
    """Which statements enough of these `people` voted on to speak for them; `seen` is per statement.

    Enough is half of what the quarter most seen has at least (in a conversation where nearly all see nearly
    everything that is half of the people), and five votes, or half of the people where that is fewer.
    """
    usual = float(np.quantile(seen, 0.75)) if len(seen) else 0.0
    return seen >= max(usual / 2, min(FEWEST_SEEN, people / 2))


def group_aware_consensus(counts: Counts) -> tuple[FloatArray, FloatArray]:
    """Per statement, the product over the groups of the smoothed share that agrees, and of that which
    disagrees."""
    return (
        smoothed_share(counts.agree, counts.seen).prod(axis=0),
        smoothed_share(counts.disagree, counts.seen).prod(axis=0),
    )


def majority(everybody: Counts, kept: NDArray[np.bool_], side: Side) -> list[Figure]:
    """Up to five statements on which most people took this side: share > ½, significant, by share × test.

    `everybody` has one row: all participants, those outside the groups too.
    """
    one = figures(everybody, side)
    share, test = one.share[0], one.share_test[0]
    passing = np.flatnonzero(kept & (share > 0.5) & (test > SIGNIFICANT))
    best = passing[np.argsort(-(share * test)[passing], kind="stable")][:MOST_SHOWN]
    return [
        Figure(int(s), side, int(one.count[0, s]), int(everybody.seen[0, s]), float(share[s]), float(test[s]))
        for s in best
    ]


def representative(counts: Counts, kept: NDArray[np.bool_], group: int) -> list[Figure]:
    """Up to five statements that tell this group from the others, agreements first.

    `kept` marks the statements that may be shown. A statement is told on a side that at least half of those in
    the group who saw it took. It qualifies where share and ratio are both significant there; those are ranked
    by ratio × its test × share × its test. The best agreement stands first in the choice; with none
    qualifying, the best there is.
    """
    agree, disagree = figures(counts, "agree"), figures(counts, "disagree")
    order = np.flatnonzero(kept)
    best_agree = _best_agree(counts, agree, group, order)
    sides = [(s, side) for s in order.tolist() if (side := _told_side(counts, agree, disagree, group, s))]
    told = [_one_figure(counts, agree if side == "agree" else disagree, side, group, s) for s, side in sides]
    if best_agree is not None:
        first = _one_figure(counts, agree, "agree", group, best_agree, is_best_agree=True)
    elif told:
        first = max(told, key=lambda figure: figure.ratio_test or 0.0)
    else:
        return []
    ranked = sorted((figure for figure in told if _is_enough(figure)), key=lambda figure: -_rank(figure))
    if not ranked:
        return [first]
    if best_agree is not None:
        ranked = [first, *(figure for figure in ranked if figure.statement != best_agree)]
    return sorted(ranked[:MOST_SHOWN], key=lambda figure: figure.side)


def _told_side(
    counts: Counts, agree: SideFigures, disagree: SideFigures, group: int, statement: int
) -> Side | None:
    """The side that at least half of the group's voters took; of two halves that which sets it apart more."""
    at = group, statement
    seen = counts.seen[at]
    both: tuple[tuple[Side, SideFigures], ...] = (("agree", agree), ("disagree", disagree))
    halves = [side for side, one in both if 2 * one.count[at] >= seen > 0]
    if len(halves) == 2:
        return "agree" if agree.ratio_test[at] > disagree.ratio_test[at] else "disagree"
    return halves[0] if halves else None


def _one_figure(
    counts: Counts, one: SideFigures, side: Side, group: int, statement: int, *, is_best_agree: bool = False
) -> Figure:
    at = group, statement
    return Figure(
        statement,
        side,
        int(one.count[at]),
        int(counts.seen[at]),
        float(one.share[at]),
        float(one.share_test[at]),
        float(one.ratio[at]),
        float(one.ratio_test[at]),
        is_best_agree,
    )


def _is_enough(figure: Figure) -> bool:
    return (figure.ratio_test or 0.0) > SIGNIFICANT and figure.share_test > SIGNIFICANT


def _rank(figure: Figure) -> float:
    return (figure.ratio or 0.0) * (figure.ratio_test or 0.0) * figure.share * figure.share_test


def _best_agree(counts: Counts, agree: SideFigures, group: int, order: IntArray) -> int | None:
    """The statement this group most agrees on, compared by ratio where the best so far sets the group
    apart; at least half of those who saw it agree."""
    share, test = agree.share[group], agree.share_test[group]
    ratio, ratio_test = agree.ratio[group], agree.ratio_test[group]
    seen = counts.seen[group]
    half = (2 * agree.count[group] >= seen) & (seen > 0)
    by_ratio = ratio * ratio_test * share * test
    best: int | None = None
    for statement in order[half[order]].tolist():
        if best is None:
            better = test[statement] > SIGNIFICANT or (ratio[statement] > 1.0 and share[statement] > 0.5)
        elif ratio[best] > 1.0:
            better = by_ratio[statement] > by_ratio[best]
        else:
            better = share[statement] * test[statement] > share[best] * test[best]
        if better:
            best = statement
    return best
