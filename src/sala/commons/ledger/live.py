"""Entries as they get their positions, for any number of listeners: one LISTEN, one read per wake for all.

A listener is only a cursor into a shared, bounded stretch of the newest entries; what is older it reads in pages.
"""

import asyncio
import logging
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
HEARTBEAT_SECONDS = 15.0
# Notifications may be lost with a connection; looking anyway this often keeps the promise of two seconds.
LOOK_SECONDS = 1.0

LISTENERS = Gauge("sala_live_listeners", "Listeners connected to this process")
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


class Hub:
    """One per stream process: follows the log and lets listeners follow it. `run` must run beside them."""

    def __init__(self, parameters: dict[str, Any]) -> None:
        self._parameters = parameters
        self._frames: list[Frame] = []
        self._news = asyncio.Event()
        self._ready = asyncio.Event()
        self._history = asyncio.Lock()
        self._reader: psycopg.AsyncConnection[Any] | None = None
        self.next_position = 0

    @property
    def _first(self) -> int:
        return self.next_position - len(self._frames)

    async def run(self) -> None:
        """Follow the log until cancelled; a lost database is waited for."""
        while True:
            try:
                async with await self._connect("sala live") as connection:
                    await connection.execute(f"LISTEN {CHANNEL}")
                    await self._follow(connection)
            except psycopg.OperationalError as error:
                log.warning("the live stream lost its database: %s", type(error).__name__)
                await asyncio.sleep(LOOK_SECONDS)

    async def listen(self, after: int | None, filters: Filters) -> AsyncIterator[bytes]:
        """What to send to one listener: entries after position `after` (None: only new ones), and heartbeats.

        Raises TooSlow when the listener cannot keep up; it is meant to come back with its last position.
        """
        await self._ready.wait()
        cursor = self.next_position if after is None else min(after + 1, self.next_position)
        is_catching_up = True
        while True:
            news = self._news
            if cursor < self._first:
                if not is_catching_up:
                    DROPPED.inc()
                    raise TooSlow
                frames = await self._read_history(cursor)
            else:
                is_catching_up = False
                start = cursor - self._first
                frames = self._frames[start : start + PAGE]
            if frames:
                cursor = frames[-1].position + 1
                if wanted := b"".join(frame.data for frame in frames if frame.fits(filters)):
                    yield wanted
            elif not await self._has_news(news):
                # A comment keeps the connection; the id lets a filtered listener resume from here.
                yield b": still here\nid: %d\n\n" % (cursor - 1) if cursor else b": still here\n\n"

    async def _has_news(self, news: asyncio.Event) -> bool:
        try:
            await asyncio.wait_for(news.wait(), HEARTBEAT_SECONDS)
        except TimeoutError:
            return False
        return True

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
        news, self._news = self._news, asyncio.Event()
        news.set()

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
