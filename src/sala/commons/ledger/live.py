"""Entries as they get their positions, for any number of listeners: one LISTEN, one read per wake for all.

A listener is only a cursor into a shared, bounded stretch of the newest entries; what is older it reads in pages.
"""

import asyncio
import bisect
import logging
from collections import defaultdict
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import psycopg
from prometheus_client import Counter, Gauge

from sala.commons.ledger.queries import Filters
from sala.commons.ledger.sequencer import CHANNEL

log = logging.getLogger(__name__)

KEPT = 4096
PAGE = 500
PAGE_BYTES = 128 * 1024
HEARTBEAT_SECONDS = 15.0
# Notifications may be lost with a connection; looking anyway this often keeps the promise of two seconds.
LOOK_SECONDS = 1.0

LISTENERS = Gauge("sala_live_listeners", "Listeners connected just now", multiprocess_mode="livesum")
DROPPED = Counter("sala_live_dropped", "Listeners dropped because they read too slowly")

_SELECT = """
SELECT leaf.position, entry.kind, entry.matter, entry.agency, entry.area, entry.body
FROM ledger_leaf leaf JOIN ledger_entry entry ON entry.id = leaf.entry_id
WHERE leaf.position >= %s ORDER BY leaf.position LIMIT %s
"""


class TooSlow(Exception):
    """A listener fell behind what is kept; it must come back with its cursor."""


@dataclass(frozen=True, slots=True)
class Frame:
    """An entry as it is sent (server-sent event, bytes), with what filters look at."""

    position: int
    kind: str
    matter: str | None
    agency: str | None
    area: str | None
    data: bytes

    def fits(self, filters: Filters) -> bool:
        """Whether a listener with these filters wants it."""
        return (
            (filters.kind is None or filters.kind == self.kind)
            and (filters.matter is None or filters.matter == self.matter)
            and (filters.agency is None or filters.agency == self.agency)
            and (filters.area is None or filters.area == self.area)
        )


class _Group:
    """Listeners with the same filters share the newest entries that fit, and are woken by nothing else."""

    def __init__(self, filters: Filters, frames: list[Frame], first: int) -> None:
        self._filters = filters
        self._frames = [frame for frame in frames if frame.fits(filters)]
        self.complete_from = first
        self.news = asyncio.Event()
        self.members = 0

    def add(self, frames: list[Frame]) -> None:
        """Keep what fits of new entries, and wake the members if anything does."""
        fitting = [frame for frame in frames if frame.fits(self._filters)]
        self._frames.extend(fitting)
        if len(self._frames) > 2 * KEPT:
            del self._frames[:-KEPT]
            self.complete_from = self._frames[0].position
        if fitting:
            self.wake()

    def since(self, cursor: int) -> list[Frame]:
        """Up to a page of what fits from position `cursor` on, which must not be before `complete_from`."""
        start = bisect.bisect_left(self._frames, cursor, key=lambda frame: frame.position)
        return _page(self._frames[start : start + PAGE])

    def wake(self) -> None:
        """Let every member look; the next wake-up needs a new event."""
        news, self.news = self.news, asyncio.Event()
        news.set()


