"""The lean door: signatures of a whole nation at one address, many in one commit, each answered after it.

Beside the pages in the same process, without their cost: no thread, no framework's stack, a few statements for
hundreds of people. Whatever is not plainly a signature that can be taken goes on to the ordinary door at the same
address, which refuses in full sentences: the rules are the same ones (docs/adr/0012-a-lean-door-for-signing.md).
"""

import asyncio
import contextlib
import io
import logging
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import psycopg
from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.db import connection as of_thread
from django.http import HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.utils.encoding import iri_to_uri
from prometheus_client import Counter, Histogram

from sala.commons.identity import queries as identity
from sala.commons.participation import actions, queries
from sala.commons.places import queries as places
from sala.core import clock
from sala.core.digits import find_whole_number
from sala.core.errors import Conflict, SalaError, TooMany
from sala.core.rates import Key, network_of
from sala.platform import limits, sessions
from sala.platform.connections import connection_parameters
from sala.serving.bridge import Message, Receive, Scope, Send, environ_of

log = logging.getLogger(__name__)

PATH = re.compile(r"(/en)?/sign/([A-Z0-9-]{5,20})/([a-z0-9_-]{1,20})/")
# A form of ours has some hundred bytes.
LONGEST_BODY = 8_000
# While a commit is under way the next ones gather by themselves; this is for the first of a burst.
GATHER_SECONDS = 0.002
MOST_TOGETHER = 1000
# Beyond this many that wait, whoever comes goes by the ordinary door, and waits in its line.
MOST_WAITING = 5000
TERMS_SECONDS = 1.0
# A database that does not answer within this time is away: people are told to try again.
LONGEST_SECONDS = 15.0
# A database that was restarted is waited for this long; people would else be told to try again for nothing.
RECONNECT_SECONDS = 5.0

