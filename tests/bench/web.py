"""The running site: filings beside pgbench, pages, the ledger under it: `python tests/bench/web.py [--large]`.

One run, one machine, embedded PostgreSQL with fsync on, everything running that `sala serve` runs. With --large all
again with 1,000,000 complaints, in a database that is kept (--home) and loaded only once.
"""

import argparse
import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import bare
import running_site
from bulk import load_many
from live_delay import measure_delays
from load import Speed, ask
from processor_time import for_pages, times_by_group
from same_statements import capture, run_pgbench
from visitors import LIST, sign_in_citizen, sign_in_officer

CONNECTIONS = 16
PAST_KEPT = "sala_session=nobody"  # goes past the kept pages, and finds nobody signed in
THOUSAND = 1000
MAILED = "django.core.mail.backends.filebased.EmailBackend"


def measure(*, seconds: float, also_pages: bool = True) -> dict[str, Speed]:
    """File and read with the complaints that are there; prints a table, returns what was reached by its words."""
    from sala.commons.matters.models import Matter

    print(f"\n{Matter.objects.count():,} complaints there. {running_site.machine()}\n")
    statements = captured()
    print("| what | answers | p50 | p99 | processor time each |\n|---|--:|--:|--:|--:|", flush=True)
    found: dict[str, Speed] = {}
    with running_site.serving(SALA_EMAIL_BACKEND=MAILED) as (port, serve):
        wait_for_jobs()
        post = {"connections": CONNECTIONS, "body": running_site.FILING}
        ask(port, ["/open311/v2/requests.json"], seconds=3, **post)
        filing = ask(port, ["/open311/v2/requests.json"], seconds=seconds, **post)
        _tell(found, "filing over HTTP", filing)
        wait_for_ledger()
        delays = measure_delays(port, running_site.FILING, seconds=seconds)
        _tell(found, "a filing sent → heard on /live, 5 a second", delays)
        wait_for_ledger()
        if also_pages:
            keep_counts()
            pages(port, serve.pid, found, seconds=seconds)
    # Alone and last: what it writes would keep sequencer and worker busy beside the site.
    running_site.ensure_running()
    limit = run_pgbench(statements, seconds=seconds, connections=CONNECTIONS)
    print(f"| pgbench, the same {len(statements)} statements | {limit:,.0f}/s | | |")
    print(f"| filing ÷ pgbench (aim 0.15) | {filing.rate / limit:.3f} | | |", flush=True)
    reference = bare.measure(seconds=seconds)
    _tell(found, "for reference: a bare Django view with one insert", reference.view)
    print(f"| pgbench, that insert | {reference.pgbench:,.0f}/s | | |")
    print(f"| bare view ÷ pgbench | {reference.view.rate / reference.pgbench:.3f} | | |", flush=True)
    _tell(found, "ledger: entries of filings sequenced (aim 2,000/s)", sequence_the_rest())
    return found


def _tell(found: dict[str, Speed], words: str, speed: Speed) -> None:
    found[words] = speed
    print(f"| {words} | {speed} |", flush=True)


