"""Dates as people in Thailand write them: Buddhist era in Thai, plain day-month-year in English."""

from datetime import date, datetime

from sala.core.clock import BANGKOK

MONTHS_TH = [
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
]
SHORT_TH = ["ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค."]
MONTHS_EN = [
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
]


def in_bangkok(value: date) -> date:
    """The same instant on Bangkok's clock; a plain date stays as it is."""
    return value.astimezone(BANGKOK) if isinstance(value, datetime) and value.tzinfo else value


def written(value: date, language: str, *, long: bool = False) -> str:
    """A date in words: "22 พ.ย. 2569" or "22 Nov 2026"; `long` spells the month."""
    day = in_bangkok(value)
    if language == "th":
        return f"{day.day} {(MONTHS_TH if long else SHORT_TH)[day.month - 1]} {day.year + 543}"
    month = MONTHS_EN[day.month - 1]
    return f"{day.day} {month if long else month[:3]} {day.year}"


def machine(value: date) -> str:
    """The Gregorian ISO form for `<time datetime>`."""
    local = in_bangkok(value)
    return local.isoformat(timespec="seconds") if isinstance(local, datetime) else local.isoformat()


def clock_time(value: datetime) -> str:
    """Hours and minutes in Bangkok, on the 24-hour clock."""
    return f"{in_bangkok(value):%H:%M}"
