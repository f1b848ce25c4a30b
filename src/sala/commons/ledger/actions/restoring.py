"""After a restore: a log under a new name, and numbers that go on beyond any that may have been given out.

A backup is older than what was signed last. Going on from it under the old name would sign a second tree of a size
that was signed before, which no witness and no reader could ever accept (RFC 6962, section 1; C2SP tlog-witness).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import psycopg

from sala.commons.ledger import actions as ledger
from sala.commons.ledger import events, keys, permissions, queries, rules, sequencer
from sala.commons.ledger.models import Head, Witness
from sala.commons.ledger.progress import Progress, load_progress, row_of
from sala.core.actors import Actor, Role
from sala.engines import merkle

_EMPTY = (
    "INSERT INTO ledger_entry (kind, occurred_at, body)"
    " SELECT %(kind)s, %(at)s, %(body)s FROM generate_series(1, %(count)s) RETURNING id"
)
_SEQUENCES = (
    "SELECT sequencename::text, coalesce(last_value, 0), max_value FROM pg_sequences"
    " WHERE schemaname = current_schema()"
)
_BUSIEST_DAY = (
    "SELECT coalesce(max(of_day), 0) FROM (SELECT count(*) AS of_day FROM ledger_entry"
    " WHERE occurred_at > %(at)s::timestamptz - interval '30 days' GROUP BY occurred_at::date) AS days"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What is known of the log after the backup: its size at least, a checkpoint that shows it, numbers given out.

    `at` is when the newest of it was true; what was given out later is guessed from it.
    """

    size: int
    note: str
    at: datetime
    numbers: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fenced:
    """How a restored ledger goes on: its new name and key, entries kept, positions left empty, the restore's own."""

    origin: str
    key: str
    former: str
    kept: int
    left_empty: int
    position: int
    margin: int


@ledger.action_on_many("a restore is recorded, and before it each position that it leaves empty")
def fence_restore(*, actor: Actor, now: datetime, backup_at: datetime, evidence: Evidence) -> Fenced:
    """Nobody gets a number or position that was another's, and the log goes on under a new name, linked to the old.

    Raises Refused for anybody but the system, sequencer.Inconsistent while a sequencer runs or if what was
    restored is not as signed.
    """
    permissions.require_system(actor)
    with sequencer.holding_office() as cursor:
        progress = load_progress(cursor)
        former, kept, root = progress.signer.name, progress.frontier.size, progress.frontier.root()
        margin = rules.restore_margin(busiest_day=_busiest_day(cursor, evidence.at), unseen=now - evidence.at)
        _skip_numbers(cursor, evidence.numbers, margin)
        epoch = keys.new_epoch(now)
        progress.signer, progress.snapshot = keys.log_signer(epoch), None
        Head.objects.update(epoch=epoch, moved_at=None)
        # A witness knows nothing of the new log yet, and what it refused of the old one is history.
        Witness.objects.update(size=0, cosigned_at=None, refusal="", refused_at=None, seen_size=None)
        left_empty = max(kept, evidence.size) - kept + margin
        _leave_empty(cursor, progress, left_empty, now)
        event = events.LedgerRestored(
            backup_at=rules.instant(backup_at),
            kept=kept,
            root=merkle.write_hash(root),
            former=former,
            origin=progress.signer.name,
            last_known=merkle.parse_note(evidence.note).text if evidence.note else "",
            skipped=margin,
        )
        recorded = ledger.record_entry(event, actor=actor, at=now)
        sequencer.place_all(cursor, progress)
        sequencer.publish(cursor, at_once=True)
        position = queries.find_position(recorded.entry_id)
    return Fenced(
        origin=progress.signer.name,
        key=str(progress.signer.public),
        former=former,
        kept=kept,
        left_empty=left_empty,
        position=position or 0,
        margin=margin,
    )


@ledger.action_without_entry("the log that goes on records nothing new: it is the same log on another server")
def take_over(*, actor: Actor, now: datetime) -> None:
    """The log goes on here under its own name, from the final backup of a site that signs no more.

    Raises Refused for anybody but the system, sequencer.Inconsistent if what was restored is not as signed.
    """
    permissions.require_system(actor)
    with sequencer.holding_office() as cursor:
        load_progress(cursor)
        Head.objects.update(moved_at=None)


@ledger.action_without_entry(
    "the last entry is signed before; afterwards nothing can be recorded here that is signed"
)
def close_log(*, actor: Actor, now: datetime) -> int:
    """Everything is signed, and nothing more is signed here: the log goes on elsewhere. Returns its size.

    Raises Refused for anybody but the system, sequencer.Inconsistent while a sequencer runs.
    """
    permissions.require_system(actor)
    with sequencer.holding_office() as cursor:
        progress = load_progress(cursor)
        sequencer.require_may_sign(cursor, progress)
        sequencer.place_all(cursor, progress)
        sequencer.publish(cursor, at_once=True)
        Head.objects.update(moved_at=now)
    return progress.frontier.size


def _busiest_day(cursor: psycopg.Cursor[Any], until: datetime) -> int:
    """The most entries of one day in the thirty days before the evidence."""
    return int(row_of(cursor.execute(_BUSIEST_DAY, {"at": until}))[0])


def _skip_numbers(cursor: psycopg.Cursor[Any], known: Mapping[str, int], margin: int) -> None:
    """Let every sequence of the database go on beyond what was given out; gaps do no harm, repeats do."""
    for name, last, most in cursor.execute(_SEQUENCES).fetchall():
        beyond = min(most, max(last, known.get(name, 0)) + margin)
        cursor.execute("SELECT setval(quote_ident(%s)::regclass, %s)", [name, beyond])


def _leave_empty(cursor: psycopg.Cursor[Any], progress: Progress, count: int, now: datetime) -> None:
    """Fill positions with entries that say only that they are nobody's: a tree has no gaps."""
    event = events.PositionLeftEmpty()
    body = rules.entry_body(event=event, role=Role.SYSTEM, at=now)
    values = {"kind": event.kind, "at": now, "body": body, "count": count}
    ids = [entry_id for (entry_id,) in cursor.execute(_EMPTY, values).fetchall()]
    for first in range(0, len(ids), sequencer.CHUNK):
        sequencer.place(cursor, progress, ids[first : first + sequencer.CHUNK])
