"""How far the log is, read from the database; and whether this installation may sign what comes next.

Signing is refused rather than repaired: two trees of one size under one name can never be taken back.
"""

from dataclasses import dataclass, field
from typing import Any

import psycopg

from sala.commons.ledger import keys, memory
from sala.engines import merkle

_FIRST_HEAD = """
INSERT INTO ledger_head (id, size, cluster, checkpoint, published_size, published)
VALUES (1, 0, '', '', 0, '') ON CONFLICT DO NOTHING
"""


class Inconsistent(RuntimeError):
    """What is stored contradicts what was signed; nothing more may be signed before a person has looked."""


class Foreign(Inconsistent):
    """The log was signed by another key, or under another name, than this installation has."""


class SetBack(Inconsistent):
    """The database is older than what was signed: signing on would make two histories of one log."""


class Moved(Inconsistent):
    """The ledger goes on elsewhere, from the final backup of this database."""


@dataclass(slots=True)
class Progress:
    """What the sequencer knows between rounds. `snapshot` None: look at everything once."""

    frontier: merkle.Frontier
    snapshot: str | None
    cluster: str
    signer: merkle.Signer
    is_moved: bool = False
    waiting: list[int] = field(default_factory=list)
    target: str | None = None


def load_progress(cursor: psycopg.Cursor[Any]) -> Progress:
    """Read how far the log is. Raises Inconsistent if the stored tiles do not give the signed root.

    Raises Foreign if the newest checkpoint is not of this installation's key and name: whoever signed on with
    another key would have begun a second log over the entries of the first.
    """
    cursor.execute(_FIRST_HEAD)
    cursor.execute(
        "SELECT size, snapshot::text, cluster, checkpoint, epoch, moved_at FROM ledger_head WHERE id = 1"
    )
    size, snapshot, cluster, checkpoint, epoch, moved_at = row_of(cursor)
    signer = keys.log_signer(epoch)
    try:
        frontier = merkle.Frontier.from_tiles(size, lambda *tile: read_tile(cursor, *tile))
    except ValueError as error:
        raise Inconsistent(str(error)) from error
    if checkpoint:
        try:
            signed = merkle.open_checkpoint(checkpoint, signer.public)
        except merkle.BadNote:
            raise Foreign(keys.FOREIGN) from None
        if (signed.size, signed.root) != (size, frontier.root()):
            raise Inconsistent("the stored tree is not the one that was signed last")
    return Progress(frontier, snapshot, cluster, signer, is_moved=moved_at is not None)


def require_may_sign(cursor: psycopg.Cursor[Any], progress: Progress) -> None:
    """Raise Moved if the ledger goes on elsewhere, SetBack if this machine signed what the database does not hold.

    An Unreadable memory is SetBack too: nobody could say what was signed.
    """
    if progress.is_moved:
        raise Moved("this ledger goes on elsewhere, from its final backup; nothing more is signed here")
    try:
        seen = memory.recall(memory.file()).get(progress.signer.name)
    except memory.Unreadable as error:
        raise SetBack(f"{error}; bring it back, or run sala restore --here") from None
    if seen and (fault := _contradiction(cursor, progress.frontier, seen.checkpoint)):
        raise SetBack(
            f"{fault}: the database was set back past sala restore; stop the site and run sala restore --here"
        )


def _contradiction(cursor: psycopg.Cursor[Any], frontier: merkle.Frontier, seen: merkle.Checkpoint) -> str:
    """How the tree contradicts a checkpoint that was signed before; "" if it continues it."""
    if seen.size > frontier.size:
        return f"this machine signed {seen.size} entries of this log, and the database holds {frontier.size}"
    if seen.size == 0:
        return ""
    nodes = merkle.TileNodes(frontier.size, lambda *tile: read_tile(cursor, *tile))
    try:
        merkle.verify_consistency(
            old=seen.size,
            new=frontier.size,
            old_root=seen.root,
            new_root=frontier.root(),
            proof=merkle.consistency_proof(nodes, seen.size, frontier.size),
        )
    except merkle.BadProof:
        return f"the first {seen.size} entries are not those that this machine signed"
    return ""


def read_tile(cursor: psycopg.Cursor[Any], level: int, index: int, width: int) -> bytes:
    """The first `width` hashes of a stored tile; fewer bytes if there are fewer."""
    cursor.execute("SELECT hashes FROM ledger_tile WHERE level = %s AND index = %s", [level, index])
    row = cursor.fetchone()
    return bytes(row[0])[: width * merkle.HASH_BYTES] if row else b""


def row_of(cursor: psycopg.Cursor[Any]) -> tuple[Any, ...]:
    """The one row of an answer. Raises Inconsistent without any."""
    row = cursor.fetchone()
    if row is None:
        raise Inconsistent("the database gave no answer")
    return tuple(row)
