"""What a count gives back: winners, rounds, ties and reasons, as data that a page turns into words."""

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any


@dataclass(frozen=True, slots=True)
class Tie:
    """Projects that the rule found exactly equal in a round, and the one the published order put first."""

    round: int
    projects: tuple[int, ...]
    chosen: int


@dataclass(frozen=True, slots=True)
class Round:
    """One project funded. Money in minor units; `figures` are what the phase decided by.

    Phase equal-shares: `price` (most that one supporter pays per point), `rate` (price per unit of utility,
    the figure that is compared), `in_full` (people who paid the price), `all_in` (people who gave all they
    had left). Phase phragmen: `time`, the money each supporter has earned when the project is bought.
    Phase greedy: `score`, the summed utility per unit of cost that is compared.
    """

    project: int
    phase: str
    figures: dict[str, Fraction | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a project was not funded: a code and the figures of the sentence."""

    project: int
    reason: str
    figures: dict[str, Fraction | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of a count; projects are positions in the election's list."""

    rounds: tuple[Round, ...]
    ties: tuple[Tie, ...]
    refusals: tuple[Refusal, ...] = ()
    notes: dict[str, Any] = field(default_factory=dict)

    @property
    def winners(self) -> tuple[int, ...]:
        """Funded projects in the order of their rounds."""
        return tuple(one.project for one in self.rounds)
