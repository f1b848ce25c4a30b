"""What place people mean by a few words: names in Thai and English, short forms, typos, postcodes, parts of names.

Linear in the text and bounded: the first 120 signs, at most six names, a fixed number of areas for each.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sala.commons.places.rules.gazetteer import Gazetteer
from sala.core.area_codes import area_chain
from sala.engines import thai

LONGEST_TEXT, MOST_NAMES, LONGEST_JOIN = 120, 6, 5
MOST_AREAS = 1000  # of one name; "หนอง" begins some seven hundred
LONGEST_NAME = 40
# How a name was matched, the best first; the sum over all names orders the answers.
EXACT, BEGINS, HOLDS, TYPO = 0, 1, 3, 4

_KIND = re.compile(
    r"^(?:ตำบล|แขวง|อำเภอ|เขต|จังหวัด|จว\.?|ต\.|ข\.|อ\.|จ\.|subdistrict|sub-district|district|province|changwat|amphoe"
    r"|tambon|khwaeng|khet)\s*"
)
_DIGITS_OF_KIND = {
    2: ("จังหวัด", "จ.", "จว"),
    4: ("อำเภอ", "เขต", "อ."),
    6: ("ตำบล", "แขวง", "ต.", "ข."),
}
# Words for the kind of area that begin a name in mid-word: "ต.ในเมืองอ.เมืองจ.ขอนแก่น".
_GLUED = re.compile(r"(?<=[^\s,])(?=ตำบล|แขวง|อำเภอ|จังหวัด|[ตอจข]\.)")
_KIND_ALONE = re.compile(
    r"\s*\b(?:subdistrict|sub-district|district|province|changwat|amphoe|tambon|khwaeng|khet|city)\b"
)
_PARTS = re.compile(r"[\s,/;|()]+")
_POSTCODE = re.compile(r"[1-9][0-9]{4}")


_SIGNS_BETWEEN = re.compile(r"[^\w\u0e30-\u0e4e]|[ๆ_]")


def fold(name: str) -> str:
    """A name as names are compared: one spelling, no word for its kind, no spaces, dots or signs of omission."""
    return _key(thai.normalise(name))


def _key(spelt: str) -> str:
    return _SIGNS_BETWEEN.sub("", _KIND.sub("", spelt.lower()))


def _spelt(names: Sequence[str]) -> list[str]:
    """Each name in the one spelling, all at once: one by one it would take half a second at national size."""
    together = thai.normalise("|".join(name.replace("|", " ") for name in names)).split("|")
    return together if len(together) == len(names) else [thai.normalise(name) for name in names]


@dataclass(frozen=True, slots=True)
class Match:
    """An area that may be meant: how many of the names it explains, and how well (the sum, 0 is to the letter)."""

    code: str
    names: int
    weight: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says of a place: the areas it may mean, the best first, and the names that nothing explains."""

    matches: tuple[Match, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def best(self) -> tuple[Match, ...]:
        """Those that fit equally well."""
        return tuple(
            m for m in self.matches if (m.names, m.weight) == (self.matches[0].names, self.matches[0].weight)
        )

    @property
    def sure(self) -> str:
        """The code of the area that is meant without a doubt; "" if there are several or only likenesses.

        Of an area and those inside it that bear its name too the larger is meant; a province's bare name is the
        province, although a subdistrict elsewhere may be called so. What only begins so counts if nothing else does.
        """
        best = self.best
        if not best or best[0].weight > BEGINS:
            return ""
        first = best[0]
        if first.weight == BEGINS:
            return first.code if len(self.matches) == 1 else ""
        if len(first.code) == 2 or all(first.code in area_chain(other.code) for other in best):
            return first.code
        return ""


@dataclass(frozen=True, slots=True)
class _Name:
    """One name in the text as typed, and the areas it may be: code -> how it was matched."""

    words: str
    areas: Mapping[str, int]


class NameIndex:
    """Every name of every area, made once from the table; answers do not change it."""

    def __init__(self, gazetteer: Gazetteer, aliases: Iterable[tuple[str, str]] = ()) -> None:
        """`aliases` are (code, other name); one of an area that is not in the table means the area around it."""
        self.gazetteer = gazetteer
        self._areas_of: dict[str, list[str]] = {}
        self._postcodes: dict[str, list[str]] = {}
        areas = list(gazetteer.by_code.values())
        for names in (_spelt([area.name_th for area in areas]), _spelt([area.name_en for area in areas])):
            for area, name in zip(areas, names, strict=True):
                there = self._areas_of.setdefault(_key(name)[:LONGEST_NAME], [])
                if area.code not in there:
                    there.append(area.code)
        for area in areas:
            if area.postal_code:
                self._postcodes.setdefault(area.postal_code, []).append(area.code)
        for code, name in aliases:
            known = next((part for part in area_chain(code) if part in gazetteer.by_code), "")
            if known and known not in (there := self._areas_of.setdefault(fold(name)[:LONGEST_NAME], [])):
                there.append(known)
        self._areas_of.pop("", None)

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self._areas_of)

    @cached_property
    def _signs(self) -> list[tuple[str, int, int]]:
        """Each name with its length and a mask of its signs, so that most are told apart without comparing them."""
        return [(name, len(name), _mask(name)) for name in self._sorted]

    def read(self, text: str, limit: int = 12) -> Reading:
        """The areas that a text may mean, the best first, `limit` at most. "" means none; nothing is raised."""
        names = list(self._names(text))
        scored: dict[str, Match] = {}
        for name in names:
            for code in name.areas:
                if code not in scored:
                    scored[code] = _explained(code, names)
        order = sorted(scored.values(), key=lambda m: (-m.names, m.weight, len(m.code), m.code))
        best = [m for m in order if m.names == order[0].names]
        unknown = tuple(name.words for name in names if not best or not _fits(name, best[0].code))
        return Reading(tuple(best[:limit]), unknown)

    def _names(self, text: str) -> Iterator[_Name]:
        """The text cut into names: the longest run of words that is one, else the words one by one."""
        spelt = _GLUED.sub(" ", thai.normalise(text[:LONGEST_TEXT]).lower())
        words = [word for word in _PARTS.split(_KIND_ALONE.sub(" ", spelt)) if _KIND.sub("", word)][:12]
        at, found = 0, 0
        while at < len(words) and found < MOST_NAMES:
            name, taken = self._longest(words[at : at + LONGEST_JOIN])
            yield name
            at, found = at + taken, found + 1

    def _longest(self, words: Sequence[str]) -> tuple[_Name, int]:
        if _POSTCODE.fullmatch(words[0]):
            return _Name(words[0], self._of_postcode(words[0])), 1
        keys = [fold(word) for word in words]
        joined = [(count, "".join(keys[:count])) for count in range(len(words), 0, -1)]
        for count, key in joined:
            if len(key) > 1 and (areas := self._exactly(key)):
                return self._name(words, count, areas), count
        for count, key in joined:
            if len(key) > 1 and (areas := self._looking(key, is_one=count == 1, is_last=count == len(words))):
                return self._name(words, count, areas), count
        key = keys[0]
        areas = self._glued(key) or self._beginning(key) or self._holding(key) or self._misspelt(key)
        return self._name(words, 1, areas), 1

    def _looking(self, key: str, *, is_one: bool, is_last: bool) -> dict[str, int]:
        """Areas that words typed so far begin, or that several words miss by a slip ("Kon Kaen").

        One word with others behind it is looked at later: "kon" alone begins many names.
        """
        if found := self._beginning(key) if is_last or not is_one else {}:
            return found
        return {} if is_one else self._misspelt(key)

    @staticmethod
    def _name(words: Sequence[str], count: int, areas: dict[str, int]) -> _Name:
        return _Name(" ".join(words[:count]), _of_kind(words[0], areas))

    def _exactly(self, key: str) -> dict[str, int]:
        """Areas of this name; if there are some, also those that begin so, for "เมือง" is both."""
        if key not in self._areas_of:
            return {}
        return {**self._beginning(key), **dict.fromkeys(self._areas_of[key], EXACT)}

    def _beginning(self, key: str) -> dict[str, int]:
        found: dict[str, int] = {}
        for name in self._sorted[bisect_left(self._sorted, key) :]:
            if not name.startswith(key) or len(found) >= MOST_AREAS:
                break
            found.update(dict.fromkeys(self._areas_of[name], BEGINS))
        return found

    def _holding(self, key: str) -> dict[str, int]:
        if len(key) < 3:
            return {}
        held = (code for name in self._sorted if key in name for code in self._areas_of[name])
        return {code: HOLDS for code, _ in zip(held, range(MOST_AREAS), strict=False)}

    def _glued(self, key: str) -> dict[str, int]:
        """Areas named first in a text whose rest names one around them: "บางรักกทม"."""
        for cut in range(2, min(len(key), LONGEST_NAME) - 1):
            first, rest = self._areas_of.get(key[:cut], ()), self._areas_of.get(key[cut:], ())
            if inside := {code: EXACT for code in first if set(area_chain(code)) & set(rest)}:
                return inside
        return {}

    def _misspelt(self, key: str) -> dict[str, int]:
        """Areas whose name differs by one slip, two in long names; the fewest slips only."""
        if not 4 <= len(key) <= LONGEST_NAME:
            return {}
        most = 1 if len(key) < 9 else 2
        mask, found = _mask(key), {}
        near: list[tuple[int, str]] = []
        for name, length, signs in self._signs:
            if abs(length - len(key)) <= most and (signs ^ mask).bit_count() <= 2 * most:
                slips = _slips(key, name, most)
                if slips <= most:
                    near.append((slips, name))
        for slips, name in sorted(near):
            if slips > min(near)[0]:
                break
            found.update(dict.fromkeys(self._areas_of[name], TYPO))
        return found

    def _of_postcode(self, postcode: str) -> dict[str, int]:
        """The district that has a postcode, then its parts; if none has, the province by its first digits."""
        codes = self._postcodes.get(postcode, [])
        if not codes:
            return {postcode[:2]: HOLDS} if postcode[:2] in self.gazetteer.by_code else {}
        districts = {code[:4] for code in codes} & set(self.gazetteer.by_code)
        found = dict.fromkeys(codes[:MOST_AREAS], BEGINS)
        return found | dict.fromkeys(districts, EXACT)


