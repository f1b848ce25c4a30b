"""The running site: filings beside pgbench, pages, the ledger under it: `python tests/bench/web.py [--large]`.

One run, one machine, embedded PostgreSQL with fsync on, everything running that `sala serve` runs. With --large all
again with 1,000,000 complaints in the database (some minutes to load them), which are dropped at the end.
"""

import argparse
import signal
import sys
import time

import running_site
from bulk import load_many
from load import Speed, ask
from same_statements import capture, run_pgbench

CONNECTIONS = 16
PERSONAL = "sala_session=nobody"  # goes past the kept pages, as every signed-in request does


def measure(size: int, *, seconds: float) -> dict[str, Speed]:
    """File and read with `size` complaints there; prints a table, returns the pages' speeds."""
    from django.db import connection

    from sala.commons.matters.models import Matter

    print(f"\n{Matter.objects.count():,} complaints there. {running_site.machine()}\n")
    references = list(
        Matter.objects.order_by("id").values_list("reference", flat=True)[: size : max(1, size // 500)]
    )
    statements = capture()
    connection.close()
    print("| what | answers | p50 | p99 |\n|---|--:|--:|--:|")
    with running_site.serving() as (port, _):
        post = {"connections": CONNECTIONS, "body": running_site.FILING}
        ask(port, ["/open311/v2/requests.json"], seconds=3, **post)
        filing = ask(port, ["/open311/v2/requests.json"], seconds=seconds, **post)
        print(f"| filing over HTTP | {filing} |", flush=True)
        wait_for_ledger()
        found = pages(port, references, seconds=seconds)
    # Alone and last: what it writes would keep sequencer and worker busy beside the site.
    running_site.ensure_running()
    limit = run_pgbench(statements, seconds=seconds, connections=CONNECTIONS)
    print(f"| pgbench, the same {len(statements)} statements | {limit:,.0f}/s | | |")
    print(f"| filing ÷ pgbench (aim 0.15) | {filing.rate / limit:.3f} | | |", flush=True)
    return found


def wait_for_ledger(longest: float = 30) -> None:
    """Let sequencer and followers finish with the filings before pages are measured."""
    from django.db import connection

    behind = "SELECT min(position) < (SELECT count(*) FROM ledger_entry) FROM ledger_follower"
    end = time.monotonic() + longest
    with connection.cursor() as cursor:
        while time.monotonic() < end:
            cursor.execute(behind)
            if not cursor.fetchone()[0]:
                break
            time.sleep(0.5)
    connection.close()


def pages(port: int, references: list[str], *, seconds: float) -> dict[str, Speed]:
    """The pages, kept ones and those made anew for every request."""
    tracking = [f"/complaints/{reference}" for reference in references]
    wanted = {
        "one tracking page, anonymous (kept; aim 3,000/s)": (tracking[:1], ""),
        "public list, anonymous (kept; aim 3,000/s)": (["/matters/"], ""),
        "tracking pages, made anew": (tracking, PERSONAL),
        "public list, made anew": (["/matters/"], PERSONAL),
        "search for a word, made anew": (["/matters/?q=%E0%B8%96%E0%B8%99%E0%B8%99"], PERSONAL),
    }
    found = {}
    for words, (paths, cookie) in wanted.items():
        ask(port, paths, seconds=1, connections=CONNECTIONS, cookie=cookie)
        found[words] = ask(port, paths, seconds=seconds, connections=CONNECTIONS, cookie=cookie)
        print(f"| {words} | {found[words]} |", flush=True)
    return found


def main() -> int:
    """Print the tables."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--large", action="store_true", help="also with many complaints")
    options.add_argument("--rows", type=int, default=1_000_000, help="how many --large loads")
    options.add_argument("--seconds", type=float, default=5.0, help="length of each measurement")
    chosen = options.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that everything is stopped and taken away
    folder = running_site.prepare()
    try:
        load_many(1000)
        small = measure(1000, seconds=chosen.seconds)
        if chosen.large:
            begun = time.monotonic()
            load_many(chosen.rows)
            print(f"\nLoaded in {time.monotonic() - begun:.0f} s.")
            large = measure(chosen.rows, seconds=chosen.seconds)
            print("\n| time of a page, many ÷ thousand complaints (aim ≤ 1.5) | |\n|---|--:|")
            for words, speed in small.items():
                print(f"| {words} | {speed.rate / large[words].rate:.2f} |")
    finally:
        running_site.clear_away(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
