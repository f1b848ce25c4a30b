"""Telephone numbers as people write them: whether one was typed, and what a telephone dials."""

import re
from typing import Final

from sala.core.digits import arabic_digits

# "0 2123 4567-9" are three lines of one office, "1111 กด 2" a choice, "02-123-4567 ต่อ 12" somebody's desk.
_DESK: Final = re.compile(r"(?:ต่อ|ext\.?|#)\s*([0-9]{1,6})", re.IGNORECASE)
_MOBILE: Final = ("06", "08", "09")
_HOTLINE: Final = re.compile(r"[0-9]{3,6}")


def dial(told: str) -> str:
    """The first number in `told` as an address to dial, `tel:` with nothing but digits (RFC 3966); "" if none is whole.

    A number of a house has nine digits, one of a mobile ten; what is longer names further lines.
    """
    text = arabic_digits(told)
    desk = _DESK.search(text)
    given = text[: desk.start()] if desk else text
    digits = re.sub(r"[^0-9]", "", re.sub(r"^\s*\+66[\s\-()0]*", "0", given))
    more = f";ext={desk[1]}" if desk else ""
    if digits.startswith("0"):
        length = 10 if digits.startswith(_MOBILE) else 9
        return f"tel:{digits[:length]}{more}" if len(digits) >= length else ""
    hotline = _HOTLINE.search(given)
    return f"tel:{hotline[0]}{more}" if hotline else ""


def is_phone(text: str) -> bool:
    """Whether a telephone number was typed: 9 to 15 digits of any script, whatever stands between them."""
    return 9 <= sum(character.isdigit() for character in text) <= 15
