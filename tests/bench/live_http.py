"""A thousand idle listeners on /live of a running site: page latency without and with them, commit to delivery.

python tests/bench/live_http.py [http://127.0.0.1:8000 [listeners]]; without an address it starts a site. Files by
Open311 (key "demo") to see how long an entry takes from the answered request to every listener.
"""

import asyncio
import statistics
import sys
import time

import httpx
import running_site

PAGES = ("/", "/complaints/", "/matters/", "/ledger/")
ROUNDS = 60
FILINGS = 5


async def page_times(site: str) -> list[float]:
    """Seconds of each page read one after another."""
    times = []
    async with httpx.AsyncClient(base_url=site, timeout=30) as client:
        for number in range(ROUNDS):
            begun = time.perf_counter()
            answer = await client.get(PAGES[number % len(PAGES)])
            answer.raise_for_status()
            times.append(time.perf_counter() - begun)
    return sorted(times)


class Listener:
    """One reader of /live: notes when each position arrives."""

    def __init__(self, host: str, port: int, query: str) -> None:
        self.host, self.port, self.query = host, port, query
        self.arrived: dict[int, float] = {}
        self.is_open = False

    async def run(self) -> None:
        reader, writer = await asyncio.open_connection(self.host, self.port)
        ask = f"GET /live?{self.query} HTTP/1.1\r\nHost: {self.host}:{self.port}\r\n\r\n"
        writer.write(ask.encode())
        try:
            while line := await reader.readline():
                self.is_open = self.is_open or line.startswith(b"HTTP/1.1 200")
                if line.startswith(b"id: "):
                    # A heartbeat repeats the last one's number; what counts is when it came first.
                    self.arrived.setdefault(int(line[4:]), time.perf_counter())
        finally:
            writer.close()


async def file_one(client: httpx.AsyncClient, number: int) -> float:
    """File a complaint; when it was answered."""
    values = {
        "api_key": "demo",
        "service_code": "street_light",
        "description": f"ไฟทางดับต้นที่ {number} หน้าตลาด",
        "lat": "16.43",
        "long": "102.82",
        "address_string": "หน้าตลาด",
    }
    answer = await client.post("/open311/v2/requests.json", data=values)
    answer.raise_for_status()
    return time.perf_counter()


def told(name: str, times: list[float]) -> None:
    """Print median, p95 and worst in milliseconds."""
    p95 = times[int(0.95 * (len(times) - 1))]
    print(f"{name:<44} {statistics.median(times) * 1e3:9.1f} {p95 * 1e3:9.1f} {times[-1] * 1e3:9.1f}")


async def run(site: str, count: int) -> None:
    """The whole measurement."""
    host, port = site.removeprefix("http://").rstrip("/").split(":")
    # Made before anyone listens: reading the certificates stops this whole program for a while, its listeners too.
    client = httpx.AsyncClient(base_url=site, timeout=30)
    print(f"{'':<44} {'median':>9} {'p95':>9} {'worst':>9}  (ms)")
    told("a page, no listeners", await page_times(site))
    # One in two hears everything, the others each another filter: a thousand filters must be cheap too.
    listeners = [Listener(host, int(port), "" if n % 2 else f"matter=C69-{n:07d}-X") for n in range(count)]
    tasks = [asyncio.create_task(listener.run()) for listener in listeners]
    for _ in range(300):
        await asyncio.sleep(0.1)
        if sum(listener.is_open for listener in listeners) == count:
            break
    print(f"listeners open: {sum(listener.is_open for listener in listeners)} of {count}")
    told(f"a page, {count} idle listeners", await page_times(site))
    first, last = [], []
    for number in range(FILINGS):
        before = {p for listener in listeners[1::2] for p in listener.arrived}
        answered = await file_one(client, number)
        await asyncio.sleep(3)
        fresh = [
            min(at for p, at in listener.arrived.items() if p not in before)
            for listener in listeners[1::2]
            if listener.arrived.keys() - before
        ]
        if len(fresh) < len(listeners[1::2]):
            print(f"missed: {len(listeners[1::2]) - len(fresh)} listeners did not hear filing {number}")
        if fresh:
            first.append(max(0.0, min(fresh) - answered))
            last.append(max(0.0, max(fresh) - answered))
    told("answered filing -> first listener", sorted(first))
    told("answered filing -> last listener", sorted(last))
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await client.aclose()


def main() -> None:
    """Measure the site whose address is given, else one of our own."""
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    if len(sys.argv) > 1:
        asyncio.run(run(sys.argv[1], count))
        return
    folder = running_site.prepare()
    try:
        with running_site.serving() as (port, _):
            asyncio.run(run(f"http://127.0.0.1:{port}", count))
    finally:
        running_site.clear_away(folder)


if __name__ == "__main__":
    main()
