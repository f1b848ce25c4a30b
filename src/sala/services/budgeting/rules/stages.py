"""The stages of a budget, and the state of a line on any day as sums of its events."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Stage(StrEnum):
    """What an event is about, in the order of the year (Open Fiscal Data Package: phases)."""

    REQUESTED = "requested"
    CEILING = "ceiling"
    CABINET = "cabinet"
    BILL = "bill"
    # What the committee of the House cut and put elsewhere: the bill and these together are the act.
    COMMITTEE = "committee"
    ACT = "act"
    TRANSFER = "transfer"
    ALLOTMENT = "allotment"
    COMMITMENT = "commitment"
    DISBURSEMENT = "disbursement"
    CARRY_OVER = "carry_over"


# The stages that say how much may be spent, the latest first: a page without a stage asked shows the first it has.
PERMISSIONS = (Stage.ACT, Stage.BILL, Stage.CABINET, Stage.CEILING, Stage.REQUESTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One event: `satang` is added (or taken away) under a stage at a line.

    `holds_on` is the day from which it is true, `recorded_on` the day on which it became known here.
    """

    line: str
    stage: Stage
    satang: int
    holds_on: date
    recorded_on: date
    source: str
    actor: str = ""


Sums = Mapping[str, Mapping[Stage, int]]


def state_on(events: Iterable[Happening], day: date, *, known_on: date | None = None) -> Sums:
    """Line -> stage -> satang, as it stood on `day`; with `known_on`, as it was told on that later or earlier day."""
    found: dict[str, dict[Stage, int]] = {}
    for event in events:
        if event.holds_on > day or (known_on is not None and event.recorded_on > known_on):
            continue
        sums = found.setdefault(event.line, {})
        sums[event.stage] = sums.get(event.stage, 0) + event.satang
    return found


def total_of(state: Sums) -> dict[Stage, int]:
    """The sums of all lines together, by stage; a stage no line has is absent, which is not nothing."""
    total: dict[Stage, int] = {}
    for sums in state.values():
        for stage, satang in sums.items():
            total[stage] = total.get(stage, 0) + satang
    return total


def shown_stage(sums: Iterable[Stage]) -> Stage | None:
    """The stage a reader sees who asked for none: the latest permission there is. None where there is none."""
    there = frozenset(sums)
    return next((stage for stage in PERMISSIONS if stage in there), None)
