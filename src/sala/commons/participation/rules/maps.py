"""What a drawn map tells in words: what groups share, where they differ, how each group answered. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

# A group shares a statement if more than this share of those of it who answered agree (or disagree).
SHARED = 0.6
# Two groups differ on a statement by at least this share.
APART = 0.3
MOST = 6


@dataclass(frozen=True, slots=True)
class Answered:
    """How the people of one group answered a statement; widths of a bar are whole thousandths."""

    group: int
    name: str
    agree: int
    disagree: int
    passed: int

    @property
    def seen(self) -> int:
        return self.agree + self.disagree + self.passed

    @property
    def share(self) -> float:
        return self.agree / self.seen if self.seen else 0.0

    @property
    def widths(self) -> tuple[int, int, int]:
        """Agree, where disagree begins and how wide it is, of a thousand."""
        whole = self.seen or 1
        return round(1000 * self.agree / whole), round(1000 * self.disagree / whole), 1000


@dataclass(frozen=True, slots=True)
class Told:
    """A statement with everybody's answers and each group's."""

    number: int
    text: str
    all: Answered
    groups: tuple[Answered, ...]

    @property
    def spread(self) -> float:
        """How far the groups are apart: the greatest share that agrees less the smallest."""
        shares = [one.share for one in self.groups if one.seen]
        return max(shares) - min(shares) if len(shares) > 1 else 0.0

    @property
    def is_shared(self) -> bool:
        """Whether most people of every group agree, or most people of every group disagree."""
        if not self.groups or any(not one.seen for one in self.groups):
            return False
        return all(one.share > SHARED for one in self.groups) or all(
            one.disagree / one.seen > SHARED for one in self.groups
        )


def statements(document: Mapping[str, Any]) -> list[Told]:
    """Every statement of a map's document (docs/rules/opinion-map.md) with how it was answered."""
    names = {one["id"]: one["name"] for one in document["groups"]}
    found = []
    for one in document["statements"]:
        groups = tuple(_answered(cell["group"], names[cell["group"]], cell) for cell in one["groups"])
        found.append(Told(int(one["id"]), one["text"] or "", _answered(-1, "", one), groups))
    return found


def shared(told: Sequence[Told]) -> list[Told]:
    """What all groups share, that of which the least convinced group is surest first."""
    surest = [one for one in told if one.is_shared]
    return sorted(surest, key=lambda one: (-min(max(g.share, 1 - g.share) for g in one.groups), one.number))[
        :MOST
    ]


def apart(told: Sequence[Told]) -> list[Told]:
    """Where groups differ, the furthest first."""
    far = [one for one in told if not one.is_shared and one.spread >= APART]
    return sorted(far, key=lambda one: (-one.spread, one.number))[:MOST]


def _answered(group: int, name: str, cell: Mapping[str, Any]) -> Answered:
    agree, disagree, seen = cell["n_agree"], cell["n_disagree"], cell["n_seen"]
    return Answered(group, name, agree, disagree, seen - agree - disagree)
