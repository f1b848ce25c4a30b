"""Everything behind one port, for one machine: streams and signatures in the loop itself, pages in threads beside."""

import os

from django.conf import settings

from sala.serving.bridge import Pages, Receive, Scope, Send, environ_of
from sala.serving.page_cache import Answer
from sala.serving.signing import Signing
from sala.serving.stream import application as stream
from sala.serving.wsgi import application as pages
from sala.serving.wsgi import kept_pages

_threads = int(os.environ.get("SALA_THREADS", "8"))
_pages = Pages(pages, threads=_threads, longest_body=settings.LARGEST_BODY_BYTES)
_signing = Signing(_pages)


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """`/live` and the server's own life go to the stream, signatures to their lean door, all else to the pages."""
    if scope["type"] == "lifespan" or scope.get("path") == "/live":
        await stream(scope, receive, send)
    elif settings.LEAN_SIGNING and _signing.is_for(scope):
        await _signing(scope, receive, send)
    elif answer := _kept_answer(scope):
        await _send_kept(answer, send, has_body=scope["method"] != "HEAD")
    else:
        await _pages(scope, receive, send)


def _kept_answer(scope: Scope) -> Answer | None:
    """A fresh public page for this request: answered in the loop, without a thread."""
    if scope["method"] not in ("GET", "HEAD"):
        return None
    return kept_pages.answer(environ_of(scope))


async def _send_kept(answer: Answer, send: Send, *, has_body: bool) -> None:
    line, named, body = answer
    headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in named]
    await send({"type": "http.response.start", "status": int(line[:3]), "headers": headers})
    await send({"type": "http.response.body", "body": body if has_body else b"", "more_body": False})
