"""Public pages come from memory for the seconds they allow; whatever is somebody's own never does."""

from typing import Any

import pytest

from sala.web.page_cache import PageCache, cached, key_of, public_seconds

PUBLIC = [("Content-Type", "text/html"), ("Cache-Control", "public, max-age=10")]


def environ(**more: str) -> dict[str, Any]:
    return {"REQUEST_METHOD": "GET", "PATH_INFO": "/", "QUERY_STRING": "", "HTTP_HOST": "a.example", **more}


class Site:
    """An application that counts how often it was asked."""

    def __init__(self, headers: list[tuple[str, str]] = PUBLIC, status: str = "200 OK") -> None:
        self.asked = 0
        self.headers = headers
        self.status = status

    def __call__(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        self.asked += 1
        start_response(self.status, self.headers)
        return [b"page ", str(self.asked).encode()]


def ask(application: Any, **more: str) -> tuple[str, bytes]:
    seen: list[str] = []
    body = b"".join(application(environ(**more), lambda status, headers, *rest: seen.append(status)))
    return seen[0], body


def test_a_public_page_is_asked_for_once_until_its_seconds_are_over() -> None:
    now = [0.0]
    site = Site()
    pages = cached(site, PageCache(clock=lambda: now[0]))
    assert [ask(pages)[1], ask(pages)[1]] == [b"page 1", b"page 1"]
    now[0] = 10.1
    assert ask(pages)[1] == b"page 2"


def test_addresses_questions_and_hosts_are_told_apart() -> None:
    site = Site()
    pages = cached(site)
    for more in ({}, {"PATH_INFO": "/en/"}, {"QUERY_STRING": "q=1"}, {"HTTP_HOST": "b.example"}):
        ask(pages, **more)
    assert site.asked == 4


@pytest.mark.req("TRU-2")
@pytest.mark.parametrize(
    "more",
    [
        {"HTTP_COOKIE": "sala_session=x"},
        {"HTTP_COOKIE": "a=b; csrftoken=y"},
        {"REQUEST_METHOD": "POST"},
    ],
)
def test_whoever_may_see_something_of_their_own_is_never_sent_a_kept_page(more: dict[str, str]) -> None:
    assert key_of(environ(**more)) is None
    site = Site()
    pages = cached(site)
    ask(pages)
    assert ask(pages, **more)[1] == b"page 2"


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        ("404 Not Found", PUBLIC),
        ("200 OK", [("Cache-Control", "private, max-age=10")]),
        ("200 OK", [("Cache-Control", "public")]),
        ("200 OK", [*PUBLIC, ("Set-Cookie", "a=b")]),
        ("200 OK", []),
    ],
)
def test_what_may_not_be_kept_is_not(status: str, headers: list[tuple[str, str]]) -> None:
    assert public_seconds(status, headers) == 0
    site = Site(headers, status)
    pages = cached(site)
    ask(pages)
    ask(pages)
    assert site.asked == 2


def test_memory_has_a_limit_and_the_oldest_page_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sala.web.page_cache.MOST_BYTES", 10)
    cache = PageCache()
    for key in ("one", "two", "three"):
        cache.keep(key, "200 OK", PUBLIC, b"123456")
    assert cache.find("one") is None
    assert cache.find("three") is not None
