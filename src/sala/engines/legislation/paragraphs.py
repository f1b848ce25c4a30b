"""The inside of a provision: วรรค, their lists (๑) (ก), what goes on behind a list, definitions."""

import re
from dataclasses import dataclass, field
from typing import Final

from sala.engines.legislation.breaks import Block, blocks_of
from sala.engines.legislation.document import Item, Paragraph
from sala.engines.legislation.letters import arabic, flatten, one_line, without_marks
from sala.engines.legislation.lists import is_letter
from sala.engines.legislation.styles import Shape, Style

_DEFINES: Final = re.compile(
    r"[“\"]? ?(?P<term>[^“”\"]{1,120}?) ?[”\"]? *(?:ให้)?(?:หมายความว่า|หมายความถึง|หมายความรวมถึง|ให้หมายความรวมถึง)"
)
_SCOPE: Final = re.compile(r"(?:ใน|เพื่อประโยชน์(?:ใน|แห่ง)|คำว่า)[^ ]{0,60}(?:นี้|ว่า)(?: |$)")
_TAIL: Final = re.compile(
    r"(?:ผู้นั้น|ต้องระวางโทษ|ทั้งนี้|เว้นแต่|แต่|ก็ให้|ย่อม|จะต้อง|มิให้ถือว่า|หรือ|และ|ซึ่ง|โดย|ดังกล่าว|ให้ถือเป็น|ผู้กระทำต้อง|ผู้กระทาต้อง)"
)
_EARLIER: Final = re.compile("วรรค(?:หนึ่ง|สอง|สาม|สี่|ห้า|ก่อน)")
_REPEALED: Final = re.compile(r"\(? ?ยกเลิก ?\)?\.?")


@dataclass(slots=True)
class _Growing:
    """A paragraph while its blocks arrive."""

    lines: list[str]
    terms: list[str] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    tail: list[str] = field(default_factory=list)

    def made(self) -> Paragraph:
        return Paragraph("\n".join(self.lines), tuple(self.items), " ".join(self.tail), tuple(self.terms))


def split(text: str, style: Style, least: int = 1) -> tuple[Paragraph, ...]:
    """The paragraphs of a provision, from its text without keyword and number; none where it is repealed.

    `least` is how many it must have by what other provisions say of it.
    """
    cleaned = without_marks(text).strip().rstrip("_").strip()
    if not cleaned or _REPEALED.fullmatch(one_line(cleaned)):
        return ()
    growing: list[_Growing] = []
    for block in _with_definitions(blocks_of(cleaned, style, least), style):
        _add(growing, block)
    return tuple(one.made() for one in growing)


def _with_definitions(blocks: list[Block], style: Style) -> list[Block]:
    """In a text without line ends, definitions stand in one run: each begins a block of its own."""
    if style.shape is not Shape.PAGE:
        return blocks
    made: list[Block] = []
    for block in blocks:
        cuts = [found.start() for found in re.finditer(r"(?<= )“ ?[^“”]{1,80} ?” หมายความว่า", block.text)]
        for begin, end in zip([0, *cuts], [*cuts, len(block.text)], strict=True):
            if block.text[begin:end].strip() or begin == 0:
                made.append(Block(block.text[begin:end].strip(), block.label if begin == 0 else ""))
    return made


def _add(growing: list[_Growing], block: Block) -> None:
    text = one_line(block.text)
    if block.label:
        if not growing:
            growing.append(_Growing([]))
        _add_point(growing[-1], block.label, text)
        return
    if not text:
        return
    term = _DEFINES.match(text)
    last = growing[-1] if growing else None
    if last and term and (last.terms or _is_scope(last)) and not last.tail:
        last.lines.append(text)
        last.terms.append(term.group("term").strip(' “”"'))
    elif last and last.items and _TAIL.match(flatten(text)) and not _EARLIER.search(text[:60]):
        last.tail.append(text)
    else:
        growing.append(
            _Growing([text], [term.group("term").strip(' “”"')] if term and _begins_quoted(text) else [])
        )


def _begins_quoted(text: str) -> bool:
    return text[:1] in '“"'


def _is_scope(one: _Growing) -> bool:
    """Whether a paragraph only says for what the definitions hold: ในพระราชบัญญัตินี้."""
    return (
        len(one.lines) == 1 and not one.items and len(one.lines[0]) < 160 and bool(_SCOPE.match(one.lines[0]))
    )


def _add_point(one: _Growing, label: str, text: str) -> None:
    printed, label = label, arabic(label)
    inside = is_letter(label) and bool(one.items) and not is_letter(one.items[-1].label_arabic)
    numbered_inside = not is_letter(label) and bool(one.items) and is_letter(one.items[-1].label_arabic)
    item = Item(printed, label, text)
    if not inside and not (numbered_inside and _opens(one, label)):
        one.items.append(item)
        return
    last = one.items[-1]
    one.items[-1] = Item(last.label, last.label_arabic, last.text, "", (*last.subitems, item))


def _opens(one: _Growing, label: str) -> bool:
    """Whether a numbered point belongs into the lettered one before it, as in conventions: (ก) … (๑) … (๒)."""
    last = one.items[-1]
    return label == "1" or bool(last.subitems)
