"""What goes to the Board and through it to the Tribunal: which kinds there are and how each one runs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sala.core.errors import Conflict


class Kind(StrEnum):
    """Against what somebody turns to the Board (s. 13) or appeals through it to the Tribunal (s. 18, 25)."""

    COMPLAINT = "board_complaint"
    APPEAL = "appeal"
    CORRECTION_APPEAL = "correction_appeal"
    OBJECTOR_APPEAL = "objector_appeal"


APPEALS = frozenset({Kind.APPEAL, Kind.CORRECTION_APPEAL, Kind.OBJECTOR_APPEAL})


class Stage(StrEnum):
    """Where it lies: an appeal is handed to the Board, which passes it on (s. 37); a complaint stays with it."""

    AT_BOARD = "at_board"
    BEFORE_TRIBUNAL = "before_tribunal"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"


RUNNING = frozenset({Stage.AT_BOARD, Stage.BEFORE_TRIBUNAL})


class Step(StrEnum):
    """What can be done to it."""

    FORWARD = "forward"
    DECIDE = "decide"
    WITHDRAW = "withdraw"


class Ruling(StrEnum):
    """What the Board or the Tribunal decided, as the person needs to know it."""

    UPHELD = "upheld"
    PARTLY_UPHELD = "partly_upheld"
    DISMISSED = "dismissed"


_COMPLAINT_STEPS: Mapping[tuple[Stage, Step], Stage] = {
    (Stage.AT_BOARD, Step.DECIDE): Stage.DECIDED,
    (Stage.AT_BOARD, Step.WITHDRAW): Stage.WITHDRAWN,
}
_APPEAL_STEPS: Mapping[tuple[Stage, Step], Stage] = {
    (Stage.AT_BOARD, Step.FORWARD): Stage.BEFORE_TRIBUNAL,
    (Stage.BEFORE_TRIBUNAL, Step.DECIDE): Stage.DECIDED,
    (Stage.AT_BOARD, Step.WITHDRAW): Stage.WITHDRAWN,
    (Stage.BEFORE_TRIBUNAL, Step.WITHDRAW): Stage.WITHDRAWN,
}
STEPS: Mapping[Kind, Mapping[tuple[Stage, Step], Stage]] = {
    Kind.COMPLAINT: _COMPLAINT_STEPS,
    **dict.fromkeys(sorted(APPEALS), _APPEAL_STEPS),
}


def step(kind: Kind, stage: Stage, what: Step) -> Stage:
    """Where a proceeding lies after a step. Raises Conflict if the table does not allow it from here."""
    try:
        return STEPS[kind][stage, what]
    except KeyError:
        raise Conflict("move_not_allowed", status=stage.value, move=what.value) from None


@dataclass(frozen=True, slots=True)
class Proceeding:
    """One complaint or appeal. Days are those on which the Board (`filed_on`) and the Tribunal received it.

    `is_extended`: whoever decides has given reasons for needing longer (s. 13 para 2; s. 37 para 3). The reasons
    are told; without them there is no extension.
    """

    kind: Kind
    stage: Stage
    filed_on: date
    forwarded_on: date | None = None
    is_extended: bool = False
    decided_on: date | None = None
    ruling: Ruling | None = None

    @property
    def is_running(self) -> bool:
        """Whether somebody still has to decide."""
        return self.stage in RUNNING
