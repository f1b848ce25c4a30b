"""Pages in threads: bodies of any length arrive whole, answers too, and nobody slow holds a thread."""

import asyncio
import hashlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from sala.serving.bridge import KEPT_IN_MEMORY, SENT_AT_ONCE, Pages, environ_of

SCOPE: dict[str, Any] = {
    "type": "http",
    "method": "POST",
    "path": "/คำร้อง",
    "query_string": b"q=1",
    "headers": [],
    "server": ("127.0.0.1", 80),
    "client": ("127.0.0.1", 1),
    "scheme": "http",
    "http_version": "1.1",
}


def ask(
    application: Any, parts: list[bytes], *, announced: int | None = None, longest: int = 10**8
) -> list[dict[str, Any]]:
    """What is sent for one request whose body comes in these parts; then the sender leaves."""
    sent: list[dict[str, Any]] = []
    length = sum(map(len, parts)) if announced is None else announced
    messages: list[dict[str, Any]] = [
        {"type": "http.request", "body": part, "more_body": n < len(parts) or announced is not None}
        for n, part in enumerate(parts, 1)
    ]

    async def receive() -> dict[str, Any]:
        return messages.pop(0) if messages else {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(dict(message))

    async def once() -> None:
        scope = {**SCOPE, "headers": [(b"content-length", str(length).encode())]}
        await Pages(application, threads=1, longest_body=longest)(scope, receive, send)

    # In a thread of its own: the browser tests may have left a loop running in this one.
    with ThreadPoolExecutor(1) as threads:
        threads.submit(asyncio.run, once()).result()
    return sent


def digest(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    start_response("201 Created", [("X-Path", environ["PATH_INFO"])])
    return [hashlib.sha256(environ["wsgi.input"].read()).hexdigest().encode()]


@pytest.mark.parametrize("parts", [[b""], [b"a"], [b"a" * 70_000] * 40, [b"x" * (KEPT_IN_MEMORY + 1), b"y"]])
def test_a_body_arrives_whole_however_it_comes(parts: list[bytes]) -> None:
    start, body = ask(digest, parts)
    assert start["status"] == 201
    assert dict(start["headers"])[b"x-path"].decode() == SCOPE["path"]
    assert body["body"].decode() == hashlib.sha256(b"".join(parts)).hexdigest()
    assert not body["more_body"]


def test_a_body_beyond_what_any_form_sends_is_not_read_at_all() -> None:
    assert ask(digest, [b"abc"], longest=2)[1]["body"].decode() == hashlib.sha256(b"").hexdigest()


def test_a_sender_who_leaves_in_the_middle_reaches_no_page() -> None:
    with pytest.raises(ConnectionError):
        ask(digest, [b"half"], announced=100)


def test_a_long_answer_leaves_in_parts_as_it_is_made_and_is_closed() -> None:
    closed = []

    class Rows:
        def __iter__(self) -> Iterator[bytes]:
            return iter([b"r" * SENT_AT_ONCE] * 3 + [b"end"])

        def close(self) -> None:
            closed.append(True)

    def export(_environ: dict[str, Any], start_response: Any) -> Rows:
        start_response("200 OK", [])
        return Rows()

    start, *parts = ask(export, [b"x"])
    assert start["type"] == "http.response.start"
    assert len(parts) > 1
    assert b"".join(part["body"] for part in parts) == b"r" * SENT_AT_ONCE * 3 + b"end"
    assert [part["more_body"] for part in parts] == [True] * (len(parts) - 1) + [False]
    assert closed == [True]


def test_headers_reach_the_page_as_the_standard_names_them() -> None:
    told = [(b"cookie", b"a=1"), (b"cookie", b"b=2"), (b"x-forwarded-for", b"1"), (b"x-forwarded-for", b"2")]
    environ = environ_of({**SCOPE, "headers": [*told, (b"content-type", b"text/plain")]})
    assert environ["HTTP_COOKIE"] == "a=1; b=2"
    assert environ["HTTP_X_FORWARDED_FOR"] == "1,2"
    assert environ["CONTENT_TYPE"] == "text/plain"
    assert environ["REMOTE_ADDR"] == "127.0.0.1"


def test_a_header_that_passes_for_one_of_our_proxies_is_left_out() -> None:
    assert "HTTP_X_FORWARDED_FOR" not in environ_of({**SCOPE, "headers": [(b"x_forwarded_for", b"1.2.3.4")]})
