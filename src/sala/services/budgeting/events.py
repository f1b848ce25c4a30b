"""Facts in the life of a budget."""

from dataclasses import dataclass
from typing import ClassVar

from sala.core.events import Event


@dataclass(frozen=True, kw_only=True)
class BudgetLoaded(Event):
    """Events of a budget came in together; `root` is the Merkle root (RFC 6962) over them in their order.

    `fiscal_years` are of the Buddhist era, rising, parted by blanks; `satang` is the sum of all the events.
    """

    kind: ClassVar[str] = "budgeting.budget_loaded"
    source: str
    fiscal_years: str
    events: int
    root: str
    satang: int
