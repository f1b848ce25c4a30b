"""Digits and whole numbers as people type them: Thai, Arabic and full-width, and never another number than meant."""

import re

_TO_ARABIC = {0x0E50 + digit: str(digit) for digit in range(10)} | {
    0xFF10 + digit: str(digit) for digit in range(10)
}
_TO_THAI = {ord(str(digit)): chr(0x0E50 + digit) for digit in range(10)}
# The full-width forms of ASCII, which keyboards of East Asia write, and the space of that width.
_TO_NARROW = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {0x3000: " "}

# Pasted numbers often carry marks of direction or zero-width spaces with them.
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_SPACES = " \u00a0\u2009\u202f"
_WHOLE = re.compile(
    rf"(?P<sign>[-+\u2212]?)(?P<digits>[0-9]+|[0-9]{{1,3}}(?:(?:,[0-9]{{3}})+|(?:[{_SPACES}][0-9]{{3}})+))"
)


def arabic_digits(text: str) -> str:
    """`text` with ๐ to ๙ and full-width ０ to ９ written 0 to 9; everything else as it was."""
    return text.translate(_TO_ARABIC)


def thai_digits(text: str) -> str:
    """`text` with 0 to 9 written ๐ to ๙; everything else as it was."""
    return text.translate(_TO_THAI)


def narrow(text: str) -> str:
    """`text` with full-width letters, digits and signs (Ａ, ５, －) as ASCII; everything else as it was.

    Unlike Unicode's NFKC it leaves ² and ① alone, which would turn 1² into 12.
    """
    return text.translate(_TO_NARROW)


def whole_number(text: str, *, least: int, most: int) -> int:
    """The whole number in `text`, from `least` to `most`, both included.

    Takes Thai, Arabic and full-width digits, a sign before them, spaces around, leading zeros, and thousands set
    off by commas or spaces in groups of three. Raises ValueError for anything else (², ½, 1.0, 1_000, "",
    digits of other scripts), and for a number outside the range, however long: its length is looked at before it is
    read, since reading costs the square of it.
    """
    match = _WHOLE.fullmatch(arabic_digits(narrow(_UNSEEN.sub("", text))).strip())
    if match is None:
        raise ValueError("this is no whole number")
    digits = re.sub("[^0-9]", "", match["digits"]).lstrip("0") or "0"
    if len(digits) > max(len(str(abs(least))), len(str(abs(most)))):
        raise ValueError(f"not a number from {least} to {most}")
    number = -int(digits) if match["sign"] in ("-", "\u2212") else int(digits)
    if not least <= number <= most:
        raise ValueError(f"not a number from {least} to {most}")
    return number


def find_whole_number(text: str | None, *, least: int, most: int) -> int | None:
    """`whole_number`, or None where there is none: for a filter or a page number that may be left out."""
    try:
        return whole_number(text or "", least=least, most=most)
    except ValueError:
        return None
