"""What an organiser published with the ballots: the rule's name, a threshold, the limits of one ballot.

They travel with the election, so that a count that names no rule follows them and every report can say where
it does not.
"""

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

# The limits of one ballot as Pabulib names them: of its length, its points, their sum, the sum of its costs.
LIMITS = (
    "min_length",
    "max_length",
    "min_points",
    "max_points",
    "min_sum_points",
    "max_sum_points",
    "min_sum_cost",
    "max_sum_cost",
)


@dataclass(frozen=True, slots=True)
class Terms:
    """The published terms of a vote.

    `rule` is written as the organiser wrote it (None: not said). Projects whose own score is below `min_score`
    are barred; a score is votes, points, or places of a ranking added up. `first_place` is what the first of a
    ranking gets, the second one less, and so on (None: as many as the longest ballot lists). `limits` holds
    what one ballot may be, by the names in `LIMITS`, costs in units of the currency. `not_applied` names
    conditions that no rule here knows.
    """

    rule: str | None = None
    min_score: Fraction = Fraction(0)
    first_place: int | None = None
    limits: dict[str, Fraction] = field(default_factory=dict)
    not_applied: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PublishedRule:
    """A published name in the words of Settings. `is_whole` is false where the name means more than we count."""

    rule: Literal["greedy", "equal-shares"]
    completion: Literal["none", "add-one"] = "none"
    stop: Literal["exhaustive", "overspent"] = "exhaustive"
    overflow: Literal["skip", "stop"] = "skip"
    is_whole: bool = True


# The names of pabulib.org/format and of Pabulib's own checker. A threshold is in META and applies to any rule.
PUBLISHED_RULES = {
    "greedy": PublishedRule("greedy"),
    "greedy-threshold": PublishedRule("greedy"),
    "greedy-no-skip": PublishedRule("greedy", overflow="stop"),
    "greedy-exclusive": PublishedRule("greedy", is_whole=False),
    "greedy-custom": PublishedRule("greedy", is_whole=False),
    "equalshares": PublishedRule("equal-shares"),
    "equalshares/add1": PublishedRule("equal-shares", "add-one", "overspent"),
    "equalshares-comparison": PublishedRule("equal-shares", is_whole=False),
    "equalshares/add1-comparison": PublishedRule("equal-shares", "add-one", "overspent", is_whole=False),
}


def find_published(name: str | None) -> PublishedRule | None:
    """What a published rule's name means here, None where it says nothing we know."""
    return PUBLISHED_RULES.get((name or "").strip().lower())
