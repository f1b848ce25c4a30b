"""The sweep: stored files that belong to nothing are deleted, rows that show nothing are told."""

from dataclasses import dataclass
from datetime import datetime

from sala.commons.files import permissions, queries
from sala.commons.files.actions.keeping import drop_file
from sala.commons.ledger import actions as ledger
from sala.core.actors import SYSTEM, Actor


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep found: names of stored files without a row, and of rows without a stored file."""

    nobodys: tuple[str, ...]
    missing: tuple[str, ...]


@ledger.action_without_entry(
    "what belongs to nothing tells nothing: a refused upload, a process that was killed"
)
def sweep_files(*, now: datetime, actor: Actor = SYSTEM, is_trial: bool = False) -> Swept:
    """Stored files without a row are deleted (unless `is_trial`); rows without a file are told, nothing mends them.

    Reads the whole list of stored files. Raises Refused unless the system itself sweeps.
    """
    permissions.require_system(actor)
    found = queries.list_astray(now)
    for name in () if is_trial else found.nobodys:
        drop_file(name)
    return Swept(found.nobodys, found.missing)
