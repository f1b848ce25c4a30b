"""Gives entries their positions: gap-free, in commit order, hashed into the tree and signed.

Many may be started; an advisory lock elects one. New entries are found by transaction snapshot: neither
clocks nor serial numbers follow the order of commits, and one open transaction must not hold up the others.
"""

import contextlib
import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import psycopg
from django.db import connection, transaction
from prometheus_client import Counter, Gauge, Histogram

from sala.commons.ledger import keys
from sala.commons.ledger.connections import connect_directly
from sala.core import clock
from sala.engines import merkle

log = logging.getLogger(__name__)

CHANNEL = "sala_ledger"
LOCK = 0x5A1A_0001  # any fixed number; it names the office of the one sequencer
CHUNK = 4096
POLL_SECONDS = 0.05
STANDBY_SECONDS = 1.0
# A checkpoint that waits longer than this for its witnesses is published without them.
HOLD_SECONDS = 10.0

SEQUENCED = Counter("sala_ledger_entries_sequenced", "Entries given a position by this process")
SIZE = Gauge("sala_ledger_size", "Entries in the log", multiprocess_mode="mostrecent")
ELECTED = Gauge(
    "sala_ledger_sequencer_elected", "1 while this process is the sequencer", multiprocess_mode="mostrecent"
)
ROUND = Histogram("sala_ledger_round_seconds", "Time to sequence one chunk of entries")

# Index scans alone: right after a bulk load the statistics are wrong, and reading it all would cost seconds.
_PLANS = "SET enable_seqscan = off; SET enable_mergejoin = off; SET enable_hashjoin = off"
_UNPLACED = "NOT EXISTS (SELECT 1 FROM ledger_leaf leaf WHERE leaf.entry_id = entry.id)"
# One statement, so that the snapshot it returns is the snapshot it read with.
_LOOK_AT_ALL = f"""
SELECT pg_current_snapshot()::text, ARRAY(SELECT id FROM ledger_entry entry WHERE {_UNPLACED} ORDER BY id)
"""
# What can be seen now and was not committed when the snapshot was taken: begun after it, or running in it.
# By serial number within a round, because an action records its entry after it has its locks: of two that
# depend on each other the second has the higher number.
_LOOK = f"""
SELECT pg_current_snapshot()::text, ARRAY(
    WITH fresh AS MATERIALIZED (
        SELECT id FROM ledger_entry entry
        WHERE (txid >= pg_snapshot_xmax(%(then)s::pg_snapshot)
               OR txid = ANY (ARRAY(SELECT pg_snapshot_xip(%(then)s::pg_snapshot))))
          AND {_UNPLACED}
    )
    SELECT id FROM fresh ORDER BY id
)
"""
_MOVE = """
UPDATE ledger_head SET size = %(size)s, snapshot = %(snapshot)s::pg_snapshot, checkpoint = %(checkpoint)s,
    signed_at = %(at)s,
    waiting_since = CASE WHEN published_size < %(before)s THEN waiting_since ELSE %(at)s END
WHERE id = 1 AND size = %(before)s
"""
# Without witnesses at once; with them the cosigned one is published, unless they keep everybody waiting.
_PUBLISH = """
UPDATE ledger_head SET published = checkpoint, published_size = size, published_at = signed_at
WHERE id = 1 AND published_size < size
  AND (%(at_once)s OR waiting_since < %(now)s - make_interval(secs => %(hold)s))
"""
_FIRST_HEAD = """
INSERT INTO ledger_head (id, size, cluster, checkpoint, published_size, published)
VALUES (1, 0, '', '', 0, '') ON CONFLICT DO NOTHING
"""
_KEEP_TILE = """
INSERT INTO ledger_tile (level, index, hashes) VALUES (%s, %s, %s)
ON CONFLICT (level, index) DO UPDATE SET hashes = excluded.hashes
"""


class Inconsistent(RuntimeError):
    """What is stored contradicts what was signed; nothing more may be signed before a person has looked."""


@dataclass(slots=True)
class Progress:
    """What the sequencer knows between rounds. `snapshot` None: look at everything once."""

    frontier: merkle.Frontier
    snapshot: str | None
    cluster: str
    waiting: list[int] = field(default_factory=list)
    target: str | None = None


def load_progress(cursor: psycopg.Cursor[Any]) -> Progress:
    """Read how far the log is. Raises Inconsistent if the stored tiles do not give the signed root."""
    cursor.execute(_FIRST_HEAD)
    cursor.execute("SELECT size, snapshot::text, cluster, checkpoint FROM ledger_head WHERE id = 1")
    size, snapshot, cluster, checkpoint = _row(cursor)
    try:
        frontier = merkle.Frontier.from_tiles(size, lambda *tile: read_tile(cursor, *tile))
    except ValueError as error:
        raise Inconsistent(str(error)) from error
    if checkpoint:
        signed = merkle.parse_checkpoint(merkle.parse_note(checkpoint).text)
        if (signed.size, signed.root) != (size, frontier.root()):
            raise Inconsistent("the stored tree is not the one that was signed last")
    return Progress(frontier=frontier, snapshot=snapshot, cluster=cluster)


