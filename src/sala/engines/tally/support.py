"""Who stands behind which project and how strongly, in arrays that the three rules read."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy import sparse

from sala.engines.tally.election import Ballots, Election, ElectionError, IntArray

Utility = Literal["cost", "cardinality", "points", "borda"]
UTILITIES: tuple[Utility, ...] = ("cost", "cardinality", "points", "borda")

# Above this, sums of points would leave the whole numbers that a float64 holds exactly.
_LARGEST_SUM = 2**53
_MANY_CELLS = 2**24


@dataclass(frozen=True)
class Support:
    """The ballots seen from the voters (rows) and from the projects (columns).

    Row-major: `starts`, `projects`, `scores` (None: every score is 1). Column-major: supporters of p are
    `voters[columns[p]:columns[p+1]]`, and `cells` gives the row-major place of each. `weights` is the number
    of people behind each row (None: one). `units[p]` turns a score into utility: utility = score · unit.
    `barred` projects take no part.
    """

    starts: IntArray
    projects: IntArray
    scores: IntArray | None
    weights: IntArray | None
    columns: IntArray
    voters: IntArray
    cells: IntArray
    totals: tuple[int, ...]
    votes: tuple[int, ...]
    units: tuple[int, ...]
    costs: tuple[int, ...]
    electorate: int
    barred: frozenset[int] = frozenset()

    def supporters(self, project: int) -> IntArray:
        """Rows of the ballots that support the project."""
        return self.voters[self.columns[project] : self.columns[project + 1]]

    def weights_of(self, rows: IntArray) -> IntArray | None:
        """People behind each of the rows, None when one each."""
        return None if self.weights is None else self.weights[rows]

    def is_wanted(self, project: int) -> bool:
        """Whether the project takes part and anyone gains anything from it."""
        return project not in self.barred and self.totals[project] > 0 and self.units[project] > 0


def default_utility(election: Election) -> Utility:
    """Cost for approval ballots, points for points, Borda for rankings."""
    by_kind: dict[str, Utility] = {"approval": "cost", "points": "points", "ranking": "borda"}
    return by_kind[election.kind]


def gather_support(election: Election, utility: Utility, *, min_votes: int = 0) -> Support:
    """Read the ballots under a utility: cost, cardinality (1 each), points, or Borda.

    Borda gives the last of the k listed projects 0, the first k - 1. Under cost and cardinality a listed
    project counts as approved, whatever its points or rank. Projects with fewer voters than `min_votes` are
    barred. Raises ElectionError where the ballots do not
    carry what the utility needs.
    """
    ballots = election.ballots
    scores = _scores(election, utility)
    listed = _drop_unscored(ballots, scores)
    costs = tuple(project.cost for project in election.projects)
    columns, voters, cells = _by_project(listed, len(costs))
    votes = _sum_scores(Ballots(ballots.starts, ballots.projects, None, ballots.voters), len(costs))
    return Support(
        starts=listed.starts,
        projects=listed.projects,
        scores=listed.points,
        weights=ballots.voters,
        columns=columns,
        voters=voters,
        cells=cells,
        totals=_sum_scores(listed, len(costs)),
        votes=votes,
        units=costs if utility == "cost" else (1,) * len(costs),
        costs=costs,
        electorate=ballots.electorate,
        barred=frozenset(p for p, count in enumerate(votes) if count < min_votes),
    )


def _scores(election: Election, utility: Utility) -> IntArray | None:
    if utility in ("cost", "cardinality"):
        return None
    if utility == "points":
        if election.kind != "points":
            raise ElectionError("The utility points needs points ballots.")
        points = election.ballots.points
        assert points is not None
        if len(points) and int(points.min()) < 0:
            raise ElectionError("Points below zero cannot be counted by these rules.")
        return points
    if election.kind != "ranking":
        raise ElectionError("The utility borda needs ranking ballots.")
    lengths = np.diff(election.ballots.starts)
    return np.repeat(election.ballots.starts[1:], lengths) - np.arange(1, len(election.ballots.projects) + 1)


def _drop_unscored(ballots: Ballots, scores: IntArray | None) -> Ballots:
    if scores is None or bool((scores > 0).all()):
        return Ballots(ballots.starts, ballots.projects, scores, ballots.voters)
    keep = scores > 0
    before = np.concatenate([[0], np.cumsum(keep)])
    return Ballots(before[ballots.starts], ballots.projects[keep], scores[keep], ballots.voters)


def _by_project(ballots: Ballots, projects: int) -> tuple[IntArray, IntArray, IntArray]:
    # Small elections take the index type that numpy is fastest with, large ones the smaller type.
    place = np.int32 if _MANY_CELLS < len(ballots.projects) < 2**31 else np.int64
    rows = sparse.csr_matrix(
        (
            np.arange(len(ballots.projects), dtype=place),
            ballots.projects.astype(place),
            ballots.starts.astype(place),
        ),
        shape=(len(ballots), projects),
    )
    columns = rows.tocsc()
    voters = columns.indices if place is np.int32 else columns.indices.astype(np.int64)
    return columns.indptr.astype(np.int64), voters, columns.data


def _sum_scores(ballots: Ballots, projects: int) -> tuple[int, ...]:
    if ballots.points is None and ballots.voters is None:
        return tuple(np.bincount(ballots.projects, minlength=projects).tolist())
    amounts = np.ones(len(ballots.projects)) if ballots.points is None else ballots.points.astype(np.float64)
    if ballots.voters is not None:
        amounts = amounts * np.repeat(ballots.voters, np.diff(ballots.starts))
    if float(amounts.sum()) >= _LARGEST_SUM:
        raise ElectionError("The points of this election are too large to be summed exactly.")
    sums = np.bincount(ballots.projects, weights=amounts, minlength=projects)
    return tuple(int(total) for total in sums)
