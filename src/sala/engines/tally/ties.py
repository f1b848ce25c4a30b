"""Published orders that decide between projects which the rule finds exactly equal."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sala.engines.tally.election import Election, ElectionError

ORDERS = ("lexicographic", "cost", "cost-descending", "votes", "listed", "seed:WORDS")


@dataclass(frozen=True, slots=True)
class TieOrder:
    """`rank[p]` is the place of project p in the published order; the lowest wins."""

    name: str
    rank: tuple[int, ...]

    def first(self, tied: Sequence[int]) -> int:
        """Which of the tied projects goes first."""
        return min(tied, key=self.rank.__getitem__)

    def sorted(self, projects: Sequence[int]) -> list[int]:
        """The projects in the published order."""
        return sorted(projects, key=self.rank.__getitem__)


def order_ties(election: Election, name: str, votes: Sequence[int]) -> TieOrder:
    """The published order of that name over the projects of an election.

    lexicographic: by id, as strings of Unicode code points. cost: cheaper first. cost-descending: dearer
    first. votes: more voters first. listed: as in the file. seed:WORDS: by SHA-256 of WORDS, a line feed
    and the id, so that a draw held in public decides. All but `listed` fall back on the id.
    Raises ElectionError for another name.
    """
    ids = [project.id for project in election.projects]
    costs = [project.cost for project in election.projects]
    keys: dict[str, Callable[[int], tuple[object, ...]]] = {
        "lexicographic": lambda p: (ids[p],),
        "cost": lambda p: (costs[p], ids[p]),
        "cost-descending": lambda p: (-costs[p], ids[p]),
        "votes": lambda p: (-votes[p], ids[p]),
        "listed": lambda p: (p,),
    }
    if name.startswith("seed:") and len(name) > 5:
        key = _drawn(name[5:], ids)
    elif name in keys:
        key = keys[name]
    else:
        raise ElectionError(f"There is no tie order {name!r}; there are {', '.join(ORDERS)}.")
    rank = [0] * len(ids)
    for place, p in enumerate(sorted(range(len(ids)), key=key)):
        rank[p] = place
    return TieOrder(name, tuple(rank))


def _drawn(seed: str, ids: Sequence[str]) -> Callable[[int], tuple[object, ...]]:
    return lambda p: (hashlib.sha256(f"{seed}\n{ids[p]}".encode()).digest(), ids[p])
