"""Money is whole satang. Text to satang and back; never a float on the way."""

import re
import unicodedata

from sala.core.digits import arabic_digits, narrow, thai_digits

SATANG_PER_BAHT = 100
_LONGEST = 100  # characters; what is longer is refused, never cut: half a number is another number

_SCALES = {"": 0, "แสน": 5, "ล้าน": 6, "หมื่นล้าน": 10, "แสนล้าน": 11, "ล้านล้าน": 12, "พันล้าน": 9}
_AMOUNT = re.compile(
    r"(?P<minus>-|−)?\s*(?:฿|THB)?\s*(?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?:\.(?P<part>\d+))?\s*"
    r"(?P<scale>ล้านล้าน|แสนล้าน|หมื่นล้าน|พันล้าน|ล้าน|แสน)?\s*(?:บาท|฿|THB)?",
    re.IGNORECASE,
)


def parse_baht(text: str) -> int:
    """Satang in an amount of baht as people write it: "1,234.50", "๑,๒๓๔ บาท", "1.5 ล้านบาท", "(20)".

    Brackets mean less than nothing, as bookkeepers write. Raises ValueError for anything else, for misplaced
    commas, and for an amount that is no whole number of satang.
    """
    if len(text) > _LONGEST:
        raise ValueError("too long for an amount of baht")
    # Not NFKC, which makes 12 of 1².
    plain = arabic_digits(narrow(unicodedata.normalize("NFC", text))).strip()
    in_brackets = plain.startswith("(") and plain.endswith(")")
    match = _AMOUNT.fullmatch(plain[1:-1].strip() if in_brackets else plain)
    if match is None or (in_brackets and match["minus"]):
        raise ValueError(f"{text!r} is no amount of baht")
    part = match["part"] or ""
    digits = int(match["whole"].replace(",", "") + part)
    exponent = 2 + _SCALES[match["scale"] or ""] - len(part)
    satang: int
    satang, rest = (digits * 10**exponent, 0) if exponent >= 0 else divmod(digits, 10**-exponent)
    if rest:
        raise ValueError(f"{text!r} is no whole number of satang")
    return -satang if match["minus"] or in_brackets else satang


def format_baht(satang: int, *, with_satang: bool | None = None, in_thai_digits: bool = False) -> str:
    """An amount of satang as baht with separators: 123450 is "1,234.50".

    `with_satang` None shows the two decimals only where they are not zero; False raises ValueError where it
    would hide something.
    """
    baht, rest = divmod(abs(satang), SATANG_PER_BAHT)
    if with_satang is False and rest:
        raise ValueError("hiding the satang would change the amount")
    shows = bool(rest) if with_satang is None else with_satang
    text = f"{'-' if satang < 0 else ''}{baht:,}" + (f".{rest:02d}" if shows else "")
    return thai_digits(text) if in_thai_digits else text
