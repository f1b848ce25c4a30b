"""Parts of a provision: วรรคสอง, (4), วรรคหนึ่ง (2) (ก), บทนิยาม; how an order changes one of them."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from sala.engines.legislation.document import Amendment, Item, Paragraph, Quoted
from sala.engines.legislation.kinds import WORDS, Kind
from sala.engines.legislation.letters import flatten, fold, one_line
from sala.engines.legislation.lists import is_letter, order
from sala.engines.legislation.ordinals import ordinal
from sala.engines.legislation.paragraphs import split
from sala.engines.legislation.styles import Style

_LAST: Final = ("วรรคท้าย", "วรรคสุดท้าย")
_TERM: Final = "บทนิยาม "


class NoSuchPartError(Exception):
    """The provision has no such paragraph, point or definition."""


def shares(group: list[Amendment], quoted: Quoted | None, style: Style) -> list[tuple[Paragraph, ...]]:
    """The new wording of orders that share one quotation, as paragraphs for each of them."""
    first = group[0]
    if first.action in ("repeal", "replace_words") or first.part.startswith("ชื่อ") or not first.text:
        return [()] * len(group)
    if first.action in ("add_definition",) or first.part.startswith(_TERM):
        return [(Paragraph(one_line(one.text).strip('“”" ') and _quoted_term(one.text)),) for one in group]
    if quoted is not None and (not first.part or first.action == "insert_after"):
        return [quoted.paragraphs]
    paragraphs = _outer(first, quoted, style, len(group))
    if len(group) == 1:
        return [paragraphs]
    if first.action == "add_item" or first.part.endswith(")"):
        items = [item for paragraph in paragraphs for item in paragraph.items]
        return [(Paragraph("", tuple(i for i in items if _is_labelled(i, one)), ""),) for one in group]
    return [paragraphs[i : i + 1] if i + 1 < len(group) else paragraphs[i:] for i in range(len(group))]


def _quoted_term(text: str) -> str:
    line = one_line(text)
    return line if line.count("“") == line.count("”") else line.strip("“” ")


def _outer(first: Amendment, quoted: Quoted | None, style: Style, wanted: int) -> tuple[Paragraph, ...]:
    if first.part.startswith("วรรค") and "(" not in first.part:
        # one paragraph is what the order names: its own words may not end it early
        if wanted == 1:
            whole = split(first.text, style)
            return whole if any(one.items for one in whole) else (Paragraph(one_line(first.text)),)
        return split(first.text, style, wanted)
    return quoted.paragraphs if quoted and not first.part else split(first.text, style)


def _is_labelled(item: Item, one: Amendment) -> bool:
    wanted = one.new_number if one.action == "add_item" else one.part
    return fold(f"({item.label_arabic})") == fold(wanted.rpartition(" ")[2])


def mapped(paragraph: Paragraph, change: Callable[[str], str]) -> Paragraph:
    """The paragraph with each of its texts changed."""
    return replace(
        paragraph,
        text=change(paragraph.text) if paragraph.text else "",
        items=tuple(_mapped(item, change) for item in paragraph.items),
        tail=change(paragraph.tail) if paragraph.tail else "",
        definitions=tuple(change(term) for term in paragraph.definitions),
    )


def _mapped(item: Item, change: Callable[[str], str]) -> Item:
    label = change(f"({item.label})").strip("()") if not is_letter(item.label_arabic) else item.label
    inner = tuple(_mapped(one, change) for one in item.subitems)
    return replace(item, label=label, text=change(item.text) if item.text else "", subitems=inner)


def heading_words(text: str, kind: Kind, number: str) -> str | None:
    """What a quoted heading says: the words between its number and the first provision."""
    found = re.search(
        rf"{WORDS[kind]} *{re.escape(number)}\s*(.*?)\s*(?=มาตรา|ข้อ *\d)", flatten(text), re.DOTALL
    )
    return one_line(text[found.start(1) : found.end(1)]) if found else None


def changed(
    paragraphs: tuple[Paragraph, ...], one: Amendment, new: tuple[Paragraph, ...]
) -> tuple[Paragraph, ...]:
    """A provision's paragraphs after an order on one of its parts. Raises NoSuchPartError."""
    if one.part.startswith(_TERM):
        return _with_definition(paragraphs, one, new[0].text)
    if one.action == "add_paragraph":
        place = _number(one.part, len(paragraphs) + 1) - 1
        if not 0 <= place <= len(paragraphs):
            raise NoSuchPartError(
                f"the base has {len(paragraphs)} paragraphs, so that {one.part} would leave a gap"
            )
        return (*paragraphs[:place], *new, *paragraphs[place:])
    where, labels = _parsed(one, paragraphs)
    if not labels:
        return (*paragraphs[:where], *new, *paragraphs[where + 1 :])
    items = [item for paragraph in new for item in paragraph.items] or [
        Item(labels[-1], labels[-1], " ".join(p.text for p in new))
    ]
    holder = paragraphs[where]
    kept = _placed(holder.items, labels, items, is_new=one.action == "add_item")
    return (*paragraphs[:where], replace(holder, items=kept), *paragraphs[where + 1 :])


