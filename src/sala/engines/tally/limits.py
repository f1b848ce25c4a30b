"""Ballots beyond the published limits of one ballot: counted all the same, and said in every report."""

from fractions import Fraction

import numpy as np

from sala.engines.tally.election import Election, IntArray

_LARGEST_SUM = 2**62


def find_breaches(election: Election) -> dict[str, tuple[Fraction, int]]:
    """Each published limit that some ballot breaks, with how many people's ballots break it.

    A file cannot tell whether a city had left such ballots out; dropping them here would be a rule of our own.
    """
    found: dict[str, tuple[Fraction, int]] = {}
    ballots = election.ballots
    voters = np.ones(len(ballots), dtype=np.int64) if ballots.voters is None else ballots.voters
    for name, limit in election.terms.limits.items():
        bound, _, what = name.partition("_")
        amounts, unit = _amounts(election, what)
        if amounts is None:
            continue
        # Whole numbers against a fraction: compared exactly with the whole number on the right side of it.
        scaled = limit * unit
        broken = amounts < -(-scaled // 1) if bound == "min" else amounts > scaled // 1
        if what == "points":
            broken = _sums(ballots.starts, broken.astype(np.int64)) > 0
        people = int(voters[broken].sum())
        if people:
            found[name] = limit, people
    return found


def _amounts(election: Election, what: str) -> tuple[IntArray | None, int]:
    """The amount of each ballot that a limit speaks of, in whole parts, and how many parts make one."""
    ballots = election.ballots
    if what == "length":
        return np.diff(ballots.starts), 1
    if what == "sum_cost":
        costs = np.array([project.cost for project in election.projects], dtype=object)
        if sum(costs) < _LARGEST_SUM:
            costs = costs.astype(np.int64)
        return _sums(ballots.starts, costs[ballots.projects]), election.minor_per_unit
    if ballots.points is None:
        return None, 1
    points = ballots.points.astype(np.int64)
    if what == "sum_points":
        return _sums(ballots.starts, points), ballots.points_per_unit
    # Least and most points of one project: one amount for each project listed.
    return points, ballots.points_per_unit


def _sums(starts: IntArray, amounts: IntArray) -> IntArray:
    before = np.concatenate([np.zeros(1, dtype=amounts.dtype), np.cumsum(amounts)])
    sums: IntArray = before[starts[1:]] - before[starts[:-1]]
    return sums