def captured() -> list[str]:
    """A filing's statements; what was filed to see them is taken away, with the high numbers it was given."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT max(id) FROM matters_matter")
        (last,) = cursor.fetchone()
        statements = capture()
        made = (
            ("deadlines_deadline", "matter_id"),
            ("complaints_complaint", "matter_id"),
            ("matters_matter", "id"),
        )
        for table, column in made:
            cursor.execute(f"DELETE FROM {table} WHERE {column} > %s", [last + 1])
        cursor.execute("SELECT setval('matters_matter_id_seq', %s)", [last + 1])
    connection.close()
    return statements


def sequence_the_rest() -> Speed:
    """Entries a second that get their place, of those pgbench wrote; its filings are then taken away again."""
    from django.db import connection

    from sala.commons.ledger.sequencer import Sequencer

    rounds = []
    with Sequencer() as office:
        office.elect()
        begun = time.monotonic()
        while placed := office.step():
            rounds.append((placed, time.monotonic() - begun))
            begun = time.monotonic()
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        made_up = "SELECT id FROM matters_matter WHERE reference LIKE '%-x'"
        cursor.execute(f"DELETE FROM deadlines_deadline WHERE matter_id IN ({made_up})")
        cursor.execute(f"DELETE FROM complaints_complaint WHERE matter_id IN ({made_up})")
        cursor.execute(f"DELETE FROM matters_matter WHERE id IN ({made_up})")
        cursor.execute("UPDATE ledger_follower SET position = (SELECT size FROM ledger_head)")
        cursor.execute("SET session_replication_role = origin")
    connection.close()
    times = sorted(took * 1000 for _, took in rounds) or [0.0]
    entries, took = sum(n for n, _ in rounds), sum(took for _, took in rounds)
    return Speed(entries / max(took, 0.001), times[len(times) // 2], times[-1], 0)


def keep_counts() -> None:
    """What the worker does every five minutes, at once: a site that has just started has not counted yet."""
    from django.db import connection

    from sala.core import clock
    from sala.services.complaints import actions

    actions.keep_counts(now=clock.now())
    connection.close()


def wait_for_jobs(quiet: float = 3, longest: float = 120) -> None:
    """Let a worker that has just started do what is due since: a first count of all figures is no part of a filing."""
    from django.db import connection

    due = "SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing')"
    end, idle_since = time.monotonic() + longest, time.monotonic()
    with connection.cursor() as cursor:
        while time.monotonic() < min(end, idle_since + quiet):
            cursor.execute(f"{due} AND coalesce(scheduled_at, now()) <= now()")
            idle_since = time.monotonic() if cursor.fetchone()[0] else idle_since
            time.sleep(0.2)
    connection.close()


def wait_for_ledger(longest: float = 60) -> None:
    """Let sequencer and followers finish with the filings before pages are measured."""
    from django.db import connection

    behind = "SELECT min(position) < (SELECT max(position) FROM ledger_leaf) FROM ledger_follower"
    end = time.monotonic() + longest
    with connection.cursor() as cursor:
        while time.monotonic() < end:
            cursor.execute(behind)
            if not cursor.fetchone()[0]:
                break
            time.sleep(0.5)
    connection.close()


def pages(port: int, supervisor: int, found: dict[str, Speed], *, seconds: float) -> None:
    """The pages: kept ones, those made anew for every request, and those of people who are signed in.

    Beside the rates, which depend on who else works on the machine, the processor time of pages and database.
    """
    tracking = [f"/complaints/{reference}" for reference in references(500)]
    citizen, officer = sign_in_citizen(port), sign_in_officer(port)
    folder = Path(os.environ["SALA_HOME"])
    wanted = {
        "one tracking page, anonymous (kept; aim 3,000/s)": (tracking[:1], ""),
        "public list, anonymous (kept; aim 3,000/s)": (["/matters/"], ""),
        "tracking pages, made anew": (tracking, PAST_KEPT),
        "tracking pages, signed in": (tracking, citizen),
        "public list, made anew": (["/matters/"], PAST_KEPT),
        "public list, signed in": (["/matters/"], citizen),
        "public list of a kind and stage": (["/matters/?topic=building&stage=assigned"], PAST_KEPT),
        "public list of a province": (["/matters/?area=40"], PAST_KEPT),
        "search for a common word": ([f"/matters/?q={quote('ถนน')}"], PAST_KEPT),
        "search for a rare word": ([f"/matters/?q={quote('โนนมะขาม')}"], PAST_KEPT),
        "search, misspelt": ([f"/matters/?q={quote('ไฟทงดับทั้งซอย')}"], PAST_KEPT),
        "first page, made anew": (["/"], PAST_KEPT),
        "page of an agency": (["/agencies/bma"], PAST_KEPT),
        "page of a province": (["/areas/10"], PAST_KEPT),
        "own pages, signed in": (["/me/"], citizen),
        "officer's inbox": ([f"/{LIST}"], officer),
    }
    for words, (paths, cookie) in wanted.items():
        ask(port, paths, seconds=1, connections=CONNECTIONS, cookie=cookie)
        before = for_pages(times_by_group(supervisor, folder))
        speed = ask(port, paths, seconds=seconds, connections=CONNECTIONS, cookie=cookie)
        used = for_pages(times_by_group(supervisor, folder)) - before
        _tell(found, words, replace(speed, cost=used / max(1.0, speed.rate * seconds)))


def references(count: int) -> list[str]:
    """References of public complaints from all over the table."""
    from django.db import connection

    from sala.commons.matters.models import Matter

    public = Matter.objects.filter(visibility="public")
    first, last = (public.order_by(order).values_list("pk", flat=True)[0] for order in ("pk", "-pk"))
    step = max(1, (last - first) // (2 * count))
    wanted = range(first, last + 1, step)
    found = list(public.filter(pk__in=wanted).values_list("reference", flat=True)[:count])
    connection.close()
    return found


def measure_here(chosen: argparse.Namespace) -> int:
    """One size, in this process: load what is not there yet, measure, and write the figures into a file."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that everything is stopped and taken away
    folder = running_site.prepare(chosen.home)
    try:
        begun = time.monotonic()
        load_many(chosen.rows, tell=lambda words: print(f"    {words}", file=sys.stderr, flush=True))
        print(f"Loaded, or found loaded, in {time.monotonic() - begun:.0f} s.")
        found = measure(seconds=chosen.seconds, also_pages=not chosen.filing)
        chosen.figures.write_text(json.dumps({words: asdict(speed) for words, speed in found.items()}))
    finally:
        running_site.stop(folder) if chosen.home else running_site.clear_away(folder)
    return 0


