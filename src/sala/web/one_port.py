"""Everything behind one port, for one machine: streams in the loop itself, pages in threads beside it."""

import os

from django.conf import settings

from sala.web.bridge import Pages, Receive, Scope, Send
from sala.web.page_cache import SERVED, KeptPage, key_of
from sala.web.stream import application as stream
from sala.web.wsgi import application as pages
from sala.web.wsgi import kept_pages

_threads = int(os.environ.get("SALA_THREADS", "8"))
_pages = Pages(pages, threads=_threads, longest_body=settings.LARGEST_BODY_BYTES)


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """`/live` and the server's own life go to the stream, everything else to the pages."""
    if scope["type"] == "lifespan" or scope.get("path") == "/live":
        await stream(scope, receive, send)
    elif page := _kept_page(scope):
        SERVED.inc()
        await _send_kept(page, send)
    else:
        await _pages(scope, receive, send)


def _kept_page(scope: Scope) -> KeptPage | None:
    """A fresh public page for this request: answered in the loop, without a thread."""
    told = {b"host": "", b"cookie": ""}
    for name, value in scope["headers"]:
        if name in told:
            told[name] += value.decode("latin-1")  # newer HTTP may tell cookies in several headers
    key = key_of(
        {
            "REQUEST_METHOD": scope["method"],
            "HTTP_HOST": told[b"host"],
            "HTTP_COOKIE": told[b"cookie"],
            "PATH_INFO": scope["path"].encode().decode("latin-1"),
            "QUERY_STRING": scope["query_string"].decode("latin-1"),
        }
    )
    return kept_pages.find(key) if key else None


async def _send_kept(page: KeptPage, send: Send) -> None:
    headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in page.headers]
    status = int(page.status.split(" ", 1)[0])
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": page.body, "more_body": False})
