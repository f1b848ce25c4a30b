"""Seeded elections for the tally benchmark: uneven popularity, districts, round costs; arrays or `.pb` text."""

from collections.abc import Iterator

import numpy as np

from sala.engines import tally
from sala.engines.tally.election import position_type


def draw_election(
    voters: int, projects: int, *, mean: float, exactly: bool = False, seed: int = 1
) -> tally.Election:
    """Approval ballots: popularity falls like a power of the rank, and each voter leans to one district.

    `mean` approvals a voter (Poisson, at least one), or exactly so many. Costs are round amounts; the
    budget pays for about a third of the projects.
    """
    random = np.random.default_rng(seed)
    popularity = (np.arange(projects) + 3.0) ** -0.8
    random.shuffle(popularity)
    district = random.integers(0, 8, projects)
    rows, columns = [], []
    for begin in range(0, voters, 1_000_000):
        count = min(1_000_000, voters - begin)
        home = random.integers(0, 8, count)
        lengths = np.full(count, int(mean)) if exactly else np.maximum(1, random.poisson(mean, count))
        row, column = _approvals(random, popularity, district, home, lengths)
        rows.append(row + begin)
        columns.append(column)
    row = np.concatenate(rows)
    starts = np.concatenate([[0], np.cumsum(np.bincount(row, minlength=voters))])
    costs = random.integers(5, 400, projects) * 250_000
    return tally.Election(
        tuple(tally.Project(f"P{i:03d}", int(cost)) for i, cost in enumerate(costs)),
        int(costs.sum()) // 3,
        "approval",
        tally.Ballots(starts, np.concatenate(columns).astype(position_type(projects))),
    )


def _approvals(random, popularity, district, home, lengths):
    """Rows and columns of distinct approvals: draw too many, keep the first distinct ones of each voter."""
    projects = len(popularity)
    spare = lengths + lengths // 2 + 3
    row = np.repeat(np.arange(len(lengths)), spare)
    total = popularity / popularity.sum()
    column = random.choice(projects, size=len(row), p=total)
    local = random.random(len(row)) < 0.6
    for one in range(8):
        there = np.flatnonzero(local & (home[row] == one))
        own = np.flatnonzero(district == one)
        if len(own):
            column[there] = random.choice(own, size=len(there), p=popularity[own] / popularity[own].sum())
    order = np.unique(row * projects + column, return_index=True)[1]
    order.sort()
    row, column = row[order], column[order]
    place = np.arange(len(row)) - np.searchsorted(row, np.arange(len(lengths)))[row]
    keep = place < lengths[row]
    return row[keep], column[keep]


def write_pb(election: tally.Election) -> Iterator[bytes]:
    """The election as the bytes of a `.pb` file."""
    ballots, ids = election.ballots, [project.id for project in election.projects]
    head = ["META", "key;value", "description;seeded benchmark", f"num_projects;{len(ids)}"]
    head += [f"num_votes;{len(ballots)}", f"budget;{election.budget // 100}", "vote_type;approval"]
    head += ["PROJECTS", "project_id;cost"]
    head += [f"{project.id};{project.cost // 100}" for project in election.projects]
    yield ("\n".join([*head, "VOTES", "voter_id;age;vote"]) + "\n").encode()
    for begin in range(0, len(ballots), 100_000):
        edges = ballots.starts[begin : begin + 100_001].tolist()
        names = [ids[i] for i in ballots.projects[edges[0] : edges[-1]].tolist()]
        lines = [
            f"{begin + i};{20 + (begin + i) % 60};{','.join(names[a - edges[0] : b - edges[0]])}\n"
            for i, (a, b) in enumerate(zip(edges, edges[1:], strict=False))
        ]
        yield "".join(lines).encode()
