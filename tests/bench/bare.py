"""A bare Django view with one insert, beside pgbench running that insert: `python tests/bench/bare.py`.

The same server, database, processes, threads, connections and load as the filings of `web.py`.
"""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import running_site
from load import Speed, ask
from same_statements import run_pgbench

TABLE = "CREATE TABLE IF NOT EXISTS bench_bare (id bigserial PRIMARY KEY, text text NOT NULL)"
THREADS = 8
CONNECTIONS = 16


@dataclass(frozen=True, slots=True)
class Reference:
    """The bare view, and inserts per second of pgbench."""

    view: Speed
    pgbench: float


def measure(*, seconds: float) -> Reference:
    """Measure both, on the database of `running_site.prepare`, which must run."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(TABLE)
        insert = cursor.mogrify(
            "INSERT INTO bench_bare (text) VALUES (%s) RETURNING id", [running_site.FILING["description"]]
        )
    connection.close()
    with serving() as port:
        asked = {"connections": CONNECTIONS, "body": running_site.FILING}
        ask(port, ["/told"], seconds=2, **asked)
        view = ask(port, ["/told"], seconds=seconds, **asked)
    return Reference(view, run_pgbench([f"{insert};"], seconds=seconds, connections=CONNECTIONS))


@contextlib.contextmanager
def serving() -> Iterator[int]:
    """Serve the bare site on a free port; then stop it."""
    port = running_site.free_port()
    paths = os.pathsep.join([str(running_site.ROOT / "src"), str(running_site.ROOT / "tests/bench")])
    environment = {**os.environ, "PYTHONPATH": paths, "SALA_DB_POOL": "16"}
    options = [
        "--interface",
        "wsgi",
        "--workers",
        str(os.cpu_count() or 1),
        "--blocking-threads",
        str(THREADS),
    ]
    process = subprocess.Popen(
        [sys.executable, "-m", "granian", *options, "--port", str(port), "--no-log", "bare_site:application"],
        env=environment,
    )
    try:
        running_site.wait_until_up(port)
        yield port
    finally:
        process.terminate()
        process.wait(20)


def main() -> int:
    """Print the table."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    folder = running_site.prepare()
    try:
        found = measure(seconds=5)
        print(f"{running_site.machine()}\n\n| what | answers | p50 | p99 |\n|---|--:|--:|--:|")
        print(f"| a bare Django view with one insert | {found.view} |")
        print(f"| pgbench, that insert | {found.pgbench:,.0f}/s | | |")
        print(f"| bare view ÷ pgbench | {found.view.rate / found.pgbench:.3f} | | |")
    finally:
        running_site.clear_away(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
