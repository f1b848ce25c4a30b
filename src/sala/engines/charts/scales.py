"""From values to places: nice ticks, straight scales, and figures as they are written."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor, isfinite, log10

Value = int | float | Decimal | Fraction
_STEPS = (1, 2, 5, 10)
# Values that differ by less than this part of themselves, or by nothing to speak of, are one value on paper.
_TOO_NEAR = 1e-12
_LEAST_SPAN = 1e-100


class ChartError(ValueError):
    """Values that cannot be drawn; the sentence says why."""


def check(value: Value, name: str = "value") -> float:
    """A finite number for a place on paper. Raises ChartError for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | Fraction):
        raise ChartError(f"The {name} {value!r} is not a number.")
    try:
        found = float(value)
    except OverflowError as error:
        raise ChartError(f"The {name} {value!r} is too large to be drawn.") from error
    if not isfinite(found):
        raise ChartError(f"The {name} {value!r} is not a finite number.")
    return found


def nice_ticks(low: float, high: float, most: int = 6, *, whole: bool = False) -> list[float]:
    """Round values that cover low to high in at most so many steps of 1, 2 or 5 times a power of ten.

    `whole` keeps to whole numbers, for counts. Where low equals high, the axis begins at zero.
    """
    if high - low <= max(abs(low), abs(high)) * _TOO_NEAR or high - low < _LEAST_SPAN:
        low, high = min(low, 0.0), max(high, low + 1.0, 1.0)
    power = floor(log10((high - low) / max(1, most - 1)))
    power = max(power, 0) if whole else power
    for exponent, factor in ((power + i // 4, _STEPS[i % 4]) for i in range(12)):
        step = Fraction(10) ** exponent * factor
        first, last = floor(Fraction(low) / step), -floor(-Fraction(high) / step)
        if last - first < most:
            return [float(step * i) for i in range(first, last + 1)]
    raise ChartError(f"There are no ticks from {low} to {high}.")


@dataclass(frozen=True)
class Scale:
    """A straight scale from values to places on paper; values beyond are held at the edge."""

    low: float
    high: float
    start: float
    end: float

    def place(self, value: Value) -> float:
        """Where a value stands."""
        share = (float(value) - self.low) / (self.high - self.low) if self.high > self.low else 0.5
        return self.start + (self.end - self.start) * min(max(share, 0.0), 1.0)


def scale_for(values: list[float], start: float, end: float, *, most: int = 6) -> tuple[Scale, list[float]]:
    """A scale from zero (or the least value below) that holds all values, and its ticks.

    Bars and lines from anywhere else than zero tell a larger difference than there is.
    """
    whole = all(value == int(value) for value in values)
    ticks = nice_ticks(min([0.0, *values]), max([0.0, *values]), most, whole=whole)
    return Scale(ticks[0], ticks[-1], start, end), ticks


def figure(value: Value) -> str:
    """A figure for reading: thousands apart, three digits where it is not whole, a true minus."""
    number = check(value)
    if abs(number) >= 1000 or number == int(number):
        written = f"{number:,.0f}"
    else:
        written = f"{number:.3g}" if abs(number) >= 0.001 else f"{number:.3f}"
    return written.replace("-", "−")


def per_cent(share: Value, decimals: int = 0) -> str:
    """A share (0 to 1) in per cent."""
    return f"{100 * check(share):,.{decimals}f} %".replace("-", "−")
