"""Kinds of units in Thai legal texts: their Thai words, their rank, and the short names their ids begin with."""

from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """What a unit is. The values are the words of the JSON."""

    BOOK = "book"
    PART = "part"
    TITLE = "title"
    CHAPTER = "chapter"
    DIVISION = "division"
    SUBDIVISION = "subdivision"
    TRANSITIONAL = "transitional"
    SECTION = "section"
    CLAUSE = "clause_kho"


WORDS: Final[dict[Kind, str]] = {
    Kind.BOOK: "บรรพ",
    Kind.PART: "ภาค",
    Kind.TITLE: "ลักษณะ",
    Kind.CHAPTER: "หมวด",
    Kind.DIVISION: "ส่วนที่",
    Kind.SUBDIVISION: "บทที่",
    Kind.TRANSITIONAL: "บทเฉพาะกาล",
    Kind.SECTION: "มาตรา",
    Kind.CLAUSE: "ข้อ",
}
SHORT: Final[dict[Kind, str]] = {
    Kind.BOOK: "book",
    Kind.PART: "part",
    Kind.TITLE: "title",
    Kind.CHAPTER: "chp",
    Kind.DIVISION: "dvs",
    Kind.SUBDIVISION: "subdvs",
    Kind.TRANSITIONAL: "transitional",
    Kind.SECTION: "sec",
    Kind.CLAUSE: "rule",
}
#: Larger units first; a smaller one never holds a larger one. (The Police Act puts หมวด inside ลักษณะ.)
RANK: Final[dict[Kind, int]] = {
    Kind.BOOK: 1,
    Kind.PART: 2,
    Kind.TITLE: 3,
    Kind.CHAPTER: 4,
    Kind.TRANSITIONAL: 4,
    Kind.DIVISION: 5,
    Kind.SUBDIVISION: 6,
    Kind.SECTION: 9,
    Kind.CLAUSE: 9,
}
PROVISIONS: Final = frozenset({Kind.SECTION, Kind.CLAUSE})
#: Chapter headings that carry no number of their own where they stand alone on a line.
LONE_HEADINGS: Final = ("บททั่วไป", "บทกำหนดโทษ", "บทเบ็ดเตล็ด", "บทนิยาม", "บทสุดท้าย", "บทเบ็ดเสร็จทั่วไป")
#: Kinds of instruments, the words that a title begins with; the longer first.
INSTRUMENTS: Final = (
    "พระราชบัญญัติประกอบรัฐธรรมนูญ",
    "รัฐธรรมนูญ",
    "พระราชบัญญัติ",
    "พระราชกำหนด",
    "พระราชกฤษฎีกา",
    "ประมวลกฎหมาย",
    "ประมวลรัษฎากร",
    "กฎกระทรวง",
    "กฎ ก.พ.",
    "ระเบียบ",
    "ข้อบังคับ",
    "ข้อบัญญัติ",
    "เทศบัญญัติ",
    "ข้อกำหนด",
    "ประกาศ",
    "คำสั่ง",
    "มติ",
)