def measure_apart(rows: int, home: Path | None, chosen: argparse.Namespace) -> dict[str, Any]:
    """One size in a process of its own, since a process knows one database; nothing if that failed."""
    with tempfile.TemporaryDirectory() as folder:
        figures = Path(folder) / "figures.json"
        command = [sys.executable, __file__, "--rows", str(rows), "--seconds", str(chosen.seconds)]
        command += ["--figures", str(figures), *(["--home", str(home)] if home else [])]
        command += ["--filing"] if chosen.filing else []
        process = subprocess.Popen(command)
        try:
            process.wait()
        finally:
            if process.poll() is None:
                process.terminate()
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(60)
        return json.loads(figures.read_text()) if figures.exists() else {}


def compare(small: dict[str, Any], large: dict[str, Any], rows: int) -> None:
    """Both sizes side by side, the ratio of the time of one answer, and that of the processor time it took."""
    print(
        f"\n| what | {THOUSAND:,}: /s | p99 ms | {rows:,}: /s | p99 ms | time, many ÷ thousand (aim ≤ 1.5) |"
        " processor ms | and with many | ÷ |"
    )
    print("|---|--:|--:|--:|--:|--:|--:|--:|--:|")
    for words, one in small.items():
        other = large.get(words)
        if not other:
            continue
        is_delay = "/live" in words
        ratio = other["p50"] / max(one["p50"], 0.01) if is_delay else one["rate"] / max(other["rate"], 0.01)
        costs = (
            f"{one['cost']:.1f} | {other['cost']:.1f} | {other['cost'] / one['cost']:.2f}"
            if one["cost"]
            else "| |"
        )
        print(
            f"| {words} | {one['rate']:,.0f} | {one['p99']:.0f} | {other['rate']:,.0f} | {other['p99']:.0f} |"
            f" {ratio:.2f} | {costs} |"
        )


def main() -> int:
    """Print the tables."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--large", action="store_true", help="also with many complaints")
    options.add_argument(
        "--filing", action="store_true", help="only the filings and what they are held beside"
    )
    options.add_argument("--rows", type=int, default=1_000_000, help="how many --large loads")
    options.add_argument(
        "--home", type=Path, help="folder of the large database, kept; var/million if not given"
    )
    options.add_argument("--seconds", type=float, default=5.0, help="length of each measurement")
    options.add_argument("--figures", type=Path, help=argparse.SUPPRESS)  # one size, into this file
    chosen = options.parse_args()
    if chosen.figures:
        return measure_here(chosen)
    small = measure_apart(THOUSAND, None, chosen)
    large: dict[str, Any] = {}
    if chosen.large:
        large = measure_apart(chosen.rows, chosen.home or running_site.ROOT / "var/million", chosen)
        compare(small, large, chosen.rows)
    return int(not small or (chosen.large and not large))


if __name__ == "__main__":
    sys.exit(main())
