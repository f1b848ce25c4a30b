"""Carries a place in one version of a law into another: the provision, and the words somebody chose in it.

A comment on a draft must be found again in the next draft. The place there is computed; the old one stays what it is.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from itertools import accumulate
from typing import Any, Final

from sala.engines.legislation.comparing import MOVED, RENUMBERED, compare_laws
from sala.engines.legislation.document import Law, Unit
from sala.engines.legislation.letters import fold
from sala.engines.legislation.pairing import pair, words_of_unit
from sala.engines.legislation.wording import matches
from sala.engines.thai.tokens import pieces

#: Words shorter than this, folded, stand in other provisions by chance; they are not looked for there.
LEAST_ELSEWHERE: Final = 16


class Fate(StrEnum):
    """What became of a place: its words stand as they were, stand elsewhere, read otherwise, or are gone."""

    SAME = "same"
    MOVED = "moved"
    CHANGED = "changed"
    REMOVED = "removed"


class BadPlaceError(ValueError):
    """A place that is not in the version it is said to be in. The text says why, without the words chosen."""


@dataclass(frozen=True, slots=True)
class Place:
    """A unit's id and, if words were chosen, where they begin and end in `words_of_unit`, and the words.

    `start` and `end` count code points, `end` behind the last one; without chosen words both are None.
    """

    eid: str
    start: int | None = None
    end: int | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Carried:
    """A place and what became of it; `after` is None where nothing is left.

    `is_provision_changed` tells of chosen words that stand as they were that something beside them was changed.
    """

    before: Place
    fate: Fate
    after: Place | None
    is_provision_changed: bool = False


def carry_places(before: Law, after: Law, places: Sequence[Place]) -> list[Carried]:
    """Carry places of `before` into `after`, in their order. BadPlaceError if one is not in `before`.

    Blanks, line ends, quotation marks and the sort of digits are no change, as in comparing. A provision that is moved
    and changed counts as changed: whoever commented on it must read it again.
    """
    units = {unit.eid: unit for unit in before.units}
    for place in places:
        _check(place, units.get(place.eid))
    partners = {
        one.before.eid: one.after for one in pair(before.units, after.units) if one.before is not None
    }
    elsewhere = {
        change.before.eid
        for change in compare_laws(before, after).changes
        if change.before is not None and {MOVED, RENUMBERED} & set(change.what)
    }
    return [
        _carry(place, units[place.eid], partners[place.eid], place.eid in elsewhere, after)
        for place in places
    ]


def _check(place: Place, unit: Unit | None) -> None:
    if unit is None:
        raise BadPlaceError(f"no provision {place.eid!r}")
    if place.start is None and place.end is None and not place.words:
        return
    if place.start is None or place.end is None:
        raise BadPlaceError(f"{place.eid}: chosen words need both start and end")
    text = words_of_unit(unit)
    if not 0 <= place.start < place.end <= len(text):
        raise BadPlaceError(
            f"{place.eid}: {place.start}-{place.end} is not within its {len(text)} characters"
        )
    if text[place.start : place.end] != place.words or not fold(place.words):
        raise BadPlaceError(f"{place.eid}: the words at {place.start}-{place.end} are others")


def _carry(place: Place, old: Unit, new: Unit | None, is_elsewhere: bool, law: Law) -> Carried:
    text = words_of_unit(old)
    is_changed = new is None or fold(text) != fold(words_of_unit(new))
    if place.start is None or place.end is None:
        if new is None:
            return Carried(place, Fate.REMOVED, None)
        return Carried(place, _fate(is_changed, is_elsewhere), Place(new.eid), is_changed)
    if new is not None:
        span = _realigned(text, words_of_unit(new), place.start, place.end)
        if span is not None:
            found = _place(new, *span)
            is_other = fold(found.words) != fold(place.words)
            return Carried(place, _fate(is_other, is_elsewhere), found, is_changed)
    found_elsewhere = _only_one(place.words, (unit for unit in law.units if unit is not new))
    return Carried(place, Fate.MOVED if found_elsewhere else Fate.REMOVED, found_elsewhere, is_changed)


def _fate(is_changed: bool, is_elsewhere: bool) -> Fate:
    if is_changed:
        return Fate.CHANGED
    return Fate.MOVED if is_elsewhere else Fate.SAME


def _place(unit: Unit, start: int, end: int) -> Place:
    return Place(unit.eid, start, end, words_of_unit(unit)[start:end])


def _realigned(old: str, new: str, start: int, end: int) -> tuple[int, int] | None:
    """Where characters `start` to `end` of a text are in its later version; None if nothing of them is left.

    Words are aligned as in comparing. Where that does not bring back the words as they were, and they stand exactly
    once in the later version, they are there.
    """
    chosen = old[start:end]
    if old == new:
        return start, end
    aligned = _aligned(old, new, start, end)
    if aligned is not None and fold(new[slice(*aligned)]) == fold(chosen):
        return aligned
    only = _only_at(chosen, new)
    return (only, only + len(chosen)) if only is not None else aligned


def _aligned(old: str, new: str, start: int, end: int) -> tuple[int, int] | None:
    old_words, new_words = list(_words(old)), list(_words(new))
    first = bisect_right([word_end for _, word_end, _ in old_words], start)
    behind = bisect_left([word_start for word_start, _, _ in old_words], end)
    partner = {
        one + step: other + step
        for one, other, length in matches([key for _, _, key in old_words], [key for _, _, key in new_words])
        for step in range(length)
    }
    kept = [number for number in range(first, behind) if number in partner]
    if not kept:
        return None
    low, high = new_words[partner[kept[0]]], new_words[partner[kept[-1]]]
    # someone may begin or end in mid-word: as many letters of it are left out as were before
    into = max(0, start - old_words[kept[0]][0]) if kept[0] == first else 0
    short = max(0, old_words[kept[-1]][1] - end) if kept[-1] == behind - 1 else 0
    begin, stop = low[0] + into, high[1] - short
    return (begin, stop) if begin < stop else (low[0], high[1])


def _words(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and folded form of each word; blanks and marks that do not count are left out."""
    cut = pieces(text)
    for end, piece in zip(accumulate(map(len, cut)), cut, strict=True):
        if key := fold(piece):
            yield end - len(piece), end, key


