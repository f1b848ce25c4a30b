"""Signing beside what others do, in one run: `python tests/bench/signing.py [--seconds 5] [--loaded 6100000]`.

Doors: the lean one, the ordinary one, a bare Django view with one insert. While each is asked as fast as it answers, a
page is asked for a few times a second. Then the same with millions of signatures loaded, to see what slows. Last the
ways in which other systems count, each with a million signatures there. Prints tables in Markdown.
"""

import argparse
import asyncio
import contextlib
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import bare
import psutil
import psycopg
import running_site
from load import FORM
from signers import PURPOSE, gather, make_sessions, posts

CONNECTIONS = 128


@dataclass(frozen=True, slots=True)
class Rate:
    """What a door reached: answers a second, milliseconds until the middle and the last of a hundred, how many were
    no success; milliseconds of a page meanwhile; milliseconds of processor time (server and database) for an answer."""

    rate: float
    p50: float
    p99: float
    failed: int
    page_p99: float
    cost: float

    def __str__(self) -> str:
        failed = f", {self.failed} failed" if self.failed else ""
        return (
            f"{self.rate:,.0f}/s{failed} | {self.p50:.1f} ms | {self.p99:.1f} ms | {self.page_p99:.0f} ms"
            f" | {self.cost:.2f} ms"
        )


