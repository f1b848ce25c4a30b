"""The live stream: every entry once and in order, from any cursor, whatever breaks in between."""

import asyncio
import json
import threading
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode

import pytest
from asgiref.sync import sync_to_async
from django.db import connection
from django.test import Client

from sala.commons.ledger import live, sequencer
from sala.commons.ledger.queries import Filters
from sala.core.errors import Invalid
from sala.serving.stream import Stream, read_request

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.req("TRU-2")]


class Reader:
    """A listener over ASGI: collects positions until it has enough, then leaves."""

    def __init__(self, stream, query="", last=None):
        headers = [(b"last-event-id", str(last).encode())] if last is not None else []
        self.scope = {
            "type": "http",
            "method": "GET",
            "path": "/live",
            "query_string": query.encode(),
            "headers": headers,
        }
        self.stream, self.seen, self.status, self.raw = stream, [], None, b""
        self._left, self._more = asyncio.Event(), asyncio.Event()

    async def receive(self):
        await self._left.wait()
        return {"type": "http.disconnect"}

    async def send(self, message):
        self.status = message.get("status", self.status)
        body = message.get("body", b"")
        self.raw += body
        for line in body.decode().split("\n"):
            if line.startswith("data: "):
                self.seen.append(json.loads(line[6:])["position"])
        self._more.set()

    async def read(self, count, wait=20):
        """Read until `count` entries came, then leave; returns their positions."""
        running = asyncio.ensure_future(self.stream(self.scope, self.receive, self.send))
        async with asyncio.timeout(wait):
            while len(self.seen) < count and not running.done():
                self._more.clear()
                await asyncio.wait(
                    {asyncio.ensure_future(self._more.wait()), running}, return_when="FIRST_COMPLETED"
                )
        self._left.set()
        await running
        return self.seen


def run(scenario):
    """Run an async scenario against a fresh stream; its connections end with it."""

    async def whole():
        stream = Stream()
        try:
            return await scenario(stream)
        finally:
            await stream.stop()

    # In a thread of its own: the browser tests may have left a loop running in this one.
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(asyncio.run, whole()).result()


async def settled(stream):
    """Until the hub knows where the log ends and whoever listens has taken its place."""
    await stream._started_hub()._ready.wait()
    for _ in range(20):
        await asyncio.sleep(0)


@pytest.fixture
def record(ring_many):
    """Record and sequence facts from an async test."""

    def now(*facts):
        ring_many(facts)
        sequencer.sequence_now()
        connection.close()

    return sync_to_async(now, thread_sensitive=False)


async def come_and_go(stream, step, total):
    """Read `total` entries in visits of about `step`, each resuming after the last."""
    seen = []
    while len(seen) < total:
        seen += await Reader(stream, last=seen[-1] if seen else -1).read(min(step, total - len(seen)))
    return seen


def rung(count, start=0, **about):
    return [("rung", {"mark": mark, **about}) for mark in range(start, start + count)]


def test_a_listener_gets_what_is_recorded_while_it_listens(record):
    async def scenario(stream):
        await record(*rung(2))
        reader = Reader(stream)
        reading = asyncio.ensure_future(reader.read(3))
        await settled(stream)
        await record(*rung(3, start=2))
        return await reading, reader

    seen, reader = run(scenario)
    assert seen == [2, 3, 4]
    assert reader.status == 200
    assert b'id: 2\ndata: {"position":2,"entry":{"agency":null' in reader.raw


@pytest.mark.parametrize(
    ("query", "last", "expected"),
    [("after=-1", None, [0, 1, 2, 3, 4]), ("after=1", None, [2, 3, 4]), ("after=0", 2, [3, 4])],
)
def test_a_listener_resumes_after_its_cursor(record, query, last, expected):
    async def scenario(stream):
        await record(*rung(5))
        return await Reader(stream, query, last).read(len(expected))

    assert run(scenario) == expected


def test_older_entries_than_are_kept_are_read_in_pages(record, monkeypatch):
    monkeypatch.setattr(live, "PAGE", 4)
    monkeypatch.setattr(live, "KEPT", 5)

    async def scenario(stream):
        await record(*rung(30))
        first = await Reader(stream, "after=-1").read(30)
        await record(*rung(30, start=30))
        return first, await come_and_go(stream, 60, 60)

    first, second = run(scenario)
    assert first == list(range(30))
    assert second == list(range(60))


