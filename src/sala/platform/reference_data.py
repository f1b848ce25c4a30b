"""Reference data that processes keep in memory: whoever changes it has every process forget what it kept.

A holiday that one process does not know of for minutes is a wrong date given to a person, so a time to live alone is
not enough. The change is announced in the transaction that makes it, and PostgreSQL tells it when that is committed.
"""

from collections.abc import Callable

from django.db import connection

from sala.core.remembering import reading_ahead

CHANNEL = "sala_reference"
_forgetting: list[Callable[[], None]] = []
_reading: list[Callable[[], object]] = []


def forgets_when_changed(forget: Callable[[], None]) -> Callable[[], None]:
    """Have `forget` called whenever reference data was changed, here or in another process."""
    _forgetting.append(forget)
    return forget


def forget_all() -> None:
    """Drop everything that is kept in this process."""
    for forget in _forgetting:
        forget()


def read_ahead(read: Callable[[], object]) -> Callable[[], object]:
    """Have `read` called by each serving process before somebody waits for it, and again before it is forgotten."""
    _reading.append(read)
    return read


def read_all(*, before_seconds: float) -> None:
    """Read what is not kept in this process, or will be forgotten within these seconds."""
    with reading_ahead(before_seconds):
        for read in _reading:
            read()


def announce_change() -> None:
    """Inside the transaction that changes reference data: once it is committed, every process forgets."""
    forget_all()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, '')", [CHANNEL])
