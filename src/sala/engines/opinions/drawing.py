"""Drawing an opinion map from votes: the one call that puts the steps in order."""

from dataclasses import dataclass, field
from functools import cache

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController

from sala.engines.opinions.comments import Comment, as_id
from sala.engines.opinions.grouping import (
    GroupHistory,
    Groups,
    clusterable,
    find_groups,
    keep_names,
    order_by_size,
    smooth,
)
from sala.engines.opinions.kmeans import Grouping
from sala.engines.opinions.projection import Projection, project
from sala.engines.opinions.stability import Stability, measure_stability
from sala.engines.opinions.statements import (
    Counts,
    Figure,
    count_votes,
    group_aware_consensus,
    is_seen_enough,
    majority,
    representative,
)
from sala.engines.opinions.votes import BadVotesError, FloatArray, IntArray, VoteTable, check_table

MOST_GROUPS_ASKED = 20


@dataclass(frozen=True)
class Settings:
    """What may be chosen about a map; each default is explained in docs/rules/opinion-map.md.

    `groups` forces a number of groups; `least_votes` is what a participant must have cast to be placed in
    one; groups of fewer than `least_group` people have no figures of their own; `rounds` of resampling
    measure stability.
    """

    groups: int | None = None
    least_votes: int = 7
    least_group: int = 5
    rounds: int = 20


