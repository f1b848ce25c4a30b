"""A law as plain text again: one paragraph a line, the shape that every reader of laws takes best."""

from collections.abc import Iterator

from sala.engines.legislation.document import Item, Law, Unit
from sala.engines.legislation.kinds import WORDS, Kind


def to_text(law: Law) -> str:
    """The whole law. `read_law` reads it again with the same provisions, paragraphs and points."""
    blocks = [law.title, law.preamble if law.preamble and law.title not in law.preamble else ""]
    blocks += ["\n".join(_unit_lines(unit)) for unit in law.units]
    blocks += [law.conclusions, law.annexes, law.notes]
    return "\n\n".join(block for block in blocks if block.strip()) + "\n"


def _unit_lines(unit: Unit) -> Iterator[str]:
    if unit.is_provision:
        yield f"{WORDS[unit.kind]} {unit.number}  {provision_text(unit)}"
        return
    if unit.number:
        yield f"{WORDS[unit.kind]} {unit.number}"
    if unit.heading or unit.kind is Kind.TRANSITIONAL:
        yield unit.heading


def provision_text(unit: Unit) -> str:
    """A provision's words, one paragraph or point a line; (ยกเลิก) where nothing is left."""
    lines: list[str] = []
    for paragraph in unit.paragraphs:
        if paragraph.text:
            lines.append(paragraph.text)
        lines += [line for item in paragraph.items for line in _item_lines(item)]
        if paragraph.tail:
            lines.append(paragraph.tail)
    return "\n".join(lines) or "(ยกเลิก)"


def _item_lines(item: Item) -> Iterator[str]:
    yield f"({item.label}) {item.text}".rstrip()
    for inner in item.subitems:
        yield from _item_lines(inner)
