"""Opinion groups: who can be placed in one, how many groups there are, and how both stay steady over time."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sala.engines.opinions.kmeans import (
    BASE_PEOPLE,
    Base,
    Grouping,
    divide,
    find_base,
    nearest,
    sample_people,
    settle,
    silhouette,
)
from sala.engines.opinions.votes import FloatArray, IntArray, VoteTable

MOST_GROUPS = 5
BASE_PER_EXTRA_GROUP = 12


@dataclass(frozen=True)
class GroupHistory:
    """What one map tells the next about the number of groups: the number last found, how many maps in a row
    found it, and the number shown."""

    last: int
    run: int
    shown: int


@dataclass(frozen=True)
class Groups:
    """The division shown. `labels` is per clustered participant; `silhouettes` per number of groups tried."""

    grouping: Grouping
    base: Base
    silhouettes: dict[int, float]
    history: GroupHistory

    @property
    def labels(self) -> IntArray:
        return self.grouping.labels


def clusterable(votes: VoteTable, *, least_votes: int = 7, at_least: int = 15) -> IntArray:
    """Positions of the participants who voted enough to be placed in a group, ascending.

    Enough is `least_votes` votes (pass included), or every statement where there are fewer. Where that leaves
    fewer than `at_least` people, those with the most votes are added.
    """
    seen = votes.seen
    enough = seen >= min(least_votes, votes.shape[1])
    if enough.sum() < at_least:
        most_first = np.lexsort((np.arange(len(seen)), -seen, ~enough))
        enough[most_first[:at_least]] = True
    return np.flatnonzero(enough)


def find_groups(
    places: FloatArray, *, groups: int | None = None, least: int = 5, before: GroupHistory | None = None
) -> Groups:
    """Divide people at `places` (people × 2) into opinion groups.

    With `groups` given, into so many. Else each number from 2 to 5 is tried (fewer where there are few
    people) and the one with the best mean silhouette over the base clusters is found; the number shown
    follows by `smooth`. Raises ValueError where there are fewer distinct places than groups.
    """
    sample = sample_people(places)
    base = find_base(sample_people(places, BASE_PEOPLE))

    def of(count: int) -> Grouping:
        return divide(sample, base, count, least=least, whole=len(places))

    if groups is not None:
        return Groups(_for_everybody(of(groups), places), base, {}, GroupHistory(groups, 1, groups))
    most = min(MOST_GROUPS, 2 + len(base.centres) // BASE_PER_EXTRA_GROUP)
    tried = {count: of(count) for count in range(2, most + 1)}
    widths = {count: silhouette(base, nearest(base.centres, one.centres)) for count, one in tried.items()}
    found = max(widths, key=lambda count: (widths[count], -count))
    history = smooth(before, found, allowed=list(tried))
    return Groups(_for_everybody(tried[history.shown], places), base, widths, history)


def _for_everybody(found: Grouping, places: FloatArray) -> Grouping:
    """Settle on everybody what was found on a sample."""
    return found if len(found.labels) == len(places) else settle(places, found.centres)


def smooth(before: GroupHistory | None, found: int, *, allowed: list[int], patience: int = 4) -> GroupHistory:
    """The number of groups to show: it changes only when `patience` maps in a row have found the same new
    number."""
    run = before.run + 1 if before is not None and before.last == found else 1
    if before is None or run >= patience or before.shown not in allowed:
        return GroupHistory(found, run, found)
    return GroupHistory(found, run, before.shown)


def order_by_size(grouping: Grouping) -> Grouping:
    """Number the groups from the largest to the smallest; among equals by place."""
    return _renumber(grouping, np.lexsort((grouping.centres[:, 1], grouping.centres[:, 0], -grouping.sizes)))


def keep_names(grouping: Grouping, earlier: NDArray[np.integer]) -> Grouping:
    """Number the groups so that people keep the number they had; `earlier` is per person, -1 for none.

    The group and number with most people in common are matched first, then the next; a group that is left
    takes the lowest number that is free, so that numbers always run from 0.
    """
    count = len(grouping.centres)
    known = earlier >= 0
    shared = np.zeros((count, max(count, int(earlier.max(initial=-1)) + 1)))
    np.add.at(shared, (grouping.labels[known], earlier[known]), 1)
    shared = shared[:, :count]
    order = np.empty(count, dtype=np.int64)
    for _ in range(count):
        new, old = np.unravel_index(int(shared.argmax()), shared.shape)
        order[old] = new
        shared[new, :] = shared[:, old] = -1
    return _renumber(grouping, order)


def _renumber(grouping: Grouping, order: NDArray[np.integer]) -> Grouping:
    position = np.empty(len(order), dtype=np.int64)
    position[order] = np.arange(len(order))
    return replace(grouping, centres=grouping.centres[order], labels=position[grouping.labels])
