"""What a count is given: projects with costs, a budget, and ballots as plain arrays."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

Kind = Literal["approval", "points", "ranking"]
IntArray = npt.NDArray[np.integer[Any]]


class ElectionError(ValueError):
    """An election that cannot be counted as it stands; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Project:
    """One thing that money may be spent on. `cost` is in minor units (satang)."""

    id: str
    cost: int


@dataclass(frozen=True, slots=True)
class Ballots:
    """Ballots as arrays: ballot b lists `projects[starts[b]:starts[b+1]]`, positions in the project list.

    `points` is parallel to `projects` (None: no points); `voters` says how many people cast each ballot
    (None: one each). Within a ranking ballot the order is from most to least liked.
    """

    starts: IntArray
    projects: IntArray
    points: IntArray | None = None
    voters: IntArray | None = None

    def __len__(self) -> int:
        return len(self.starts) - 1

    @property
    def electorate(self) -> int:
        """How many people voted, those with an empty ballot included."""
        return len(self) if self.voters is None else int(self.voters.sum())


@dataclass(frozen=True, slots=True)
class Election:
    """One budget vote. `budget` and costs are whole minor units, `minor_per_unit` of them to the unit."""

    projects: tuple[Project, ...]
    budget: int
    kind: Kind
    ballots: Ballots
    minor_per_unit: int = 100

    def __post_init__(self) -> None:
        ids = [project.id for project in self.projects]
        if len(set(ids)) != len(ids):
            raise ElectionError("Two projects have the same id.")
        if self.budget < 0 or any(project.cost < 0 for project in self.projects):
            raise ElectionError("The budget and every cost must be zero or more.")
        if len(self.ballots.projects) and int(self.ballots.projects.max()) >= len(ids):
            raise ElectionError("A ballot names a project that is not in the list.")
        if self.kind == "points" and self.ballots.points is None:
            raise ElectionError("Points ballots need points.")


def build_election(
    costs: Mapping[str, int],
    budget: int,
    ballots: Iterable[Sequence[str] | Mapping[str, int]],
    *,
    kind: Kind = "approval",
    minor_per_unit: int = 100,
) -> Election:
    """An election from plain Python values; costs and budget in minor units.

    Each ballot is a sequence of project ids (most liked first for rankings), or for points a mapping
    from id to whole points. Raises ElectionError for an unknown or repeated project.
    """
    position = {project: i for i, project in enumerate(costs)}
    starts, listed, points = [0], [], []
    for ballot in ballots:
        if len(set(ballot)) != len(ballot) or not position.keys() >= set(ballot):
            raise ElectionError(f"The ballot {list(ballot)} names an unknown project, or one twice.")
        listed += [position[project] for project in ballot]
        points += list(ballot.values()) if isinstance(ballot, Mapping) else []
        starts.append(len(listed))
    return Election(
        projects=tuple(Project(project, cost) for project, cost in costs.items()),
        budget=budget,
        kind=kind,
        ballots=Ballots(
            np.array(starts, dtype=np.int64),
            np.array(listed, dtype=position_type(len(costs))),
            np.array(points, dtype=np.int64) if kind == "points" else None,
        ),
        minor_per_unit=minor_per_unit,
    )


def position_type(projects: int) -> type[np.unsignedinteger[Any]]:
    """The smallest unsigned type that numbers that many projects."""
    return np.uint8 if projects <= 2**8 else np.uint16 if projects <= 2**16 else np.uint32


def merge_equal_ballots(election: Election) -> Election:
    """The same election with equal ballots counted together: smaller, and by exactness the same result."""
    ballots = election.ballots
    voters = np.ones(len(ballots), dtype=np.int64) if ballots.voters is None else ballots.voters
    lengths = np.diff(ballots.starts)
    kept, people = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    for length in np.unique(lengths).tolist():
        rows = np.flatnonzero(lengths == length)
        first, group = _distinct(ballots, rows, length, ordered=election.kind == "ranking")
        kept.append(rows[first])
        people.append(np.bincount(group, weights=voters[rows]).astype(np.int64))
    cells, kept_lengths = pair_positions(ballots.starts, np.concatenate(kept))
    merged = Ballots(
        np.concatenate([[0], np.cumsum(kept_lengths)]).astype(np.int64),
        ballots.projects[cells],
        None if ballots.points is None else ballots.points[cells],
        np.concatenate(people),
    )
    return Election(election.projects, election.budget, election.kind, merged, election.minor_per_unit)


def _distinct(ballots: Ballots, rows: IntArray, length: int, *, ordered: bool) -> tuple[IntArray, IntArray]:
    """Among ballots of one length: the first of each kind, and the kind of each."""
    if length == 0:
        return np.zeros(1, dtype=np.int64), np.zeros(len(rows), dtype=np.int64)
    cells = ballots.starts[rows][:, None] + np.arange(length)
    listed = ballots.projects[cells]
    if not ordered:
        order = np.argsort(listed, axis=1, kind="stable")
        cells = np.take_along_axis(cells, order, axis=1)
        listed = np.take_along_axis(listed, order, axis=1)
    keys = np.ascontiguousarray(listed).view(np.uint8).reshape(len(rows), -1)
    if ballots.points is not None:
        given = ballots.points.astype(np.int64)[cells].view(np.uint8).reshape(len(rows), -1)
        keys = np.ascontiguousarray(np.concatenate([keys, given], axis=1))
    whole = keys.view(np.dtype((np.void, keys.shape[1]))).ravel()
    _, first, group = np.unique(whole, return_index=True, return_inverse=True)
    return first, group


def pair_positions(starts: IntArray, rows: IntArray) -> tuple[IntArray, IntArray]:
    """Positions of all cells of the given rows, one after another, and the length of each row."""
    first = starts[rows]
    lengths = starts[rows + 1] - first
    before = np.cumsum(lengths) - lengths
    return np.repeat(first - before, lengths) + np.arange(int(lengths.sum())), lengths
