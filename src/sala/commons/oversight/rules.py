"""What is told of offices side by side, and which matters an audit draws: pure, so that anybody can do it again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

WEEKS = 12
# Against how long ago an office is held to have changed, in weeks.
LOOKED_BACK = 4
# What is no change: fewer than this, or less than a fifth of what it was.
LEAST_CHANGE = 3
LEAST_SHARE = 5
MOST_CHANGES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """The last `WEEKS` weeks of an office, the present one last: came in, said to be done, and late at its end.

    Earlier weeks are late by the dates as they stand now: what was moved since is counted by its new date.
    """

    agency: str
    came: tuple[int, ...]
    done: tuple[int, ...]
    late: tuple[int, ...]
    open_now: int

    @property
    def late_now(self) -> int:
        """How many are past their date."""
        return self.late[-1]

    @property
    def late_before(self) -> int:
        """How many were, `LOOKED_BACK` weeks ago."""
        return self.late[-1 - LOOKED_BACK]

    @property
    def more_late(self) -> int:
        """How many more are late than then; less than nothing for fewer."""
        return self.late_now - self.late_before


def has_changed(office: Office) -> bool:
    """Whether more or fewer are late than before, by enough to say so."""
    by = abs(office.more_late)
    return by >= LEAST_CHANGE and by * LEAST_SHARE >= office.late_before


def list_changes(offices: Iterable[Office]) -> list[Office]:
    """The offices of which something is to be said, the one that grew most first; of equal ones by code."""
    changed = sorted(filter(has_changed, offices), key=lambda office: (-office.more_late, office.agency))
    worse = [office for office in changed if office.more_late > 0][: MOST_CHANGES - 1]
    better = [office for office in changed if office.more_late < 0]
    return [*worse, *better[::-1][: MOST_CHANGES - len(worse)][::-1]]


def together(offices: Sequence[Office]) -> Office:
    """All offices as one. Raises ValueError without any."""
    if not offices:
        raise ValueError("no office to count")

    def total(rows: Iterable[tuple[int, ...]]) -> tuple[int, ...]:
        return tuple(map(sum, zip(*rows, strict=True)))

    return Office(
        agency="",
        came=total(office.came for office in offices),
        done=total(office.done for office in offices),
        late=total(office.late for office in offices),
        open_now=sum(office.open_now for office in offices),
    )


def spark(values: Sequence[int], *, width: int = 96, height: int = 24) -> str:
    """The points of a small line, "x,y x,y", the first value at the left; each line has a scale of its own."""
    low, high = min(values), max(values)
    step, span = width / max(1, len(values) - 1), (high - low) or 1
    middle = height / 2 if high == low else None
    return " ".join(
        f"{place * step:.1f},{middle if middle is not None else height - 2 - (value - low) * (height - 4) / span:.1f}"
        for place, value in enumerate(values)
    )


def lot(seed: str, reference: str) -> str:
    """The lot of a matter in a draw: SHA-256 of the seed, a line break and the reference, in hex digits."""
    return sha256(f"{seed}\n{reference}".encode()).hexdigest()


def draw(references: Iterable[str], *, seed: str, size: int) -> list[str]:
    """The references with the lowest lots: who knows the seed and the list draws the same ones, in the same order."""
    return sorted(references, key=lambda reference: lot(seed, reference))[:size]
