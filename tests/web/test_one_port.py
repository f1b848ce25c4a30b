"""Behind one port a form's body reaches the pages, whatever kind of awaitable the server hands out."""

import asyncio
from collections.abc import Awaitable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from sala.web import one_port


def test_a_body_is_read_from_a_server_that_gives_plain_awaitables(monkeypatch: pytest.MonkeyPatch) -> None:
    def echo(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        start_response("200 OK", [])
        return [environ["wsgi.input"].read()]

    monkeypatch.setattr(one_port._pages, "app", echo)
    sent: list[dict[str, Any]] = []

    async def one_request() -> None:
        loop = asyncio.get_running_loop()

        def receive() -> Awaitable[Any]:
            future = loop.create_future()
            future.set_result({"type": "http.request", "body": b"name=value", "more_body": False})
            return future

        async def send(message: Any) -> None:
            sent.append(dict(message))

        scope = {
            "type": "http",
            "method": "POST",
            "path": "/form",
            "query_string": b"",
            "headers": [(b"content-length", b"10")],
            "server": ("127.0.0.1", 80),
            "client": ("127.0.0.1", 1),
            "scheme": "http",
            "http_version": "1.1",
        }
        await one_port.application(scope, receive, send)

    # In a thread of its own: the browser tests may have left a loop running in this one.
    with ThreadPoolExecutor(1) as threads:
        threads.submit(asyncio.run, one_request()).result()
    assert b"".join(message.get("body", b"") for message in sent) == b"name=value"
