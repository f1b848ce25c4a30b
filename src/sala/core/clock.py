"""The one place that reads the clock. Actions and rules are given `now`; doors ask here."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

BANGKOK = ZoneInfo("Asia/Bangkok")
_frozen: ContextVar[datetime | None] = ContextVar("frozen", default=None)


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return _frozen.get() or datetime.now(UTC)


def day_of(at: datetime) -> date:
    """The day of an instant in Thailand."""
    return at.astimezone(BANGKOK).date()


@contextmanager
def frozen(at: datetime) -> Iterator[datetime]:
    """Stop the clock at `at` (aware) inside the block; for tests and for replaying a recorded day.

    Raises ValueError if `at` has no time zone.
    """
    if at.tzinfo is None:
        raise ValueError("a frozen instant needs a time zone")
    token = _frozen.set(at.astimezone(UTC))
    try:
        yield at
    finally:
        _frozen.reset(token)
