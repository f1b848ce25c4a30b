"""The ASGI application of the stream process: `/live` sends every ledger entry as it gets its position."""

import asyncio
import contextlib
import json
import os
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any
from urllib.parse import parse_qs

import django
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sala.site.settings")
django.setup()

from sala.commons.ledger.live import DROPPED, LISTENERS, Hub, TooSlow  # noqa: E402  # as above
from sala.commons.ledger.queries import Filters  # noqa: E402  # as above
from sala.core.errors import Invalid, NotFound, SalaError, WrongMethod  # noqa: E402  # as above
from sala.core.rates import client_address, network_of  # noqa: E402  # as above
from sala.platform.connections import connection_parameters  # noqa: E402  # Django must be set up first
from sala.site import refusals  # noqa: E402  # as above

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

MOST_LISTENERS = int(os.environ.get("SALA_LIVE_LISTENERS", "10000"))
# One address, be it a village's or a newsroom's, does not take every seat.
MOST_OF_ONE_PLACE = max(1, MOST_LISTENERS // 5)
# A listener that does not take what was sent within this time is dropped and comes back with its cursor.
SEND_SECONDS = 30.0
# Servers may take what is sent without waiting for the reader. So an answer ends after this much: the reader
# comes back with its cursor by itself, and one that never reads costs no more than this.
MOST_BYTES = 512 * 1024
STREAM_HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"access-control-allow-origin", b"*"),
    (b"x-content-type-options", b"nosniff"),
    # Never packed: what is packed waits for more, and an event must arrive when it happens.
]


class Full(SalaError):
    """As many listen as this process can bear; another one, or a moment later, will do."""

    status = 503


def place_of(scope: Scope) -> str:
    """The network a listener counts for, as far as our own proxies vouch for its address; "" if it has none."""
    told = b",".join(value for name, value in scope["headers"] if name == b"x-forwarded-for").decode(
        "latin-1"
    )
    remote = (scope.get("client") or ("", 0))[0]
    address = client_address(remote, told, proxies=settings.TRUSTED_PROXIES)
    return network_of(address) if address else ""


class Stream:
    """The application; holds the hub of this process."""

    def __init__(self) -> None:
        self._hub: Hub | None = None
        self._following: asyncio.Task[None] | None = None
        self._listeners = 0
        self._of_places: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            try:
                await self._answer(scope, receive, send)
            except SalaError as refused:
                allowed = [(b"allow", b"GET")] if isinstance(refused, WrongMethod) else []
                await _say(send, refused.status, refusals.problem(refused), *allowed)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] == "/healthz":
            await _say(send, 200, {"listeners": self._listeners})
            return
        if scope["path"] != "/live":
            raise NotFound("not_found")
        if scope["method"] != "GET":
            raise WrongMethod("wrong_method")
        place = place_of(scope)
        if self._listeners >= MOST_LISTENERS or self._of_places[place] >= MOST_OF_ONE_PLACE:
            raise Full("too_many")
        after, filters = read_request(scope)
        self._listeners += 1
        self._of_places[place] += 1
        LISTENERS.inc()
        try:
            await self._send_entries(after, filters, receive, send)
        finally:
            self._listeners -= 1
            self._of_places[place] -= 1
            if not self._of_places[place]:
                del self._of_places[place]
            LISTENERS.dec()

    async def _send_entries(self, after: int | None, filters: Filters, receive: Receive, send: Send) -> None:
        sending = asyncio.ensure_future(_send_all(self._started_hub(), after, filters, send))
        leaving = asyncio.ensure_future(_wait_for_leaving(receive))
        try:
            await asyncio.wait({sending, leaving}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (sending, leaving):
                task.cancel()
            await asyncio.gather(sending, leaving, return_exceptions=True)

    def _started_hub(self) -> Hub:
        if self._hub is None or self._following is None or self._following.done():
            self._hub = Hub(connection_parameters())
            self._following = asyncio.ensure_future(self._hub.run())
        return self._hub

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                self._started_hub()
                await send({"type": "lifespan.startup.complete"})
            elif message["type"] == "lifespan.shutdown":
                await self.stop()
                await send({"type": "lifespan.shutdown.complete"})
                return

    async def stop(self) -> None:
        """Stop following the log."""
        if self._following:
            self._following.cancel()
            await asyncio.gather(self._following, return_exceptions=True)


def read_request(scope: Scope) -> tuple[int | None, Filters]:
    """Cursor and filters of a request: the Last-Event-ID header, else `after`; None is "only what is new".

    Raises Invalid for a cursor that is no number and for what can be no filter.
    """
    query = {
        name: values[-1]
        for name, values in parse_qs(scope["query_string"].decode("ascii", "replace")).items()
    }
    headers = dict(scope["headers"])
    cursor = headers.get(b"last-event-id", b"").decode("ascii", "replace") or query.get("after", "")
    if cursor and not (cursor.removeprefix("-").isdecimal() and cursor.isascii() and len(cursor) < 19):
        raise Invalid("invalid", {"after": "invalid"})
    return (max(-1, int(cursor)) if cursor else None), Filters.of(query)


async def _send_all(hub: Hub, after: int | None, filters: Filters, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": STREAM_HEADERS})
    await send({"type": "http.response.body", "body": b"retry: 500\n\n", "more_body": True})
    sent = 0
    with contextlib.suppress(TooSlow):
        async for data in hub.listen(after, filters):
            sent += len(data)
            try:
                message = {"type": "http.response.body", "body": data, "more_body": True}
                await asyncio.wait_for(send(message), SEND_SECONDS)
            except TimeoutError:
                DROPPED.inc()
                break
            if sent >= MOST_BYTES:
                break
    await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _wait_for_leaving(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _say(send: Send, status: int, content: Mapping[str, object], *more: tuple[bytes, bytes]) -> None:
    headers = [(b"content-type", b"application/json"), (b"cache-control", b"no-store"), *more]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": json.dumps(content).encode()})


application = Stream()
