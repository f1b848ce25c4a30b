"""Everything behind one port, for one machine: streams in the loop itself, pages in threads beside it."""

import os
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from a2wsgi import WSGIMiddleware

from sala.web.stream import application as stream
from sala.web.wsgi import application as pages

Scope = MutableMapping[str, Any]

_threads = int(os.environ.get("SALA_THREADS", "8"))
_pages = WSGIMiddleware(pages, workers=_threads)  # type: ignore[arg-type]  # WSGI is plain callables; it has names


async def application(
    scope: Scope,
    receive: Callable[[], Awaitable[MutableMapping[str, Any]]],
    send: Callable[[MutableMapping[str, Any]], Awaitable[None]],
) -> None:
    """`/live` and the server's own life go to the stream, everything else to the pages."""
    if scope["type"] == "lifespan" or scope.get("path") == "/live":
        await stream(scope, receive, send)
    else:

        async def receive_later() -> MutableMapping[str, Any]:
            # The bridge to threads takes a coroutine only; the server gives something that can be awaited.
            return await receive()

        await _pages(scope, receive_later, send)  # type: ignore[arg-type]  # the library's own names for the same shapes
