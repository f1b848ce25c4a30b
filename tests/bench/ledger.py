"""How fast the ledger is: entries sequenced per second, and the delay from commit to a listener of /live.

Run alone: python tests/bench/ledger.py. It starts an embedded PostgreSQL of its own, at its durable defaults.
"""

import asyncio
import json
import os
import platform
import statistics
import sys
import tempfile
import threading
import time

ENTRIES = int(os.environ.get("ENTRIES", "50000"))
SECONDS = float(os.environ.get("SECONDS_OF_LOAD", "10"))
WRITERS = 8
LISTENERS = int(os.environ.get("LISTENERS", "1000"))

os.environ["SALA_HOME"] = tempfile.mkdtemp(prefix="sala-bench-")
from sala.platform import database  # noqa: E402  # the folder must be known first
from sala.site.pytest_plugin import ENVIRONMENT  # noqa: E402  # as above

for name, value in ENVIRONMENT.items():
    os.environ.setdefault(name, value)
os.environ["DATABASE_URL"] = database.start_embedded(database.home() / "postgres")
os.environ["DJANGO_SETTINGS_MODULE"] = "sala.site.settings"

import django  # noqa: E402  # settings read the environment

django.setup()

from django.core.management import call_command  # noqa: E402  # Django must be set up first

from sala.commons.ledger import live, sequencer  # noqa: E402  # as above
from sala.commons.ledger.queries import Filters  # noqa: E402  # as above
from sala.platform.connections import connect_directly, connection_parameters  # noqa: E402  # as above

INSERT = "INSERT INTO ledger_entry (kind, matter, agency, occurred_at, body) VALUES (%s, %s, %s, now(), %s)"


def entry(number: int) -> tuple[str, str, str, bytes]:
    """An entry of an ordinary size (about 350 bytes)."""
    content = {"mark": number, "stage": "received", "title": "ไฟทางดับหน้าตลาด" * 3}
    body = {"v": 1, "kind": "bench.filed", "content": content, "commitment": "0" * 64}
    return "bench.filed", f"C69-{number:07d}-0", "BKK", json.dumps(body, ensure_ascii=False).encode()


def load(count: int) -> None:
    """Many entries in one transaction, as an import makes them."""
    with connect_directly("bench") as connection, connection.cursor() as cursor:
        copying = "COPY ledger_entry (kind, matter, agency, occurred_at, body) FROM STDIN"
        with cursor.copy(copying) as copy:
            for number in range(count):
                kind, matter, agency, body = entry(number)
                copy.write_row((kind, matter, agency, "2026-06-19 00:00:00+00", body))


def measure_sequencing() -> float:
    """Entries a second, for a backlog of ENTRIES."""
    load(ENTRIES)
    started = time.perf_counter()
    with sequencer.Sequencer() as office:
        office.elect()
        placed = 0
        while step := office.step():
            placed += step
    assert placed == ENTRIES, placed
    return placed / (time.perf_counter() - started)


class Load:
    """Writers that commit one entry at a time; remembers when each was committed."""

    def __init__(self) -> None:
        self.stop = threading.Event()
        self.committed: dict[int, float] = {}
        self.threads = [threading.Thread(target=self._write, args=(number,)) for number in range(WRITERS)]

    def _write(self, writer: int) -> None:
        number = (writer + 1) * 10_000_000
        with connect_directly("bench writer") as connection:
            while not self.stop.is_set():
                number += 1
                connection.execute(INSERT, entry(number))
                self.committed[number] = time.perf_counter()


async def idle(hub: live.Hub) -> None:
    """A listener that waits for something that never comes."""
    async for _ in hub.listen(None, Filters(kind="nothing.like_this")):
        pass


async def receive(hub: live.Hub, received: dict[int, float]) -> None:
    """A listener that notes when each entry came."""
    async for data in hub.listen(None, Filters()):
        now = time.perf_counter()
        for line in data.split(b"\n"):
            if line.startswith(b"data: "):
                received[json.loads(line[6:])["entry"]["content"]["mark"]] = now


async def measure_delay(*, listeners: int) -> tuple[float, list[float]]:
    """Entries a second that the writers committed, and the delay of each until a listener had it."""
    hub, received = live.Hub(connection_parameters()), {}
    tasks = [asyncio.ensure_future(idle(hub)) for _ in range(listeners)]
    tasks += [asyncio.ensure_future(receive(hub, received)), asyncio.ensure_future(hub.run())]
    await hub._ready.wait()
    await asyncio.sleep(0.5)
    work = Load()
    for thread in work.threads:
        thread.start()
    await asyncio.sleep(SECONDS)
    work.stop.set()
    await asyncio.to_thread(lambda: [thread.join() for thread in work.threads])
    while len(received) < len(work.committed):
        await asyncio.sleep(0.05)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    delays = sorted(received[mark] - at for mark, at in work.committed.items())
    return len(delays) / SECONDS, delays


def report(words: str, rate: float, delays: list[float]) -> None:
    """One line of the table."""
    worst, middle = delays[-1] * 1000, statistics.median(delays) * 1000
    p99 = delays[int(len(delays) * 0.99)] * 1000
    print(f"| {words} | {rate:,.0f} | {middle:.0f} ms | {p99:.0f} ms | {worst:.0f} ms |")


def main() -> None:
    """Print the tables."""
    call_command("migrate", "ledger", verbosity=0)
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}\n")
    print(f"Backlog of {ENTRIES:,} entries sequenced: {measure_sequencing():,.0f} entries/s\n")
    stop = threading.Event()
    office = threading.Thread(target=sequencer.run, args=(stop,))
    office.start()
    print("| load | entries/s | delay p50 | p99 | worst |\n|---|--:|--:|--:|--:|")
    try:
        report(f"{WRITERS} writers, 1 listener", *asyncio.run(measure_delay(listeners=0)))
        report(
            f"the same beside {LISTENERS:,} idle listeners", *asyncio.run(measure_delay(listeners=LISTENERS))
        )
        with connect_directly("open transaction") as slow:
            slow.autocommit = False
            slow.execute(INSERT, entry(9_999_999))
            report("the same beside an open transaction", *asyncio.run(measure_delay(listeners=0)))
            slow.rollback()
    finally:
        stop.set()
        office.join()
        database.stop_embedded(database.home() / "postgres")


if __name__ == "__main__":
    sys.exit(main())
