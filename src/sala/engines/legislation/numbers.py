"""Numbers of provisions: ๕, 5/1, ๗ ทวิ, ๑๗๒ ทวิ/๑. How they are read, ordered, and written into an id."""

import re
from typing import Final

from sala.engines.legislation.letters import arabic

#: Pali and Sanskrit numerals that stand for "inserted as the second, third …"; misspellings met in real texts too.
SUFFIXES: Final[dict[str, int]] = {
    "ทวิ": 2,
    "ตรี": 3,
    "จัตวา": 4,
    "จัดวา": 4,
    "เบญจ": 5,
    "ฉ": 6,
    "สัตต": 7,
    "อัฏฐ": 8,
    "อัฎฐ": 8,
    "อัฐ": 8,
    "อัฏฐา": 8,
    "นว": 9,
    "ทศ": 10,
    "เอกาทศ": 11,
    "ทวาทศ": 12,
    "เตรส": 13,
    "จตุทศ": 14,
    "ปัณรส": 15,
    "ปัญจทศ": 15,
    "โสฬส": 16,
    "สัตตรส": 17,
    "อัฏฐารส": 18,
    "เอกูนวีสติ": 19,
    "วีสติ": 20,
    "เอกวีสติ": 21,
    "ทวาวีสติ": 22,
    "เตวีสติ": 23,
}
_LATIN: Final = (
    "",
    "",
    "bis",
    "ter",
    "quater",
    "quinquies",
    "sexies",
    "septies",
    "octies",
    "novies",
    "decies",
)
_ENDS: Final = r"(?![\u0e01-\u0e4e])"
_SUFFIX: Final = "|".join(sorted(SUFFIXES, key=len, reverse=True))
#: A number as printed, in a flat text; `spaced` is for page texts, where blanks fall between digits.
PLAIN: Final = rf"\d+(?: ?/ ?\d+)*(?: ?(?:{_SUFFIX}){_ENDS}(?: ?/ ?\d+)?)?"
SPACED: Final = rf"\d(?: ?\d)*(?: ?/ ?\d(?: ?\d)*)*(?: ?(?:{_SUFFIX}){_ENDS}(?: ?/ ?\d+)?)?"
_PIECE: Final = re.compile(rf"\d+|(?:{_SUFFIX}){_ENDS}")

Key = tuple[int, ...]


def tidy(printed: str) -> str:
    """A number without the blanks that a page text put into it: `1 246 / 1` is `1246/1`, `๗  ทวิ` is `๗ ทวิ`."""
    joined = re.sub(r"(?<=[\d๐-๙/]) +(?=[\d๐-๙/])", "", printed.strip())
    return re.sub(rf" *({_SUFFIX}){_ENDS}", r" \1", joined)


def to_arabic(printed: str) -> str:
    """The number with Arabic digits: `5/1`, `7 ทวิ`."""
    return tidy(arabic(printed))


def key_of(number: str) -> Key:
    """What numbers are ordered by: 5 before 5 ทวิ before 5 ตรี before 5/1 … as (5,), (5, 2), (5, 3), (5, 1001)."""
    text = arabic(number)
    key: list[int] = []
    for found in _PIECE.finditer(text):
        piece = found.group()
        if not piece.isdigit():
            key.append(SUFFIXES[piece])
        elif key:
            key.append(1000 + int(piece[:9]))
        else:
            key.append(int(piece[:9]))
    return tuple(key)


def follows(before: Key, after: Key) -> bool:
    """Whether a number is the very next one: 6, 5/1 or 5 ทวิ after 5; 5/2 or 6 after 5/1."""
    if not before or not after:
        return False
    if after == (before[0] + 1,):
        return True
    if len(after) == len(before) + 1 and after[:-1] == before:
        return after[-1] in (2, 1001)
    shorter = before[: len(after) - 1] == after[:-1] and len(before) >= len(after) > 1
    return shorter and after[-1] == before[len(after) - 1] + 1


def id_part(number: str) -> str:
    """The number as part of an id: `5_1` for 5/1, `7-bis` for 7 ทวิ (a slash and Thai letters do not belong there)."""
    text = arabic(number).replace(" ", "")
    parts: list[str] = []
    for found in _PIECE.finditer(text):
        piece = found.group()
        if piece.isdigit():
            parts.append(f"_{piece}" if parts else piece)
        else:
            value = SUFFIXES[piece]
            parts.append("-" + (_LATIN[value] if value < len(_LATIN) else f"x{value}"))
    return "".join(parts)
