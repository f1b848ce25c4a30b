"""Who stands behind which project and how strongly, in arrays that the three rules read."""

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

import numpy as np
from scipy import sparse

from sala.engines.tally.election import Ballots, Election, ElectionError, IntArray

Utility = Literal["cost", "cardinality", "points", "borda", "places"]
UTILITIES: tuple[Utility, ...] = ("cost", "cardinality", "points", "borda", "places")

# Above this, sums of points would leave the whole numbers that a float64 holds exactly.
_LARGEST_SUM = 2**53
_MANY_CELLS = 2**24


@dataclass(frozen=True)
class Support:
    """The ballots seen from the voters (rows) and from the projects (columns).

    Row-major: `starts`, `projects`, `scores` (None: every score is 1). Column-major: supporters of p are
    `voters[columns[p]:columns[p+1]]`, and `cells` gives the row-major place of each. `weights` is the number
    of people behind each row (None: one). `units[p]` turns a score into utility: utility = score · unit.
    `barred` projects, with too few
    voters, and those `below` the least score (with their scores) take no part.
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
    below: dict[int, Fraction] = field(default_factory=dict)

    def supporters(self, project: int) -> IntArray:
        """Rows of the ballots that support the project."""
        return self.voters[self.columns[project] : self.columns[project + 1]]

    def weights_of(self, rows: IntArray) -> IntArray | None:
        """People behind each of the rows, None when one each."""
        return None if self.weights is None else self.weights[rows]

    def is_wanted(self, project: int) -> bool:
        """Whether the project takes part and anyone gains anything from it."""
        return self.takes_part(project) and self.totals[project] > 0

    def takes_part(self, project: int) -> bool:
        """Whether no threshold bars the project."""
        return project not in self.barred and project not in self.below

    def is_listed_for_free(self, project: int) -> bool:
        """Chosen by somebody, though without a point, and free: nobody is against it and nobody pays."""
        return self.costs[project] == 0 < self.votes[project] and self.takes_part(project)


def default_utility(election: Election) -> Utility:
    """Cost for approval ballots, points for points, Borda for rankings."""
    by_kind: dict[str, Utility] = {"approval": "cost", "points": "points", "ranking": "borda"}
    return by_kind[election.kind]


def own_score(election: Election) -> Utility:
    """What a city adds up for such ballots: voters, points, or places of the rankings."""
    by_kind: dict[str, Utility] = {"approval": "cardinality", "points": "points", "ranking": "places"}
    return by_kind[election.kind]


def longest_ballot(election: Election) -> int:
    """How many projects the longest ballot lists."""
    return int(np.diff(election.ballots.starts).max(initial=0))


def gather_support(
    election: Election,
    utility: Utility,
    *,
    min_votes: int = 0,
    min_score: Fraction = Fraction(0),
    first_place: int | None = None,
) -> Support:
    """Read the ballots under a utility: cost, cardinality (1 each), points, Borda, or places.

    Borda gives the last of the k listed projects 0, the first k - 1. Places give the first `first_place`, the
    next one less, none below zero. Under cost and cardinality a listed project counts as approved, whatever
    its points or rank. Projects with fewer voters than `min_votes`, or a lower `own_score` than `min_score`
    (in points), are barred. Raises ElectionError where the ballots do not carry what the utility needs.
    """
    ballots = election.ballots
    scores = _scores(election, utility, first_place)
    listed = _drop_unscored(ballots, scores)
    costs = tuple(project.cost for project in election.projects)
    columns, voters, cells = _by_project(listed, len(costs))
    votes = _sum_scores(Ballots(ballots.starts, ballots.projects, None, ballots.voters), len(costs))
    own = _own_totals(election, first_place) if min_score > 0 else ()
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
        # A free project is worth something to who chose it: under cost, too, its unit must not be nothing.
        units=tuple(cost or 1 for cost in costs) if utility == "cost" else (1,) * len(costs),
        costs=costs,
        electorate=ballots.electorate,
        barred=frozenset(p for p, count in enumerate(votes) if count < min_votes),
        below={p: score for p, score in enumerate(own) if score < min_score},
    )


def _own_totals(election: Election, first_place: int | None) -> list[Fraction]:
    """The score of each project as the city counts it, in whole points."""
    scores = _scores(election, own_score(election), first_place)
    ballots = Ballots(election.ballots.starts, election.ballots.projects, scores, election.ballots.voters)
    unit = election.ballots.points_per_unit if election.kind == "points" else 1
    return [Fraction(total, unit) for total in _sum_scores(ballots, len(election.projects))]


def _scores(election: Election, utility: Utility, first_place: int | None) -> IntArray | None:
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
        raise ElectionError(f"The utility {utility} needs ranking ballots.")
    starts, listed = election.ballots.starts, len(election.ballots.projects)
    if utility == "places":
        place = np.arange(listed) - np.repeat(starts[:-1], np.diff(starts))
        return np.maximum((longest_ballot(election) if first_place is None else first_place) - place, 0)
    return np.repeat(starts[1:], np.diff(starts)) - np.arange(1, listed + 1)


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