def _of_kind(word: str, areas: dict[str, int]) -> dict[str, int]:
    """Only the areas of the kind that a word before the name says; all of them if none is of that kind."""
    digits = next((digits for digits, kinds in _DIGITS_OF_KIND.items() if word.startswith(kinds)), 0)
    return {code: how for code, how in areas.items() if len(code) == digits} or areas


def _fits(name: _Name, code: str) -> bool:
    return any(part in name.areas for part in area_chain(code))


def _explained(code: str, names: Sequence[_Name]) -> Match:
    """How many of the names are the area's or that of one around it, and how well."""
    chain, count, weight = area_chain(code), 0, 0
    for name in names:
        how = [name.areas[part] for part in chain if part in name.areas]
        if how:
            count, weight = count + 1, weight + min(how)
    return Match(code, count, weight)


def _mask(text: str) -> int:
    mask = 0
    for sign in text:
        mask |= 1 << (ord(sign) & 63)
    return mask


def _slips(one: str, other: str, most: int) -> int:
    """Letters left out, added, exchanged or swapped with the next one (Damerau 1964); more than `most` is most + 1."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, sign in enumerate(one, 1):
        line = [row]
        for column, there in enumerate(other, 1):
            cost = min(last[column] + 1, line[-1] + 1, last[column - 1] + (sign != there))
            if row > 1 and column > 1 and sign == other[column - 2] and one[row - 2] == there:
                cost = min(cost, before[column - 2] + 1)
            line.append(cost)
        if min(line) > most:
            return most + 1
        before, last = last, line
    return last[-1]
