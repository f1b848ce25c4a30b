"""The letters of law texts: digits, spelling folded for comparing, and the blemishes that Gazette PDFs leave.

Everything that only helps to *find* things keeps the length of the text, so that an offset stays an offset.
"""

import re
from typing import Final

_DIGITS: Final = {chr(0x0E50 + digit): str(digit) for digit in range(10)}
_BLANKS: Final = dict.fromkeys("\t\u00a0\u200b\u200c\u200d\u2060\ufeff\u3000", " ")
# what older PDFs print in place of vowels and tone marks, from the area for private use
_PRIVATE: Final = dict(
    zip(
        "\uf701\uf702\uf703\uf704\uf70a\uf70b\uf70c\uf70d\uf70e\uf710\uf712\uf713\uf714\uf715\uf716\uf717",
        "\u0e34\u0e35\u0e36\u0e37\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e31\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c",
        strict=True,
    )
)
# sara am is lost (กาหนด) or misread (มำตรำ) in page texts; both are found when it counts as sara aa
_FLAT: Final = {**_DIGITS, **_BLANKS, **_PRIVATE, "\u0e33": "\u0e32", "\x93": "“", "\x94": "”"}
# of the few letters that change: far quicker than str.translate, which looks at each
_CHANGED: Final = re.compile(f"[{''.join(_FLAT)}]")
_DIGIT: Final = re.compile("[๐-๙]")
_MONTHS: Final = "มกราคม|กุมภาพันธ์|มีนาคม|เมษายน|พฤษภาคม|มิถุนายน|กรกฎาคม|สิงหาคม|กันยายน|ตุลาคม|พฤศจิกายน|ธันวาคม"
#: "หน้า 48 เล่ม 140 ตอนที่ 20 ก ราชกิจจานุเบกษา 19 มีนาคม 2566", with the stray tone marks of the PDF.
RUNNING_FOOT: Final = re.compile(
    r"(?:[\u0e48\u0e49] *)?หน[\u0e49]?า *\d+ *(?:[\u0e48\u0e49] *)?เล[\u0e48]?ม *\d+ *ตอน(?:ที่|พิเศษ)? *"
    rf"(?:พิเศษ)? *\d+ *[กขคง]? *ราชกิจจานุเบกษา *\d+ *(?:{_MONTHS}) *\d{{4}}"
)
#: A footnote mark of the Council of State: [๑], [๑๕๓].
FOOTNOTE_MARK: Final = re.compile(r"\[\d+\]")
_SHORT: Final = 3  # [1] is the shortest mark
_MARKS: Final = re.compile("[“”\"'‘’\u0e4d\\s]+")


def arabic(text: str) -> str:
    """The text with Thai digits as Arabic ones."""
    return _DIGIT.sub(lambda found: _DIGITS[found.group()], text)


def flatten(text: str) -> str:
    """A view of the same length for finding: Arabic digits, plain blanks, sara am as sara aa, feet and marks blank."""
    flat = _CHANGED.sub(lambda found: _FLAT[found.group()], text)
    if len(flat) < _SHORT:
        return flat
    flat = FOOTNOTE_MARK.sub(_blank, flat)
    return RUNNING_FOOT.sub(_blank, flat)


def _blank(found: re.Match[str]) -> str:
    # the end of a line inside it stays one, or two lines would grow together
    return re.sub(r"[^\n]", " ", found.group())


def fold(text: str) -> str:
    """What is left of a text when blanks, quotation marks, footnote marks and the two sorts of digits do not count."""
    return _MARKS.sub("", flatten(text))


def squeeze(flat: str) -> tuple[str, list[int]]:
    """A flat text without any blank, and the offset of each letter that is left."""
    places = [place for place, letter in enumerate(flat) if not letter.isspace()]
    return "".join(flat[place] for place in places), places


def one_line(text: str) -> str:
    """Text as one clean line: footnote marks, feet and line ends out, runs of blanks as one."""
    return re.sub(r"\s+", " ", without_marks(text)).strip()


def without_marks(text: str) -> str:
    """The text as printed, without footnote marks and running feet."""
    flat = arabic(text)
    spans = [found.span() for found in (*FOOTNOTE_MARK.finditer(flat), *RUNNING_FOOT.finditer(flat))]
    for begin, end in sorted(spans, reverse=True):
        text = text[:begin] + " " * ("\n" in text[begin:end] or end - begin > 8) + text[end:]
    return text.replace("\u00a0", " ").replace("\u200b", "")
