"""Durable listeners: each reads every entry once, in order, from its own cursor, after the commit.

A listener hears as many entries at once as are there. Its database effects and its cursor move in one transaction,
so they happen exactly once. Anything else it does (mail) may happen again after a crash: that belongs into a job
that the listener enqueues.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import transaction

from sala.commons.ledger import queries
from sala.commons.ledger.models import Follower
from sala.commons.ledger.queries import LoggedEntry
from sala.core import clock

log = logging.getLogger(__name__)

ANY_KIND = "*"
# Of any kind, if it belongs to a matter.
OF_MATTERS = "matters"
BATCH = 200

Listener = Callable[[Sequence[LoggedEntry]], None]


@dataclass(frozen=True, slots=True)
class Subscription:
    """`function` hears entries of `kind`, in order; `name` is its cursor, never changed once it was used."""

    kind: str
    name: str
    function: Listener


_subscriptions: dict[str, Subscription] = {}


def listen(kind: str, name: str, function: Listener) -> None:
    """Let `function` hear every entry of `kind` ("complaint.filed", "*" for all, OF_MATTERS), from the first.

    Only `sala/site/subscriptions.py` calls this. Raises ValueError if another listener has this name.
    """
    if _subscriptions.get(name, Subscription(kind, name, function)) != Subscription(kind, name, function):
        raise ValueError(f"two listeners are called {name}")
    _subscriptions[name] = Subscription(kind, name, function)


def list_subscriptions() -> tuple[Subscription, ...]:
    """All listeners, by name."""
    return tuple(_subscriptions[name] for name in sorted(_subscriptions))


def follow_once() -> int:
    """Let every listener with news read on by one batch; returns how many positions were read in all (0: no news).

    A listener that fails is left before the entry it failed at and logged; the others go on.
    """
    unread = count_unread()
    return sum(_read_on_or_log(each) for each in list_subscriptions() if unread[each.name])


def catch_up() -> int:
    """Read on until every listener has read everything or failed; for tests and after an import."""
    total = 0
    while read := follow_once():
        total += read
    return total


def _read_on_or_log(subscription: Subscription) -> int:
    try:
        return _read_on(subscription, BATCH)
    except Exception as error:
        fault = type(error).__name__
        log.warning("listener %s failed (%s); it hears one entry after another", subscription.name, fault)
    read = 0
    try:
        while read < BATCH and (moved := _read_on(subscription, 1)):
            read += moved
    except Exception:
        log.exception("listener %s failed; it will try the same entry again", subscription.name)
    return read


def _read_on(subscription: Subscription, most: int) -> int:
    """Let one listener hear up to `most` entries, all of them or none; returns by how many positions it moved."""
    Follower.objects.get_or_create(name=subscription.name)
    with transaction.atomic():
        follower = Follower.objects.select_for_update(skip_locked=True).filter(name=subscription.name).first()
        if follower is None:
            return 0  # another worker reads for this listener just now
        kind = None if subscription.kind in (ANY_KIND, OF_MATTERS) else subscription.kind
        page = queries.list_entries(
            after=follower.position - 1,
            limit=most,
            filters=queries.Filters(kind=kind),
            of_matters=subscription.kind == OF_MATTERS,
        )
        if page.entries:
            subscription.function(page.entries)
        read = page.next_after + 1 - follower.position
        if read:
            follower.position = page.next_after + 1
            follower.moved_at = clock.now()
            follower.save(update_fields=["position", "moved_at"])
    return read


def count_unread() -> dict[str, int]:
    """For every listener, how many entries it has not read yet."""
    size = queries.count_entries()
    cursors = dict(Follower.objects.values_list("name", "position"))
    return {s.name: max(0, size - cursors.get(s.name, 0)) for s in list_subscriptions()}
