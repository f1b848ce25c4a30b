"""E-mail addresses, telephone numbers and codes in the one form in which they are kept and compared."""

import re
import unicodedata

_EMAIL = re.compile(r"[^@\s\x00-\x1f,;<>\"]{1,64}@(?:[^@\s.,;<>\"/]{1,63}\.)+[^@\s.,;<>\"/]{2,63}")
_PHONE = re.compile(r"0[0-9]{8,9}")


def normal_digits(text: str) -> str:
    """Digits of any script (๐๑๒, full-width) as 0–9; everything else unchanged."""
    return "".join(str(unicodedata.digit(c)) if c.isdigit() and not c.isascii() else c for c in text)


def normal_email(text: str) -> str | None:
    """The address as it is compared and stored (no spaces around, lower case), or None if it is not one."""
    address = unicodedata.normalize("NFC", text.strip()).lower()
    return address if len(address) <= 254 and _EMAIL.fullmatch(address) else None


def normal_phone(text: str) -> str | None:
    """A Thai number as 0xxxxxxxx(x), a foreign one as +…, or None if it is neither."""
    number = re.sub(r"[\s().\-–]", "", normal_digits(text.strip()))
    if number.startswith("+66"):
        number = "0" + number[3:].removeprefix("0")
    if _PHONE.fullmatch(number) or re.fullmatch(r"\+[1-9][0-9]{6,14}", number):
        return number
    return None


def normal_code(text: str) -> str:
    """A login code as typed or pasted from a letter: digits of any script, spaces and dashes away."""
    return "".join(c for c in normal_digits(text) if c.isascii() and c.isdigit())
