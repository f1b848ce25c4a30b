"""Dates as Thailand writes them: Buddhist era, Thai month names and digits, both ways; fiscal years."""

import re
import unicodedata
from datetime import date, datetime

from sala.core.clock import BANGKOK
from sala.core.digits import arabic_digits, narrow, thai_digits

THAI_MONTHS = (
    "มกราคม",
    "กุมภาพันธ์",
    "มีนาคม",
    "เมษายน",
    "พฤษภาคม",
    "มิถุนายน",
    "กรกฎาคม",
    "สิงหาคม",
    "กันยายน",
    "ตุลาคม",
    "พฤศจิกายน",
    "ธันวาคม",
)
THAI_MONTHS_SHORT = (
    "ม.ค.",
    "ก.พ.",
    "มี.ค.",
    "เม.ย.",
    "พ.ค.",
    "มิ.ย.",
    "ก.ค.",
    "ส.ค.",
    "ก.ย.",
    "ต.ค.",
    "พ.ย.",
    "ธ.ค.",
)
ENGLISH_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

# Until 1940 the Thai year began on 1 April; the Calendar Year Act, B.E. 2483, moved it to 1 January 1941.
_LAST_APRIL_YEAR = 2483
_FIRST_BUDDHIST = 2325  # four digits from here on are Buddhist years, below they are Gregorian
_ERA = r"(?P<era>พ\.?\s*ศ\.?|ค\.?\s*ศ\.?)?"
_WITH_NAME = re.compile(
    rf"(?:วันที่\s*)?(?P<day>\d{{1,2}})\s*(?P<month>[ก-๎.]+?|[A-Za-z.]+)\s*{_ERA}\s*(?P<year>\d{{2}}|\d{{4}})"
)
_LONGEST = 100  # characters of a written date, spaces included
_WITH_NUMBERS = re.compile(
    rf"(?P<day>\d{{1,2}})\s*[/.\-]\s*(?P<month>\d{{1,2}})\s*[/.\-]\s*{_ERA}\s*(?P<year>\d{{2}}|\d{{4}})"
)
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})")


def _plain_month(name: str) -> str:
    return re.sub(r"[.\s]", "", name).lower()


_MONTH_NUMBERS = {
    _plain_month(name): number
    for names in (THAI_MONTHS, THAI_MONTHS_SHORT, ENGLISH_MONTHS, tuple(m[:3] for m in ENGLISH_MONTHS))
    for number, name in enumerate(names, start=1)
}


def buddhist_year(day: date) -> int:
    """The Buddhist year a day is in, by the calendar in force on that day."""
    begins_in_april = day.year <= _LAST_APRIL_YEAR - 543
    return day.year + (542 if begins_in_april and day.month < 4 else 543)


def gregorian_year(year_be: int, month: int) -> int:
    """The Gregorian year of a month of a Buddhist year.

    Raises ValueError for January to March 2483, which never were.
    """
    if month >= 4 or year_be > _LAST_APRIL_YEAR:
        return year_be - 543
    if year_be == _LAST_APRIL_YEAR:
        raise ValueError("the Buddhist year 2483 had no January, February or March")
    return year_be - 542


def parse_date(text: str) -> date:
    """Read a date as Thailand writes it: "19 มิ.ย. 68", "๑๙ มิถุนายน พ.ศ. ๒๕๖๘", "19/6/2568", "2025-06-19".

    Day before month. Two digits are a Buddhist year of this century; four are Buddhist from 2325 on, else
    Gregorian; an era that is written out wins. Raises ValueError for anything else and for days that are not.
    """
    if len(text) > _LONGEST:
        raise ValueError("too long for a date")
    plain = arabic_digits(narrow(unicodedata.normalize("NFC", text))).strip()
    for shape in (_WITH_NAME, _WITH_NUMBERS, _ISO):
        if match := shape.fullmatch(plain):
            parts = match.groupdict()
            month = _month_number(parts["month"])
            year = _year(parts["year"], _plain_month(parts.get("era") or ""), month)
            return date(year, month, int(parts["day"]))
    raise ValueError(f"{text!r} is no date")


def _month_number(text: str) -> int:
    number = int(text) if text.isdecimal() else _MONTH_NUMBERS.get(_plain_month(text), 0)
    if not 1 <= number <= 12:
        raise ValueError(f"{text!r} is no month")
    return number


def _year(text: str, era: str, month: int) -> int:
    year = int(text)
    if era == "คศ":
        return year + (2000 if len(text) == 2 else 0)
    if len(text) == 2:
        return gregorian_year(2500 + year, month)
    return gregorian_year(year, month) if era or year >= _FIRST_BUDDHIST else year


def format_date(
    day: date, *, style: str = "medium", language: str = "th", in_thai_digits: bool = False
) -> str:
    """A date on screen. For 19 June 2025, in Thai: short "19 มิ.ย. 68", medium "19 มิ.ย. 2568", long
    "19 มิถุนายน 2568", formal "19 มิถุนายน พ.ศ. 2568"; in English "19 Jun 2025" or (long, formal) "19 June 2025".

    Raises KeyError for another style.
    """
    year = buddhist_year(day)
    name, short = THAI_MONTHS[day.month - 1], THAI_MONTHS_SHORT[day.month - 1]
    thai = {
        "short": f"{day.day} {short} {year % 100:02d}",
        "medium": f"{day.day} {short} {year}",
        "long": f"{day.day} {name} {year}",
        "formal": f"{day.day} {name} พ.ศ. {year}",
    }[style]
    if language == "en":
        english = ENGLISH_MONTHS[day.month - 1]
        return f"{day.day} {english if style in {'long', 'formal'} else english[:3]} {day.year:04d}"
    return thai_digits(thai) if in_thai_digits else thai


def format_instant(at: datetime, *, style: str = "medium", language: str = "th") -> str:
    """An aware instant on screen, Bangkok time: "19 มิ.ย. 2568 14:30 น." or "19 Jun 2025, 14:30".

    Raises ValueError without a time zone.
    """
    if at.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    local = at.astimezone(BANGKOK)
    day = format_date(local.date(), style=style, language=language)
    return f"{day}, {local:%H:%M}" if language == "en" else f"{day} {local:%H:%M} น."


def fiscal_year(day: date) -> int:
    """The Gregorian year in which the fiscal year of `day` ends: it runs from 1 October to 30 September."""
    return day.year + (1 if day.month >= 10 else 0)
