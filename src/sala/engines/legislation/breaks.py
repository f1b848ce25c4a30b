"""Cuts a provision's words into blocks: points of lists, and runs of words between which a paragraph ends."""

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from sala.engines.legislation.cues import CARRIES_ON, CLOSES_A_LIST, Seen, likelihood, opens_a_sentence
from sala.engines.legislation.layout import KEYWORD_WIDTH, paragraph_starts, width
from sala.engines.legislation.letters import flatten, fold
from sala.engines.legislation.lists import LABEL, is_letter, is_point
from sala.engines.legislation.ordinals import earlier_paragraphs
from sala.engines.legislation.styles import Shape, Style

# Log odds from which a paragraph ends; measured on laws that no gold file counts (docs/rules/law-texts.md).
_PAGE_THRESHOLD: Final = -0.6
_WRAPPED_THRESHOLD: Final = -1.0
_LABEL_WIDTH: Final = 4.0
_NEVER: Final = -99.0
_WITHIN_LINE: Final = -6.0
_NARROW_FIT: Final = 2.2
_NARROW_MANY: Final = -4.0
_FULL_LINE: Final = 80
_SEEN_AHEAD: Final = 12
_DEFINES: Final = re.compile(r"[“\"]? ?[^“”\" ][^“”\"]{0,120}?[”\"]? *หมายความว่า")


@dataclass(slots=True)
class Chunk:
    """A run of letters without a blank. `gap` is what stands before it: "", " ", "\\n" or an empty line as "\\n\\n"."""

    text: str
    gap: str
    label: str = ""


@dataclass(slots=True)
class Block:
    """A point of a list (`label` is set) or a run of words; blocks follow one another where a paragraph may end."""

    text: str
    label: str = ""


class _Gap:
    """A place between two chunks where a paragraph could end. How likely that is gets computed when it is asked for."""

    __slots__ = ("_odds", "added", "is_certain", "is_end", "place", "seen")

    def __init__(self, place: int, seen: Seen, added: float = 0.0) -> None:
        self.place, self.seen, self.added, self.is_end = place, seen, added, False
        self.is_certain = False
        self._odds: float | None = None

    @property
    def odds(self) -> float:
        if self._odds is None:
            self._odds = likelihood(self.seen) + self.added if self.added > _NEVER else _NEVER
        return self._odds


def blocks_of(text: str, style: Style, least: int = 1) -> list[Block]:
    """The blocks of a provision's text. `least` paragraphs are known to be there from what other provisions say."""
    chunks = _labelled(_chunks(text), style)
    gaps = _gaps(chunks, style)
    if style.shape is Shape.PAGE and style.shows_lines:
        _lay_out(chunks, gaps)
    _heed(chunks, gaps, least)
    ends = {gap.place for gap in gaps if gap.is_end}
    # Joined once at the end: adding to a text copies it, which costs the square of a long provision.
    blocks: list[tuple[str, list[str]]] = []
    for place, chunk in enumerate(chunks):
        if place == 0 or chunk.label or place in ends:
            blocks.append((chunk.label, []))
        if chunk.text:
            blocks[-1][1].append(chunk.text)
    return [Block(" ".join(texts), label) for label, texts in blocks]


def _chunks(text: str) -> list[Chunk]:
    """The runs of letters of a text, each with what stands before it; definitions keep their line."""
    found = []
    for match in re.finditer(r"(\s*)(\S+)", text.replace("\u00a0", " ")):
        blank = match.group(1)
        gap = "\n\n" if re.search(r"\n[ \t]*\n", blank) else "\n" if "\n" in blank else blank[:1]
        found.append(Chunk(match.group(2), gap))
    return found


def _labelled(chunks: list[Chunk], style: Style) -> list[Chunk]:
    """The same runs, with those that begin a point of a list parted from their label."""
    made: list[Chunk] = []
    numeral: str | None = None
    letter: str | None = None
    for place, chunk in enumerate(_rejoined(chunks)):
        label = _label_of(made, chunk, chunks, place, style, numeral, letter)
        if not label:
            made.append(chunk)
            continue
        match = LABEL.match(flatten(chunk.text))
        printed = chunk.text[match.start("label") : match.end("label")] if match else label
        made.append(Chunk(chunk.text[match.end() if match else 0 :], chunk.gap, printed.replace(" ", "")))
        if is_letter(label):
            letter = label
        else:
            numeral, letter = label, None
    return made


def _rejoined(chunks: list[Chunk]) -> list[Chunk]:
    """Labels that a page text broke up ("( 4)") as one run again."""
    made: list[Chunk] = []
    for chunk in chunks:
        if made and chunk.gap == " " and re.fullmatch(r"[“\"\-]*\((?:\d*/?)?", flatten(made[-1].text)):
            made[-1].text += chunk.text
        else:
            made.append(Chunk(chunk.text, chunk.gap))
    return made


