"""Recording facts: an action is one transaction that leaves exactly one entry, or says why it leaves none."""

import functools
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ParamSpec, TypeVar

from django.db import transaction

from sala.commons.ledger import rules
from sala.core.actors import Actor, Role
from sala.core.events import Event
from sala.platform import rows

P = ParamSpec("P")
R = TypeVar("R")

# How facts tell an instant.
instant = rules.instant

_INSERT = (
    "INSERT INTO ledger_entry (kind, matter, agency, area, occurred_at, body)"
    " VALUES (%s, %s, %s, %s, %s, %s) RETURNING id"
)


class LedgerMisuse(RuntimeError):
    """The code of an action breaks the ledger's rule; nothing was written."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """An entry was written; `salt` opens its commitment: keep it beside the private content."""

    entry_id: int
    salt: bytes | None = None


@dataclass(slots=True)
class _Running:
    name: str
    entries: int = field(default=0)


@dataclass(slots=True)
class _Beside:
    first: Callable[[], object]
    last: Callable[[Any], object]
    is_used: bool = False


_running: ContextVar[_Running | None] = ContextVar("running_action", default=None)
_beside: ContextVar[_Beside | None] = ContextVar("beside_action", default=None)


def action(function: Callable[P, R]) -> Callable[P, R]:
    """Make `function` an action: one transaction of its own, in which exactly one entry is recorded.

    Raises LedgerMisuse, and undoes everything, if none or several entries were recorded.
    """
    return _as_action(function, expected=range(1, 2), mark="one entry")


@contextmanager
def beside(first: Callable[[], object], last: Callable[[Any], object]) -> Iterator[None]:
    """Inside this block the next action runs `first()` before it and `last(result)` after it, in its transaction.

    It is for doors that must remember with the act itself that it was done: if one is lost, so is the other. What
    either of them raises undoes the action. Only the first action of the block is meant.
    """
    token = _beside.set(_Beside(first, last))
    try:
        yield
    finally:
        _beside.reset(token)


def action_on_many(reason: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """An action that does the same to many things in one transaction, with an entry for each (an import)."""
    return functools.partial(_as_action, expected=None, mark=f"many entries: {reason}")


def action_if_changed(reason: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """An action that may find nothing to do: one entry if it changed something, none if not (a seed)."""
    return functools.partial(_as_action, expected=range(2), mark=f"one entry if anything changed: {reason}")


def action_without_entry(reason: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """An action that rightly leaves no entry; `reason` says why, for the reader and for the shape test."""
    return functools.partial(_as_action, expected=range(1), mark=f"no entry: {reason}")


def part_of_action(reason: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """A write that only happens inside somebody's action; that action leaves the entry.

    Raises LedgerMisuse when called outside one.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        @functools.wraps(function)
        def part(*args: P.args, **kwargs: P.kwargs) -> R:
            if _running.get() is None:
                raise LedgerMisuse(f"{function.__qualname__} runs only inside an action")
            return function(*args, **kwargs)

        part.ledger = f"part: {reason}"  # type: ignore[attr-defined]  # our own mark, read by the shape test
        return part

    return decorate


def projection(reason: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """A write that only repeats elsewhere what entries say (an index, notices); run by a listener of the ledger."""

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        function.ledger = f"projection: {reason}"  # type: ignore[attr-defined]  # our own mark, for the shape test
        return function

    return decorate


def record_entry(
    event: Event,
    *,
    actor: Actor,
    at: datetime,
    secret: Mapping[str, Any] | None = None,
    role: Role | None = None,
) -> Recorded:
    """Record a fact, inside an action. One statement; the position in the log is given after the commit.

    `secret` is private content: only its salted commitment is recorded. `role` says as what the actor acted,
    if it is not what `rules.public_role` finds. Raises LedgerMisuse outside an action, ValueError for content
    that has no canonical form or is too long.
    """
    running = _running.get()
    if running is None:
        raise LedgerMisuse(f"{event.kind} must be recorded inside an action")
    salt = None if secret is None else secrets.token_bytes(rules.SALT_BYTES)
    body = rules.entry_body(
        event=event,
        role=role or rules.public_role(actor, event.agency),
        at=at,
        commitment=None if secret is None or salt is None else rules.commit_to(secret, salt),
    )
    (entry_id,) = rows.run_kept(_INSERT, [event.kind, event.matter, event.agency, event.area, at, body]) or ()
    running.entries += 1
    return Recorded(entry_id=entry_id, salt=salt)


def _with_what_stands_beside(act: Callable[[], R]) -> R:
    waiting = _beside.get()
    if waiting is None or waiting.is_used:
        return act()
    waiting.is_used = True
    waiting.first()
    result = act()
    waiting.last(result)
    return result


def _as_action(function: Callable[P, R], *, expected: range | None, mark: str) -> Callable[P, R]:
    @functools.wraps(function)
    def whole(*args: P.args, **kwargs: P.kwargs) -> R:
        if (outer := _running.get()) is not None:
            raise LedgerMisuse(f"{function.__qualname__} is an action and cannot run inside {outer.name}")
        running = _Running(function.__qualname__)
        token = _running.set(running)
        try:
            with transaction.atomic(durable=True):
                result = _with_what_stands_beside(functools.partial(function, *args, **kwargs))
                if expected is not None and running.entries not in expected:
                    raise LedgerMisuse(
                        f"{running.name} recorded {running.entries} entries, not {expected[-1]}"
                    )
        finally:
            _running.reset(token)
        return result

    whole.ledger = mark  # type: ignore[attr-defined]  # our own mark, read by the shape test
    return whole
