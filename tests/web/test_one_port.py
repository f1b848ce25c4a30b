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

    monkeypatch.setattr(one_port._pages, "application", echo)
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


def test_a_kept_public_page_is_answered_in_the_loop_and_never_to_someone_known(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    key = "sala.example /complaints/\u0e04?".encode().decode("latin-1")
    one_port.kept_pages.keep(key, "200 OK", [("Cache-Control", "public, max-age=60")], b"kept")
    monkeypatch.setattr(one_port._pages, "application", None)  # a thread would fail

    def found(*cookies: bytes) -> bytes | None:
        scope = {
            "method": "GET",
            "path": "/complaints/\u0e04",
            "query_string": b"",
            "headers": [(b"host", b"sala.example"), *((b"cookie", cookie) for cookie in cookies)],
        }
        page = one_port._kept_page(scope)
        return page and page.body

    assert found() == b"kept"
    assert found(b"django_language=en") == b"kept"
    assert found(b"sala_session=x", b"django_language=en") is None
