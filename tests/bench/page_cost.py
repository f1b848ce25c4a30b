"""What a page costs on one core, at two sizes: `python tests/bench/page_cost.py --home var/million [--beside FILE]`.

Each page is made anew in this process, again and again; told is the least processor time of a round, that of Python
and that of its database process, and how many buffers of 8 KB were read. So it can be measured on a busy machine.
"""

import argparse
import gc
import json
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psutil
import running_site
from plans import Visitors, explain, watching
from visitors import LIST

ROUNDS, TIMES = 6, 8


def pages() -> dict[str, tuple[str, str]]:
    """Every kind of page that web.py measures: address, and who asks."""
    from sala.commons.matters.models import Matter

    newest = Matter.objects.filter(visibility="public").order_by("-pk")[0]
    return {
        "tracking page": (f"/complaints/{newest.reference}", ""),
        "tracking page, signed in": (f"/complaints/{newest.reference}", "somying"),
        "public list": ("/matters/", ""),
        "public list, signed in": ("/matters/", "somying"),
        "public list of a kind and stage": ("/matters/?topic=building&stage=assigned", ""),
        "public list of a province": ("/matters/?area=40", ""),
        "search for a common word": (f"/matters/?q={quote('ถนน')}", ""),
        "search for a rare word": (f"/matters/?q={quote('โนนมะขาม')}", ""),
        "search, misspelt": (f"/matters/?q={quote('ไฟทงดับทั้งซอย')}", ""),
        "first page": ("/", ""),
        "page of an agency": ("/agencies/bma", ""),
        "page of a province": ("/areas/10", ""),
        "own pages, signed in": ("/me/", "somying"),
        "officer's inbox": (f"/{LIST}", "officer-city"),
        "officer's search for a common word": (
            f"/{LIST}?kind=complaint&q={quote('ไฟดับ')}",
            "officer-city",
        ),
    }


def measure(visitors: Visitors, address: str, who: str) -> dict[str, float]:
    """Milliseconds of Python and of the database for one page, at best, and the buffers it reads."""
    from django.core.cache import cache
    from django.db import connection

    client = visitors(who)
    if not who:
        client.cookies["sala_session"] = "nobody"  # goes past the kept pages, and finds nobody signed in
    for _ in range(2):
        client.get(address)
    cache.clear()
    taken: list[tuple[str, Any]] = []
    with watching(taken):
        answer = client.get(address)
    if answer.status_code != 200:
        raise LookupError(f"{answer.status_code} from {address}")
    buffers = sum(seen.buffers for seen in explain(taken))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        database = psutil.Process(cursor.fetchone()[0])
    python, asked = [], []
    for _ in range(ROUNDS):
        gc.collect()
        mine, its = time.process_time(), sum(database.cpu_times()[:2])
        for _ in range(TIMES):
            client.get(address)
        asked.append((sum(database.cpu_times()[:2]) - its) * 1000 / TIMES)
        python.append((time.process_time() - mine) * 1000 / TIMES)
    return {"python": min(python), "database": sum(sorted(asked)[:3]) / 3, "buffers": buffers}


def main() -> int:
    """Print the table; with --beside the other size's figures and the ratio."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--home", type=Path, required=True)
    options.add_argument("--beside", type=Path, help="figures of a smaller size")
    chosen = options.parse_args()
    running_site.prepare(chosen.home)
    from django.test.utils import override_settings

    from sala.commons.matters.models import Matter
    from sala.core import clock
    from sala.services.complaints import actions

    rows = Matter.objects.count()
    actions.keep_counts(now=clock.now())
    visitors = Visitors()
    with override_settings(DEMO=True):
        found = {name: measure(visitors, *asked) for name, asked in pages().items()}
    (running_site.ROOT / "var" / f"page-cost-{rows}.json").write_text(json.dumps(found))
    beside = json.loads(chosen.beside.read_text()) if chosen.beside else {}
    print_table(found, beside, rows)
    running_site.stop(chosen.home.resolve())
    return 0


def print_table(found: dict[str, dict[str, float]], beside: dict[str, Any], rows: int) -> None:
    """Milliseconds and buffers of every page, the other size's before them."""
    print(f"\n{rows:,} complaints; {running_site.machine()}\n")
    print("| page | ms there: Python + database | buffers | ms: Python + database | buffers | ÷ |")
    print("|---|--:|--:|--:|--:|--:|")
    for name, one in found.items():
        told = [_told(part) for part in ([beside[name]] if name in beside else []) + [one]]
        sums = [part["python"] + part["database"] for part in (beside.get(name, one), one)]
        print(f"| {name} | {' | '.join(told)} | {sums[1] / sums[0]:.2f} |", flush=True)


def _told(one: dict[str, float]) -> str:
    return f"{one['python']:.1f} + {one['database']:.1f} | {one['buffers']:,.0f}"


if __name__ == "__main__":
    sys.exit(main())
