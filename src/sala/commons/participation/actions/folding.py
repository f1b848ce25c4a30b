"""Folding what was signed into the counts, and telling once that a threshold is reached."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from sala.commons.ledger import actions as ledger
from sala.commons.matters import actions as matters
from sala.commons.participation import events, permissions
from sala.commons.participation.models import Collection
from sala.commons.participation.queries import SUPPORT
from sala.core.actors import Actor

# Whoever folds takes the changes away, so that none is counted twice; another who comes meanwhile passes them over.
_TAKE = """
WITH taken AS (
    DELETE FROM participation_change
    WHERE id IN (SELECT id FROM participation_change ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED)
    RETURNING collection_id, area, date_trunc('hour', made_at, 'UTC') AS hour, difference
)
SELECT collection_id, area, hour, sum(difference) FROM taken GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
"""
_ADD = """
INSERT INTO participation_areacount (collection_id, area, counted) VALUES (%s, %s, %s)
ON CONFLICT (collection_id, area) DO UPDATE SET counted = participation_areacount.counted + excluded.counted
"""
_ADD_HOUR = """
INSERT INTO participation_hourcount (collection_id, hour, counted) VALUES (%s, %s, %s)
ON CONFLICT (collection_id, hour) DO UPDATE SET counted = participation_hourcount.counted + excluded.counted
"""
_RAISE = """
UPDATE participation_collection SET counted = counted + %s WHERE id = %s RETURNING matter_id, purpose, counted
"""
_REACHED = """
UPDATE participation_collection SET threshold_told_at = %s
WHERE threshold_told_at IS NULL AND threshold IS NOT NULL AND counted >= threshold RETURNING id
"""

# So many changes at once: a fold of 50,000 holds its locks for a fifth of a second.
BATCH = 50_000


@ledger.projection("the counts repeat what the signatures say")
def fold_changes(*, now: datetime, most: int = BATCH) -> int:
    """Add what was signed and withdrawn to the counts; returns how many counts changed. For whoever works, often.

    Runs in one transaction (the caller's, if there is one); several at a time never count a change twice.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_TAKE, [most])
        of_areas: dict[tuple[int, str], int] = defaultdict(int)
        of_hours: dict[tuple[int, Any], int] = defaultdict(int)
        differences: dict[int, int] = defaultdict(int)
        for collection, area, hour, difference in cursor.fetchall():
            of_areas[collection, area] += difference
            of_hours[collection, hour] += difference
            differences[collection] += difference
        for (collection, area), difference in sorted(of_areas.items()):
            cursor.execute(_ADD, [collection, area, difference])
        for (collection, hour), difference in sorted(of_hours.items()):
            cursor.execute(_ADD_HOUR, [collection, hour, difference])
        supported = {}
        for collection, difference in sorted(differences.items()):
            cursor.execute(_RAISE, [difference, collection])
            for matter, purpose, counted in cursor.fetchall():
                if purpose == SUPPORT:
                    supported[matter] = counted
        matters.count_supporters(supported, now=now)
    return len(differences)


@ledger.action_on_many("each collection that reached its threshold has an entry")
def tell_thresholds(*, actor: Actor, now: datetime) -> int:
    """Say of each collection that reached its threshold that it did, once; returns of how many. For whoever folds.

    Whoever hears `events.ThresholdReached` acts on it. Later signatures, and withdrawals that dip below, say nothing.
    """
    permissions.require_system(actor)
    with connection.cursor() as cursor:
        cursor.execute(_REACHED, [now])
        reached = [key for (key,) in cursor.fetchall()]
    for collection in Collection.objects.select_related("matter").filter(pk__in=reached).order_by("pk"):
        ledger.record_entry(
            events.ThresholdReached(
                collection=collection.matter.reference,
                purpose=collection.purpose,
                threshold=collection.threshold or 0,
                counted=collection.counted,
            ),
            actor=actor,
            at=now,
        )
    return len(reached)
