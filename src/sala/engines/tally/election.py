"""What a count is given: projects with costs, a budget, and ballots as plain arrays."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from math import isfinite, lcm
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from sala.engines.tally.terms import Terms

Kind = Literal["approval", "points", "ranking"]
KINDS: tuple[Kind, ...] = ("approval", "points", "ranking")
IntArray = npt.NDArray[np.integer[Any]]
Amount = int | float | Decimal | Fraction

# Points are whole numbers of this or a coarser part of a point; what is finer is refused, never cut.
_FINEST_POINT = 10**9
_LARGEST_POINTS = 2**62


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

    `points` is parallel to `projects` (None: no points), whole numbers of which `points_per_unit` make one
    point; `voters` says how many people cast each ballot (None: one each). Within a ranking ballot the order
    is from most to least liked.
    """

    starts: IntArray
    projects: IntArray
    points: IntArray | None = None
    voters: IntArray | None = None
    points_per_unit: int = 1

    def __len__(self) -> int:
        return len(self.starts) - 1

    @property
    def electorate(self) -> int:
        """How many people voted, those with an empty ballot included."""
        return len(self) if self.voters is None else int(self.voters.sum())


@dataclass(frozen=True, slots=True)
class Election:
    """One budget vote. `budget` and costs are whole minor units, `minor_per_unit` of them to the unit.

    `terms` are what was published with it. `repeats` says how many ballots named a project more than once
    in the file they came from; there it counts once. Raises ElectionError for what cannot be counted exactly.
    """

    projects: tuple[Project, ...]
    budget: int
    kind: Kind
    ballots: Ballots
    minor_per_unit: int = 100
    terms: Terms = field(default_factory=Terms)
    repeats: int = 0

    def __post_init__(self) -> None:
        ids = [project.id for project in self.projects]
        if len(set(ids)) != len(ids):
            raise ElectionError("Two projects have the same id.")
        if self.kind not in KINDS:
            raise ElectionError(f"There is no kind of ballot {self.kind!r}; there are {', '.join(KINDS)}.")
        for name, amount in [
            ("budget", self.budget),
            *((f"cost of {one.id}", one.cost) for one in self.projects),
        ]:
            if type(amount) is not int:
                raise ElectionError(f"The {name}, {amount!r}, is not a whole number of minor units.")
        if self.budget < 0 or any(project.cost < 0 for project in self.projects):
            raise ElectionError("The budget and every cost must be zero or more.")
        if type(self.minor_per_unit) is not int or self.minor_per_unit < 1:
            raise ElectionError(f"minor_per_unit must be a whole number from 1, not {self.minor_per_unit!r}.")
        if self.kind == "points" and self.ballots.points is None:
            raise ElectionError("Points ballots need points.")
        _check_ballots(self.ballots, len(ids))


def _check_ballots(ballots: Ballots, projects: int) -> None:
    """Arrays given by hand must fit together and hold whole numbers: a cast would change them in silence."""
    for name in ("starts", "projects", "points", "voters"):
        given = getattr(ballots, name)
        if given is not None and not (
            isinstance(given, np.ndarray) and given.dtype.kind in "iu" and given.ndim == 1
        ):
            raise ElectionError(f"The array {name} of the ballots must be one row of whole numbers.")
    starts, listed, points, voters = ballots.starts, ballots.projects, ballots.points, ballots.voters
    if (
        not len(starts)
        or starts[0] != 0
        or starts[-1] != len(listed)
        or bool((starts[1:] < starts[:-1]).any())
    ):
        raise ElectionError("The starts of the ballots must rise from 0 to the number of projects listed.")
    if len(listed) and not 0 <= int(listed.min()) <= int(listed.max()) < projects:
        raise ElectionError("A ballot names a project that is not in the list.")
    if points is not None and len(points) != len(listed):
        raise ElectionError(f"There are {len(points)} points for {len(listed)} projects listed.")
    if voters is not None and (len(voters) != len(ballots) or bool((voters < 0).any())):
        raise ElectionError("The voters of the ballots must be one number for each ballot, zero or more.")
    if ballots.points_per_unit < 1:
        raise ElectionError("points_per_unit must be 1 or more.")


def build_election(
    costs: Mapping[str, int],
    budget: int,
    ballots: Iterable[Sequence[str] | Mapping[str, Amount]],
    *,
    kind: Kind = "approval",
    minor_per_unit: int = 100,
    terms: Terms | None = None,
) -> Election:
    """An election from plain Python values; costs and budget in minor units.

    Each ballot is a sequence of project ids (most liked first for rankings), or for points a mapping
    from id to points. Points may be fractions, exactly: a float means the decimal that Python prints for it.
    Raises ElectionError for an unknown or repeated project, for points that are below zero, no numbers or
    finer than a thousand-millionth, for points where the kind has none, and for money that is not whole.
    """
    position = {project: i for i, project in enumerate(costs)}
    starts, listed, points = [0], [], []
    for ballot in ballots:
        if isinstance(ballot, Mapping) != (kind == "points") or isinstance(ballot, str):
            wanted = "a mapping from project to points" if kind == "points" else "a list of projects"
            raise ElectionError(f"The ballot {ballot!r} must be {wanted}.")
        if len(set(ballot)) != len(ballot) or not position.keys() >= set(ballot):
            raise ElectionError(f"The ballot {list(ballot)} names an unknown project, or one twice.")
        listed += [position[project] for project in ballot]
        points += (
            [_exact_points(p, given) for p, given in ballot.items()] if isinstance(ballot, Mapping) else []
        )
        starts.append(len(listed))
    unit = lcm(*{one.denominator for one in points})
    scaled = [int(one * unit) for one in points]
    if unit > _FINEST_POINT or any(one > _LARGEST_POINTS for one in scaled):
        raise ElectionError("The points of this election are too fine or too large to be counted exactly.")
    return Election(
        projects=tuple(Project(project, _whole(cost)) for project, cost in costs.items()),
        budget=_whole(budget),
        kind=kind,
        ballots=Ballots(
            np.array(starts, dtype=np.int64),
            np.array(listed, dtype=position_type(len(costs))),
            np.array(scaled, dtype=np.int64) if kind == "points" else None,
            points_per_unit=unit,
        ),
        minor_per_unit=minor_per_unit,
        terms=terms or Terms(),
    )


def _exact_points(project: str, given: object) -> Fraction:
    if isinstance(given, np.generic):
        given = given.item()
    if (
        isinstance(given, bool)
        or not isinstance(given, int | float | Decimal | Fraction)
        or not isfinite(given)
    ):
        raise ElectionError(f"The points {given!r} for {project} are not a number.")
    points = Fraction(str(given)) if isinstance(given, float) else Fraction(given)
    if points < 0:
        raise ElectionError(f"The points {given!r} for {project} are below zero.")
    return points


def _whole(amount: int) -> int:
    """A numpy integer as Python's own; anything that is not whole is left for Election to refuse."""
    return int(amount) if isinstance(amount, np.integer) else amount


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
        ballots.points_per_unit,
    )
    return replace(election, ballots=merged)


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
