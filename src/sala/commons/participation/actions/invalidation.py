"""Setting signatures aside by a condition, a few thousand at a time, and bringing them back."""

from datetime import datetime

from django.db import connection

from sala.commons.ledger import actions as ledger
from sala.commons.participation import events, permissions, queries, rules
from sala.commons.participation.models import Collection, Invalidation, Signature
from sala.commons.participation.rules import InvalidationState as State
from sala.core.actors import Actor
from sala.core.errors import Conflict, Invalid, NotFound

# So many at once: their locks are held for some tenths of a second.
BATCH = 5_000
_SET_ASIDE = """
WITH touched AS (
    UPDATE participation_signature SET invalidation_id = %s WHERE id = ANY(%s) AND invalidation_id IS NULL
      AND withdrawn_at IS NULL
    RETURNING collection_id, area
), changed AS (
    INSERT INTO participation_change (collection_id, area, difference) SELECT collection_id, area, -1 FROM touched
)
SELECT count(*) FROM touched
"""
_BRING_BACK = """
WITH touched AS (
    UPDATE participation_signature SET invalidation_id = NULL
    WHERE id IN (SELECT id FROM participation_signature WHERE invalidation_id = %s ORDER BY id LIMIT %s)
    RETURNING collection_id, area, withdrawn_at
), changed AS (
    INSERT INTO participation_change (collection_id, area, difference)
    SELECT collection_id, area, 1 FROM touched WHERE withdrawn_at IS NULL
)
SELECT count(*) FROM touched
"""


@ledger.action
def begin_invalidation(
    *,
    actor: Actor,
    now: datetime,
    reference: str,
    purpose: str,
    condition: rules.Condition,
    reason: rules.InvalidationReason,
    expected: int,
) -> int:
    """The signatures that meet a condition are set aside from now on, in the background; its key.

    `expected` is what the preview counted: if it counts otherwise now, Conflict "changed_meanwhile", so that nobody
    sets aside what they have not seen. Raises Invalid "condition_empty".
    """
    terms = queries.get_terms(reference, purpose)
    permissions.require_may_set_aside(actor, terms.agency)
    if condition.is_empty:
        raise Invalid("condition_empty")
    if queries.count_meeting(terms.collection, condition) != expected:
        raise Conflict("changed_meanwhile")
    last = (
        Signature.objects.filter(collection=terms.collection)
        .order_by("-pk")
        .values_list("pk", flat=True)
        .first()
    )
    begun = Invalidation.objects.create(
        collection=terms.collection,
        condition=condition.told(),
        reason=reason.value,
        state=State.RUNNING,
        expected=expected,
        last=last or 0,
        begun_by_id=actor.person_id,
    )
    ledger.record_entry(
        events.SignaturesInvalidated(
            agency=terms.agency,
            collection=reference,
            purpose=purpose,
            invalidation=begun.pk,
            condition=condition.told(),
            reason=reason.value,
            expected=expected,
        ),
        actor=actor,
        at=now,
    )
    return begun.pk


@ledger.action
def reverse_invalidation(*, actor: Actor, now: datetime, invalidation: int) -> None:
    """What it set aside comes back, in the background; one that is still running is cancelled by it.

    Raises NotFound, and Conflict "changed_meanwhile" for one that is reversed already.
    """
    found = _lock(invalidation)
    matter = found.collection.matter
    permissions.require_may_set_aside(actor, matter.agency)
    _move(found, State.REVERSING)
    ledger.record_entry(
        events.InvalidationReversed(
            agency=matter.agency,
            collection=matter.reference,
            purpose=found.collection.purpose,
            invalidation=found.pk,
            touched=found.touched,
        ),
        actor=actor,
        at=now,
    )


@ledger.action_if_changed("only what falls below its threshold is told; the rest was told when it began")
def work_on_invalidation(*, actor: Actor, now: datetime, most: int = BATCH) -> int:
    """Set aside (or bring back) a few thousand more of the oldest one that is not finished; how many it was.

    The counts follow when the changes are folded. Returns -1 where nothing waits.
    """
    permissions.require_system(actor)
    found = (
        Invalidation.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("collection__matter")
        .filter(state__in=[State.RUNNING, State.REVERSING])
        .order_by("pk")
        .first()
    )
    if found is None:
        return -1
    touched = _set_aside(found, most) if found.state == State.RUNNING else _bring_back(found, most)
    if found.state in (State.DONE, State.REVERSED):
        collection = Collection.objects.select_for_update(of=("self",)).get(pk=found.collection_id)
        collection.confirmed = queries.count_confirmed(collection)
        collection.save(update_fields=["confirmed"])
        _tell_if_lost(found, collection, actor=actor, now=now)
    return touched


def _set_aside(found: Invalidation, most: int) -> int:
    condition = rules.condition_of(found.condition)
    rows = queries.meeting(found.collection, condition).filter(pk__gt=found.done_to, pk__lte=found.last)
    keys = list(rows.order_by("pk").values_list("pk", flat=True)[:most])
    with connection.cursor() as cursor:
        cursor.execute(_SET_ASIDE, [found.pk, keys])
        (touched,) = cursor.fetchone()
    found.touched += touched
    found.done_to = keys[-1] if keys else found.last
    if len(keys) < most:
        _move(found, State.DONE)
    found.save(update_fields=["touched", "done_to", "state"])
    return int(touched)


def _bring_back(found: Invalidation, most: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_BRING_BACK, [found.pk, most])
        (touched,) = cursor.fetchone()
    if touched < most:
        _move(found, State.REVERSED)
    return int(touched)


def _tell_if_lost(found: Invalidation, collection: Collection, *, actor: Actor, now: datetime) -> None:
    counted = queries.count(collection)
    if collection.threshold_told_at is None or counted >= (collection.threshold or 0):
        return
    collection.threshold_told_at = None
    collection.save(update_fields=["threshold_told_at"])
    ledger.record_entry(
        events.ThresholdLost(
            collection=found.collection.matter.reference,
            purpose=collection.purpose,
            threshold=collection.threshold or 0,
            counted=counted,
        ),
        actor=actor,
        at=now,
    )


def _lock(invalidation: int) -> Invalidation:
    rows = Invalidation.objects.select_for_update(of=("self",)).select_related("collection__matter")
    found = rows.filter(pk=invalidation).first()
    if found is None:
        raise NotFound("not_found")
    return found


def _move(found: Invalidation, state: State) -> None:
    if state not in rules.MOVES[State(found.state)]:
        raise Conflict("changed_meanwhile")
    found.state = state
    found.save(update_fields=["state"])
