"""Keeps public pages for the seconds they say they may be kept, in front of everything else in this process."""

import re
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from threading import Lock
from typing import Any

from prometheus_client import Counter

from sala.serving.representations import Headers, Representation

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]
Answer = tuple[str, Headers, bytes]

MOST_BYTES = 64_000_000
LARGEST_PAGE = 1_000_000
# Longer ones are packed in the thread that made them, so that the loop which sends kept pages never waits for it.
PACKED_HERE = 50_000
SERVED = Counter("sala_kept_pages", "Requests answered with a page kept in memory; they reach nothing else")
# A visitor with this one may see something of their own. The other cookie of ours, of forms, only comes with pages
# that set it, and those are never kept.
PERSONAL_COOKIE = re.compile(r"(?:^|[;,\s])sala_session=")
# Told apart by other means: packed or not is decided when a page is sent, and whoever has a cookie of
# their own is never sent a kept page.
NOT_IN_KEYS = frozenset({"accept-encoding", "cookie"})
_MAX_AGE = re.compile(r"max-age=([0-9]{1,9})")


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page as it was made, from when until when it may be sent, on this process's own clock."""

    shown: Representation
    since: float
    until: float


class PageCache:
    """Least recently kept pages by address and by what they vary on, at most 64 MB; safe for many threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._pages: OrderedDict[tuple[str, ...], KeptPage] = OrderedDict()
        # Which request headers the answer at an address depends on; learnt from the answer itself. An address
        # that is in here has pages; both go together.
        self._varied: dict[str, tuple[str, ...]] = {}
        self._bytes = 0
        self._lock = Lock()
        self._clock = clock

    def answer(self, environ: Environ) -> Answer | None:
        """What to send for this request from memory, or None."""
        address = address_of(environ)
        if address is None or (varied := self._varied.get(address)) is None:
            return None
        page = self._pages.get(_key(address, varied, environ))
        now = self._clock()
        if page is None or page.until <= now:
            return None
        SERVED.inc()
        return page.shown.answer(environ, age=int(now - page.since))

    def keep(self, environ: Environ, shown: Representation, headers: Headers) -> None:
        """Keep what was answered to a request, if its headers allow it."""
        seconds, varied = public_seconds("200", headers), varied_on(headers)
        address = address_of(environ)
        if address is None or varied is None or not seconds or len(shown.body) > LARGEST_PAGE:
            return
        now = self._clock()
        key = _key(address, varied, environ)
        with self._lock:
            self._drop(key)
            if self._varied.get(address) != varied:
                self._varied[address] = varied
            self._pages[key] = KeptPage(shown, now, now + seconds)
            self._bytes += _size(shown)
            while self._bytes > MOST_BYTES:
                self._drop(next(iter(self._pages)))

    def _drop(self, key: tuple[str, ...]) -> None:
        page = self._pages.pop(key, None)
        if page is not None:
            self._bytes -= _size(page.shown)
        # Where an address has several pages, the others are learnt anew: they are few, and live for seconds.
        self._varied.pop(key[0], None)


def _size(shown: Representation) -> int:
    """What a page may take: the packed copy, made later if at all, is never longer than the page."""
    return 2 * len(shown.body)


def _key(address: str, varied: tuple[str, ...], environ: Mapping[str, str]) -> tuple[str, ...]:
    return (address, *(environ.get(name, "") for name in varied))


def varied_on(headers: Headers) -> tuple[str, ...] | None:
    """The request headers that decide about this answer, as WSGI names them; None: nobody can tell ("*")."""
    named = {
        part.strip().lower() for name, value in headers if name.lower() == "vary" for part in value.split(",")
    }
    if "*" in named:
        return None
    return tuple(f"HTTP_{name.upper().replace('-', '_')}" for name in sorted(named - NOT_IN_KEYS - {""}))


def public_seconds(status: str, headers: Headers) -> int:
    """For how many seconds anyone may be sent this page again: 0 unless it is whole, public and sets no cookie."""
    if not is_for_all(status, headers):
        return 0
    named = {name.lower(): value for name, value in headers}
    found = [_MAX_AGE.fullmatch(rule.strip().lower()) for rule in named["cache-control"].split(",")]
    return next((int(age[1]) for age in found if age), 0)


def is_for_all(status: str, headers: Headers) -> bool:
    """Whether an answer is whole and the same for everybody who asks."""
    named = {name.lower(): value for name, value in headers}
    rules = {rule.strip().lower() for rule in named.get("cache-control", "").split(",")}
    return (
        status.startswith("200")
        and "set-cookie" not in named
        and "public" in rules
        and "no-store" not in rules
    )


def address_of(environ: Environ) -> str | None:
    """The address a kept page is found by; None for requests that must reach the site itself."""
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
        return None
    cookies = environ.get("HTTP_COOKIE", "")
    if cookies and PERSONAL_COOKIE.search(cookies):
        return None
    scheme, host = environ.get("wsgi.url_scheme", ""), environ.get("HTTP_HOST", "")
    return f"{scheme} {host} {environ['PATH_INFO']}?{environ.get('QUERY_STRING', '')}"


def cached(application: Application, cache: PageCache | None = None) -> Application:
    """`application` with its public pages kept in this process, packed, told again and told in part."""
    pages = cache or PageCache()

    def serve(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        answer = pages.answer(environ)
        if answer is None:
            return _through(application, environ, start_response, pages)
        status, headers, body = answer
        start_response(status, headers)
        return [b"" if environ["REQUEST_METHOD"] == "HEAD" else body]

    return serve


def _through(
    application: Application, environ: Environ, start_response: StartResponse, pages: PageCache
) -> Iterable[bytes]:
    """Ask the site. Its answer waits until its first words show whether it is one for everybody."""
    begun: list[tuple[Any, ...]] = []

    def start(*given: Any) -> Any:
        begun[:] = [given]
        return _too_early

    chunks = application(environ, start)
    status, headers = begun[0][0], list(begun[0][1])
    if environ["REQUEST_METHOD"] != "GET" or not is_for_all(status, headers):
        start_response(*begun[0])
        return chunks
    body, rest = _whole(chunks)
    if rest is not None:
        start_response(*begun[0])
        return rest
    shown = Representation(headers, body)
    if len(body) > PACKED_HERE:
        _ = shown.packed
    pages.keep(environ, shown, headers)
    status, headers, body = shown.answer(environ)
    start_response(status, headers)
    return [body]


def _whole(chunks: Iterable[bytes]) -> tuple[bytes, Iterable[bytes] | None]:
    """An answer as one piece; one that is longer than any page is given back to be sent as it is made."""
    pieces: list[bytes] = []
    size, coming = 0, iter(chunks)
    close = getattr(chunks, "close", lambda: None)
    try:
        for piece in coming:
            pieces.append(piece)
            size += len(piece)
            if size > LARGEST_PAGE:
                return b"", _Rest([*pieces], coming, close)
    except BaseException:
        close()
        raise
    close()
    return b"".join(pieces), None


@dataclass(slots=True)
class _Rest:
    """What was read of a long answer, and then what is still to come; whoever sends it closes it."""

    begun: list[bytes]
    coming: Iterator[bytes]
    close: Callable[[], None]

    def __iter__(self) -> Iterator[bytes]:
        return chain(self.begun, self.coming)


def _too_early(_: bytes) -> None:
    raise NotImplementedError("answers are what an application returns; PEP 3333 keeps write() for old ones")
