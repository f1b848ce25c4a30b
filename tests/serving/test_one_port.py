"""Behind one port a form's body reaches the pages, whatever kind of awaitable the server hands out."""

import asyncio
import gzip
from collections.abc import Awaitable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from sala.serving import one_port
from sala.serving.representations import Representation


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
    kept = [("Content-Type", "text/html"), ("Cache-Control", "public, max-age=60")]
    path = "/complaints/\u0e04"
    asked = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path.encode().decode("latin-1"),
        "HTTP_HOST": "sala.example",
    }
    told = Representation(kept, b"kept" * 500)
    one_port.kept_pages.keep({**asked, "wsgi.url_scheme": "http"}, told, kept)
    monkeypatch.setattr(one_port._pages, "application", None)  # a thread would fail

    def found(*more: tuple[bytes, bytes], method: str = "GET") -> tuple[str, bytes] | None:
        headers = [(b"host", b"sala.example"), *more]
        scope = {"method": method, "path": path, "query_string": b"", "headers": headers}
        answer = one_port._kept_answer(scope)
        return answer and (answer[0], answer[2])

    whole = ("200 OK", b"kept" * 500)
    assert found() == whole
    assert found((b"cookie", b"django_language=en")) == whole
    assert found((b"cookie", b"sala_session=x"), (b"cookie", b"django_language=en")) is None
    assert found(method="POST") is None
    packed = found((b"accept-encoding", b"gzip, br"))
    assert packed is not None
    assert gzip.decompress(packed[1]) == whole[1]
    assert found((b"if-none-match", told.tag.encode())) == ("304 Not Modified", b"")
    assert found((b"range", b"bytes=0-3")) == ("206 Partial Content", b"kept")
