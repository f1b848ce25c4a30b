"""The Thai citizen number: its shape and check digit. It is never stored, only its keyed digest is."""

import re

from sala.core.digits import arabic_digits

_BETWEEN = re.compile(r"[\s\-\u00ad\u200b-\u200f\u2010-\u2015\u2060\u2212\ufeff\uff0d]+")


def parse_national_id(text: str) -> str:
    """The 13 digits of a citizen number, written with or without dashes or spaces, in Thai, Arabic or
    full-width digits.

    The last digit is checked: weights 13 to 2, modulus 11 (Department of Provincial Administration).
    Raises ValueError, without repeating the number, if the shape or the check digit does not fit.
    """
    digits = arabic_digits(_BETWEEN.sub("", text))
    if not re.fullmatch("[0-9]{13}", digits):
        raise ValueError("a citizen number has 13 digits")
    if national_id_check_digit(digits[:12]) != digits[12]:
        raise ValueError("a digit of this citizen number is wrong")
    return digits


def national_id_check_digit(first_twelve: str) -> str:
    """The thirteenth digit for the first twelve. Raises ValueError unless there are twelve digits."""
    if not re.fullmatch("[0-9]{12}", first_twelve):
        raise ValueError("twelve digits are needed")
    weighted = sum(int(digit) * weight for digit, weight in zip(first_twelve, range(13, 1, -1), strict=True))
    return str((11 - weighted % 11) % 10)


def format_national_id(digits: str) -> str:
    """The number as the card shows it, for its owner's eyes: 1-2345-67890-12-1."""
    return f"{digits[0]}-{digits[1:5]}-{digits[5:10]}-{digits[10:12]}-{digits[12]}"
