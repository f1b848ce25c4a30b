"""Public pages come from memory for the seconds they allow; whatever is somebody's own never does."""

from typing import Any

import pytest

from sala.serving import page_cache
from sala.serving.page_cache import PageCache, address_of, cached, public_seconds
from sala.serving.representations import Representation

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
        {"HTTP_COOKIE": "a=b; sala_session=x"},
        {"HTTP_COOKIE": "a=b,sala_session=x"},
        {"REQUEST_METHOD": "POST"},
    ],
)
def test_whoever_may_see_something_of_their_own_is_never_sent_a_kept_page(more: dict[str, str]) -> None:
    assert address_of(environ(**more)) is None
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
    monkeypatch.setattr(page_cache, "MOST_BYTES", 30)
    cache = PageCache()
    for path in ("/one", "/two", "/three"):
        cache.keep(environ(PATH_INFO=path), Representation(PUBLIC, b"123456"), PUBLIC)
    assert cache.answer(environ(PATH_INFO="/one")) is None
    assert cache.answer(environ(PATH_INFO="/three")) is not None


class Translated:
    """An application whose answer depends on a header, and says so."""

    asked = 0

    def __call__(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        self.asked += 1
        start_response("200 OK", [*PUBLIC, ("Vary", "Accept-Language, Cookie")])
        return [environ.get("HTTP_ACCEPT_LANGUAGE", "th").encode()]


def test_one_reader_is_never_sent_what_another_asked_for_in_other_words() -> None:
    site = Translated()
    pages = cached(site)
    for _ in range(3):
        for language in ("en", "th"):
            assert ask(pages, HTTP_ACCEPT_LANGUAGE=language)[1] == language.encode()
    assert site.asked < 6, "each is kept, too"


def test_an_answer_that_may_depend_on_anything_is_not_kept() -> None:
    site = Site([*PUBLIC, ("Vary", "*")])
    pages = cached(site)
    ask(pages)
    assert ask(pages)[1] == b"page 2"


def test_a_form_filled_in_before_does_not_take_the_kept_pages_away() -> None:
    pages = cached(Site())
    ask(pages)
    assert ask(pages, HTTP_COOKIE="csrftoken=y; analytics=z")[1] == b"page 1"


def test_a_kept_page_says_its_age_and_head_gets_the_same_without_content() -> None:
    now, seen = [0.0], []
    pages = cached(Site(), PageCache(clock=lambda: now[0]))
    ask(pages)
    now[0] = 7.5
    body = pages(environ(REQUEST_METHOD="HEAD"), lambda status, headers: seen.append((status, dict(headers))))
    assert list(body) == [b""]
    [(status, headers)] = seen
    assert (status, headers["Age"], headers["Content-Length"]) == ("200 OK", "7", "6")


def test_a_table_longer_than_any_page_is_sent_as_it_is_made_and_not_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(page_cache, "LARGEST_PAGE", 10)
    made, closed = [], []

    class Rows:
        def __iter__(self) -> Any:
            for number in range(5):
                made.append(number)
                yield b"1234"

        def close(self) -> None:
            closed.append(True)

    def site(environ: dict[str, Any], start_response: Any) -> Any:
        start_response("200 OK", PUBLIC)
        return Rows()

    answer = cached(site)(environ(), lambda *_: None)
    assert len(made) == 3, "no more than it takes to see that it is long"
    assert b"".join(answer) == b"1234" * 5
    answer.close()  # type: ignore[attr-defined]  # the server does
    assert closed == [True]


def test_what_is_somebodys_own_is_neither_packed_nor_tagged() -> None:
    own = [("Content-Type", "text/html"), ("Cache-Control", "private, no-cache"), ("Content-Length", "6")]
    seen: list[Any] = []
    list(
        cached(Site(own))(environ(HTTP_ACCEPT_ENCODING="gzip"), lambda status, headers: seen.extend(headers))
    )
    assert seen == own