def read_tile(cursor: psycopg.Cursor[Any], level: int, index: int, width: int) -> bytes:
    """The first `width` hashes of a stored tile; fewer bytes if there are fewer."""
    cursor.execute("SELECT hashes FROM ledger_tile WHERE level = %s AND index = %s", [level, index])
    row = cursor.fetchone()
    return bytes(row[0])[: width * merkle.HASH_BYTES] if row else b""


def place(cursor: psycopg.Cursor[Any], progress: Progress, ids: Sequence[int], signer: merkle.Signer) -> None:
    """Give the entries `ids` the next positions, in this order: leaves, tiles, checkpoint, wake-up.

    Runs inside the caller's transaction. Raises Inconsistent if someone else moved the head meanwhile.
    """
    rows = cursor.execute(
        "SELECT id, matter, body FROM ledger_entry WHERE id = ANY (%s)", [list(ids)]
    ).fetchall()
    found = {entry_id: (matter, merkle.leaf_hash(body)) for entry_id, matter, body in rows}
    before = progress.frontier.size
    with cursor.copy("COPY ledger_leaf (position, entry_id, matter) FROM STDIN") as copy:
        for position, entry_id in enumerate(ids, start=before):
            copy.write_row((position, entry_id, found[entry_id][0]))
    tiles = progress.frontier.append([found[entry_id][1] for entry_id in ids])
    cursor.executemany(_KEEP_TILE, [(level, index, tile) for (level, index), tile in tiles.items()])
    _sign(cursor, progress, before, signer)
    cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, str(progress.frontier.size)])


def _sign(cursor: psycopg.Cursor[Any], progress: Progress, before: int, signer: merkle.Signer) -> None:
    frontier, now = progress.frontier, clock.now()
    checkpoint = merkle.Checkpoint(signer.name, frontier.size, frontier.root())
    cursor.execute(
        _MOVE,
        {
            "size": frontier.size,
            "before": before,
            "snapshot": progress.snapshot,
            "checkpoint": merkle.sign_checkpoint(checkpoint, signer),
            "at": now,
        },
    )
    if cursor.rowcount != 1:
        raise Inconsistent("another process moved the head of the log")
    publish(cursor, at_once=not keys.witnesses())


def publish(cursor: psycopg.Cursor[Any], *, at_once: bool) -> None:
    """Publish the newest checkpoint as it is: at once, or if something waits for HOLD_SECONDS already."""
    cursor.execute(_PUBLISH, {"at_once": at_once, "now": clock.now(), "hold": HOLD_SECONDS})


class Sequencer:
    """One candidate for the office, with its own connection: a context manager; `elect`, then `step`."""

    def __init__(self, signer: merkle.Signer | None = None) -> None:
        self._signer = signer or keys.log_signer()
        self._connection = connect_directly("sala sequencer")
        self._progress: Progress | None = None

    def __enter__(self) -> "Sequencer":
        return self

    def __exit__(self, *exception: object) -> None:
        with contextlib.suppress(psycopg.Error):  # the connection may be gone already, and the office with it
            self._connection.execute("SELECT pg_advisory_unlock_all()")
        self._connection.close()
        ELECTED.set(0)

    @property
    def is_elected(self) -> bool:
        """Whether this one holds the office."""
        return self._progress is not None

    def elect(self) -> bool:
        """Try to take the office; true if this one holds it (already or now)."""
        if self._progress is not None:
            return True
        with self._connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
            if not _row(cursor)[0]:
                return False
            with self._connection.transaction():
                progress = self._take_over(cursor)
            if progress.snapshot is None:
                progress.target, progress.waiting = _row(cursor.execute(_LOOK_AT_ALL))
                progress.snapshot = None if progress.waiting else progress.target
            cursor.execute(_PLANS)
        self._progress = progress
        ELECTED.set(1)
        SIZE.set(progress.frontier.size)
        return True

    def step(self) -> int:
        """Sequence what is there, at most one chunk; returns how many entries got a position."""
        progress = self._progress
        if progress is None:
            raise RuntimeError("only the elected sequencer may take a step")
        if not progress.waiting:
            found = self._connection.execute(_LOOK, {"then": progress.snapshot})
            progress.target, progress.waiting = _row(found)
        ids = progress.waiting[:CHUNK]
        if len(ids) == len(progress.waiting):
            progress.snapshot = progress.target  # nothing of the old snapshot is left after this chunk
        if ids:
            self._place(progress, ids)
        return len(ids)

    def _place(self, progress: Progress, ids: list[int]) -> None:
        try:
            with ROUND.time(), self._connection.transaction(), self._connection.cursor() as cursor:
                place(cursor, progress, ids, self._signer)
        except BaseException:
            self._progress = None  # the memory is ahead of the database: begin again from what is stored
            raise
        del progress.waiting[: len(ids)]
        SEQUENCED.inc(len(ids))
        SIZE.set(progress.frontier.size)

    def _take_over(self, cursor: psycopg.Cursor[Any]) -> Progress:
        """Read the progress; in a database restored elsewhere, make its transaction numbers void first.

        There they were given out by another server, and could be given out here again.
        """
        progress = load_progress(cursor)
        cursor.execute("SELECT system_identifier::text FROM pg_control_system()")
        cluster = _row(cursor)[0]
        if progress.cluster not in ("", cluster):
            log.warning("the ledger was restored from another database server; taking its entries over")
            cursor.execute(
                "UPDATE ledger_entry SET txid = '0' WHERE txid >= pg_snapshot_xmin(pg_current_snapshot())"
            )
            progress.snapshot = None
        if progress.cluster != cluster:
            cursor.execute("UPDATE ledger_head SET cluster = %s, snapshot = NULL WHERE id = 1", [cluster])
        return progress


