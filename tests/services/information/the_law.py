"""The Act's periods, ways and grounds as the box ships them, and the calendar by which the examples are counted."""

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from importlib import resources

from sala.core.deadlines import Law
from sala.core.working_time import WorkingCalendar
from sala.services.information.rules.periods import periods_of
from sala.services.information.rules.ways import way_rules_of


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of a table that the box ships."""
    table = resources.files("sala.services.information") / "data" / name
    yield from csv.DictReader(table.read_text(encoding="utf-8").splitlines())


# The new year of B.E. 2570: 31 December and 1 January are holidays, 2 and 3 January a weekend.
CALENDAR = WorkingCalendar(
    holidays=frozenset({date(2026, 12, 7), date(2026, 12, 10), date(2026, 12, 31), date(2027, 1, 1)})
)
PERIODS = periods_of(rows("periods.csv"))
LAW = Law(PERIODS, CALENDAR)
WAYS = way_rules_of(rows("ways.csv"))
DAY = date(2026, 11, 2)  # a Monday


def days(count: int) -> timedelta:
    return timedelta(days=count)
