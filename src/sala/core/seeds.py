"""Reference data that comes with the code and is brought up to date beside what an installation made of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(slots=True)
class Seeded:
    """What a seed did, counted in rows. `kept` rows were changed by the installation itself and stay as they are."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    kept: int = 0

    @property
    def is_news(self) -> bool:
        """Whether anything is different now."""
        return bool(self.added or self.changed)

    def __str__(self) -> str:
        counts = f"{self.added} added, {self.changed} changed, {self.unchanged} as before"
        return counts + (f", {self.kept} kept as this installation has them" if self.kept else "")


def may_replace(present: Mapping[str, Any], released: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a row is still what some release of ours put there: only then may a newer release change it.

    A number that an office set by `sala import` is a decision of theirs; an upgrade must not quietly undo it.
    """
    return any(all(present.get(name) == value for name, value in row.items()) for row in released)