def run(stop: threading.Event, *, poll_seconds: float = POLL_SECONDS) -> None:
    """Be a sequencer until `stop` is set: wait for the office, sequence, begin again if the database goes.

    Raises Inconsistent, and stops, if what is stored contradicts what was signed.
    """
    while not stop.is_set():
        try:
            with Sequencer() as sequencer:
                _serve(sequencer, stop, poll_seconds)
        except psycopg.OperationalError as error:
            log.warning("the sequencer lost its database: %s", type(error).__name__)
            stop.wait(STANDBY_SECONDS)


def _serve(sequencer: Sequencer, stop: threading.Event, poll_seconds: float) -> None:
    while not stop.is_set():
        if not sequencer.elect():
            stop.wait(STANDBY_SECONDS)
        elif sequencer.step() < CHUNK:
            stop.wait(poll_seconds)


def sequence_now() -> int:
    """Sequence everything this connection sees, inside its transaction; returns how many entries were placed.

    For imports and tests, where no sequencer runs. Raises Inconsistent while one does.
    """
    with transaction.atomic(), connection.cursor() as wrapped:
        cursor = wrapped.cursor
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if not _row(cursor)[0]:
            raise Inconsistent("a sequencer is running")
        progress = load_progress(cursor)
        progress.snapshot = None
        ids = _row(cursor.execute(_LOOK_AT_ALL))[1]
        for first in range(0, len(ids), CHUNK):
            place(cursor, progress, ids[first : first + CHUNK], keys.log_signer())
    return len(ids)


def _row(cursor: psycopg.Cursor[Any]) -> tuple[Any, ...]:
    row = cursor.fetchone()
    if row is None:
        raise Inconsistent("the database gave no answer")
    return tuple(row)


def is_anyone_elected() -> bool:
    """Whether some process holds the office just now."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = %s AND granted"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))",
            [LOCK],
        )
        return bool(_row(cursor.cursor)[0])


def recompute(progress: Callable[[int, int], None]) -> int:
    """Hash every stored entry again and compare with what was signed; returns how many there are.

    `progress` hears entries done and entries in all. Raises Inconsistent, naming the entry, if anything differs.
    """
    frontier = merkle.Frontier()
    with transaction.atomic(), connection.cursor() as wrapped:
        signed = load_progress(wrapped.cursor).frontier
        while frontier.size < signed.size:
            last = min(frontier.size + CHUNK, signed.size)
            frontier.append(_checked_leaves(wrapped.cursor, frontier.size, last))
            progress(frontier.size, signed.size)
    if frontier.root() != signed.root():
        raise Inconsistent("the entries are not the ones that were signed")
    return signed.size


def check_newest(count: int) -> None:
    """Hash the newest `count` entries again, and up to a tile more. Raises Inconsistent, naming the entry."""
    with transaction.atomic(), connection.cursor() as wrapped:
        size = load_progress(wrapped.cursor).frontier.size
        first = max(0, size - count) // merkle.WIDTH * merkle.WIDTH
        _checked_leaves(wrapped.cursor, first, size)


def _checked_leaves(cursor: psycopg.Cursor[Any], first: int, last: int) -> list[bytes]:
    """The hashes of the entries from `first` (the beginning of a tile) to before `last`, if they are the tiles'."""
    leaves: list[bytes] = []
    for index in range(first // merkle.WIDTH, -(-last // merkle.WIDTH)):
        leaves += merkle.split_tile(
            read_tile(cursor, 0, index, min(merkle.WIDTH, last - index * merkle.WIDTH))
        )
    bodies: dict[int, bytes] = dict(cursor.execute(_BODIES, [first, last]).fetchall())
    for position, leaf in zip(range(first, last), leaves, strict=True):
        if position not in bodies:
            raise Inconsistent(f"entry {position} is missing")
        if merkle.leaf_hash(bytes(bodies[position])) != leaf:
            raise Inconsistent(f"entry {position} is not the one that was signed")
    return leaves


_BODIES = (
    "SELECT leaf.position, entry.body FROM ledger_leaf leaf JOIN ledger_entry entry ON entry.id = leaf.entry_id"
    " WHERE leaf.position >= %s AND leaf.position < %s"
)
