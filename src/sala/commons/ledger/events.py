"""Facts about the ledger itself: that it was brought back from a backup, and which positions that left empty."""

from dataclasses import dataclass
from typing import ClassVar

from sala.core.events import Event


@dataclass(frozen=True, kw_only=True)
class LedgerRestored(Event):
    """The site was brought back from a backup; what was recorded after `kept` entries is lost, or may be.

    `origin` is the log's name from here on, `former` the one before, `root` (base64) its tree of `kept` entries,
    which this log begins with. `last_known` is the newest checkpoint (its three lines) of the former log that anybody
    showed; `skipped` is how many numbers of every kind were left out, so that none is given twice.
    """

    kind: ClassVar[str] = "ledger.restored"
    backup_at: str
    kept: int
    root: str
    former: str
    origin: str
    last_known: str
    skipped: int


@dataclass(frozen=True, kw_only=True)
class PositionLeftEmpty(Event):
    """This position may have been another entry's before a restore; nobody else gets it."""

    kind: ClassVar[str] = "ledger.position_left_empty"