def without(paragraphs: tuple[Paragraph, ...], part: str) -> tuple[Paragraph, ...]:
    """A provision's paragraphs without a part that is repealed; a point keeps its label and says (ยกเลิก)."""
    if part.startswith(_TERM):
        return _without_definition(paragraphs, part.removeprefix(_TERM))
    where, labels = _parsed(Amendment("", "", part, "repeal"), paragraphs)
    if not labels:
        return (*paragraphs[:where], *paragraphs[where + 1 :])
    holder = paragraphs[where]
    printed = Item(labels[-1], labels[-1], "(ยกเลิก)")
    kept = _placed(holder.items, labels, [printed], is_new=False)
    return (*paragraphs[:where], replace(holder, items=kept), *paragraphs[where + 1 :])


def paragraphs_named(one: Amendment) -> int:
    """How many paragraphs a provision has by what an order says of it; 1 where it says nothing."""
    if not one.part.startswith("วรรค") or one.action == "insert_after":
        return 1
    named = _number(one.part, 1)
    return max(named - 1, 1) if one.action == "add_paragraph" else max(named, 2)


def _number(part: str, last: int) -> int:
    word = part.removeprefix("วรรค").partition(" ")[0]
    return last if part.partition(" ")[0] in _LAST else ordinal(word)


def _parsed(one: Amendment, paragraphs: tuple[Paragraph, ...]) -> tuple[int, list[str]]:
    """Which paragraph, and the labels of the point in it, from the outermost: วรรคหนึ่ง (2) (ก)."""
    told = f"{one.part} {one.new_number}" if one.action == "add_item" else one.part
    labels = re.findall(r"\(([^)]+)\)", told)
    if told.startswith("วรรค"):
        where = _number(told, len(paragraphs)) - 1
        if not 0 <= where < len(paragraphs):
            raise NoSuchPartError(
                f"the base has {len(paragraphs)} paragraphs, and no {told.partition(' ')[0]}"
            )
        return where, labels
    for where, paragraph in enumerate(paragraphs):
        if any(one.action == "add_item" or item.label_arabic == labels[0] for item in paragraph.items):
            return where, labels
    raise NoSuchPartError(f"the base has no point {told}")


def _placed(items: tuple[Item, ...], labels: list[str], new: list[Item], *, is_new: bool) -> tuple[Item, ...]:
    label, *inner = labels
    at = next((place for place, item in enumerate(items) if item.label_arabic == label), None)
    if inner:
        if at is None:
            raise NoSuchPartError(f"the base has no point ({label})")
        deeper = _placed(items[at].subitems, inner, new, is_new=is_new)
        return (*items[:at], replace(items[at], subitems=deeper), *items[at + 1 :])
    if is_new == (at is not None):
        raise NoSuchPartError(
            f"the base has {'a' if is_new else 'no'} point ({label}){' already' if is_new else ''}"
        )
    if at is None:
        at = sum(_is_before(item.label_arabic, label) for item in items)
        return (*items[:at], *new, *items[at:])
    return (*items[:at], *new, *items[at + 1 :])


def _is_before(one: str, other: str) -> bool:
    return is_letter(one) == is_letter(other) and order(one) < order(other)


def _with_definition(paragraphs: tuple[Paragraph, ...], one: Amendment, line: str) -> tuple[Paragraph, ...]:
    term = one.part.removeprefix(_TERM)
    where = next((place for place, paragraph in enumerate(paragraphs) if paragraph.definitions), None)
    if where is None:
        raise NoSuchPartError("the base has no definitions there")
    holder = paragraphs[where]
    lines = holder.text.split("\n")
    if one.action == "add_definition":
        at = _line_of(lines, one.after) if one.after else len(lines) - 1
        lines.insert((at if at is not None else len(lines) - 1) + 1, line)
        terms = (*holder.definitions, term)
    else:
        place = _line_of(lines, term)
        if place is None:
            raise NoSuchPartError(f"the base does not define {term}")
        lines[place], terms = line, holder.definitions
    return (
        *paragraphs[:where],
        replace(holder, text="\n".join(lines), definitions=terms),
        *paragraphs[where + 1 :],
    )


def _without_definition(paragraphs: tuple[Paragraph, ...], term: str) -> tuple[Paragraph, ...]:
    for where, holder in enumerate(paragraphs):
        lines = holder.text.split("\n")
        place = _line_of(lines, term) if holder.definitions else None
        if place is not None:
            del lines[place]
            terms = tuple(one for one in holder.definitions if fold(one) != fold(term))
            kept = replace(holder, text="\n".join(lines), definitions=terms)
            return (*paragraphs[:where], kept, *paragraphs[where + 1 :])
    raise NoSuchPartError(f"the base does not define {term}")


def _line_of(lines: list[str], term: str) -> int | None:
    wanted = f"{fold(term)}หมายความ"
    return next((place for place, line in enumerate(lines) if fold(line).startswith(wanted)), None)
