"""What is sent twice is done once: a key of the sender, kept in the same transaction as what was done.

For programs by draft-ietf-httpapi-idempotency-key-header; for forms by a hidden value of each form that was shown.
"""

import json
import secrets
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime
from typing import Any, TypeVar

from django.db import connection
from django.http import HttpRequest

from sala.commons.identity.models import SentOnce
from sala.commons.identity.rules import KEPT, key_of, owner_of, turn_of
from sala.commons.ledger.actions import beside
from sala.core.errors import Conflict, Invalid
from sala.platform import limits, seals

__all__ = ["HEADER", "do_form_once", "do_once", "fingerprint_of", "new_form_key", "was_form_sent"]

HEADER = "Idempotency-Key"
FORM_KEY = "form_key"
R = TypeVar("R")


class _DoneBefore(Exception):
    """The act was done; it holds what was answered then."""

    def __init__(self, answer: Any) -> None:
        super().__init__("done before")
        self.answer = answer


def _key_in(request: HttpRequest) -> str:
    """The key a program sent, "" if none. Raises Invalid, naming the header, for one that cannot be a key."""
    key = key_of(request.headers.get(HEADER, ""))
    if key is None:
        raise Invalid("invalid", {HEADER: "key_unreadable"})
    return key


def do_once(
    request: HttpRequest,
    *,
    door: str,
    sent: str,
    now: datetime,
    act: Callable[[], R],
    tell: Callable[[R], dict[str, Any]],
    sender: str = "",
) -> dict[str, Any]:
    """Run the action `act` unless this program's request was done before; what `tell` makes of its result.

    `door` names what is done, `sent` is everything that was sent, `sender` who sends if a key of theirs is known
    (else the address says it). The answer is kept for 24 hours, sealed, in the transaction of the action. Raises
    Invalid (422) for a key that was used for something else, Conflict (409) while the first is still at work.
    """
    key = _key_in(request)
    if not key:
        return tell(act())
    whose = sender or owner_of(key, limits.address_of(request) or "")
    once = _Once(seals.digest("sent once", door, whose, key), seals.digest("sent", door, sent), now, tell)
    try:
        with beside(once.claim, once.keep):
            act()
    except _DoneBefore as before:
        return dict(before.answer)
    return once.answer


def do_form_once(request: HttpRequest, *, door: str, now: datetime, act: Callable[[], object]) -> None:
    """Run the action `act` unless this very form was sent before, with the same words: a double click, a re-send.

    Other words from the same form are another act: who goes back, writes more and sends wants both. Two sent at
    once wait for each other, since the browser shows the answer to the last.
    """
    if not request.POST.get(FORM_KEY):
        act()
        return
    once = _Once(_form_digest(request, door), "", now, lambda _: {}, waits=True)
    with suppress(_DoneBefore), beside(once.claim, once.keep):
        act()


def was_form_sent(request: HttpRequest, *, door: str, now: datetime) -> bool:
    """Whether this very form was sent before; for doors that keep files or look at the state before they act."""
    if not request.POST.get(FORM_KEY):
        return False
    return SentOnce.objects.filter(key=_form_digest(request, door), forgotten_at__gt=now).exists()


def new_form_key() -> str:
    """The hidden value of a form that is about to be shown."""
    return secrets.token_urlsafe(12)


def _form_digest(request: HttpRequest, door: str) -> str:
    key, session = request.POST.get(FORM_KEY, "")[:100], str(request.session.session_key or "")
    return seals.digest("form sent once", door, session, key, fingerprint_of(request))


def fingerprint_of(request: HttpRequest) -> str:
    """Everything that a form sent, files by name and size, without what differs each time it is shown."""
    left_out = {"csrfmiddlewaretoken", FORM_KEY}
    fields: Iterable[tuple[str, Any]] = sorted(request.POST.lists())
    files = [
        (name, [(file.name, file.size) for file in found]) for name, found in sorted(request.FILES.lists())
    ]
    return json.dumps([[each for each in fields if each[0] not in left_out], files], ensure_ascii=False)


class _Once:
    """One act that must not be done twice, while its transaction is open."""

    def __init__(
        self,
        key: str,
        fingerprint: str,
        now: datetime,
        tell: Callable[[Any], dict[str, Any]],
        *,
        waits: bool = False,
    ) -> None:
        self.key, self.fingerprint, self.now = key, fingerprint, now
        self.answer: dict[str, Any] = {}
        self._tell = tell
        self._waits = waits

    def claim(self) -> None:
        """First in the transaction: nobody else does the same now, and nobody did before."""
        name = "pg_advisory_xact_lock" if self._waits else "pg_try_advisory_xact_lock"
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {name}(%s)", [turn_of(self.key)])
            [is_ours] = cursor.fetchone()
        if is_ours is False:
            raise Conflict("still_at_work", retry_after=1)
        row = SentOnce.objects.filter(key=self.key).first()
        if row is None:
            return
        if row.forgotten_at <= self.now:
            row.delete()
            return
        if row.fingerprint != self.fingerprint:
            raise Invalid("key_used_otherwise", {HEADER: "key_used_otherwise"})
        raise _DoneBefore(json.loads(seals.unseal(row.answer_sealed)))

    def keep(self, result: Any) -> None:
        """Last in the transaction: remember what was answered."""
        self.answer = self._tell(result)
        SentOnce.objects.create(
            key=self.key,
            fingerprint=self.fingerprint,
            answer_sealed=seals.seal(json.dumps(self.answer, ensure_ascii=False)),
            forgotten_at=self.now + KEPT,
        )
