"""Keeps public pages for the seconds they say they may be kept, in front of everything else in this process."""

import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from threading import Lock
from typing import Any

from prometheus_client import Counter

Headers = list[tuple[str, str]]
Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

MOST_BYTES = 64_000_000
LARGEST_PAGE = 1_000_000
SERVED = Counter("sala_kept_pages", "Requests answered with a page kept in memory; they reach nothing else")
# A visitor with one of these may see something of their own.
PERSONAL_COOKIES = ("sala_session", "csrftoken")


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page as it was sent; `until` is on this process's own clock."""

    status: str
    headers: Headers
    body: bytes
    until: float


class PageCache:
    """Least recently used pages by address, at most 64 MB; safe for many threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._pages: OrderedDict[str, KeptPage] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()
        self._clock = clock

    def find(self, key: str) -> KeptPage | None:
        """A page that is still fresh, or None."""
        page = self._pages.get(key)
        return page if page and page.until > self._clock() else None

    def keep(self, key: str, status: str, headers: Headers, body: bytes) -> None:
        """Keep a page if its headers allow it."""
        seconds = public_seconds(status, headers)
        if not seconds or len(body) > LARGEST_PAGE:
            return
        with self._lock:
            old = self._pages.pop(key, None)
            self._bytes += len(body) - (len(old.body) if old else 0)
            self._pages[key] = KeptPage(status, headers, body, self._clock() + seconds)
            while self._bytes > MOST_BYTES:
                _, dropped = self._pages.popitem(last=False)
                self._bytes -= len(dropped.body)


def public_seconds(status: str, headers: Headers) -> int:
    """For how many seconds anyone may be sent this page again: 0 unless it is whole, public and sets no cookie."""
    if not status.startswith("200"):
        return 0
    names = {name.lower(): value for name, value in headers}
    rules = [rule.strip() for rule in names.get("cache-control", "").split(",")]
    if "set-cookie" in names or "public" not in rules:
        return 0
    ages = [rule.removeprefix("max-age=") for rule in rules if rule.startswith("max-age=")]
    return int(ages[0]) if ages and ages[0].isdigit() else 0


def key_of(environ: Environ) -> str | None:
    """The address a kept page is found by; None for requests that must reach the site itself."""
    if environ["REQUEST_METHOD"] != "GET":
        return None
    cookies = environ.get("HTTP_COOKIE", "")
    if cookies and any(name in cookies for name in PERSONAL_COOKIES):
        return None
    return f"{environ.get('HTTP_HOST', '')} {environ['PATH_INFO']}?{environ.get('QUERY_STRING', '')}"


def cached(application: Application, cache: PageCache | None = None) -> Application:
    """`application` with its public pages kept in this process."""
    pages = cache or PageCache()

    def serve(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        key = key_of(environ)
        if key is None:
            return application(environ, start_response)
        if page := pages.find(key):
            SERVED.inc()
            start_response(page.status, page.headers)
            return [page.body]
        return _through(application, environ, start_response, lambda *page: pages.keep(key, *page))

    return serve


def _through(
    application: Application,
    environ: Environ,
    start_response: StartResponse,
    keep: Callable[[str, Headers, bytes], None],
) -> Iterable[bytes]:
    begun: list[tuple[str, Headers]] = []

    def start(status: str, headers: Headers, *rest: Any) -> Any:
        begun.append((status, list(headers)))
        return start_response(status, headers, *rest)

    answer = application(environ, start)
    if not begun or not public_seconds(*begun[0]):
        return answer
    try:
        body = b"".join(answer)
    finally:
        close = getattr(answer, "close", None)
        if close:
            close()
    keep(*begun[0], body)
    return [body]
