"""Asks a site as fast as it answers: by `wrk` where that is installed, else by a client of our own."""

import asyncio
import contextlib
import json
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle
from urllib.parse import urlencode

FORM = "application/x-www-form-urlencoded"
SCRIPT = """
local paths = %s
local n = math.random(#paths)
wrk.method, wrk.body = %s, %s
wrk.headers["Cookie"], wrk.headers["Content-Type"] = %s, %s
request = function() n = n %% #paths + 1; return wrk.format(nil, paths[n]) end
done = function(summary, latency)
  local errors = summary.errors
  io.write(string.format("RESULT %%d %%d %%d %%d %%d\\n", summary.requests, summary.duration,
    errors.status + errors.connect + errors.read + errors.write + errors.timeout,
    latency:percentile(50), latency:percentile(99)))
end
"""


@dataclass(frozen=True, slots=True)
class Speed:
    """What was reached: answers per second, latencies in milliseconds, how many answers were no success; and, where
    it was looked at, the milliseconds of processor time that pages and database used for an answer."""

    rate: float
    p50: float
    p99: float
    failed: int
    cost: float = 0.0

    def __str__(self) -> str:
        failed = f", {self.failed} failed" if self.failed else ""
        cost = f" | {self.cost:.1f} ms" if self.cost else " |"
        return f"{self.rate:,.0f}/s | {self.p50:.1f} ms | {self.p99:.1f} ms{failed}{cost}"


def ask(
    port: int,
    paths: Sequence[str],
    *,
    seconds: float,
    connections: int = 16,
    cookie: str = "",
    body: dict[str, str] | None = None,
) -> Speed:
    """Ask for `paths` in turn on keep-alive connections; with a body it posts a form."""
    text = urlencode(body) if body else ""
    if shutil.which("wrk"):
        return _by_wrk(port, paths, seconds=seconds, connections=connections, cookie=cookie, body=text)
    times: list[float] = []
    end = time.monotonic() + seconds
    failed = asyncio.run(
        keep_asking(
            port,
            (request_of(path, cookie=cookie, body=text) for path in cycle(paths)),
            connections=connections,
            is_over=lambda: time.monotonic() > end,
            answered=lambda _status, _body, took: times.append(took),
        )
    )
    times.sort()
    middle, late = times[len(times) // 2] * 1000, times[int(len(times) * 0.99)] * 1000
    return Speed(len(times) / seconds, middle, late, failed)


def _by_wrk(
    port: int, paths: Sequence[str], *, seconds: float, connections: int, cookie: str, body: str
) -> Speed:
    lua = [json.dumps(text) for text in ("POST" if body else "GET", body, cookie, FORM if body else "")]
    script = SCRIPT % ("{" + ",".join(map(json.dumps, paths)) + "}", *lua)
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as file:
        file.write(script)
        file.flush()
        command = ["wrk", "-t1", f"-c{connections}", f"-d{max(1, round(seconds))}s", "-s", file.name]
        done = subprocess.run(
            [*command, f"http://127.0.0.1:{port}"], capture_output=True, text=True, check=True
        )
    (line,) = [line for line in done.stdout.splitlines() if line.startswith("RESULT")]
    count, duration, failed, middle, late = map(int, line.split()[1:])
    return Speed(count / (duration / 1e6), middle / 1000, late / 1000, failed)


def request_of(path: str, *, cookie: str = "", body: str = "") -> bytes:
    """A request as it goes over the wire."""
    lines = [f"{'POST' if body else 'GET'} {path} HTTP/1.1", "Host: 127.0.0.1"]
    if cookie:
        lines.append(f"Cookie: {cookie}")
    if body:
        lines += [f"Content-Type: {FORM}", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "", body]).encode()


async def keep_asking(
    port: int,
    requests: Iterator[bytes],
    *,
    connections: int,
    is_over: Callable[[], bool],
    answered: Callable[[int, bytes, float], object],
) -> int:
    """Send requests until it is over; returns how many had no successful answer.

    A connection that breaks is opened again, its request is not repeated.
    """
    failed = await asyncio.gather(*(_one(port, requests, is_over, answered) for _ in range(connections)))
    return sum(failed)


async def _one(
    port: int,
    requests: Iterator[bytes],
    is_over: Callable[[], bool],
    answered: Callable[[int, bytes, float], object],
) -> int:
    failed = 0
    while not is_over():
        with contextlib.suppress(OSError, asyncio.IncompleteReadError, TimeoutError):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            try:
                while not is_over():
                    failed += 1  # taken back when the answer is whole and good
                    begun = time.monotonic()
                    writer.write(next(requests))
                    status, body = await asyncio.wait_for(_answer(reader), 5)
                    answered(status, body, time.monotonic() - begun)
                    failed -= status < 400
            finally:
                writer.close()
        await asyncio.sleep(0.02)
    return failed


async def _answer(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    head = await reader.readuntil(b"\r\n\r\n")
    length = 0
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    return int(head.split(b" ", 2)[1]), await reader.readexactly(length)
