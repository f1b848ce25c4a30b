"""Gives entries their positions: gap-free, in commit order, hashed into the tree and signed.

Many may be started; an advisory lock elects one. New entries are found by transaction snapshot: neither
clocks nor serial numbers follow the order of commits, and one open transaction must not hold up the others.
"""

import contextlib
import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import psycopg
from django.db import connection, transaction
from prometheus_client import Counter, Gauge, Histogram

from sala.commons.ledger import keys, memory
from sala.commons.ledger.progress import (
    Foreign,
    Inconsistent,
    Moved,
    Progress,
    SetBack,
    load_progress,
    read_tile,
    require_may_sign,
    row_of,
)
from sala.core import clock
from sala.engines import merkle
from sala.platform.connections import connect_directly

__all__ = [
    "Foreign",
    "Inconsistent",
    "Moved",
    "Progress",
    "Sequencer",
    "SetBack",
    "load_progress",
    "place_all",
    "read_tile",
    "sequence_now",
]

log = logging.getLogger(__name__)

CHANNEL = "sala_ledger"
LOCK = 0x5A1A_0001  # any fixed number; it names the office of the one sequencer
CHUNK = 4096
POLL_SECONDS = 0.05
STANDBY_SECONDS = 1.0
RETRY_SECONDS = 0.2
# A checkpoint that waits longer than this for its witnesses is published without them.
HOLD_SECONDS = 10.0
# How far the memory of what was signed may lag behind; a restore leaves more room than that.
REMEMBER_SECONDS = 1.0

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
_KEEP_TILE = """
INSERT INTO ledger_tile (level, index, hashes) VALUES (%s, %s, %s)
ON CONFLICT (level, index) DO UPDATE SET hashes = excluded.hashes
"""


def place(cursor: psycopg.Cursor[Any], progress: Progress, ids: Sequence[int]) -> None:
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
    _sign(cursor, progress, before)
    cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, str(progress.frontier.size)])


def _sign(cursor: psycopg.Cursor[Any], progress: Progress, before: int) -> None:
    frontier, signer, now = progress.frontier, progress.signer, clock.now()
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

    def __init__(self) -> None:
        self._connection = connect_directly("sala sequencer")
        self._progress: Progress | None = None
        self._remembered = -1

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
            if not row_of(cursor)[0]:
                return False
            with self._connection.transaction():
                progress = self._take_over(cursor)
                require_may_sign(cursor, progress)
            if progress.snapshot is None:
                progress.target, progress.waiting = row_of(cursor.execute(_LOOK_AT_ALL))
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
            progress.target, progress.waiting = row_of(found)
        ids = progress.waiting[:CHUNK]
        if len(ids) == len(progress.waiting):
            progress.snapshot = progress.target  # nothing of the old snapshot is left after this chunk
        if ids:
            self._place(progress, ids)
        return len(ids)

    def _place(self, progress: Progress, ids: list[int]) -> None:
        try:
            with ROUND.time(), self._connection.transaction(), self._connection.cursor() as cursor:
                place(cursor, progress, ids)
        except BaseException:
            self._progress = None  # the memory is ahead of the database: begin again from what is stored
            raise
        del progress.waiting[: len(ids)]
        SEQUENCED.inc(len(ids))
        SIZE.set(progress.frontier.size)

    def remember(self) -> None:
        """Keep outside the database what was signed last, and which numbers were given out, if there is news.

        A file that cannot be written is said and no reason to stop: people's entries matter more.
        """
        progress = self._progress
        if progress is None or progress.frontier.size in (0, self._remembered) or memory.file() is None:
            return
        try:
            memory.keep(memory.file(), look_at_newest(self._connection))
            self._remembered = progress.frontier.size
        except (OSError, memory.Unreadable) as error:
            log.warning("what was signed cannot be remembered: %s", error)

    def _take_over(self, cursor: psycopg.Cursor[Any]) -> Progress:
        """Read the progress; in a database restored elsewhere, make its transaction numbers void first.

        There they were given out by another server, and could be given out here again.
        """
        progress = load_progress(cursor)
        cursor.execute("SELECT system_identifier::text FROM pg_control_system()")
        cluster = row_of(cursor)[0]
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
            stop.wait(RETRY_SECONDS)


def _serve(sequencer: Sequencer, stop: threading.Event, poll_seconds: float) -> None:
    kept_at = 0.0
    while not stop.is_set():
        if not sequencer.elect():
            stop.wait(STANDBY_SECONDS)
            continue
        placed = sequencer.step()
        if time.monotonic() - kept_at > REMEMBER_SECONDS:
            sequencer.remember()
            kept_at = time.monotonic()
        if placed < CHUNK:
            stop.wait(poll_seconds)
    sequencer.remember()


def look_at_newest(on: psycopg.Connection[Any]) -> memory.Seen:
    """The newest checkpoint, with the last number of every sequence: what a restore has to go beyond."""
    numbers = on.execute(
        "SELECT sequencename::text, last_value FROM pg_sequences"
        " WHERE schemaname = current_schema() AND last_value IS NOT NULL"
    ).fetchall()
    row = on.execute("SELECT checkpoint FROM ledger_head WHERE id = 1").fetchone()
    return memory.Seen(row[0] if row else "", clock.now(), dict(numbers))


def sequence_now() -> int:
    """Sequence everything this connection sees, inside its transaction; returns how many entries were placed.

    For imports and tests, where no sequencer runs. Raises Inconsistent while one does.
    """
    with holding_office() as cursor:
        progress = load_progress(cursor)
        require_may_sign(cursor, progress)
        return place_all(cursor, progress)


def place_all(cursor: psycopg.Cursor[Any], progress: Progress) -> int:
    """Place everything that the caller's transaction sees, in the order of its numbers; returns how many entries."""
    progress.snapshot = None
    ids = row_of(cursor.execute(_LOOK_AT_ALL))[1]
    for first in range(0, len(ids), CHUNK):
        place(cursor, progress, ids[first : first + CHUNK])
    return len(ids)


@contextlib.contextmanager
def holding_office() -> Iterator[psycopg.Cursor[Any]]:
    """This connection's transaction, in which no sequencer runs. Raises Inconsistent while one does."""
    with transaction.atomic(), connection.cursor() as wrapped:
        wrapped.cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if not row_of(wrapped.cursor)[0]:
            raise Inconsistent("a sequencer is running")
        yield wrapped.cursor


def is_anyone_elected() -> bool:
    """Whether some process holds the office just now."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = %s AND granted"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))",
            [LOCK],
        )
        return bool(row_of(cursor.cursor)[0])


def look_whether_it_may_sign() -> None:
    """Raise Inconsistent, Foreign, SetBack or Moved if this installation must sign nothing more."""
    with transaction.atomic(), connection.cursor() as wrapped:
        if wrapped.cursor.execute("SELECT FROM ledger_head").rowcount:
            require_may_sign(wrapped.cursor, load_progress(wrapped.cursor))


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
