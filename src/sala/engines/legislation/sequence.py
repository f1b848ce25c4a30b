"""From many places where a provision may begin to those that do: the best chain by score and by order of numbers.

A chain is cut where numbers start again: an enacting act before a code, an annex, remains of later acts.
"""

from collections.abc import Sequence
from typing import Final

from sala.engines.legislation.candidates import Candidate
from sala.engines.legislation.numbers import Key, follows

_LOOK_BACK: Final = 80
_AGAIN: Final = 5.0
_AGAIN_AFTER_END: Final = 0.5


def best_chains(
    candidates: Sequence[Candidate], ends: Sequence[int], *, first_cost: float = 4.0
) -> list[list[Candidate]]:
    """The provisions of the text as chains of rising numbers, in order of place.

    `ends` are offsets behind which another instrument may well begin (signatures, notes): starting again there costs
    little. `first_cost` is what beginning with another number than 1 costs. Every provision that is chosen makes its
    chain better; one that would not is a reference.
    """
    gains: list[float] = []
    links: list[int] = []
    zones = _zones(candidates, ends)
    for place, one in enumerate(candidates):
        gain, link = one.score - (0.0 if one.key == (1,) else first_cost), -1
        for earlier in range(max(0, place - _LOOK_BACK), place):
            cost = _cost(candidates[earlier].key, one.key, zones[earlier] != zones[place])
            if gains[earlier] + one.score - cost > gain:
                gain, link = gains[earlier] + one.score - cost, earlier
        gains.append(gain)
        links.append(link)
    if not gains:
        return []
    return _cut(_walk(candidates, gains, links))


def _zones(candidates: Sequence[Candidate], ends: Sequence[int]) -> list[int]:
    zones, passed = [], 0
    for one in candidates:
        while passed < len(ends) and ends[passed] <= one.start:
            passed += 1
        zones.append(passed)
    return zones


def _cost(before: Key, after: Key, is_other: bool) -> float:
    if follows(before, after):
        return 0.0
    if after > before and not is_other:
        gap = after[0] - before[0]
        return 1.5 + min(0.2 * gap, 4.0)
    return (_AGAIN_AFTER_END if is_other else _AGAIN) + (0.0 if after == (1,) else 1.0)


def _walk(candidates: Sequence[Candidate], gains: list[float], links: list[int]) -> list[Candidate]:
    place = max(range(len(gains)), key=lambda index: gains[index])
    chosen = []
    while place >= 0:
        chosen.append(candidates[place])
        place = links[place]
    return chosen[::-1]


def _cut(chain: list[Candidate]) -> list[list[Candidate]]:
    chains: list[list[Candidate]] = []
    for one in chain:
        if not chains or one.key <= chains[-1][-1].key:
            chains.append([])
        chains[-1].append(one)
    return chains
