"""Signing one by one, withdrawing, and folding what was signed into the counts. `together` signs for many at once."""

from collections import defaultdict
from datetime import datetime

from django.db import connection, transaction

from sala.commons.ledger import actions as ledger
from sala.commons.matters import actions as matters
from sala.commons.participation import events, permissions, queries, rules
from sala.commons.participation.models import Collection
from sala.commons.participation.queries import SUPPORT, has_signed
from sala.core.actors import Actor, Channel
from sala.core.errors import Conflict
from sala.platform import rows

# The database's own clock decides, once, in the statement that writes: no clock of a web server can let anybody in
# a second late. Nothing is locked that two signers share.
_SIGN = """
WITH signed AS (
    INSERT INTO participation_signature (collection_id, mark, area, channel, level, entry_id, salt)
    SELECT id, %s, %s, %s, %s, %s, %s FROM participation_collection
    WHERE id = %s AND (opens_at IS NULL OR opens_at <= statement_timestamp())
      AND (closes_at IS NULL OR statement_timestamp() < closes_at)
    ON CONFLICT (collection_id, mark) WHERE withdrawn_at IS NULL DO NOTHING
    RETURNING collection_id, area
)
INSERT INTO participation_change (collection_id, area, difference) SELECT collection_id, area, 1 FROM signed
RETURNING collection_id
"""
_WITHDRAW = """
WITH gone AS (
    UPDATE participation_signature SET withdrawn_at = statement_timestamp()
    WHERE collection_id = %s AND mark = %s AND withdrawn_at IS NULL
    RETURNING collection_id, area
)
INSERT INTO participation_change (collection_id, area, difference) SELECT collection_id, area, -1 FROM gone
RETURNING collection_id
"""
# Whoever folds takes the changes away, so that none is counted twice; another who comes meanwhile passes them over.
_TAKE = """
WITH taken AS (
    DELETE FROM participation_change
    WHERE id IN (SELECT id FROM participation_change ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED)
    RETURNING collection_id, area, difference
)
SELECT collection_id, area, sum(difference) FROM taken GROUP BY 1, 2 ORDER BY 1, 2
"""
_ADD = """
INSERT INTO participation_areacount (collection_id, area, counted) VALUES (%s, %s, %s)
ON CONFLICT (collection_id, area) DO UPDATE SET counted = participation_areacount.counted + excluded.counted
"""
_RAISE = """
UPDATE participation_collection SET counted = counted + %s WHERE id = %s RETURNING matter_id, purpose, counted
"""

# So many changes at once: a fold of 50,000 holds its locks for a fifth of a second.
BATCH = 50_000


@ledger.part_of_action("the act that lets people sign leaves the entry")
def open_collection(
    *,
    matter: int,
    purpose: str,
    opens_at: datetime | None = None,
    closes_at: datetime | None = None,
    tells_apart: rules.TellsApart | None = None,
    least_level: int = 0,
) -> Collection:
    """The collection of a purpose on a matter (its key); the one that is there already, if there is one.

    With `tells_apart` people sign it at the common address (`/sign/`), by those who are known at `least_level`.
    """
    collection, _ = Collection.objects.get_or_create(
        matter_id=matter,
        purpose=purpose,
        defaults={
            "opens_at": opens_at,
            "closes_at": closes_at,
            "tells_apart": tells_apart or "",
            "least_level": least_level,
        },
    )
    return collection


@ledger.action
def sign_collection(
    *, actor: Actor, now: datetime, reference: str, purpose: str, area: str = "", proof: str | None = None
) -> None:
    """Your name is among those who sign, once. `proof` is the digest of a citizen number proven just now, if it was.

    Raises NotFound, Refused, and Conflict as `sign`.
    """
    terms = queries.get_terms(reference, purpose)
    signer = rules.Signer(actor.person_id, actor.assurance_level, proof)
    permissions.require_may_sign(
        signer, tells_apart=terms.tells_apart, least_level=terms.least_level, is_public=terms.is_public
    )
    mark = queries.mark_of(purpose, reference, rules.who_signs(signer, tells_apart=terms.tells_apart))
    recorded = ledger.record_entry(
        events.SignatureGiven(collection=reference, purpose=purpose),
        actor=actor,
        at=now,
        secret=rules.private_part(mark=mark, area=area, channel=actor.channel.value, level=signer.level),
    )
    sign(terms.collection, mark=mark, area=area, channel=actor.channel, level=signer.level, entry=recorded)


@ledger.part_of_action("the act of signing leaves the entry of its service")
def sign(
    collection: Collection,
    *,
    mark: bytes,
    area: str,
    channel: Channel,
    level: int | None = None,
    entry: ledger.Recorded | None = None,
) -> None:
    """One signature more, from an area's code ("" for none). Two statements at the most, and no lock two share.

    `level` is how surely the signer is known, `entry` what the ledger holds of this one signature, if it holds any.
    Raises Conflict "already_joined" if the mark is among them, "not_open" before it opens and from `closes_at` on.
    """
    values = [mark, area, channel.value, level, entry and entry.entry_id, entry and entry.salt, collection.pk]
    if rows.run_kept(_SIGN, values) is None:
        raise Conflict("already_joined" if has_signed(collection, mark) else "not_open")


@ledger.part_of_action("the act of withdrawing leaves the entry of its service")
def withdraw(collection: Collection, *, mark: bytes) -> None:
    """The bearer of a mark signs no longer; may sign again. Raises Conflict "not_joined" if they are not among them."""
    if rows.run_kept(_WITHDRAW, [collection.pk, mark]) is None:
        raise Conflict("not_joined")


@ledger.projection("the counts repeat what the signatures say")
def fold_changes(*, now: datetime, most: int = BATCH) -> int:
    """Add what was signed and withdrawn to the counts; returns how many counts changed. For whoever works, often.

    Runs in one transaction (the caller's, if there is one); several at a time never count a change twice.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_TAKE, [most])
        differences: dict[int, int] = defaultdict(int)
        for collection, area, difference in cursor.fetchall():
            cursor.execute(_ADD, [collection, area, difference])
            differences[collection] += difference
        supported = {}
        for collection, difference in differences.items():
            cursor.execute(_RAISE, [difference, collection])
            for matter, purpose, counted in cursor.fetchall():
                if purpose == SUPPORT:
                    supported[matter] = counted
        matters.count_supporters(supported, now=now)
    return len(differences)
