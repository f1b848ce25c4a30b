"""Applies an amending instrument to the law that it amends: the consolidated text, and what could not be applied."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from sala.engines.legislation import parts
from sala.engines.legislation.addresses import with_ids
from sala.engines.legislation.document import Amendment, Law, Paragraph, Quoted, Unit, to_document
from sala.engines.legislation.kinds import WORDS, Kind
from sala.engines.legislation.numbers import Key, key_of
from sala.engines.legislation.paragraphs import split
from sala.engines.legislation.spelling import mend
from sala.engines.legislation.styles import Shape
from sala.engines.legislation.writing import provision_text, to_text

_THAI_DIGITS: Final = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_NEW: Final = "added by"
_KINDS: Final = {word: kind for kind, word in WORDS.items()}


@dataclass(frozen=True, slots=True)
class NotApplied:
    """An order that could not be carried out, and why."""

    amendment: Amendment
    why: str


@dataclass(frozen=True, slots=True)
class Applied:
    """The law as amended; the orders that were carried out, and those that were not."""

    law: Law
    done: tuple[Amendment, ...]
    not_applied: tuple[NotApplied, ...]


class _CannotError(Exception):
    """Why an order cannot be carried out."""


def apply_amendments(base: Law, amending: Law) -> Applied:
    """The law `base` with every order of `amending` carried out that can be.

    New wording is written in the digits of the base; out of a Gazette page its letters are mended (`spelling`).
    """
    work = _Work(_reread(base, amending.amendments), _Wording(base, amending))
    done: list[Amendment] = []
    refused: list[NotApplied] = []
    for group in _groups(amending.amendments):
        for one, text in zip(group, work.wording.shares(group), strict=True):
            try:
                work.carry_out(one, text)
            except (_CannotError, parts.NoSuchPartError) as problem:
                refused.append(NotApplied(one, str(problem)))
            else:
                done.append(one)
    units = tuple(with_ids([replace(unit, eid="") for unit in work.units]))
    law = replace(base, units=units, not_understood=(), quoted=(), amendments=())
    return Applied(replace(law, text=to_text(law)), tuple(done), tuple(refused))


def _reread(base: Law, amendments: Sequence[Amendment]) -> list[Unit]:
    """The base's units, with as many paragraphs as the orders say there are: who replaces วรรคสี่ has seen four."""
    least: dict[tuple[str, Key], int] = {}
    for one in amendments:
        named = parts.paragraphs_named(one)
        word, _, number = one.target.partition(" ")
        place = (word, key_of(number))
        least[place] = max(least.get(place, 1), named)
    units = []
    for unit in base.units:
        wanted = least.get((WORDS[unit.kind], unit.key), 1)
        if unit.is_provision and len(unit.paragraphs) < wanted:
            unit = replace(unit, paragraphs=split(unit.text, base.style, wanted))
        units.append(unit)
    return units


def _groups(amendments: Sequence[Amendment]) -> list[list[Amendment]]:
    """Orders that share one quotation: "วรรคสองและวรรคสาม ของมาตรา 51"."""
    groups: list[list[Amendment]] = []
    for one in amendments:
        last = groups[-1][-1] if groups else None
        shares = (
            last
            and one.part
            and not one.text
            and (last.by, last.target, last.action) == (one.by, one.target, one.action)
        )
        if shares and one.action in ("replace", "add_paragraph", "add_item"):
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


class _Wording:
    """The new wording as it goes into the base: its letters mended, its digits those of the base."""

    def __init__(self, base: Law, amending: Law) -> None:
        self.is_thai = len(re.findall("[๐-๙]", base.text)) >= len(re.findall("[0-9]", base.text))
        self.is_page = amending.shape == Shape.PAGE
        self.quoted: dict[tuple[str, str], Quoted] = {}
        for one in amending.quoted:
            self.quoted.setdefault((WORDS[one.kind], one.number), one)
        self.style = amending.style

    def written(self, text: str) -> str:
        """Words in the spelling and the digits of the base."""
        mended = "\n".join(mend(line) for line in text.split("\n")) if self.is_page else text
        return mended.translate(_THAI_DIGITS) if self.is_thai else mended

    def shares(self, group: list[Amendment]) -> list[tuple[Paragraph, ...]]:
        """What each order of a group puts in, as paragraphs."""
        return [
            self._paragraphs(pieces) for pieces in parts.shares(group, self._quoted_of(group[0]), self.style)
        ]

    def _quoted_of(self, one: Amendment) -> Quoted | None:
        if one.action == "insert_after":
            return self.quoted.get((one.target.partition(" ")[0], one.new_number))
        word, _, number = one.target.partition(" ")
        return self.quoted.get((word, number))

    def _paragraphs(self, paragraphs: tuple[Paragraph, ...]) -> tuple[Paragraph, ...]:
        return tuple(parts.mapped(one, self.written) for one in paragraphs)


