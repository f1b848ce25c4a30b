"""Figures that say no more than they know."""

from datetime import datetime, timedelta

SMALLEST_SAMPLE = 10
# The worker counts every five minutes; what is older than three of its rounds is not shown as of now.
LONGEST = timedelta(minutes=15)


def percent(part: int, whole: int, *, smallest: int = SMALLEST_SAMPLE) -> int | None:
    """A share as whole percent, half up; None below `smallest` cases, where one case more would turn the figure."""
    return (200 * part + whole) // (2 * whole) if whole >= smallest and whole > 0 else None


def is_fresh(counted_at: datetime, now: datetime) -> bool:
    """Whether a figure counted then may still be shown. One from the future (a clock put back) may not."""
    return timedelta(0) <= now - counted_at <= LONGEST