class _Client(asyncio.Protocol):
    """One kept connection: sends the next request as soon as an answer is there."""

    def __init__(
        self, requests: Iterator[bytes], took: list[float], bad: list[bytes], is_over: Callable[[], bool]
    ):
        self._requests, self._took, self._bad, self._is_over = requests, took, bad, is_over
        self._buffer = b""
        self._begun = 0.0
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: Any) -> None:
        self._transport = transport
        self._send()

    def _send(self) -> None:
        request = None if self._is_over() else next(self._requests, None)
        if request is None:
            self._transport.close()
            return
        self._begun = time.perf_counter()
        self._transport.write(request)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0:
            return
        head = self._buffer[:end].lower()
        at = head.find(b"content-length:")
        length = int(head[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
        if len(self._buffer) < end + 4 + length:
            return
        self._took.append(time.perf_counter() - self._begun)
        if head[9:12] not in (b"303", b"201", b"200") or b"signed=not" in head or b"signed=already" in head:
            self._bad.append(head[:300])
        self._buffer = b""
        self._send()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.done.done():
            self.done.set_result(None)


async def _drive(
    port: int, requests: Iterator[bytes], seconds: float, connections: int
) -> tuple[list[float], list[bytes]]:
    took: list[float] = []
    bad: list[bytes] = []
    end = time.monotonic() + seconds
    loop = asyncio.get_running_loop()
    made = [
        await loop.create_connection(
            lambda: _Client(requests, took, bad, lambda: time.monotonic() > end), "127.0.0.1", port
        )
        for _ in range(connections)
    ]
    await asyncio.gather(*(client.done for _, client in made))
    return took, bad


def drive(
    port: int, requests: Iterator[bytes], *, seconds: float, page: bytes, processes: list[psutil.Process]
) -> Rate:
    """Ask as fast as it answers; a page beside it, ten times a second from a thread of its own."""
    stop, pages = threading.Event(), []
    watching = threading.Thread(target=_watch, args=(port, page, stop, pages))
    before = _time_of(processes)
    watching.start()
    begun = time.monotonic()
    took, bad = asyncio.run(_drive(port, requests, seconds, CONNECTIONS))
    lasted = time.monotonic() - begun
    stop.set()
    watching.join()
    spent = _time_of(processes) - before
    if bad:
        print(bad[0], file=sys.stderr)
    took.sort()
    pages.sort()
    return Rate(
        rate=len(took) / lasted,
        p50=took[len(took) // 2] * 1000,
        p99=took[int(len(took) * 0.99)] * 1000,
        failed=len(bad),
        page_p99=pages[int(len(pages) * 0.99)] * 1000 if pages else 0.0,
        cost=spent * 1000 / len(took),
    )


def _watch(port: int, page: bytes, stop: threading.Event, took: list[float]) -> None:
    import http.client

    path = page.decode()
    asking = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    while not stop.wait(0.1):
        begun = time.perf_counter()
        asking.request("GET", path)
        asking.getresponse().read()
        took.append(time.perf_counter() - begun)
    asking.close()


def _time_of(processes: list[psutil.Process]) -> float:
    """Seconds of processor time that processes and all below them have used, ended ones among them."""
    total = 0.0
    for top in processes:
        for process in (top, *top.children(recursive=True)):
            with contextlib.suppress(psutil.NoSuchProcess):
                used = process.cpu_times()
                total += used.user + used.system + used.children_user + used.children_system
    return total


def database_processes(folder: Any) -> list[psutil.Process]:
    """The first process of the database."""
    return [psutil.Process(int((folder / "postgres" / "postmaster.pid").read_text().split()[0]))]


def tells() -> Iterator[bytes]:
    """What the bare view is told, again and again."""
    body = urlencode(running_site.FILING)
    request = (
        f"POST /told HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {FORM}\r\nContent-Length: {len(body)}\r\n\r\n{body}"
    ).encode()
    while True:
        yield request


class Doors:
    """The doors in turn, each with people who have not signed yet."""

    def __init__(self, folder: Any, *, seconds: float) -> None:
        self._folder, self._seconds, self._people = folder, seconds, 1_000_000_000

    def site(self, *, lean: bool, rate: int) -> Rate:
        """The site's own door, with room for `rate` a second."""
        running_site.ensure_running()
        key, reference = gather("lean" if lean else "ordinary")
        sessions = make_sessions(int(rate * (self._seconds + 2)), first=self._people)
        self._people += len(sessions)
        warm = int(rate * 1.5)
        with running_site.serving(SALA_LEAN_SIGNING="1" if lean else "0") as (port, process):
            page = f"/sign/{reference}/{PURPOSE}/".encode()
            processes = [psutil.Process(process.pid), *database_processes(self._folder)]
            drive(port, posts(reference, sessions[:warm]), seconds=1.5, page=page, processes=processes)
            found = drive(
                port, posts(reference, sessions[warm:]), seconds=self._seconds, page=page, processes=processes
            )
            counted = wait_for_count(key)
            print(f"  ({'lean' if lean else 'ordinary'}: {counted} signed and counted)", file=sys.stderr)
        running_site.ensure_running()
        return found

    def bare(self) -> Rate:
        """The bare view."""
        running_site.ensure_running()
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
            connection.execute(bare.TABLE)
        mine = psutil.Process()
        before = {child.pid for child in mine.children()}
        with bare.serving() as port:
            servers = [child for child in mine.children() if child.pid not in before]
            processes = [*servers, *database_processes(self._folder)]
            drive(port, tells(), seconds=1.5, page=b"/healthz", processes=processes)
            return drive(port, tells(), seconds=self._seconds, page=b"/healthz", processes=processes)


def wait_for_count(collection: int) -> int:
    """How many are counted once all is folded; it must be as many as signed. Raises RuntimeError if it is not."""
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        for _ in range(200):
            row = connection.execute(
                "SELECT counted, (SELECT count(*) FROM participation_change WHERE collection_id = c.id),"
                " (SELECT count(*) FROM participation_signature WHERE collection_id = c.id),"
                " (SELECT count(*) FROM ledger_entry WHERE kind = 'participation.signed'"
                "   AND id IN (SELECT entry_id FROM participation_signature WHERE collection_id = c.id))"
                " FROM participation_collection c WHERE id = %s",
                [collection],
            ).fetchone()
            if row and row[1] == 0:
                if not row[0] == row[2] == row[3]:
                    raise RuntimeError(f"counted {row[0]}, signed {row[2]}, entries {row[3]}")
                return int(row[0])
            time.sleep(0.1)
    raise RuntimeError("the counts were not folded")


# How others count, as transactions on copies of what their published code does (docs/bench/signing.md names them). Each
# signature is one transaction on its own connection; a reader asks for the number meanwhile.
INSERT = "INSERT INTO bench_signature (collection, mark, area) VALUES (1, decode(md5(%s), 'hex'), %s)"
COUNT_ALL = "SELECT count(*) FROM bench_signature WHERE collection = 1"


@dataclass(frozen=True, slots=True)
class Way:
    """A way of counting: statements of one signature after its insert, the reader's statement, what runs beside."""

    name: str
    after: str
    read: str
    beside: str = ""
    every: float = 0.0


WAYS = (
    Way(
        "recount by area after each (Decidim)",
        "UPDATE bench_collection SET by_area = (SELECT jsonb_object_agg(area, n) FROM (SELECT area, count(*) n"
        " FROM bench_signature WHERE collection = 1 GROUP BY area) g), counted = (SELECT count(*) FROM bench_signature"
        " WHERE collection = 1) WHERE id = 1",
        "SELECT counted FROM bench_collection WHERE id = 1",
    ),
    Way(
        "+1 in the transaction (Kansalaisaloite, Consul)",
        "UPDATE bench_collection SET counted = counted + 1 WHERE id = 1",
        "SELECT counted FROM bench_collection WHERE id = 1",
    ),
    Way(
        "batch by time stamps (UK e-petitions; each 60 s, here each 2 s)",
        "",
        "SELECT counted FROM bench_collection WHERE id = 1",
        "UPDATE bench_collection SET counted = counted + (SELECT count(*) FROM bench_signature WHERE collection = 1"
        " AND signed_at > last_at AND signed_at <= now() - interval '2 seconds'),"
        " last_at = now() - interval '2 seconds' WHERE id = 1",
        2.0,
    ),
    Way("live count (adhocracy, Rahvaalgatus)", "", COUNT_ALL),
    Way(
        "rows folded (ours)",
        "INSERT INTO bench_change (collection, area, difference) VALUES (1, %s, 1)",
        "SELECT counted + coalesce((SELECT sum(difference) FROM bench_change WHERE collection = 1), 0)"
        " FROM bench_collection WHERE id = 1",
        "WITH t AS (DELETE FROM bench_change WHERE id IN (SELECT id FROM bench_change ORDER BY id LIMIT 50000"
        " FOR UPDATE SKIP LOCKED) RETURNING difference) UPDATE bench_collection SET counted = counted +"
        " (SELECT coalesce(sum(difference), 0) FROM t) WHERE id = 1",
        0.5,
    ),
)
TABLES = """
DROP TABLE IF EXISTS bench_signature, bench_collection, bench_change;
CREATE TABLE bench_collection (id int PRIMARY KEY, counted bigint NOT NULL, by_area jsonb,
    last_at timestamptz NOT NULL);
CREATE TABLE bench_signature (id bigserial PRIMARY KEY, collection int NOT NULL, mark bytea NOT NULL,
    area text NOT NULL, signed_at timestamptz NOT NULL DEFAULT clock_timestamp(), UNIQUE (collection, mark));
CREATE INDEX ON bench_signature (collection, signed_at);
CREATE TABLE bench_change (id bigserial PRIMARY KEY, collection int NOT NULL, area text NOT NULL,
    difference int NOT NULL);
INSERT INTO bench_signature (collection, mark, area, signed_at)
    SELECT 1, decode(md5('there ' || n), 'hex'), (10 + n % 77)::text, now() - interval '1 day'
    FROM generate_series(1, {there}) n;
INSERT INTO bench_collection SELECT 1, {there}, NULL, now() - interval '1 hour';
ANALYZE bench_signature;
CHECKPOINT;
"""


def measure_ways(there: int, *, seconds: float, connections: int = 8) -> None:
    """Print how many signatures a second each way takes with so many there, and how long a reader waits."""
    print(f"\n{there:,} signatures there, {connections} connections, one transaction a signature.\n")
    print("| way of counting | signatures | p50 | p99 | reading the number, p50 | p99 | lag of the number |")
    print("|---|--:|--:|--:|--:|--:|--:|", flush=True)
    for way in WAYS:
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
            for statement in TABLES.format(there=there).split(";"):
                if statement.strip():
                    connection.execute(statement)
        lag = f"{way.every:g} s" if way.every and "fold" not in way.name else "none"
        print(
            f"| {way.name} | {_measure_way(way, seconds=seconds, connections=connections)} | {lag} |",
            flush=True,
        )
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute("DROP TABLE bench_signature, bench_collection, bench_change")


def _measure_way(way: Way, *, seconds: float, connections: int) -> str:
    end = time.monotonic() + seconds
    signing: list[float] = []
    reading: list[float] = []

    with ThreadPoolExecutor(connections + 2) as threads:
        works = [threads.submit(_sign, way, worker, end, signing) for worker in range(connections)]
        works += [threads.submit(_read, way, end, reading), threads.submit(_work_beside, way, end)]
        for work in works:
            work.result()
    signing.sort()
    reading.sort()
    spans = [times[int(len(times) * share)] * 1000 for times in (signing, reading) for share in (0.5, 0.99)]
    return f"{len(signing) / seconds:,.0f}/s | " + " | ".join(f"{span:.1f} ms" for span in spans)


def _sign(way: Way, worker: int, end: float, took: list[float]) -> None:
    number = 0
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        while time.monotonic() < end:
            begun, area = time.perf_counter(), str(10 + number % 77)
            with connection.transaction():
                connection.execute(INSERT, [f"{worker} {number}", area], prepare=True)
                if way.after:
                    connection.execute(way.after, [area] if "%s" in way.after else None, prepare=True)
            took.append(time.perf_counter() - begun)
            number += 1


def _read(way: Way, end: float, took: list[float]) -> None:
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        while time.monotonic() < end:
            begun = time.perf_counter()
            connection.execute(way.read, prepare=True).fetchone()
            took.append(time.perf_counter() - begun)
            time.sleep(0.05)


def _work_beside(way: Way, end: float) -> None:
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        while way.beside and time.monotonic() < end:
            connection.execute(way.beside)
            time.sleep(way.every)


def load_signatures(count: int) -> None:
    """So many signatures of a collection of its own, with their entries in the ledger and their counts, at once.

    Written past the actions (rows as they write them, entries of the same size): to sign them would take an hour.
    """
    key, reference = gather("loaded")
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        body = (
            '{"agency":null,"area":null,"at":"2026-12-01T00:00:00.000000Z","commitment":"\' || md5(n::text) ||'
            ' md5((-n)::text) || \'","content":{"collection":"' + reference + '","purpose":"petition"},'
            '"kind":"participation.signed","matter":null,"role":"citizen","v":1}'
        ).replace("\\'", "'")
        for first in range(1, count + 1, 250_000):
            last = min(count, first + 249_999)
            connection.execute(
                "WITH entries AS (INSERT INTO ledger_entry (kind, occurred_at, body)"
                f" SELECT 'participation.signed', now(), convert_to('{body}', 'UTF8')"
                f" FROM generate_series({first}, {last}) n RETURNING id),"
                " numbered AS (SELECT id, row_number() OVER () AS n FROM entries)"
                " INSERT INTO participation_signature (collection_id, mark, area, channel, level, entry_id, salt)"
                f" SELECT {key}, sha256(('loaded ' || (n + {first}))::bytea), (10 + n % 77)::text, 'web', 2, id,"
                " sha256(('salt ' || n)::bytea) FROM numbered"
            )
        connection.execute(
            "INSERT INTO participation_areacount (collection_id, area, counted) SELECT collection_id, area, count(*)"
            " FROM participation_signature WHERE collection_id = %s GROUP BY 1, 2",
            [key],
        )
        connection.execute("UPDATE participation_collection SET counted = %s WHERE id = %s", [count, key])
        connection.execute("ANALYZE")
        connection.execute("CHECKPOINT")


def sequence_all() -> float:
    """Give every entry its place; how many a second."""
    from django.db import connection

    from sala.commons.ledger.sequencer import Sequencer

    connection.close()
    begun, placed = time.monotonic(), 0
    with Sequencer() as sequencer:
        sequencer.elect()
        while step := sequencer.step():
            placed += step
    spent = time.monotonic() - begun
    # Listeners have heard them too, as they would have while people signed.
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as database:
        database.execute("UPDATE ledger_follower SET position = (SELECT size FROM ledger_head)")
        database.execute("ANALYZE")
        database.execute("CHECKPOINT")
    return placed / spent


def main() -> int:
    """Print the tables."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--seconds", type=float, default=5)
    options.add_argument("--rounds", type=int, default=1, help="how often the doors take their turns")
    options.add_argument("--loaded", type=int, default=6_100_000, help="0 leaves this part out")
    options.add_argument("--mechanisms", type=int, default=1_000_000, help="0 leaves this part out")
    asked = options.parse_args()
    folder = running_site.prepare()
    try:
        doors = Doors(folder, seconds=asked.seconds)
        print(f"{running_site.machine()}; {CONNECTIONS} connections\n")
        print("| door | answers | p50 | p99 | page meanwhile, p99 | processor time |")
        print("|---|--:|--:|--:|--:|--:|", flush=True)
        for _ in range(asked.rounds):
            print(f"| a bare Django view with one insert | {doors.bare()} |", flush=True)
            print(f"| ordinary door | {doors.site(lean=False, rate=1000)} |", flush=True)
            print(f"| lean door | {doors.site(lean=True, rate=6000)} |", flush=True)
        if asked.loaded:
            running_site.ensure_running()
            load_signatures(asked.loaded)
            print(
                f"| ({asked.loaded:,} signatures loaded; sequenced {sequence_all():,.0f}/s) | | | | | |",
                flush=True,
            )
            print(f"| lean door, these loaded | {doors.site(lean=True, rate=6000)} |", flush=True)
        if asked.mechanisms:
            running_site.ensure_running()
            measure_ways(asked.mechanisms, seconds=asked.seconds)
    finally:
        running_site.clear_away(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
