"""What must be equal or not more in every budget; each rule answers with what is wrong, and by how much."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sala.services.budgeting.rules.stages import Stage


class Identity(StrEnum):
    """The rules, by the code under which they are printed."""

    CHILDREN = "children"
    BILL_TO_ACT = "bill_to_act"
    ALLOTTED = "allotted"
    COMMITTED = "committed"
    PAID = "paid"
    TRANSFERS = "transfers"


@dataclass(frozen=True, slots=True)
class Broken:
    """An identity that does not hold at a place: what it should be (at most, where it is a limit), what it is."""

    identity: Identity
    where: str
    expected: int
    found: int

    @property
    def difference(self) -> int:
        """How much there is too much (or, below zero, too little), in satang."""
        return self.found - self.expected


def revised(sums: Mapping[Stage, int]) -> int | None:
    """The act after transfers, in satang; None before there is an act. (Budget Procedures Act B.E. 2561, s. 35-36.)"""
    if Stage.ACT not in sums:
        return None
    return sums[Stage.ACT] + sums.get(Stage.TRANSFER, 0)


def unallotted(sums: Mapping[Stage, int]) -> int | None:
    """What of the revised act was not released: act and transfers together are what is allotted and this."""
    permitted = revised(sums)
    return None if permitted is None else permitted - sums.get(Stage.ALLOTMENT, 0)


def check_line(where: str, sums: Mapping[Stage, int]) -> Iterator[Broken]:
    """The identities of one place. What was never told (a stage absent) breaks none of them.

    The bill and the committee's changes make the act; paid is at most committed, committed at most allotted,
    allotted at most the act after transfers: "budget" is the most that may be paid or committed (s. 4).
    """
    if Stage.BILL in sums and Stage.COMMITTEE in sums and Stage.ACT in sums:
        expected = sums[Stage.BILL] + sums[Stage.COMMITTEE]
        if expected != sums[Stage.ACT]:
            yield Broken(Identity.BILL_TO_ACT, where, expected, sums[Stage.ACT])
    permitted = revised(sums)
    if permitted is not None and sums.get(Stage.ALLOTMENT, 0) > permitted:
        yield Broken(Identity.ALLOTTED, where, permitted, sums[Stage.ALLOTMENT])
    for identity, most, what in (
        (Identity.COMMITTED, Stage.ALLOTMENT, Stage.COMMITMENT),
        (Identity.PAID, Stage.COMMITMENT, Stage.DISBURSEMENT),
    ):
        if most in sums and sums.get(what, 0) > sums[most]:
            yield Broken(identity, where, sums[most], sums[what])


def check_children(where: str, parent: int, children: Sequence[int]) -> Iterator[Broken]:
    """A heading is the sum of what stands below it, at every level."""
    if children and sum(children) != parent:
        yield Broken(Identity.CHILDREN, where, parent, sum(children))


def check_transfers(where: str, transfers: Sequence[int]) -> Iterator[Broken]:
    """What leaves one line arrives at others: within the scope of one transfer the sum is nothing."""
    if sum(transfers):
        yield Broken(Identity.TRANSFERS, where, 0, sum(transfers))