SIGNED = Counter("sala_lean_signatures", "Signatures taken by the lean door")
PASSED_ON = Counter("sala_lean_passed_on", "Posts for signing that the ordinary door answered instead")
TOGETHER = Histogram(
    "sala_lean_together", "Signatures committed together", buckets=(1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
)


class Application(Protocol):
    """An ASGI application."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None: ...


class PassOn(Exception):
    """The ordinary door shall answer this one."""


class Away(Exception):
    """The database did not say whether it committed; to sign again is safe."""


class _Csrf(CsrfViewMiddleware):
    """The framework's own check, which says why instead of drawing a page."""

    def _reject(self, request: Any, reason: str) -> HttpResponse:
        raise PassOn(reason)


_csrf = _Csrf(lambda _: HttpResponse())


def _door(request: Any) -> HttpResponse:
    """Stands for the view in the check against forged requests, which looks whether a view is exempt."""
    return HttpResponse()


@dataclass(frozen=True, slots=True)
class Asked:
    """A post that may become a signature: by whose session, where to, from which area, where to go on."""

    session_key: str
    reference: str
    purpose: str
    area: str
    address: str
    following: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody who waits for a commit: what they asked, on which terms, and how they hear of it."""

    asked: Asked
    terms: queries.Terms
    answered: "asyncio.Future[SalaError | None]"


class Signing:
    """The door: an application for posts to `PATH`, of one process and one loop. `pages` is the ordinary door."""

    def __init__(self, pages: Application) -> None:
        self._pages = pages
        self._waiting: list[Waiting] = []
        self._working: asyncio.Task[None] | None = None
        self._connection: psycopg.AsyncConnection[Any] | None = None
        self._terms: dict[tuple[str, str], tuple[float, queries.Terms]] = {}
        self._areas: set[str] = {""}

    @staticmethod
    def is_for(scope: Scope) -> bool:
        """Whether a request is a signature's, of a length that one has."""
        if scope["method"] != "POST" or PATH.fullmatch(scope["path"]) is None:
            return False
        length = dict(scope["headers"]).get(b"content-length", b"").decode("latin-1")
        return find_whole_number(length, least=1, most=LONGEST_BODY) is not None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one post."""
        body = await _read(receive)
        try:
            said, asked = await self._sign(scope, body)
        except PassOn:
            PASSED_ON.inc()
            await self._pages(scope, _again(body), send)
            return
        except Away:
            await _answer(send, 503, [(b"retry-after", b"5")])
            return
        here = scope["path"]
        address = queries.address_after(asked.following, here=here, said=said)
        await _answer(send, 303, [(b"location", iri_to_uri(address).encode())])

    async def _sign(self, scope: Scope, body: bytes) -> tuple[str, Asked]:
        """What became of it, for the address to go on to. Raises PassOn and Away."""
        if len(self._waiting) >= MOST_WAITING:
            raise PassOn
        asked = read_form(scope, body)
        terms = await self._terms_of(asked.reference, asked.purpose)
        if asked.area not in self._areas:
            await self._learn_area(asked.area)
        answered: asyncio.Future[SalaError | None] = asyncio.get_running_loop().create_future()
        self._waiting.append(Waiting(asked, terms, answered))
        if self._working is None or self._working.done():
            self._working = asyncio.ensure_future(self._work())
        refusal = await answered
        if refusal is None:
            SIGNED.inc()
            return "yes", asked
        if isinstance(refusal, Conflict):
            return refusal.code, asked
        raise PassOn

    async def _terms_of(self, reference: str, purpose: str) -> queries.Terms:
        """The terms of a collection as they were at most a second ago; when it closes is asked in the statement."""
        key = reference, purpose
        kept = self._terms.get(key)
        if kept is None or time.monotonic() - kept[0] > TERMS_SECONDS:
            try:
                found = await asyncio.to_thread(_in_thread, lambda: queries.get_terms(reference, purpose))
            except SalaError as refusal:
                raise PassOn from refusal
            if len(self._terms) > 1000:
                self._terms.clear()
            kept = self._terms[key] = time.monotonic(), found
        return kept[1]

    async def _learn_area(self, area: str) -> None:
        if await asyncio.to_thread(_in_thread, lambda: places.find_area(area)) is None:
            raise PassOn
        self._areas.add(area)

    async def _work(self) -> None:
        """Commit what waits, again and again, until nobody waits."""
        await asyncio.sleep(GATHER_SECONDS)
        while self._waiting:
            several, self._waiting = self._waiting[:MOST_TOGETHER], self._waiting[MOST_TOGETHER:]
            refusals = await self._commit_or_try_again(several)
            if refusals is None:
                for each in several:
                    _tell(each.answered, fault=Away())
                continue
            TOGETHER.observe(len(several))
            for each, refusal in zip(several, refusals, strict=True):
                _tell(each.answered, refusal)

    async def _commit_or_try_again(self, several: list[Waiting]) -> list[SalaError | None] | None:
        """What became of each; None if the database is away. A second try is safe: nobody can sign twice, and whoever
        was written by the first, whose answer was lost, is told that they are counted already."""
        for _ in range(2):
            try:
                async with asyncio.timeout(LONGEST_SECONDS):
                    return await self._commit(several)
            except Exception as fault:
                log.warning("signatures could not be committed: %s", type(fault).__name__)
                await self._hang_up()
        return None

    async def _commit(self, several: list[Waiting]) -> list[SalaError | None]:
        connection = await self._connected()
        found = await sessions.read_many(connection, [each.asked.session_key for each in several])
        now = clock.now()
        refusals: list[SalaError | None] = [None] * len(several)
        wishes = {}
        for number, each in enumerate(several):
            session = found.get(each.asked.session_key, {})
            actor = identity.citizen_of_session(session)
            proof = identity.proof_of_session(session, queries.PROOF, now=now)
            try:
                await _require_room(each.asked.address, actor.person_id)
            except TooMany as too_many:
                refusals[number] = too_many
                continue
            signer = queries.Signer(actor.person_id, actor.assurance_level, proof)
            wishes[number] = actions.Wish(each.terms, each.asked.reference, signer, each.asked.area)
        if wishes:
            told = await actions.sign_together(connection, list(wishes.values()))
            for number, said in zip(wishes, told, strict=True):
                refusals[number] = said
        return refusals

    async def _connected(self) -> psycopg.AsyncConnection[Any]:
        """The connection, made anew if it is gone. Waits for a database that is just coming back."""
        begun = time.monotonic()
        while self._connection is None or self._connection.closed:
            try:
                self._connection = await psycopg.AsyncConnection.connect(
                    **connection_parameters(), autocommit=True, application_name="sala signing"
                )
            except psycopg.OperationalError:
                if time.monotonic() - begun > RECONNECT_SECONDS:
                    raise
                await asyncio.sleep(0.1)
        return self._connection

    async def stop(self) -> None:
        """Commit what waits, and let the database go."""
        if self._working is not None:
            await self._working
        await self._hang_up()

    async def _hang_up(self) -> None:
        if self._connection is not None:
            with contextlib.suppress(Exception):
                await self._connection.close()
            self._connection = None


def read_form(scope: Scope, body: bytes) -> Asked:
    """What a post asks, if it came from a form of ours. Raises PassOn for one that did not, and for any other doubt."""
    environ = environ_of(scope)
    environ["wsgi.input"] = io.BytesIO(body)
    request = WSGIRequest(environ)
    path = PATH.fullmatch(scope["path"])
    try:
        _csrf.process_request(request)
        _csrf.process_view(request, _door, (), {})
        request.get_host()
        form = request.POST
    except PassOn:
        raise
    except Exception as fault:  # whatever is odd about a form, the ordinary door knows how to say it
        raise PassOn from fault
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    if path is None or not key:
        raise PassOn
    return Asked(
        session_key=key,
        reference=path[2],
        purpose=path[3],
        area=form.get("area", ""),
        address=limits.address_of(request) or "",
        following=form.get("next", ""),
    )


async def _require_room(address: str, person_id: int | None) -> None:
    """Raises TooMany. Where other processes must be asked, it is asked in a thread."""
    keys = {Key.ADDRESS: network_of(address) if address else "", Key.PERSON: str(person_id or "")}
    now = clock.now()
    try:
        limits.require_room(queries.SIGN, keys, now=now, is_alone=True)
    except limits.AskTogether:
        await asyncio.to_thread(_in_thread, lambda: limits.require_room(queries.SIGN, keys, now=now))


def _in_thread(work: Callable[[], Any]) -> Any:
    """Work that asks the database by the framework's means: its connection goes back at once."""
    try:
        return work()
    finally:
        of_thread.close()


def _tell(
    answered: "asyncio.Future[SalaError | None]",
    refusal: SalaError | None = None,
    fault: Exception | None = None,
) -> None:
    """Wake whoever waits, unless they have left."""
    if answered.done():
        return
    if fault:
        answered.set_exception(fault)
    else:
        answered.set_result(refusal)


async def _read(receive: Receive) -> bytes:
    """The whole body. Raises ConnectionError if the sender left before its end."""
    parts, more = [], True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ConnectionError("the sender left before the end of the body")
        parts.append(message.get("body", b""))
        more = message.get("more_body", False)
    return b"".join(parts)


def _again(body: bytes) -> Receive:
    """Hands a body that was read to whoever reads it next."""
    messages: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> Message:
        return messages.pop() if messages else {"type": "http.disconnect"}

    return receive


async def _answer(send: Send, status: int, headers: list[tuple[bytes, bytes]]) -> None:
    always = [
        (b"content-length", b"0"),
        (b"cache-control", b"no-store"),
        (b"referrer-policy", b"same-origin"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": [*headers, *always]})
    await send({"type": "http.response.body", "body": b""})
