"""K-means in the plane, made for opinion maps: many deterministic starts, exact repeatability, groups of a
stated least size."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sala.engines.opinions.votes import FloatArray, IntArray

BASE_CLUSTERS = 100  # as in Polis
BASE_PEOPLE = 3_000  # base clusters are made from at most so many people
FIT_PEOPLE = 5_000  # centres are searched on at most so many people, then settled on everybody
STARTS = 100
CANDIDATES = 6
SEED = 20_210_415
BASE_ROUNDS = 30
PLACES_AT_ONCE = 4_096
NEAR_LEAST = 1.05  # of the least spread: divisions this near are equally good, and Polis's own start decides


@dataclass(frozen=True)
class Base:
    """Base clusters: small knots of people who stand together. `weights` counts the people of each knot."""

    centres: FloatArray
    weights: FloatArray


@dataclass(frozen=True)
class Grouping:
    """One division into groups: `centres` (groups × 2), `labels` per person, `spread` = sum of squared
    distances."""

    centres: FloatArray
    labels: IntArray
    spread: float

    @property
    def sizes(self) -> IntArray:
        return np.bincount(self.labels, minlength=len(self.centres))


def sample_people(places: FloatArray, most: int = FIT_PEOPLE) -> FloatArray:
    """At most `most` people, evenly through the order of participants."""
    if len(places) <= most:
        return places
    return places[np.linspace(0, len(places) - 1, most).astype(np.int64)]


def find_base(places: FloatArray, most: int = BASE_CLUSTERS) -> Base:
    """Base clusters of the people at `places` (people × 2), at most `most`; each distinct place where there
    are fewer."""
    distinct, counts = np.unique(places, axis=0, return_counts=True)
    if len(distinct) <= most:
        return Base(distinct, counts.astype(np.float64))
    settled = settle(places, _spread_out(places, most), rounds=BASE_ROUNDS)
    used = settled.sizes > 0
    return Base(settled.centres[used], settled.sizes[used].astype(np.float64))


def divide(
    places: FloatArray, base: Base, groups: int, *, least: int, whole: int | None = None, starts: int = STARTS
) -> Grouping:
    """Divide people into so many groups with the least spread found.

    Starts are tried on the base clusters, and the best of them settled on the people. Where the division that
    Polis's own start leads to is within 5 % of the least spread, it is taken: among divisions that are as good,
    the one that people of such a conversation would have been shown. A division in which some group has fewer
    than `least` people is taken only if there is no other: one far-off person is not a group. Where `places`
    are a sample, `whole` is how many people it stands for. Raises ValueError where fewer distinct places than
    groups exist.
    """
    if len(base.centres) < groups:
        raise ValueError(f"only {len(base.centres)} distinct places for {groups} groups")
    scale = (whole or len(places)) / len(places)

    def is_small(one: Grouping) -> bool:
        return bool(one.sizes.min() * scale < least)

    found = [settle(places, start) for start in _promising(base, groups, least, starts)]
    best = min(found, key=lambda one: (is_small(one), one.spread))
    start = first_places(places, groups)
    if len(start) == groups:
        usual = settle(places, start)
        is_sound = usual.sizes.min() > 0 and is_small(usual) <= is_small(best)
        if is_sound and usual.spread <= NEAR_LEAST * best.spread:
            return usual
    return best


def first_places(places: FloatArray, wanted: int) -> FloatArray:
    """The first so many distinct places in the order of participants, where Polis begins its k-means."""
    found: dict[tuple[float, float], None] = {}
    for x, y in places.tolist():
        found[x, y] = None
        if len(found) == wanted:
            break
    return np.array(list(found))


def settle(places: FloatArray, centres: FloatArray, *, rounds: int = 300) -> Grouping:
    """Lloyd's rounds from the given centres until nobody changes group; a centre left alone stays where it
    is."""
    centres = centres.copy()
    labels = nearest(places, centres)
    for _ in range(rounds):
        counts = np.bincount(labels, minlength=len(centres))
        used = counts > 0
        for axis in (0, 1):
            sums = np.bincount(labels, weights=places[:, axis], minlength=len(centres))
            centres[used, axis] = sums[used] / counts[used]
        moved = nearest(places, centres)
        if np.array_equal(moved, labels):
            break
        labels = moved
    return Grouping(centres, labels, float(((places - centres[labels]) ** 2).sum()))


def nearest(places: FloatArray, centres: FloatArray) -> IntArray:
    """The position of the nearest centre for each place; among equals the first."""
    labels = np.zeros(len(places), dtype=np.int64)
    for start in range(0, len(places), PLACES_AT_ONCE):
        _nearest_part(places[start : start + PLACES_AT_ONCE], centres, labels[start : start + PLACES_AT_ONCE])
    return labels


def _nearest_part(places: FloatArray, centres: FloatArray, labels: IntArray) -> None:
    """Fill `labels`, one centre after another: quicker than one table of all distances."""
    xs, ys = np.ascontiguousarray(places.T)
    best = np.full(len(places), np.inf)
    for index, (x, y) in enumerate(centres.tolist()):
        gap = xs - x
        up = ys - y
        gap *= gap
        up *= up
        gap += up
        np.copyto(labels, index, where=gap < best)
        np.minimum(best, gap, out=best)


def silhouette(base: Base, labels: NDArray[np.integer]) -> float:
    """Mean silhouette of the base clusters (-1 to 1); one alone in its group counts 0, and so does a single
    group.

    Rousseeuw (1987), "Silhouettes", Journal of Computational and Applied Mathematics 20.
    """
    groups = np.unique(labels)
    if len(groups) < 2:
        return 0.0
    gaps = np.linalg.norm(base.centres[:, None, :] - base.centres[None, :, :], axis=2)
    member = labels[:, None] == groups[None, :]
    counts = member.sum(axis=0)
    totals = gaps @ member
    own = np.where(member, totals, 0.0).sum(axis=1) / np.maximum(counts[member.argmax(axis=1)] - 1, 1)
    other = np.where(member, np.inf, totals / counts).min(axis=1)
    larger = np.maximum(own, other)
    width = np.where(larger > 0, (other - own) / np.where(larger > 0, larger, 1.0), 0.0)
    width[counts[member.argmax(axis=1)] == 1] = 0.0
    return float(width.mean())


def _spread_out(places: FloatArray, wanted: int) -> FloatArray:
    """First centres by weighted lot, far places likelier (k-means++; Arthur & Vassilvitskii 2007), with a
    fixed seed."""
    lots = np.random.default_rng(SEED).random(wanted)
    chosen = [places[int(lots[0] * len(places))]]
    gap = np.full(len(places), np.inf)
    for lot in lots[1:]:
        gap = np.minimum(gap, ((places - chosen[-1]) ** 2).sum(axis=1))
        heap = np.cumsum(gap)
        chosen.append(places[min(int(np.searchsorted(heap, lot * heap[-1], side="right")), len(places) - 1)])
    return np.array(chosen)


def _promising(base: Base, groups: int, least: int, starts: int) -> list[FloatArray]:
    """Centres of the best distinct local optima on the base clusters, those with large enough groups as
    well."""
    centres, spreads, smallest = _settle_many(base, groups, starts)
    order = np.lexsort((np.arange(len(spreads)), np.round(spreads, 6)))
    _, first = np.unique(np.round(spreads[order], 6), return_index=True)
    distinct = order[np.sort(first)]
    large = [index for index in distinct if smallest[index] >= least]
    kept = dict.fromkeys([*large[:CANDIDATES], *distinct[:CANDIDATES].tolist()])
    return [centres[index] for index in kept]


def _settle_many(base: Base, groups: int, starts: int) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Weighted Lloyd's rounds on the base clusters from many starts at once: centres, spreads, smallest
    groups."""
    count = len(base.centres)
    lots = np.random.default_rng(SEED).random((starts, count)).argsort(axis=1)[:, :groups]
    centres = base.centres[lots]
    weights = np.tile(base.weights, starts)
    weighted = np.tile(base.centres * base.weights[:, None], (starts, 1))
    offset = np.repeat(np.arange(starts) * groups, count)
    labels = np.full((starts, count), -1)
    for _ in range(100):
        gaps = (base.centres[:, 0, None] - centres[:, None, :, 0]) ** 2
        gaps += (base.centres[:, 1, None] - centres[:, None, :, 1]) ** 2
        moved = gaps.argmin(axis=2)
        if np.array_equal(moved, labels):
            break
        labels = moved
        cell = labels.ravel() + offset
        people = np.bincount(cell, weights=weights, minlength=starts * groups)
        used = people > 0
        flat = centres.reshape(-1, 2)
        for axis in (0, 1):
            sums = np.bincount(cell, weights=weighted[:, axis], minlength=starts * groups)
            flat[used, axis] = sums[used] / people[used]
    spreads = (gaps.min(axis=2) * base.weights).sum(axis=1)
    return centres, spreads, people.reshape(starts, groups).min(axis=1)
