"""Recording many acts of many people in one transaction, for a door that takes thousands in a second.

The same entries as `record_entry` makes, written on a connection of the door's own: the framework's costs more than
the act. Each act is one person's and leaves one entry; what they share is the commit that all of them wait for.
"""

import functools
import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Concatenate, ParamSpec, TypeVar

import psycopg

from sala.commons.ledger import rules
from sala.core.actors import Role
from sala.core.events import Event
from sala.platform import arrays

P = ParamSpec("P")
R = TypeVar("R")
Connection = psycopg.AsyncConnection[Any]

# Numbers first, so that what an act writes can name its entry; those of refused acts are left out for ever.
_NUMBERS = (
    "SELECT statement_timestamp(), ARRAY("
    "SELECT nextval(pg_get_serial_sequence('ledger_entry', 'id')) FROM generate_series(1, %s))"
)
_INSERT = """
INSERT INTO ledger_entry (id, kind, matter, agency, area, occurred_at, body)
SELECT * FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[], %s::text[], %s::timestamptz[], %s::bytea[])
"""


@dataclass(frozen=True, slots=True)
class Prepared:
    """An entry that waits for its number; `salt` opens its commitment: keep it beside the private content."""

    event: Event
    at: datetime
    body: bytes
    salt: bytes


def action_together(
    reason: str,
) -> Callable[
    [Callable[Concatenate[Connection, P], Awaitable[R]]], Callable[Concatenate[Connection, P], Awaitable[R]]
]:
    """An asynchronous action for many people at once, in one transaction of its own, with an entry for each.

    The connection comes first. What it returns is true once the commit was answered, and never before.
    """

    def decorate(
        function: Callable[Concatenate[Connection, P], Awaitable[R]],
    ) -> Callable[Concatenate[Connection, P], Awaitable[R]]:
        @functools.wraps(function)
        async def whole(connection: Connection, /, *args: P.args, **kwargs: P.kwargs) -> R:
            async with connection.transaction():
                return await function(connection, *args, **kwargs)

        whole.ledger = f"many entries: {reason}"  # type: ignore[attr-defined]  # our own mark, for the shape test
        return whole

    return decorate


async def take_numbers(connection: Connection, count: int) -> tuple[datetime, list[int]]:
    """The database's time, and so many numbers of entries in rising order, which nobody else is given."""
    found = await connection.execute(_NUMBERS, [count], prepare=True)
    row = await found.fetchone()
    return row if row else (datetime.min, [])


def prepare_entry(event: Event, *, role: Role, at: datetime, secret: Mapping[str, Any]) -> Prepared:
    """A fact with the commitment to its private content, ready to be written. Raises ValueError as `entry_body`."""
    salt = secrets.token_bytes(rules.SALT_BYTES)
    body = rules.entry_body(
        event=event,
        role=role,
        at=at,
        commitment=rules.commit_to(secret, salt),
    )
    return Prepared(event, at, body, salt)


async def record_together(connection: Connection, numbered: Sequence[tuple[int, Prepared]]) -> None:
    """Write entries under the numbers that were taken for them. One statement, within `action_together`."""
    events = [entry.event for _, entry in numbered]
    values = [
        arrays.numbers(number for number, _ in numbered),
        arrays.texts(event.kind for event in events),
        arrays.texts(event.matter for event in events),
        arrays.texts(event.agency for event in events),
        arrays.texts(event.area for event in events),
        arrays.texts(entry.at.isoformat() for _, entry in numbered),
        arrays.raw(entry.body for _, entry in numbered),
    ]
    await connection.execute(_INSERT, values, prepare=True)