@dataclass(frozen=True)
class Before:
    """What an earlier map of the same conversation hands on: its history, and who was in which group."""

    history: GroupHistory | None = None
    groups: dict[int | str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class OpinionGroup:
    """One group: its size, middle, and representative statements (none where it is too small to show)."""

    number: int
    size: int
    middle: tuple[float, float]
    representative: tuple[Figure, ...]
    is_suppressed: bool


@dataclass(frozen=True)
class Consensus:
    """Majority statements of everybody, and the group-aware products per statement (0 to 1).

    `seen_by_all_groups` marks the statements that enough people of every group voted on; only of those can it
    be said that all groups share them.
    """

    agree: tuple[Figure, ...]
    disagree: tuple[Figure, ...]
    all_groups_agree: FloatArray
    all_groups_disagree: FloatArray
    seen_by_all_groups: NDArray[np.bool_]


@dataclass(frozen=True)
class OpinionMap:
    """A drawn map. `labels` holds a group per participant of `votes`, -1 for those not placed in one.

    `kept` marks the statements that count; the others were moderated out or are about the conversation
    itself.
    """

    votes: VoteTable
    kept: NDArray[np.bool_]
    comments: dict[int | str, Comment]
    projection: Projection
    labels: IntArray
    groups: tuple[OpinionGroup, ...]
    counts: Counts
    everybody: Counts
    consensus: Consensus
    stability: Stability | None
    history: GroupHistory
    silhouettes: dict[int, float]
    settings: Settings


def draw_map(
    votes: VoteTable,
    comments: dict[int | str, Comment] | None = None,
    *,
    settings: Settings | None = None,
    before: Before | None = None,
    labels: dict[int | str, int] | None = None,
) -> OpinionMap:
    """Draw the opinion map of a conversation.

    `labels` (group number from 0 per participant id) takes the place of the clustering, to describe groups
    found elsewhere. Where all stand in one place, they are one group, unless more are asked for. Raises
    BadVotesError where too few people or statements are there for the groups asked, and for input that is no
    table of votes.
    """
    check_table(votes)
    _check_settings(settings or Settings())
    _check_labels(labels or {})
    # One thread: the order of a sum, and so its last bits, must not depend on the number of cores.
    with _threads().limit(limits=1):
        return _draw(votes, comments or {}, settings or Settings(), before or Before(), labels)


@cache
def _threads() -> ThreadpoolController:
    """The thread pools of the linear algebra; looking for them takes a while, so once."""
    return ThreadpoolController()


def _draw(
    votes: VoteTable,
    comments: dict[int | str, Comment],
    settings: Settings,
    before: Before,
    labels: dict[int | str, int] | None,
) -> OpinionMap:
    excluded = _excluded(votes, comments)
    if excluded.all():
        raise BadVotesError(
            "no statement is left: every one of them is moderated out or about the conversation itself"
        )
    projection = project(votes, excluded)
    kept = ~excluded
    placed, history, silhouettes = (
        _given(votes, labels) if labels is not None else _found(votes, projection, settings, before)
    )
    groups = int(placed.max()) + 1
    counts, everybody = count_votes(votes, placed, groups)
    return OpinionMap(
        votes=votes,
        kept=kept,
        comments=comments,
        projection=projection,
        labels=placed,
        groups=_describe(projection, placed, counts, kept, settings),
        counts=counts,
        everybody=everybody,
        consensus=_agree_on(votes, placed, counts, everybody, kept),
        stability=None if labels is not None else _firmness(votes, excluded, placed, settings),
        history=history,
        silhouettes=silhouettes,
        settings=settings,
    )


def _excluded(votes: VoteTable, comments: dict[int | str, Comment]) -> NDArray[np.bool_]:
    spoken = [comments.get(as_id(one)) for one in votes.statements.tolist()]
    return np.array([one is not None and one.is_excluded for one in spoken], dtype=bool)


def _found(
    votes: VoteTable, projection: Projection, settings: Settings, before: Before
) -> tuple[IntArray, GroupHistory, dict[int, float]]:
    people = clusterable(votes, least_votes=settings.least_votes)
    places = projection.places[people]
    distinct, wanted = len(np.unique(places, axis=0)), 2 if settings.groups is None else settings.groups
    if distinct == 1 and settings.groups is None:
        return _of_one_mind(votes, people, before)
    if not 2 <= wanted <= MOST_GROUPS_ASKED:
        raise BadVotesError(f"the number of groups must be from 2 to {MOST_GROUPS_ASKED}, not {wanted}")
    if distinct < wanted:
        raise BadVotesError(
            f"participants who can be placed: {len(people)}, on distinct places: {distinct}; "
            f"too few for {wanted} groups"
        )
    found: Groups = find_groups(
        places, groups=settings.groups, least=settings.least_group, before=before.history
    )
    grouping = _numbered(found.grouping, votes, people, before)
    placed = np.full(votes.shape[0], -1, dtype=np.int64)
    placed[people] = grouping.labels
    return placed, found.history, found.silhouettes


def _of_one_mind(
    votes: VoteTable, people: IntArray, before: Before
) -> tuple[IntArray, GroupHistory, dict[int, float]]:
    """All who can be placed answered alike: that is one group, and no failure."""
    placed = np.full(votes.shape[0], -1, dtype=np.int64)
    placed[people] = 0
    return placed, smooth(before.history, 1, allowed=[1]), {}


def _check_settings(settings: Settings) -> None:
    least = {"least_votes": 1, "least_group": 1, "rounds": 0}
    for name, lowest in least.items():
        given = getattr(settings, name)
        if isinstance(given, bool) or not isinstance(given, int) or given < lowest:
            raise BadVotesError(f"{name} must be a whole number from {lowest}, not {given!r}")
    if settings.groups is not None and (
        isinstance(settings.groups, bool) or not isinstance(settings.groups, int)
    ):
        raise BadVotesError(f"the number of groups must be a whole number, not {settings.groups!r}")


def _check_labels(labels: dict[int | str, int]) -> None:
    """A group without people in it costs a row of every table, so numbers must not leave large gaps."""
    for person, group in labels.items():
        whole = isinstance(group, int | np.integer) and not isinstance(group, bool)
        if not whole or not -1 <= group < max(len(labels), 1):
            raise BadVotesError(
                f"the group of {person!r} is {group!r}, not a number from 0 to {len(labels) - 1}, or -1 for none"
            )


def _numbered(grouping: Grouping, votes: VoteTable, people: IntArray, before: Before) -> Grouping:
    ordered = order_by_size(grouping)
    if not before.groups:
        return ordered
    earlier = [before.groups.get(as_id(one), -1) for one in votes.participants[people].tolist()]
    return keep_names(ordered, np.array(earlier, dtype=np.int64))


def _given(votes: VoteTable, labels: dict[int | str, int]) -> tuple[IntArray, GroupHistory, dict[int, float]]:
    placed = np.array([labels.get(as_id(one), -1) for one in votes.participants.tolist()], dtype=np.int64)
    if placed.max(initial=-1) < 0:
        raise BadVotesError("none of the participants has a group among the labels given")
    groups = int(placed.max()) + 1
    return placed, GroupHistory(groups, 1, groups), {}


def _describe(
    projection: Projection, placed: IntArray, counts: Counts, kept: NDArray[np.bool_], settings: Settings
) -> tuple[OpinionGroup, ...]:
    described = []
    for number in range(len(counts.seen)):
        inside = placed == number
        size = int(inside.sum())
        x, y = projection.places[inside].mean(axis=0) if size else (0.0, 0.0)
        small = size < settings.least_group
        # A single group has no others that it could be told from.
        is_told = not small and len(counts.seen) > 1
        enough = kept & is_seen_enough(counts.seen[number], size)
        shown = tuple(representative(counts, enough, number)) if is_told else ()
        described.append(OpinionGroup(number, size, (float(x), float(y)), shown, small))
    return tuple(described)


def _agree_on(
    votes: VoteTable, placed: IntArray, counts: Counts, everybody: Counts, kept: NDArray[np.bool_]
) -> Consensus:
    agree, disagree = group_aware_consensus(counts)
    sizes = np.bincount(placed[placed >= 0], minlength=len(counts.seen)).tolist()
    of_groups = [is_seen_enough(seen, size) for seen, size in zip(counts.seen, sizes, strict=True)]
    enough = kept & is_seen_enough(everybody.seen[0], votes.shape[0])
    return Consensus(
        tuple(majority(everybody, enough, "agree")),
        tuple(majority(everybody, enough, "disagree")),
        agree,
        disagree,
        np.logical_and.reduce(of_groups) & kept,
    )


def _firmness(
    votes: VoteTable, excluded: NDArray[np.bool_], placed: IntArray, settings: Settings
) -> Stability | None:
    if settings.rounds == 0:
        return None
    people = np.flatnonzero(placed >= 0)
    return measure_stability(
        votes, excluded, people, placed[people], least=settings.least_group, rounds=settings.rounds
    )
