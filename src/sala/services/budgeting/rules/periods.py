"""Periods of parliament over a budget bill, in which the day of arrival is the first day."""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Period:
    """So many days, the day of arrival counted as day 1; whose they are and under which law."""

    code: str
    days: int
    law: str
    holds_from: date


# Constitution B.E. 2560, section 143; the Budget Bureau prints dates counted so (four are tests).
PERIODS = (
    Period("house", 105, "รัฐธรรมนูญ พ.ศ. 2560 มาตรา 143", date(2017, 4, 6)),
    Period("senate", 20, "รัฐธรรมนูญ พ.ศ. 2560 มาตรา 143", date(2017, 4, 6)),
)


def last_day(arrived: date, days: int) -> date:
    """The last of `days` days when the day of arrival is day 1. Raises ValueError for less than one day."""
    if days < 1:
        raise ValueError("a period has a day at least")
    return arrived + timedelta(days=days - 1)


def period_of(code: str, day: date) -> Period:
    """The period of that name that holds on a day, the newest. Raises KeyError where the law had none."""
    found = [one for one in PERIODS if one.code == code and one.holds_from <= day]
    if not found:
        raise KeyError(code)
    return max(found, key=lambda one: one.holds_from)


def fiscal_year_of(day: date) -> int:
    """The fiscal year (Buddhist era) of a day: 1 October to 30 September, named after its later year (BPA s. 4)."""
    return day.year + 543 + (day.month >= 10)


def days_of_year(fiscal_year: int) -> tuple[date, date]:
    """The first and the last day of a fiscal year of the Buddhist era."""
    return date(fiscal_year - 544, 10, 1), date(fiscal_year - 543, 9, 30)