class Hub:
    """One per stream process: follows the log and lets listeners follow it. `run` must run beside them."""

    def __init__(self, parameters: dict[str, Any]) -> None:
        self._parameters = parameters
        self._frames: list[Frame] = []
        # By matter first: a thousand readers of a thousand matters must not cost each entry a thousand looks.
        self._groups: dict[str | None, dict[Filters, _Group]] = defaultdict(dict)
        self._beats = 0
        self._ready = asyncio.Event()
        self._history = asyncio.Lock()
        self._reader: psycopg.AsyncConnection[Any] | None = None
        self.next_position = 0

    async def run(self) -> None:
        """Follow the log until cancelled; a lost database is waited for."""
        beating = asyncio.ensure_future(self._beat())
        try:
            while True:
                try:
                    async with await self._connect("sala live") as connection:
                        await connection.execute(f"LISTEN {CHANNEL}")
                        await self._follow(connection)
                except psycopg.OperationalError as error:
                    log.warning("the live stream lost its database: %s", type(error).__name__)
                    await asyncio.sleep(LOOK_SECONDS)
        finally:
            beating.cancel()
            if self._reader is not None:
                await self._reader.close()

    async def listen(self, after: int | None, filters: Filters) -> AsyncIterator[bytes]:
        """What to send to one listener: entries after position `after` (None: only new ones), and heartbeats.

        Raises TooSlow when the listener cannot keep up; it is meant to come back with its last position.
        """
        await self._ready.wait()
        cursor = self.next_position if after is None else min(after + 1, self.next_position)
        group = self._join(filters)
        try:
            yield _still_here(cursor)
            async for data in self._follow_group(group, cursor, filters):
                yield data
        finally:
            group.members -= 1
            if not group.members:
                self._leave(filters)

    async def _follow_group(self, group: _Group, cursor: int, filters: Filters) -> AsyncIterator[bytes]:
        beats = self._beats
        while cursor < group.complete_from:
            frames = _page(await self._read_history(cursor))
            cursor = frames[-1].position + 1 if frames else cursor
            if wanted := b"".join(frame.data for frame in frames if frame.fits(filters)):
                yield wanted
        while True:
            news = group.news
            if cursor < group.complete_from:
                DROPPED.inc()
                raise TooSlow
            if frames := group.since(cursor):
                cursor, beats = frames[-1].position + 1, self._beats
                yield b"".join(frame.data for frame in frames)
            elif beats != self._beats:
                cursor, beats = self.next_position, self._beats
                yield _still_here(cursor)
            else:
                await news.wait()

    def _join(self, filters: Filters) -> _Group:
        """The group with these filters; a new one starts from the newest entries of all."""
        alike = self._groups[filters.matter]
        if filters not in alike:
            first = self.next_position - len(self._frames)
            alike[filters] = _Group(filters, self._frames, first)
        alike[filters].members += 1
        return alike[filters]

    def _leave(self, filters: Filters) -> None:
        self._groups[filters.matter].pop(filters, None)
        if not self._groups[filters.matter]:
            del self._groups[filters.matter]

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(HEARTBEAT_SECONDS)
            self._beats += 1
            for alike in self._groups.values():
                for group in alike.values():
                    group.wake()

    async def _follow(self, connection: psycopg.AsyncConnection[Any]) -> None:
        if not self._ready.is_set():
            cursor = await connection.execute("SELECT coalesce(max(position) + 1, 0) FROM ledger_leaf")
            self.next_position = (await cursor.fetchone() or (0,))[0]
            self._ready.set()
        while True:
            while frames := await _read(connection, self.next_position, PAGE):
                self._publish(frames)
            async for _ in connection.notifies(timeout=LOOK_SECONDS, stop_after=1):
                pass

    def _publish(self, frames: list[Frame]) -> None:
        self._frames.extend(frames)
        self.next_position = frames[-1].position + 1
        if len(self._frames) > 2 * KEPT:
            del self._frames[:-KEPT]
        for group in self._groups.get(None, {}).values():
            group.add(frames)
        for matter, about in _by_matter(frames).items():
            for group in self._groups.get(matter, {}).values():
                group.add(about)

    async def _read_history(self, cursor: int) -> list[Frame]:
        """A page of old entries; one such read at a time, so that latecomers cannot crowd the database."""
        async with self._history:
            try:
                if self._reader is None or self._reader.closed:
                    self._reader = await self._connect("sala live history")
                return await _read(self._reader, cursor, PAGE)
            except psycopg.OperationalError:
                self._reader = None
                await asyncio.sleep(LOOK_SECONDS)
                return []

    async def _connect(self, application: str) -> psycopg.AsyncConnection[Any]:
        return await psycopg.AsyncConnection.connect(
            **self._parameters, autocommit=True, application_name=application, prepare_threshold=None
        )


def _still_here(cursor: int) -> bytes:
    """A comment keeps the connection; the id, of the entry before `cursor`, lets the reader resume from here."""
    return b": still here\nid: %d\n\n" % (cursor - 1)


def _by_matter(frames: list[Frame]) -> dict[str, list[Frame]]:
    found: dict[str, list[Frame]] = defaultdict(list)
    for frame in frames:
        if frame.matter is not None:
            found[frame.matter].append(frame)
    return found


def _page(frames: list[Frame]) -> list[Frame]:
    """The first of these that make up PAGE_BYTES; at least one, if there is any."""
    total = 0
    for count, frame in enumerate(frames, start=1):
        total += len(frame.data)
        if total >= PAGE_BYTES:
            return frames[:count]
    return frames


async def _read(connection: psycopg.AsyncConnection[Any], position: int, limit: int) -> list[Frame]:
    cursor = await connection.execute(_SELECT, [position, limit])
    return [
        Frame(
            position=position,
            kind=kind,
            matter=matter,
            agency=agency,
            area=area,
            data=b'id: %d\ndata: {"position":%d,"entry":%s}\n\n' % (position, position, body),
        )
        for position, kind, matter, agency, area, body in await cursor.fetchall()
    ]
