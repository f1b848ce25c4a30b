"""Figures as the worker counted them last: pages that everyone reads must not count a country's complaints each time.

Where nothing fresh is kept (no worker has run) they are counted now, by the same queries.
"""

from collections import defaultdict
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count
from django.utils.dateparse import parse_datetime

from sala.commons.agencies import queries as agencies
from sala.services.complaints.models import Complaint, KeptCount
from sala.services.complaints.queries import bodies, figures, overview
from sala.services.complaints.queries.clock import UNFINISHED, is_late
from sala.services.complaints.queries.figures import PERIOD, Figures
from sala.services.complaints.queries.overview import AgencyFigures
from sala.services.complaints.rules import Outcome

# The worker counts every five minutes; what is older than three of its rounds is not shown.
LONGEST = timedelta(minutes=15)
COUNTRY, STATUSES, OFFICES = "country", "statuses", "offices"


def country(now: datetime) -> Figures:
    """The figures of the first page. One query, or as many as `count_figures`."""
    kept = _find(COUNTRY, now)
    if kept is None:
        return figures.count_figures(now)
    since = parse_datetime(kept["since"]) or now - PERIOD
    return Figures(**{**kept, "since": since})


def by_status(now: datetime) -> dict[str, int]:
    """How many complaints stand where."""
    kept = _find(STATUSES, now)
    return figures.count_by_status() if kept is None else kept


def offices(now: datetime) -> list[AgencyFigures]:
    """The figures of every agency that has any, by code."""
    kept = _find(OFFICES, now)
    if kept is None:
        return overview.figures_by_agency(now)
    return [AgencyFigures(**row) for row in kept["rows"]]


def office(agency: str, now: datetime) -> AgencyFigures | None:
    """The figures of one agency, None if it has none."""
    kept = _find(f"office:{agency}", now)
    if kept is None:
        return next(iter(overview.figures_by_agency(now, agency)), None)
    return AgencyFigures(**kept) if kept else None


def place(*, agency: str = "", area: str = "", now: datetime) -> dict[str, int]:
    """Open, late and solved complaints of an agency or an area."""
    kept = _find(f"agency:{agency}" if agency else f"area:{area}", now)
    if kept is None:
        return bodies.count_for(agency=agency, area=area, now=now)
    return {**_NOTHING, **kept}


_NOTHING = {"open": 0, "late": 0, "solved": 0}


def _find(name: str, now: datetime) -> dict[str, Any] | None:
    """What is kept under a name; {} if the last count found nothing for it, None if the last count is too old."""
    rows = {row.name: row for row in KeptCount.objects.filter(name__in={COUNTRY, name})}
    last = rows.get(COUNTRY)
    if last is None or not timedelta(0) <= now - last.counted_at <= LONGEST:
        return None
    return dict(rows[name].content) if name in rows else {}


def count_everything(now: datetime) -> dict[str, dict[str, Any]]:
    """Everything that is kept, by name. Seven queries, which read what is open and what was done in 90 days."""
    told = asdict(figures.count_figures(now))
    rows = [asdict(row) for row in overview.figures_by_agency(now)]
    return {
        COUNTRY: {**told, "since": told["since"].isoformat()},
        STATUSES: dict(figures.count_by_status()),
        OFFICES: {"rows": rows},
        **{f"office:{row['agency']}": row for row in rows},
        **_places(now),
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
        for key in (f"agency:{agency}", *(f"area:{code}" for code in agencies.area_chain(area))):
            for name, count in row.items():
                found[key][name] += count
    return dict(found)
