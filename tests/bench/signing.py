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


def main() -> int:
    """Print the tables."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--seconds", type=float, default=5)
    options.add_argument("--doors", default="bare,ordinary,lean")
    options.add_argument("--loaded", type=int, default=6_100_000)
    options.add_argument("--mechanisms", type=int, default=1_000_000)
    asked = options.parse_args()
    folder = running_site.prepare()
    try:
        doors = Doors(folder, seconds=asked.seconds)
        print(
            f"{running_site.machine()}\n\n| door | answers | p50 | p99 | page meanwhile, p99 | processor time |"
        )
        print("|---|--:|--:|--:|--:|--:|")
        if "bare" in asked.doors:
            print(f"| a bare Django view with one insert | {doors.bare()} |", flush=True)
        if "ordinary" in asked.doors:
            print(f"| ordinary door | {doors.site(lean=False, rate=1000)} |", flush=True)
        if "lean" in asked.doors:
            print(f"| lean door | {doors.site(lean=True, rate=6000)} |", flush=True)
    finally:
        running_site.clear_away(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
