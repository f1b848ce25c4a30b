"""Processor time used so far by what one `sala serve` started, by what each process does."""

from collections import Counter
from contextlib import suppress
from pathlib import Path

import psutil


def times_by_group(supervisor: int, folder: Path) -> Counter[str]:
    """Milliseconds of processor time so far, by what a process does, of everything under one `sala serve`."""
    found: Counter[str] = Counter()
    for child in psutil.Process(supervisor).children():
        name = child.name().removeprefix("sala-")
        found[name] += _milliseconds(child)
        if name == "site":
            for page in child.children(recursive=True):
                found["pages"] += _milliseconds(page)
    applications = _applications()
    postmaster = int((folder / "postgres" / "postmaster.pid").read_text().split()[0])
    for process in psutil.Process(postmaster).children():
        with suppress(psutil.NoSuchProcess):
            found[f"database: {applications.get(process.pid, 'itself')}"] += _milliseconds(process)
    load = psutil.Process().cpu_times()
    found["load"] += (load.children_user + load.children_system) * 1000
    return found


def _milliseconds(process: psutil.Process) -> float:
    with suppress(psutil.NoSuchProcess):
        times = process.cpu_times()
        return (times.user + times.system) * 1000
    return 0.0


def _applications() -> dict[int, str]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid, coalesce(nullif(application_name, ''), 'own') FROM pg_stat_activity"
            " WHERE backend_type = 'client backend'"
        )
        return dict(cursor.fetchall())


def for_pages(times: Counter[str]) -> float:
    """Milliseconds of the pages and of the database for them; what a worker asks of it meanwhile is in it too."""
    return sum(time for name, time in times.items() if name in ("pages", "database: own"))