def _only_at(words: str, text: str) -> int | None:
    """Where words stand in a text, if exactly once."""
    at = text.find(words)
    return at if at >= 0 and text.find(words, at + 1) < 0 else None


def _only_one(words: str, units: Iterable[Unit]) -> Place | None:
    """The one place where words stand among units; None if they are too short to tell, or stand more than once."""
    if len(fold(words)) < LEAST_ELSEWHERE:
        return None
    holders = [(unit, words_of_unit(unit)) for unit in units if words in words_of_unit(unit)]
    if len(holders) != 1:
        return None
    unit, text = holders[0]
    at = _only_at(words, text)
    return None if at is None else _place(unit, at, at + len(words))


def place_from_json(value: object) -> Place:
    """A place as in a file of places: an object with `eid` and maybe `start`, `end`, `words`; else BadPlaceError."""
    if not isinstance(value, dict) or not isinstance(value.get("eid"), str):
        raise BadPlaceError("each place is an object with an eid")
    start, end, words = value.get("start"), value.get("end"), value.get("words", "")
    for number in (start, end):
        if number is not None and (not isinstance(number, int) or isinstance(number, bool)):
            raise BadPlaceError(f"{value['eid']}: start and end are whole numbers")
    if not isinstance(words, str):
        raise BadPlaceError(f"{value['eid']}: words are text")
    return Place(value["eid"], start, end, words)


def carried_to_document(carried: Sequence[Carried]) -> list[dict[str, Any]]:
    """What `sala laws carry --json` prints."""
    return [{**asdict(one), "fate": one.fate.value} for one in carried]
