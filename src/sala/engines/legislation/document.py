"""What the reader makes of a text: plain values, ready for JSON, Akoma Ntoso, comparing and applying."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sala.engines.legislation.kinds import PROVISIONS, Kind
from sala.engines.legislation.numbers import Key, key_of
from sala.engines.legislation.styles import Shape, Style


@dataclass(frozen=True, slots=True)
class Item:
    """One point of a list. `label` is `1`, `๑/๑` or `ก` as printed, without brackets; `eid` is unique in the law."""

    label: str
    label_arabic: str
    text: str
    eid: str = ""
    subitems: tuple["Item", ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A วรรค: what stands before its list, the list, and what goes on behind it."""

    text: str
    items: tuple[Item, ...] = ()
    tail: str = ""
    definitions: tuple[str, ...] = ()
    eid: str = ""

    @property
    def whole(self) -> str:
        """All of it as one text, the list with its labels."""
        return " ".join(part for part in (self.text, *map(_whole, self.items), self.tail) if part)


def _whole(item: Item) -> str:
    return " ".join([f"({item.label}) {item.text}".rstrip(), *map(_whole, item.subitems)])


@dataclass(frozen=True, slots=True)
class Unit:
    """A heading or a provision, in the order of the text. Offsets are code points of the text that was read."""

    kind: Kind
    number: str
    number_arabic: str
    heading: str
    start: int
    end: int
    eid: str = ""
    text: str = ""
    paragraphs: tuple[Paragraph, ...] = ()

    @property
    def is_provision(self) -> bool:
        """Whether it is a มาตรา or ข้อ and not a heading."""
        return self.kind in PROVISIONS

    @property
    def key(self) -> Key:
        """What its number is ordered by."""
        return key_of(self.number_arabic)

    @property
    def is_repealed(self) -> bool:
        """Whether only the word (ยกเลิก) is left of it."""
        return self.is_provision and not self.paragraphs


@dataclass(frozen=True, slots=True)
class Amendment:
    """One change that an instrument orders. `by` and `target` read like มาตรา 5; `text` is the quoted new wording.

    A new definition comes behind the one of `after`.
    """

    by: str
    target: str
    part: str
    action: str
    new_number: str = ""
    text: str = ""
    old_words: str = ""
    new_words: str = ""
    law: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Quoted:
    """A provision within quotation marks: part of another law, never of this one."""

    number: str
    text: str
    paragraphs: tuple[Paragraph, ...]
    kind: Kind = Kind.SECTION
    by: str = ""


@dataclass(frozen=True, slots=True)
class Other:
    """An instrument printed with this one: before it (an enacting act), behind it, or as its annex."""

    title: str
    start: int
    sections: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """A line that the reader could not place. `line` counts from 1."""

    line: int
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Law:
    """A text that was read."""

    title: str
    instrument: str
    year: str
    text: str
    units: tuple[Unit, ...]
    preamble: str = ""
    conclusions: str = ""
    annexes: str = ""
    notes: str = ""
    amends: str = ""
    amendments: tuple[Amendment, ...] = ()
    quoted: tuple[Quoted, ...] = ()
    preceding: tuple[Other, ...] = ()
    annexed: tuple[Other, ...] = ()
    appended: tuple[Other, ...] = ()
    not_understood: tuple[NotUnderstood, ...] = field(default=())
    style: Style = Style(Shape.LINES)

    @property
    def shape(self) -> Shape:
        """Which of the three shapes its text has."""
        return self.style.shape

    def provisions(self) -> Iterator[Unit]:
        """Its มาตรา or ข้อ, in order."""
        return (unit for unit in self.units if unit.is_provision)

    def find(self, number: str) -> Unit | None:
        """The provision with a number, in whichever digits it is asked for; None if there is none."""
        wanted = key_of(number)
        return next((unit for unit in self.provisions() if unit.key == wanted), None)


def to_document(law: Law) -> dict[str, Any]:
    """The law as `sala laws read --json` prints it."""
    return {
        "title": law.title,
        "instrument": law.instrument,
        "year": law.year,
        "shape": law.shape.value,
        "units": [_unit(unit) for unit in law.units],
        "sections": [_counts("section", unit.number_arabic, unit.paragraphs) for unit in law.provisions()],
        "amends": law.amends,
        "amendments": [_amendment(one) for one in law.amendments],
        "quoted_sections": [one.number for one in law.quoted],
        "quoted": [_counts("section", one.number, one.paragraphs) for one in law.quoted],
        "preceding": [_other(one) for one in law.preceding],
        "annexed": [_other(one) for one in law.annexed],
        "appended": [_other(one) for one in law.appended],
        "preamble": law.preamble,
        "conclusions": law.conclusions,
        "annexes": law.annexes,
        "notes": law.notes,
        "not_understood": [
            {"line": one.line, "text": one.text, "why": one.why} for one in law.not_understood
        ],
    }


def labels_of(paragraphs: tuple[Paragraph, ...]) -> list[str]:
    """The labels of all points of a provision, in order."""
    return [item.label_arabic for paragraph in paragraphs for item in paragraph.items]


def _counts(name: str, number: str, paragraphs: tuple[Paragraph, ...]) -> dict[str, Any]:
    counted: dict[str, Any] = {
        name: number,
        "paragraphs": len(paragraphs),
        "items": labels_of(paragraphs),
        "subitems": [
            {"item": item.label_arabic, "labels": [inner.label for inner in item.subitems]}
            for paragraph in paragraphs
            for item in paragraph.items
            if item.subitems
        ],
    }
    defined = sum(len(paragraph.definitions) for paragraph in paragraphs)
    return counted | ({"definitions": defined} if defined else {})


def _unit(unit: Unit) -> dict[str, Any]:
    told: dict[str, Any] = {
        "kind": unit.kind.value,
        "number": unit.number,
        "number_arabic": unit.number_arabic,
        "heading": unit.heading,
        "start": unit.start,
        "eid": unit.eid,
    }
    if unit.is_provision:
        counts = _counts("section", unit.number_arabic, unit.paragraphs)
        del counts["section"]
        told |= {"text": unit.text} | counts
        told["content"] = [_paragraph(one) for one in unit.paragraphs]
    return told


def _paragraph(one: Paragraph) -> dict[str, Any]:
    told: dict[str, Any] = {"eid": one.eid, "text": one.text}
    if one.definitions:
        told["definitions"] = list(one.definitions)
    if one.items:
        told["items"] = [_item(item) for item in one.items]
    return told | ({"tail": one.tail} if one.tail else {})


def _item(item: Item) -> dict[str, Any]:
    told: dict[str, Any] = {"eid": item.eid, "label": item.label, "text": item.text}
    return told | ({"items": [_item(inner) for inner in item.subitems]} if item.subitems else {})


def _amendment(one: Amendment) -> dict[str, Any]:
    told = {
        "by": one.by,
        "target": one.target,
        "part": one.part,
        "action": one.action,
        "new_number": one.new_number,
        "text": one.text,
        "law": one.law,
    }
    return told | ({"old_words": one.old_words, "new_words": one.new_words} if one.old_words else {})


def _other(one: Other) -> dict[str, Any]:
    return {"title": one.title, "start": one.start, "sections": list(one.sections)}
