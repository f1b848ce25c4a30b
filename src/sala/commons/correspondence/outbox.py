"""The outbox: letters are posted inside the transaction that causes them and leave after its commit, once each.

The worker's own thread sends them, so that a mail server that hangs holds up no page and no other job. Any number of
workers may send: each claims some letters, which others then pass over. A worker that dies between the server's "taken"
and our note of it leaves one letter that is sent again, with the same Message-ID: that is what mail can promise.
"""

import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import make_msgid
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException, SMTPSenderRefused

from django.conf import settings
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import Count, F, Min, Q

from sala.commons.correspondence import rules
from sala.commons.correspondence.models import OutboundLetter
from sala.core import clock, mailboxes
from sala.platform import seals
from sala.platform.letters import Letter

log = logging.getLogger(__name__)

BATCH = 50
KEPT = timedelta(days=30)
_WAITING = Q(sent_at__isnull=True, given_up_at__isnull=True)


def mailbox_of(address: str) -> str:
    """The keyed digest under which letters to a mailbox are counted."""
    return seals.digest("mailbox", mailboxes.folded(address))


def post(letters: Sequence[Letter], *, now: datetime) -> int:
    """Put letters into the outbox, in the running transaction; how many were new and within their mailbox's limit.

    Two queries, and one more if any of them asks an address that nobody confirmed.
    """
    allowed = _within_limits(letters, now)
    known = set(
        OutboundLetter.objects.filter(key__in=[one.key for one in allowed]).values_list("key", flat=True)
    )
    fresh = [_row(one, now) for one in {one.key: one for one in allowed}.values() if one.key not in known]
    OutboundLetter.objects.bulk_create(fresh, ignore_conflicts=True, batch_size=500)
    return len(fresh)


def _within_limits(letters: Sequence[Letter], now: datetime) -> list[Letter]:
    asking = {mailbox_of(one.to) for one in letters if one.asks}
    if not asking:
        return list(letters)
    since = now - rules.ASKING_WITHIN
    rows = OutboundLetter.objects.filter(asks=True, mailbox__in=asking, posted_at__gt=since)
    counted = dict(rows.values_list("mailbox").annotate(count=Count("pk")).order_by())
    allowed = []
    for one in letters:
        mailbox = mailbox_of(one.to)
        if one.asks and counted.get(mailbox, 0) >= rules.MOST_ASKING:
            continue
        counted[mailbox] = counted.get(mailbox, 0) + one.asks
        allowed.append(one)
    return allowed


def _row(letter: Letter, now: datetime) -> OutboundLetter:
    # The same Message-ID at every try, so that a mailbox can tell a letter that comes twice.
    headers = {"Message-ID": make_msgid(domain=_domain()), **letter.headers}
    content = [letter.to, letter.subject, letter.body, headers]
    return OutboundLetter(
        key=letter.key,
        mailbox=mailbox_of(letter.to),
        sealed=seals.seal(json.dumps(content, ensure_ascii=False)),
        is_urgent=letter.is_urgent,
        asks=letter.asks,
        posted_at=now,
        next_try_at=now,
    )


def _domain() -> str:
    return settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("<> ") or "localhost"


@dataclass(frozen=True, slots=True)
class Round:
    """What a round of sending did; `is_down`: the mail server failed, so the next one had better wait."""

    sent: int = 0
    refused: int = 0
    is_down: bool = False


def send_waiting(*, most: int = BATCH) -> Round:
    """Send up to `most` letters that wait, over one connection. Never raises for a mail server that fails.

    A letter that is refused holds up no other. A fault of the server ends the round: what was not tried yet waits for
    the next one, which begins with another letter.
    """
    left, sent, refused = _claim(most), 0, 0
    if not left:
        return Round()
    connection = mail.get_connection()
    try:
        connection.open()
        while left:
            try:
                _send(connection, left[0])
            except _Refused as refusal:
                _note_failed(left.pop(0), refusal.fault, is_final=refusal.is_final)
                refused += 1
            else:
                _note_sent(left.pop(0))
                sent += 1
    except (OSError, SMTPException) as fault:
        log.warning("letters wait: the mail server failed with %s", type(fault).__name__)
        _note_failed(left.pop(0), type(fault).__name__, is_final=False)
        return Round(sent, refused, is_down=True)
    finally:
        _give_back(left)
        _close(connection)
    return Round(sent, refused)