def test_filters_choose_by_kind_agency_area_and_matter(record):
    async def scenario(stream):
        await record(
            ("rung", {"mark": 0, "agency": "BKK"}),
            ("mended", {"mark": 1, "agency": "BKK", "area": "10"}),
            ("rung", {"mark": 2, "matter": "C69-0001234-7"}),
            ("mended", {"mark": 3, "area": "10"}),
        )
        wanted = ["agency=BKK", "kind=bell.mended", "matter=C69-0001234-7", "agency=BKK&area=10"]
        return [
            await Reader(stream, f"after=-1&{query}").read(count)
            for query, count in zip(wanted, [2, 2, 1, 1], strict=True)
        ]

    assert run(scenario) == [[0, 1], [1, 3], [2], [1]]


def test_a_listener_knows_its_place_before_it_hears_anything(record):
    async def scenario(stream):
        await record(*rung(3))
        reader = Reader(stream)
        reading = asyncio.ensure_future(reader.read(1))
        while b"id: 2\n\n" not in reader.raw:
            await asyncio.sleep(0)
        await stream.stop()  # cut off before it heard an entry
        reader._left.set()
        await reading
        await record(*rung(2, start=3))
        return await Reader(stream, last=2).read(2)

    assert run(scenario) == [3, 4]


def test_an_entry_about_a_matter_wakes_only_those_who_follow_that_matter(record):
    async def scenario(stream):
        hub = stream._started_hub()
        matters = [f"C69-{number:07d}-X" for number in range(50)]
        readers = [Reader(stream, f"matter={matter}") for matter in matters]
        reading = [asyncio.ensure_future(reader.read(1)) for reader in readers]
        await settled(stream)
        asked = []
        for matter in matters:
            [group] = hub._groups[matter].values()
            group.add = lambda frames, add=group.add, matter=matter: (asked.append(matter), add(frames))
        await record(*rung(1, matter=matters[7]), *rung(1, start=1), *rung(1, start=2, matter=matters[9]))
        heard = await reading[7], await reading[9]
        for reader in readers:
            reader._left.set()
        for number in (0, 49):
            reading[number].cancel()
        await asyncio.gather(*reading, return_exceptions=True)
        return heard, sorted(asked), dict(hub._groups)

    heard, asked, left = run(scenario)
    assert heard == ([0], [2])
    assert asked == ["C69-0000007-X", "C69-0000009-X"]
    assert left == {}


@pytest.mark.parametrize(
    "wanted",
    [
        {},
        {"kind": "bell.mended"},
        {"agency": "BKK"},
        {"area": "10"},
        {"matter": "C69-0000001-X"},
        {"kind": "bell.rung", "agency": "BKK", "area": "10", "matter": "C69-0000001-X"},
        {"kind": "bell"},
        {"area": "1"},
        {"matter": "~5f"},
    ],
)
def test_a_filter_of_the_stream_and_of_the_feed_is_the_same_filter(record, wanted):
    async def scenario(stream):
        await record(
            *(
                (kind, {"mark": 0, "agency": agency, "area": area, "matter": matter})
                for kind in ("rung", "mended")
                for agency in ("BKK", None)
                for area in ("10", "1001", None)
                for matter in ("C69-0000001-X", "~5f", None)
            )
        )
        page = await sync_to_async(ask, thread_sensitive=False)(wanted)
        expected = [row["position"] for row in page["entries"]]
        heard = await Reader(stream, urlencode({"after": -1, **wanted})).read(len(expected))
        return expected, heard

    expected, heard = run(scenario)
    assert expected == heard


def ask(wanted):
    page = Client().get("/api/entries", wanted).json()
    connection.close()
    return page


def test_an_idle_listener_hears_that_we_are_there_and_where_to_resume(record, monkeypatch):
    monkeypatch.setattr(live, "HEARTBEAT_SECONDS", 0.01)

    async def scenario(stream):
        await record(*rung(3))
        reader = Reader(stream)
        reading = asyncio.ensure_future(reader.read(1))
        while b"id: 2\n\n" not in reader.raw:
            await asyncio.sleep(0.01)
        await record(*rung(1, start=3))
        return await reading

    assert run(scenario) == [3]


def test_a_listener_that_falls_behind_is_dropped_and_comes_back(record, monkeypatch):
    monkeypatch.setattr(live, "KEPT", 2)

    async def scenario(stream):
        hub = stream._started_hub()
        listening = hub.listen(None, Filters())
        assert (await anext(listening)).endswith(b"id: -1\n\n")
        first = asyncio.ensure_future(anext(listening))
        await settled(stream)
        await record(*rung(1))
        assert (await first).startswith(b"id: 0\n")
        await record(*rung(20, start=1))
        while hub.next_position < 21:
            await asyncio.sleep(0.01)
        with pytest.raises(live.TooSlow):
            await anext(listening)
        return await Reader(stream, last=0).read(20)

    assert run(scenario) == list(range(1, 21))


