"""Figures that say no more than they know."""

SMALLEST_SAMPLE = 10


def percent(part: int, whole: int) -> int | None:
    """A share as whole percent, half up; None below ten cases, where one case more would turn the figure."""
    return (200 * part + whole) // (2 * whole) if whole >= SMALLEST_SAMPLE else None
