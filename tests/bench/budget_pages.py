"""How fast budgets land, and pages show them, at two sizes: `python tests/bench/budget_pages.py [--events N]`.

Every page is asked anew in this process by somebody signed in nowhere, past the kept pages; told is the median of nine.
"""

import argparse
import signal
import statistics
import sys
import time
from collections.abc import Iterator
from datetime import date
from typing import Any

import psutil
import running_site

TIMES = 9
# (stage, day): a line has an act, and then is released, bound and paid month by month.
COURSE = (
    ("act", "2025-10-01"),
    *(("allotment", f"2025-{month}-15") for month in (10, 11, 12)),
    *(("commitment", f"2026-0{month}-15") for month in (1, 2, 3)),
    *(("disbursement", f"2026-0{month}-28") for month in (2, 3, 4)),
)


def rows(events: int) -> Iterator[tuple[int, dict[str, str]]]:
    """So many events: twenty ministries of twenty agencies of five plans, lines below them, ten events each."""
    for number in range(events):
        line, step = divmod(number, len(COURSE))
        stage, day = COURSE[step]
        yield (
            number + 2,
            {
                "ministry": f"กระทรวงที่ {line % 20}",
                "agency": f"กรมที่ {line // 20 % 20}",
                "plan": f"แผนงานที่ {line // 400 % 5}",
                "kind": "project",
                "output": f"โครงการถนนสายที่ {line // 2000 % 60}",
                "expense": "งบลงทุน",
                "item": f"รายการที่ {line // 120000}",
                "stage": stage,
                "holds_on": day,
                "amount": str(1000 + line % 977),
                "document": f"เล่ม {line}",
            },
        )


def median_ms(act: Any) -> float:
    """The median of several times, in milliseconds."""
    times = []
    for _ in range(TIMES):
        began = time.perf_counter()
        act()
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)


def measure(events: int, year: int) -> dict[str, float]:
    """Load so many events as the budget of a year, and ask for its pages; rows a second, milliseconds."""
    from django.core.cache import cache
    from django.db import connection
    from django.test import Client

    from sala.core import clock
    from sala.core.actors import SYSTEM
    from sala.services.budgeting import actions, queries

    options = {"source": f"bench-{events}", "fiscal_year": str(year)}
    began = time.perf_counter()
    outcome = actions.import_budget(actor=SYSTEM, now=clock.now(), rows=rows(events), options=options)
    took = time.perf_counter() - began
    assert (outcome.added, outcome.bad) == (events, [])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    client = Client()
    client.cookies["sala_session"] = "nobody"
    here = queries.list_top(year)[0].heading
    found: dict[str, float] = {"rows landed a second": events / took}
    trail = [here]
    while below := queries.get_whole(trail[-1]).below:
        trail.append(below[0].heading)
    event = queries.list_events(trail[-1])[0]

    def ask(path: str) -> None:
        cache.clear()
        answer = client.get(path)
        assert answer.status_code == 200, path

    addresses = {
        "the nation": f"/budget/{year}/",
        "the nation on a day": f"/budget/{year}/?on=2026-01-31",
        "treemap alone": f"/budget/{year}/map.svg",
        "a ministry": f"/budget/{year}/{here.code}",
        "a plan": f"/budget/{year}/{trail[2].code}",
        "a line": f"/budget/{year}/{trail[-1].code}",
        "what was read": f"/budget/{year}/reading",
        "search": f"/budget/search?q=ถนน&year={year}",
        "proof of an event": f"/budget/events/{event.pk}/proof.json",
        "100 lines as JSON": f"/data/budget_lines.json?year={year}",
    }
    for name, path in addresses.items():
        ask(path)
        found[f"{name}, ms"] = median_ms(lambda path=path: ask(path))
    found["every heading on one day, ms"] = median_ms(lambda: queries.sums_on(year, date(2026, 1, 31)))
    return found


def main() -> int:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--events", type=int, default=1_000_000, help="events of the large budget")
    chosen = options.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    running_site.prepare()
    small, large = measure(1000, 2568), measure(chosen.events, 2569)
    print(f"\nload of the machine {psutil.getloadavg()[0]:.1f}\n")
    print(f"| | 1,000 events | {chosen.events:,} events |\n|---|--:|--:|")
    for name, value in small.items():
        print(f"| {name} | {value:,.0f} | {large[name]:,.0f} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
