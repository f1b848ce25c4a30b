"""How wide a text is and where it may be cut: Thai signs above and below take no room and stay with their letter."""

import unicodedata
from collections.abc import Iterator

from sala.core.characters import xml_safe

# Widths in parts of the type size, of IBM Plex Sans Thai Looped and its kin; a guess that is never far off.
_NARROW = frozenset("iljtfrI.,:;'|!()[]{}·")
_WIDE = frozenset("mwMW@%—…")
_BEFORE = frozenset("เแโใไ")  # vowels that are written before the letter they belong to
_AM = "\u0e33"  # sara am: half of it stands on the letter before


def printable(text: str) -> str:
    """One line without the characters that XML does not allow or no public text may hold."""
    return " ".join(xml_safe(text).split())


def measure(text: str, size: float) -> float:
    """The estimated width of a text at a type size, in the unit of the size."""
    return size * sum(_width(letter) for letter in text)


def _width(letter: str) -> float:
    if unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    if letter == " ":
        return 0.27
    if letter in _NARROW:
        return 0.33
    if letter in _WIDE:
        return 0.9
    return 0.66 if letter.isupper() else 0.58


def clusters(text: str) -> Iterator[str]:
    """A text in the pieces between which it may be cut: a letter with all that is written on or before it."""
    held = ""
    for letter in text:
        joins = unicodedata.category(letter) in ("Mn", "Me", "Cf") or letter == _AM
        if held and not joins and held[-1] not in _BEFORE:
            yield held
            held = ""
        held += letter
    if held:
        yield held


def shorten(text: str, width: float, size: float) -> str:
    """The beginning of a text that fits a width, with an ellipsis where something is left out."""
    line = printable(text)
    if measure(line, size) <= width:
        return line
    room, kept = width - measure("…", size), ""
    for piece in clusters(line):
        room -= measure(piece, size)
        if room < 0:
            break
        kept += piece
    return kept.rstrip() + "…"


def wrap(text: str, width: float, size: float) -> list[str]:
    """A text in lines that fit a width, broken at spaces, and inside a word only where it alone is too wide."""
    lines = [""]
    for word in printable(text).split(" "):
        joined = f"{lines[-1]} {word}" if lines[-1] else word
        if measure(joined, size) <= width:
            lines[-1] = joined
            continue
        if lines[-1]:
            lines.append("")
        for piece in clusters(word):
            if lines[-1] and measure(lines[-1] + piece, size) > width:
                lines.append("")
            lines[-1] += piece
    return lines