class _Work:
    """The units while orders are carried out on them."""

    def __init__(self, units: list[Unit], wording: _Wording) -> None:
        self.units, self.wording = units, wording
        self._do: dict[str, Callable[[Amendment, tuple[Paragraph, ...]], None]] = {
            "replace": self._replace,
            "insert_after": self._insert,
            "repeal": self._repeal,
            "replace_words": self._reword,
            "add_paragraph": self._change,
            "add_item": self._change,
            "add_definition": self._change,
        }

    def carry_out(self, one: Amendment, new: tuple[Paragraph, ...]) -> None:
        """Carry out one order. Raises where it cannot be."""
        self._do[one.action](one, new)

    def _place(self, target: str) -> int:
        word, _, number = target.partition(" ")
        kind, wanted = _KINDS.get(word), key_of(number)
        for place, unit in enumerate(self.units):
            if unit.kind is kind and unit.key == wanted and wanted:
                return place
        raise _CannotError(f"there is no {target or 'provision that it names'} in the base")

    def _set(self, place: int, paragraphs: tuple[Paragraph, ...]) -> None:
        changed = replace(self.units[place], paragraphs=paragraphs)
        self.units[place] = replace(changed, text=provision_text(changed))

    def _replace(self, one: Amendment, new: tuple[Paragraph, ...]) -> None:
        if one.part.startswith("ชื่อ"):
            self._rename(one)
        elif not new:
            raise _CannotError("its new wording is not in the text of the amendment")
        elif one.part:
            self._change(one, new)
        else:
            self._set(self._place(one.target), new)

    def _change(self, one: Amendment, new: tuple[Paragraph, ...]) -> None:
        place = self._place(one.target)
        self._set(place, parts.changed(self.units[place].paragraphs, one, new))

    def _rename(self, one: Amendment) -> None:
        """The nearest heading of that number above a provision that the same order replaces: a code has many ส่วนที่ 9."""
        word, _, number = one.target.partition(" ")
        places = [
            p for p, u in enumerate(self.units) if u.kind is _KINDS.get(word) and u.key == key_of(number)
        ]
        near = self._near(one)
        above = [place for place in places if near is None or place < near]
        if not above or not one.text:
            raise _CannotError(f"there is no {one.target} in the base")
        self.units[above[-1]] = replace(self.units[above[-1]], heading=self.wording.written(one.text))

    def _near(self, one: Amendment) -> int | None:
        found = (quoted for quoted in self.wording.quoted.values() if one.text)
        for quoted in found:
            for place, unit in enumerate(self.units):
                if (
                    unit.kind is quoted.kind
                    and unit.key == key_of(quoted.number)
                    and self._same_order(one, quoted)
                ):
                    return place
        return None

    def _same_order(self, one: Amendment, quoted: Quoted) -> bool:
        return quoted.by == one.by

    def _insert(self, one: Amendment, new: tuple[Paragraph, ...]) -> None:
        word, _, number = one.new_number.partition(" ")
        if number and word in _KINDS:
            self._insert_heading(one, _KINDS[word], number)
            return
        place = self._place(one.target)
        kind, key = self.units[place].kind, key_of(one.new_number)
        while place + 1 < len(self.units) and self._is_between(place + 1, one.by, kind, key):
            place += 1
        if self.units[place].is_provision and self.units[place].key == key and self.units[place].kind is kind:
            raise _CannotError(f"the base has a {WORDS[kind]} {one.new_number} already")
        printed = one.new_number.translate(_THAI_DIGITS) if self.wording.is_thai else one.new_number
        unit = Unit(kind, printed, one.new_number, "", self.units[place].start, self.units[place].end)
        unit = replace(unit, paragraphs=new)
        self.units.insert(place + 1, replace(unit, text=provision_text(unit)))

    def _is_between(self, place: int, by: str, kind: Kind, key: Key) -> bool:
        """Whether a unit comes before a new provision: a smaller number, or the heading that the same order adds."""
        unit = self.units[place]
        return unit.eid == f"{_NEW} {by}" or (unit.kind is kind and unit.key <= key)

    def _insert_heading(self, one: Amendment, kind: Kind, number: str) -> None:
        """A new chapter begins before the first of the provisions that the same order adds."""
        words = parts.heading_words(one.text, kind, number)
        first = next((q for q in self.wording.quoted.values() if q.by == one.by), None)
        if first is None or words is None:
            raise _CannotError("what the new heading stands before is not in the text of the amendment")
        printed = number.translate(_THAI_DIGITS) if self.wording.is_thai else number
        after = max(
            (p for p, u in enumerate(self.units) if u.kind is first.kind and u.key < key_of(first.number)),
            default=-1,
        )
        at = self.units[max(after, 0)]
        self.units.insert(
            after + 1,
            Unit(kind, printed, number, self.wording.written(words), at.end, at.end, f"{_NEW} {one.by}"),
        )

    def _repeal(self, one: Amendment, new: tuple[Paragraph, ...]) -> None:
        if not one.target.startswith((WORDS[Kind.SECTION], WORDS[Kind.CLAUSE])):
            raise _CannotError("it repeals a whole instrument, not a provision of the base")
        place = self._place(one.target)
        self._set(place, parts.without(self.units[place].paragraphs, one.part) if one.part else ())

    def _reword(self, one: Amendment, new: tuple[Paragraph, ...]) -> None:
        places = (
            [self._place(one.target)]
            if one.target
            else [p for p, u in enumerate(self.units) if u.is_provision]
        )
        changed = 0
        for place in places:
            before = self.units[place].paragraphs
            after = tuple(
                parts.mapped(p, lambda text: text.replace(one.old_words, one.new_words)) for p in before
            )
            if after != before:
                self._set(place, after)
                changed += 1
        if not changed:
            raise _CannotError(f"the words {one.old_words} are not there")


def applied_to_document(applied: Applied) -> dict[str, Any]:
    """What `sala laws apply --json` prints: the consolidated law, and which orders were carried out."""
    return {
        "law": to_document(applied.law),
        "text": applied.law.text,
        "applied": [_named(one) for one in applied.done],
        "not_applied": [_named(one.amendment) | {"why": one.why} for one in applied.not_applied],
    }


def _named(one: Amendment) -> dict[str, str]:
    names = ("by", "target", "part", "action", "new_number")
    return {name: getattr(one, name) for name in names}
