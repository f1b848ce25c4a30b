"""Figures of complaints as the worker counted them last: no page that everyone reads counts a country each time.

Where nothing fresh is cached (no worker has run) they are counted now, by the same queries.
"""

from collections import defaultdict
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.db.models import Count
from django.utils.dateparse import parse_datetime

from sala.commons.places import queries as places
from sala.commons.tables import queries as tables
from sala.services.complaints.models import Complaint
from sala.services.complaints.queries import agency_counts, figures, overview, today
from sala.services.complaints.queries.clock import UNFINISHED, is_late
from sala.services.complaints.queries.figures import PERIOD, Figures
from sala.services.complaints.queries.overview import AgencyFigures
from sala.services.complaints.queries.today import Day
from sala.services.complaints.rules import Outcome

# Under this name the worker's counts are cached.
GROUP = "complaints"
COUNTRY, STATUSES, OFFICES, PROVINCES = "country", "statuses", "offices", "provinces"
DAYS, LATELY = "days", "lately"


def country(now: datetime) -> Figures:
    """The figures of the first page. One query, or as many as `count_figures`."""
    cached = _find(COUNTRY, now)
    if cached is None:
        return figures.count_figures(now)
    since = parse_datetime(cached["since"]) or now - PERIOD
    return Figures(**{**cached, "since": since})


def by_status(now: datetime) -> dict[str, int]:
    """How many complaints stand where."""
    cached = _find(STATUSES, now)
    return figures.count_by_status() if cached is None else cached


def offices(now: datetime) -> list[AgencyFigures]:
    """The figures of every agency that has any, by code."""
    cached = _find(OFFICES, now)
    if cached is None:
        return overview.figures_by_agency(now)
    return [AgencyFigures(**row) for row in cached["rows"]]


def office(agency: str, now: datetime) -> AgencyFigures | None:
    """The figures of one agency, None if it has none."""
    cached = _find(f"office:{agency}", now)
    if cached is None:
        return next(iter(overview.figures_by_agency(now, agency)), None)
    return AgencyFigures(**cached) if cached else None


def days(now: datetime) -> list[Day]:
    """The last 30 days, today last."""
    cached = _find(DAYS, now)
    if not cached:
        return today.list_days(now)
    return [Day(date.fromisoformat(on), filed, confirmed) for on, filed, confirmed in cached["rows"]]


def lately(now: datetime) -> tuple[int, int]:
    """How many came in, and how many were confirmed as solved, within 24 hours."""
    cached = _find(LATELY, now)
    return (cached["filed"], cached["confirmed"]) if cached else today.count_lately(now)


def lately_by_province(now: datetime) -> dict[str, int]:
    """How many came in within 24 hours, by province."""
    cached = _find(LATELY, now)
    return dict(cached["provinces"]) if cached else today.count_lately_by_province(now)


def provinces(now: datetime) -> dict[str, dict[str, int]]:
    """Open, late and solved complaints of every province that has any, by its code. One query."""
    cached = _find(PROVINCES, now)
    return _provinces(_places(now)) if cached is None else cached


def _provinces(counted: dict[str, dict[str, Any]]) -> dict[str, dict[str, int]]:
    """Of what was counted by place, the provinces: their names are "area:" and two digits."""
    return {key[-2:]: counts for key, counts in counted.items() if key.startswith("area:") and len(key) == 7}


def place(*, agency: str = "", area: str = "", now: datetime) -> dict[str, int]:
    """Open, late and solved complaints of an agency or an area."""
    cached = _find(f"agency:{agency}" if agency else f"area:{area}", now)
    if cached is None:
        return agency_counts.count_for(agency=agency, area=area, now=now)
    return {**_NOTHING, **cached}


_NOTHING = {"open": 0, "late": 0, "solved": 0}


def counted_at(now: datetime) -> datetime:
    """As of when the figures are: of the last count, or of now where each is counted as it is asked."""
    return tables.find_counted_at(GROUP, now) or now


def _find(name: str, now: datetime) -> dict[str, Any] | None:
    """What is cached under a name; {} if the last count found nothing for it, None if the last count is too old."""
    return tables.find_figure(GROUP, name, now)


def count_everything(now: datetime) -> dict[str, dict[str, Any]]:
    """Everything that is cached, by name. Seven queries, which read what is open and what was done in 90 days."""
    filed, confirmed = today.count_lately(now)
    told = asdict(figures.count_figures(now))
    rows = [asdict(row) for row in overview.figures_by_agency(now)]
    counted = _places(now)
    return {
        COUNTRY: {**told, "since": told["since"].isoformat()},
        STATUSES: dict(figures.count_by_status()),
        DAYS: {"rows": [[day.on.isoformat(), day.filed, day.confirmed] for day in today.list_days(now)]},
        LATELY: {"filed": filed, "confirmed": confirmed, "provinces": today.count_lately_by_province(now)},
        OFFICES: {"rows": rows},
        **{f"office:{row['agency']}": row for row in rows},
        PROVINCES: _provinces(counted),
        **counted,
    }


def _places(now: datetime) -> dict[str, dict[str, Any]]:
    concerned = Complaint.objects.exclude(matter__visibility="quarantined")
    open_ones = concerned.filter(UNFINISHED)
    solved = concerned.filter(outcome=Outcome.CONFIRMED, matter__closed_at__gte=now - PERIOD)
    found: dict[str, dict[str, Any]] = defaultdict(lambda: dict(_NOTHING))
    place = ("matter__agency", "matter__area")
    late = Count("pk", filter=is_late(now))
    rows = (
        *open_ones.values(*place).annotate(open=Count("pk"), late=late),
        *solved.values(*place).annotate(solved=Count("pk")),
    )
    for row in rows:
        agency, area = (str(row.pop(name)) for name in place)
        for key in (f"agency:{agency}", *(f"area:{code}" for code in places.area_chain(area))):
            for name, count in row.items():
                found[key][name] += count
    return dict(found)
