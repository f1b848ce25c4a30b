"""Setting signatures aside together: by which condition, for which reason, and how it goes on. See
docs/rules/signatures.md."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum


class InvalidationState(StrEnum):
    """Where an invalidation stands."""

    RUNNING = "running"
    DONE = "done"
    REVERSING = "reversing"  # cancelled on its way, or reversed afterwards: what it set aside comes back
    REVERSED = "reversed"


class InvalidationReason(StrEnum):
    """Why signatures are set aside; public."""

    FORGED = "forged"
    MADE_BY_MACHINE = "made_by_machine"
    NOT_ENTITLED = "not_entitled"
    WRONG_SHEET = "wrong_sheet"


# What may be done in which state; whoever is told "changed_meanwhile" looks again.
MOVES: Mapping[InvalidationState, frozenset[InvalidationState]] = {
    InvalidationState.RUNNING: frozenset({InvalidationState.DONE, InvalidationState.REVERSING}),
    InvalidationState.DONE: frozenset({InvalidationState.REVERSING}),
    InvalidationState.REVERSING: frozenset({InvalidationState.REVERSED}),
    InvalidationState.REVERSED: frozenset(),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """Which signatures are meant: all that hold at once. At least one must be said, so that nobody sets aside all.

    `since` and `until` are instants of signing (the second is not included), `level_below` an assurance level, `sheet`
    a sheet's number, `finding` what a register said.
    """

    since: datetime | None = None
    until: datetime | None = None
    channel: str = ""
    area: str = ""
    level_below: int | None = None
    sheet: str = ""
    finding: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is said."""
        return not any(value not in (None, "") for value in asdict(self).values())

    def told(self) -> dict[str, str | int]:
        """What is said, as the ledger and the table hold it."""
        values = asdict(self)
        return {
            name: value.isoformat() if isinstance(value, datetime) else value
            for name, value in values.items()
            if value not in (None, "")
        }


def condition_of(told: Mapping[str, str | int]) -> Condition:
    """The condition that was told. Raises TypeError for a name it has not, ValueError for no instant."""
    values = {
        name: datetime.fromisoformat(str(value)) if name in ("since", "until") else value
        for name, value in told.items()
    }
    return Condition(**values)  # type: ignore[arg-type]  # each as `told` wrote it