def test_an_answer_ends_after_its_share_and_the_reader_resumes(record, monkeypatch):
    monkeypatch.setattr(live, "PAGE", 4)
    monkeypatch.setattr("sala.serving.stream.MOST_BYTES", 800)

    async def scenario(stream):
        await record(*rung(30))
        reader = Reader(stream, "after=-1")
        return await reader.read(31), await come_and_go(stream, 30, 30)

    first, every = run(scenario)
    assert 4 <= len(first) < 30
    assert every == list(range(30))


def test_a_quiet_filter_outlasts_a_flood_of_other_entries(record, monkeypatch):
    monkeypatch.setattr(live, "KEPT", 2)

    async def scenario(stream):
        await record(*rung(1))
        reader = Reader(stream, "kind=bell.mended")
        reading = asyncio.ensure_future(reader.read(2))
        await settled(stream)
        for start in (1, 21):
            await record(*rung(19, start=start), ("mended", {"mark": start + 19}))
            while stream._hub.next_position < start + 20:
                await asyncio.sleep(0.01)
        return await reading

    assert run(scenario) == [20, 40]


def test_a_lost_database_connection_loses_no_entry(record):
    def cut():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'sala live%'"
            )
        connection.close()

    async def scenario(stream):
        await record(*rung(2))
        reader = Reader(stream, "after=-1")
        reading = asyncio.ensure_future(reader.read(4))
        while len(reader.seen) < 2:
            await asyncio.sleep(0.01)
        await sync_to_async(cut, thread_sensitive=False)()
        await record(*rung(2, start=2))
        return await reading

    assert run(scenario) == [0, 1, 2, 3]


def test_a_reader_with_a_cursor_never_misses_or_repeats_under_writers():
    """Four readers that come and go at different places while entries keep coming from other threads."""
    stop = threading.Event()

    async def scenario(stream):
        sequencing = asyncio.ensure_future(asyncio.to_thread(sequencer.run, stop, poll_seconds=0.005))
        write = sync_to_async(write_some, thread_sensitive=False)
        try:
            readers = [come_and_go(stream, step, 60) for step in (1, 7, 20, 60)]
            return (await asyncio.gather(*readers, *(write(number) for number in range(6))))[:4]
        finally:
            stop.set()
            await sequencing

    for seen in run(scenario):
        assert seen == list(range(60))


def write_some(writer):
    with connection.cursor() as cursor:
        for mark in range(10):
            cursor.execute(
                "INSERT INTO ledger_entry (kind, occurred_at, body) VALUES ('bell.rung', now(), %s)",
                [b'{"content":{"mark":%d},"kind":"bell.rung"}' % (writer * 10 + mark)],
            )
    connection.close()


@pytest.mark.parametrize(
    ("path", "method", "query", "status"),
    [
        ("/", "GET", "", 404),
        ("/live", "POST", "", 405),
        ("/live", "GET", "after=x", 422),
        ("/live", "GET", "kind=%3Cb%3E", 422),
        ("/healthz", "GET", "", 200),
    ],
)
def test_other_requests_are_answered_plainly(path, method, query, status):
    async def scenario(stream):
        reader = Reader(stream, query)
        reader.scope |= {"path": path, "method": method}
        await reader.read(1)
        return reader.status

    assert run(scenario) == status


@pytest.mark.parametrize("cursor", ["x", "1.5", "٣", "9" * 19, "--1"])
def test_a_cursor_that_is_no_number_is_refused(cursor):
    scope = {"query_string": b"", "headers": [(b"last-event-id", cursor.encode())]}
    with pytest.raises(Invalid):
        read_request(scope)


def test_one_address_does_not_take_every_seat_and_gives_them_back(record, monkeypatch):
    monkeypatch.setattr("sala.serving.stream.MOST_OF_ONE_PLACE", 2)

    async def scenario(stream):
        def reader(address):
            one = Reader(stream, "after=-1")
            one.scope["client"] = (address, 4711)
            return one

        await record(*rung(1))
        sitting = [asyncio.ensure_future(reader("203.0.113.5").read(2)) for _ in range(2)]
        await settled(stream)
        third, elsewhere = reader("203.0.113.5"), reader("198.51.100.7")
        await third.read(1)
        heard = await elsewhere.read(1)
        await record(*rung(1, start=1))
        await asyncio.gather(*sitting)
        again = reader("203.0.113.5")
        return third.status, heard, await again.read(1), dict(stream._of_places)

    assert run(scenario) == (503, [0], [0, 1], {})
