"""Which provision of one version is which of another: by its words first, by its number second."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from sala.engines.legislation.document import Unit
from sala.engines.legislation.letters import fold
from sala.engines.legislation.writing import provision_text

_GRAM: Final = 6
_LOOKED_AT: Final = 4
_HARDLY_CHANGED: Final = 0.7
#: A stretch that more units than so many have says nothing of who is whose.
_RARE: Final = 8
#: Likeness from which provisions with the same number are the same; others must be liker.
LEAST_SAME_NUMBER: Final = 0.25
LEAST_OTHER_NUMBER: Final = 0.5


@dataclass(frozen=True, slots=True)
class Pair:
    """The same provision in both versions; one side is None where it was added or removed."""

    before: Unit | None
    after: Unit | None


def words_of_unit(unit: Unit) -> str:
    """What a unit says, for comparing: a provision's text, a heading's words."""
    return provision_text(unit) if unit.is_provision else unit.heading


def pair(before: Sequence[Unit], after: Sequence[Unit]) -> list[Pair]:
    """Pair the units of two versions: those of `after` in their order, then what is left of `before`.

    Same number and same words; then same words; then by likeness, where the same number counts for much. What is left
    under the same number was rewritten as a whole.
    """
    matching = _Matching(before, after)
    matching.take((b, a) for b, a in matching.by_number() if matching.same_words(b, a))
    matching.take(matching.by_words())
    matching.take(matching.hardly_changed())
    matching.take(matching.by_likeness())
    matching.take(matching.by_number())
    return matching.pairs()


class _Matching:
    """Who is whose, while it is found out. Units are known by their place."""

    def __init__(self, before: Sequence[Unit], after: Sequence[Unit]) -> None:
        self.before, self.after = before, after
        self.old = [fold(words_of_unit(unit)) for unit in before]
        self.new = [fold(words_of_unit(unit)) for unit in after]
        self.partner: dict[int, int] = {}
        self.taken: set[int] = set()
        self._cut: dict[str, frozenset[str]] = {}

    def take(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Keep pairs of which neither side is taken yet."""
        for old, new in pairs:
            if new not in self.partner and old not in self.taken:
                self.partner[new] = old
                self.taken.add(old)

    def same_words(self, old: int, new: int) -> bool:
        """Whether two units say the same."""
        return self.old[old] == self.new[new]

    def by_number(self) -> list[tuple[int, int]]:
        """Units with the same id; an id names kind and number, and of a heading those above."""
        places = {unit.eid: place for place, unit in enumerate(self.before)}
        return [(places[unit.eid], new) for new, unit in enumerate(self.after) if unit.eid in places]

    def by_words(self) -> list[tuple[int, int]]:
        """Units of one kind that say the same, in order; words that say nothing of their own do not count."""
        places: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        for place, unit in enumerate(self.before):
            if place not in self.taken and len(self.old[place]) > _GRAM * 2:
                places[unit.kind, self.old[place]].append(place)
        found = []
        for new, unit in enumerate(self.after):
            waiting = places.get((unit.kind, self.new[new]), [])
            if new not in self.partner and waiting:
                found.append((waiting.pop(0), new))
        return found

    def hardly_changed(self) -> Iterator[tuple[int, int]]:
        """Units of which most is the same and that have the same id, or stand behind a pair on both sides.

        Nothing else can be much liker, so nothing else is looked at.
        """
        for old, new in self.by_number():
            if self._are_free(old, new) and self._likeness(old, new) >= _HARDLY_CHANGED:
                yield old, new
        for new in range(len(self.new)):
            old = self.partner.get(new - 1, -1) + 1
            if (
                old < len(self.old)
                and self._are_free(old, new)
                and self._likeness(old, new) >= _HARDLY_CHANGED
            ):
                yield old, new

    def _grams(self, folded: str) -> frozenset[str]:
        if folded not in self._cut:
            self._cut[folded] = _grams(folded)
        return self._cut[folded]

    def _are_free(self, old: int, new: int) -> bool:
        same_kind = self.before[old].kind is self.after[new].kind
        return same_kind and old not in self.taken and new not in self.partner

    def _likeness(self, old: int, new: int) -> float:
        """Twice what two units share, by what they say."""
        mine, theirs = self._grams(self.new[new]), self._grams(self.old[old])
        return 2 * len(mine & theirs) / (len(mine) + len(theirs))

    def by_likeness(self) -> list[tuple[int, int]]:
        """The rest, the likest first."""
        olds = [place for place in range(len(self.before)) if place not in self.taken]
        news = [place for place in range(len(self.after)) if place not in self.partner]
        index: defaultdict[str, list[int]] = defaultdict(list)
        for place in olds:
            for gram in self._grams(self.old[place]):
                index[gram].append(place)
        found = []
        for new in news:
            mine = self._grams(self.new[new])
            rare = (index[gram] for gram in mine if gram in index and len(index[gram]) <= _RARE)
            shared = Counter(old for places in rare for old in places)
            found += [self._liked(old, new) for old in _likest(shared)]
        return [(old, new) for likeness, old, new in sorted(found, reverse=True) if likeness > 0]

    def _liked(self, old: int, new: int) -> tuple[float, int, int]:
        likeness = self._likeness(old, new)
        is_same = self.before[old].eid == self.after[new].eid
        if self.before[old].kind is not self.after[new].kind:
            return 0.0, old, new
        if likeness < (LEAST_SAME_NUMBER if is_same else LEAST_OTHER_NUMBER):
            return 0.0, old, new
        return likeness + 0.2 * is_same, old, new

    def pairs(self) -> list[Pair]:
        """The result."""
        found = [
            Pair(self.before[self.partner[new]] if new in self.partner else None, unit)
            for new, unit in enumerate(self.after)
        ]
        return [*found, *(Pair(unit, None) for old, unit in enumerate(self.before) if old not in self.taken)]


def _likest(shared: Counter[int]) -> list[int]:
    """The few that share most; of equals the first, since sets come in no order."""
    return sorted(shared, key=lambda one: (-shared[one], one))[:_LOOKED_AT]


def _grams(folded: str) -> frozenset[str]:
    """Every stretch of a few letters."""
    return frozenset(folded[at : at + _GRAM] for at in range(max(1, len(folded) - _GRAM + 1)))
