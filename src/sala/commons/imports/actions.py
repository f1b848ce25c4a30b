"""Writes about imports: a run begins, remembers what it added and refused, ends, and is undone."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import connection
from django.db.models import F

from sala.commons.imports import events, permissions, slots
from sala.commons.imports.models import Added, RefusedRow, Run
from sala.commons.ledger import actions as ledger
from sala.core.actors import Actor
from sala.core.clock import BANGKOK
from sala.core.errors import Conflict, NotFound
from sala.core.tables import Outcome
from sala.engines.thai.public_text import PublicText, within
from sala.platform import seals

_BATCH = 200
LONGEST_FILE = 120
_TOLD_ELSEWHERE = "what lands is told by the entries of the box it belongs to"


@ledger.action_without_entry(_TOLD_ELSEWHERE)
def begin_run(
    *, actor: Actor, now: datetime, importer: str, source: str, file: PublicText, digest: str
) -> int:
    """A table is about to land; returns the number of its run. Raises Refused."""
    permissions.require_may_import(actor)
    run = Run.objects.create(
        importer=importer,
        source=source,
        file=within(file, LONGEST_FILE),
        digest=digest,
        person_id=actor.person_id,
        began_at=now,
    )
    return int(run.pk)


@ledger.part_of_action("the importer's own action leaves the entry")
def keep_outcome(*, run_id: int, outcome: Outcome) -> None:
    """What a batch did is known with the batch itself: a run stopped in the middle can be undone as far as it went."""
    Added.objects.bulk_create([Added(run_id=run_id, key=key) for key in outcome.keys], batch_size=1000)
    Run.objects.filter(pk=run_id).update(
        added=F("added") + outcome.added,
        changed=F("changed") + outcome.changed,
        unchanged=F("unchanged") + outcome.unchanged,
    )


@ledger.action_without_entry(_TOLD_ELSEWHERE)
def keep_refused(*, actor: Actor, run_id: int, rows: Sequence[Sequence[str]]) -> None:
    """Rows of the run's report, for whoever mends them."""
    permissions.require_may_import(actor)
    sealed = (seals.seal(json.dumps(list(row), ensure_ascii=False)) for row in rows)
    RefusedRow.objects.bulk_create([RefusedRow(run_id=run_id, row_sealed=row) for row in sealed])


@ledger.action_without_entry(_TOLD_ELSEWHERE)
def end_run(
    *, actor: Actor, now: datetime, run_id: int, refused: int, notes: Mapping[tuple[str, str], int]
) -> None:
    """The table has landed as far as it could."""
    permissions.require_may_import(actor)
    told = [[code, what, rows] for (code, what), rows in list(notes.items())[:200]]
    Run.objects.filter(pk=run_id).update(ended_at=now, refused=refused, notes=told)


@ledger.action_on_many("each thing that is taken back may have an entry of its own")
def take_back_some(*, actor: Actor, now: datetime, run_id: int) -> bool:
    """Some of what a run added is gone, except what was touched since; whether there may be more.

    Batch by batch, each whole: the table of a national office is too much for one transaction. Raises Refused,
    NotFound, Conflict for a run undone before, or one whose table cannot be taken back.
    """
    permissions.require_may_import(actor)
    run = _locked(run_id)
    take_back = slots.importers[run.importer].take_back if run.importer in slots.importers else None
    if take_back is None:
        raise Conflict("run_stays")
    some = list(Added.objects.filter(run=run, stays="").order_by("-pk")[:_BATCH])
    if not some:
        return False
    stays = take_back(actor=actor, now=now, keys=[thing.key for thing in some], since=run.began_at)
    for thing in some:
        thing.stays = stays.get(thing.key, "")
    Added.objects.bulk_update([thing for thing in some if thing.stays], ["stays"])
    gone = [thing.pk for thing in some if not thing.stays]
    Added.objects.filter(pk__in=gone).delete()
    run.taken_back += len(gone)
    run.save(update_fields=["taken_back"])
    return True


@ledger.action
def close_undone(*, actor: Actor, now: datetime, run_id: int) -> tuple[int, int]:
    """Everyone can read that a run was undone: how many of what it added went, and how many stay."""
    permissions.require_may_import(actor)
    run = _locked(run_id)
    stayed = Added.objects.filter(run=run).count()
    run.undone_at = now
    run.save(update_fields=["undone_at"])
    event = events.RunUndone(
        importer=run.importer,
        source=run.source,
        began_on=run.began_at.astimezone(BANGKOK).date().isoformat(),
        taken_back=run.taken_back,
        stayed=stayed,
    )
    ledger.record_entry(event, actor=actor, at=now)
    return run.taken_back, stayed


def _locked(run_id: int) -> Run:
    run = Run.objects.select_for_update().filter(pk=run_id).first()
    if run is None:
        raise NotFound("run_not_found")
    if run.undone_at is not None:
        raise Conflict("run_undone")
    return run


def lock_imports() -> None:
    """Only one import lands at a time, until `unlock_imports`: two of one table would add everything twice.

    Raises Conflict while another process is at it. The database itself forgets the lock of one that was killed.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtext('sala.imports'))")
        if not cursor.fetchone()[0]:
            raise Conflict("import_running")


def unlock_imports() -> None:
    """Others may bring in."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock(hashtext('sala.imports'))")
