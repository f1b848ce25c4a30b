"""Pages in threads behind an asynchronous server: the whole body goes to a thread, the whole answer comes back."""

import asyncio
import io
import sys
import tempfile
from collections.abc import Awaitable, Callable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import Any, BinaryIO, cast

from sala.core.digits import find_whole_number
from sala.serving.page_cache import Application, Environ, Headers

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

# A larger body waits in a file, and an answer larger than this is sent in parts as it is made.
KEPT_IN_MEMORY = 1_000_000
SENT_AT_ONCE = 256 * 1024
# What the server may be told of a request besides its own headers; see PEP 3333.
_ALWAYS: Environ = {
    "SCRIPT_NAME": "",
    "wsgi.version": (1, 0),
    "wsgi.errors": sys.stderr,
    "wsgi.multithread": True,
    "wsgi.multiprocess": True,
    "wsgi.run_once": False,
}


class Pages:
    """An ASGI application made of a WSGI one: each request holds one of `threads` threads only while it is worked on.

    Neither a slow sender nor a slow reader holds a thread. Bodies longer than `longest_body` bytes are not read: the
    application is given none of it, and answers by the length that was announced.
    """

    def __init__(self, application: Application, *, threads: int, longest_body: int) -> None:
        self.application = application
        self.longest_body = longest_body
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="pages")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        environ = environ_of(scope)
        with await self._read(environ.get("CONTENT_LENGTH", ""), receive) as body:
            environ["wsgi.input"] = body
            loop = asyncio.get_running_loop()
            answer = _Answer(loop, send)
            rest = await loop.run_in_executor(self._threads, answer.make, self.application, environ)
        if not answer.is_begun:
            await send(answer.start)
        await send({"type": "http.response.body", "body": rest, "more_body": False})

    async def _read(self, length: str, receive: Receive) -> BinaryIO:
        """As much of the body as was announced. Raises ConnectionError if the sender left before its end."""
        # None as well for a length of thousands of digits, which no number may be made of.
        wanted = find_whole_number(length, least=0, most=self.longest_body)
        if not wanted:
            return io.BytesIO()
        message = await _next_part(receive)
        if not message.get("more_body", False):
            return io.BytesIO(message.get("body", b""))
        file: Any = tempfile.SpooledTemporaryFile(KEPT_IN_MEMORY)  # noqa: SIM115  # whoever asked closes it
        try:
            size = file.write(message.get("body", b""))
            while message.get("more_body", False) and size < wanted:
                message = await _next_part(receive)
                size += file.write(message.get("body", b""))
        except BaseException:
            file.close()
            raise
        file.seek(0)
        return cast(BinaryIO, file)


async def _next_part(receive: Receive) -> Message:
    message = await receive()
    if message["type"] == "http.disconnect":
        raise ConnectionError("the sender left before the end of the body")
    return message


class _Answer:
    """One answer while a thread makes it."""

    def __init__(self, loop: asyncio.AbstractEventLoop, send: Send) -> None:
        self.start: Message = {}
        self.is_begun = False
        self._loop = loop
        self._send = send

    def make(self, application: Application, environ: Environ) -> bytes:
        """Run the application in this thread; what is left to send. Parts of a long answer have been sent by then."""
        parts, size = [], 0
        chunks = application(environ, self._start)
        try:
            for chunk in chunks:
                parts.append(chunk)
                size += len(chunk)
                if size > SENT_AT_ONCE:
                    asyncio.run_coroutine_threadsafe(self._send_part(b"".join(parts)), self._loop).result()
                    parts, size = [], 0
        finally:
            close = getattr(chunks, "close", None)
            if close:
                close()
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def _start(self, status: str, headers: Headers, *_: Any) -> None:
        self.start = {
            "type": "http.response.start",
            "status": int(status[:3]),
            "headers": [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers],
        }

    async def _send_part(self, part: bytes) -> None:
        if not self.is_begun:
            self.is_begun = True
            await self._send(self.start)
        await self._send({"type": "http.response.body", "body": part, "more_body": True})


def environ_of(scope: Scope) -> Environ:
    """The WSGI environment of a request, without its body (PEP 3333; text is bytes read as Latin-1)."""
    host, port = scope.get("server") or ("localhost", 80)
    environ = {
        **_ALWAYS,
        "REQUEST_METHOD": scope["method"],
        "PATH_INFO": scope["path"].encode().decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope.get('http_version', '1.1')}",
        "SERVER_NAME": host,
        "SERVER_PORT": str(port or 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
    }
    if client := scope.get("client"):
        environ["REMOTE_ADDR"], environ["REMOTE_PORT"] = client[0], str(client[1])
    for raw, value in scope["headers"]:
        # A name with "_" would pass for the same name with "-", which our proxies may have set.
        if b"_" not in raw:
            name = _name_of(raw)
            text = value.decode("latin-1")
            environ[name] = environ[name] + _BETWEEN.get(name, ",") + text if name in environ else text
    return environ


_BETWEEN = {"HTTP_COOKIE": "; "}


@lru_cache(maxsize=512)  # programs nearly always send the same ones
def _name_of(raw: bytes) -> str:
    name = raw.decode("latin-1").upper().replace("-", "_")
    return name if name in {"CONTENT_LENGTH", "CONTENT_TYPE"} else f"HTTP_{name}"