def _close(connection: BaseEmailBackend) -> None:
    try:
        connection.close()
    except (OSError, SMTPException) as fault:
        log.info("the mail server did not say goodbye: %s", type(fault).__name__)


class _Refused(Exception):
    """The server took the connection and refuses this one letter."""

    def __init__(self, fault: str, *, is_final: bool) -> None:
        super().__init__(fault)
        self.fault, self.is_final = fault, is_final


def _claim(most: int) -> list[OutboundLetter]:
    """Letters that nobody else sends now, urgent ones first; theirs until the lease is over."""
    now = clock.now()
    with transaction.atomic():
        waiting = OutboundLetter.objects.select_for_update(skip_locked=True).filter(
            _WAITING, next_try_at__lte=now
        )
        found = list(waiting.order_by("-is_urgent", "next_try_at", "pk")[:most])
        OutboundLetter.objects.filter(pk__in=[one.pk for one in found]).update(
            next_try_at=now + rules.LEASE, tries=F("tries") + 1
        )
    for one in found:
        one.tries += 1
    return found


def _send(connection: BaseEmailBackend, letter: OutboundLetter) -> None:
    to, subject, body, headers = json.loads(seals.unseal(letter.sealed))
    message = mail.EmailMessage(subject, body, to=[to], headers=headers, connection=connection)
    try:
        connection.send_messages([message])
    except SMTPRecipientsRefused as refused:
        codes = [code for code, _ in refused.recipients.values()]
        raise _Refused("recipient refused", is_final=all(code >= 500 for code in codes)) from refused
    except SMTPSenderRefused:
        raise  # that is our address, not this letter: nothing goes out until somebody mends it
    except SMTPResponseException as refused:
        raise _Refused(f"refused with {refused.smtp_code}", is_final=refused.smtp_code >= 500) from refused
    except (ValueError, UnicodeError) as wrong:  # an address that cannot be written into a letter
        raise _Refused(type(wrong).__name__, is_final=True) from wrong


def _note_sent(letter: OutboundLetter) -> None:
    OutboundLetter.objects.filter(pk=letter.pk).update(sent_at=clock.now(), sealed="", fault="")


def _note_failed(letter: OutboundLetter, fault: str, *, is_final: bool) -> None:
    now = clock.now()
    is_over = rules.is_given_up(letter.tries, is_final=is_final)
    OutboundLetter.objects.filter(pk=letter.pk).update(
        fault=fault[:80],
        next_try_at=now + rules.pause_after(letter.tries),
        given_up_at=now if is_over else None,
    )


def _give_back(letters: Sequence[OutboundLetter]) -> None:
    """Letters that were claimed and not tried: nobody has failed at them."""
    keys = [one.pk for one in letters]
    OutboundLetter.objects.filter(pk__in=keys).update(next_try_at=clock.now(), tries=F("tries") - 1)


@dataclass(frozen=True, slots=True)
class Backlog:
    """How the outbox stands: letters that wait, since when the oldest is due, and those given up (dead letters)."""

    waiting: int
    oldest_due: datetime | None
    given_up: int


def look_at_backlog() -> Backlog:
    """How many letters wait and how many were given up within a month. Two queries, of indexes alone."""
    found = OutboundLetter.objects.filter(_WAITING).aggregate(waiting=Count("pk"), oldest=Min("posted_at"))
    given_up = OutboundLetter.objects.filter(given_up_at__isnull=False).count()
    return Backlog(found["waiting"], found["oldest"], given_up)


def list_given_up(most: int = 100) -> list[tuple[int, datetime, int, str]]:
    """Letters that nobody tries any more, newest first: number, since when, tries, kind of failure; never to whom."""
    rows = OutboundLetter.objects.filter(given_up_at__isnull=False).order_by("-given_up_at")
    found = rows.values_list("pk", "given_up_at", "tries", "fault")[:most]
    return [(pk, at, tries, fault) for pk, at, tries, fault in found if at is not None]


def try_again(*, now: datetime) -> int:
    """Have every letter that was given up tried anew, as after a mail server was mended; how many."""
    return OutboundLetter.objects.filter(given_up_at__isnull=False).update(
        given_up_at=None, tries=0, next_try_at=now
    )


def forget_old(*, now: datetime) -> int:
    """Drop letters that were sent or given up a month ago; how many."""
    old = OutboundLetter.objects.filter(posted_at__lt=now - KEPT).exclude(_WAITING)
    return old.delete()[0]