def _label_of(
    made: list[Chunk],
    chunk: Chunk,
    chunks: list[Chunk],
    place: int,
    style: Style,
    numeral: str | None,
    letter: str | None,
) -> str:
    flat = flatten(chunk.text)
    match = LABEL.match(flat)
    if match is None or (chunk.gap == "" and made):
        return ""
    label = match.group("label").replace(" ", "")
    at_line_start = "\n" in chunk.gap or _is_dashed(made)
    if not at_line_start and style.shape is Shape.WRAPPED:
        return ""
    before = flatten(" ".join(one.text for one in made[-2:]))
    after = flat[match.end() :] or (flatten(chunks[place + 1].text) if place + 1 < len(chunks) else "")
    last = letter if is_letter(label) else numeral
    block = at_line_start and style.shape is Shape.LINES
    return (
        label if is_point(before, label, after, last, starts_line=at_line_start, starts_block=block) else ""
    )


def _is_dashed(made: list[Chunk]) -> bool:
    return bool(made) and made[-1].text == "-"


def _gaps(chunks: list[Chunk], style: Style) -> list[_Gap]:
    """Every place between runs where a paragraph could end, and whether it does by the shape of the text."""
    gaps: list[_Gap] = []
    length, left, opens, in_item = 0, "", False, False
    folded = [fold(chunk.text) for chunk in chunks]
    for place, chunk in enumerate(chunks):
        if chunk.label:
            length, left, in_item = 0, "", True
        elif place:
            right = "".join(folded[place : place + _SEEN_AHEAD])[:80]
            seen = Seen(length, opens, left, len(folded[place - 1]), right, len(folded[place]), in_item)
            gaps.append(_gap(chunks, place, seen, style))
            if gaps[-1].is_end:
                length, left, in_item = 0, "", False
        if not length:
            opens = opens_a_sentence(folded[place])
        length, left = length + len(folded[place]), (left + folded[place])[-12:]
    return gaps


def _gap(chunks: list[Chunk], place: int, seen: Seen, style: Style) -> _Gap:
    chunk = chunks[place]
    follows_bare_label = bool(chunks[place - 1].label) and not chunks[place - 1].text
    carries_on = bool(CARRIES_ON.match(flatten(chunk.text))) and chunk.gap != "\n\n"
    if (
        seen.in_item
        and CLOSES_A_LIST.match(flatten(chunk.text))
        and ("\n" in chunk.gap or style.shape is Shape.PAGE)
    ):
        closing = _Gap(place, seen)
        closing.is_end = closing.is_certain = True
        return closing
    if follows_bare_label or (carries_on and style.shape is not Shape.PAGE):
        return _Gap(place, seen, _NEVER)
    if style.shape is Shape.LINES:
        gap = _Gap(place, seen)
        gap.is_end = "\n" in chunk.gap
    elif style.shape is Shape.PAGE:
        gap = _Gap(place, seen)
        gap.is_end = not carries_on and gap.odds > _PAGE_THRESHOLD
    elif "\n" in chunk.gap:
        gap = _Gap(place, seen, _narrow(chunks, place) if style.shows_lines else 0.0)
        gap.is_end = gap.odds > _WRAPPED_THRESHOLD
    else:
        gap = _Gap(place, seen, _WITHIN_LINE)
    return gap


def _lay_out(chunks: list[Chunk], gaps: list[_Gap]) -> None:
    """End paragraphs in a page text where its lost lines and the words around each blank say so together."""
    by_place = {gap.place: gap for gap in gaps}
    starts = [0, *(place for place, chunk in enumerate(chunks) if chunk.label and place), len(chunks)]
    for begin, end in pairwise(starts):
        run = chunks[begin:end]
        widths = [width(chunk.text) + 1.0 for chunk in run]
        odds = [
            by_place[begin + place].odds if begin + place in by_place else 0.0 for place in range(len(run))
        ]
        indent = _LABEL_WIDTH if run and run[0].label else KEYWORD_WIDTH
        ends = ["\n" in chunk.gap for chunk in run]
        found = paragraph_starts(widths, odds, indent, ends)
        for place in range(1, len(run)):
            gap = by_place.get(begin + place)
            if gap is not None and gap.odds > _NEVER:
                gap.is_end = gap.is_certain or place in found


def _narrow(chunks: list[Chunk], place: int) -> float:
    """What the line says that begins here: a first line ends at its first blank, though more would have fitted."""
    if place + 1 >= len(chunks):
        return 0.0
    following = chunks[place + 1]
    if "\n" not in following.gap:
        return _NARROW_MANY
    fits = len(chunks[place].text) + 1 + len(following.text) <= _FULL_LINE
    return _NARROW_FIT if fits and not following.label else 0.0


def _heed(chunks: list[Chunk], gaps: list[_Gap], least: int) -> None:
    """End more paragraphs where the law's own words say that there are more: "ตามวรรคหนึ่ง" stands in a later one."""
    for place, number in earlier_paragraphs([chunk.text for chunk in chunks]):
        _end_more([gap for gap in gaps if gap.place <= place], number)
    _end_more(gaps, least - 1)


def _end_more(gaps: list[_Gap], wanted: int) -> None:
    ended = sum(gap.is_end for gap in gaps)
    for gap in sorted((gap for gap in gaps if not gap.is_end), key=lambda gap: -gap.odds)[
        : max(0, wanted - ended)
    ]:
        if gap.odds > _NEVER:
            gap.is_end = True
