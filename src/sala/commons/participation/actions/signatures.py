"""Signing one by one, withdrawing, handing in. `together` signs for many at once, `folding` counts."""

from datetime import datetime

from sala.commons.ledger import actions as ledger
from sala.commons.participation import events, permissions, queries, rules
from sala.commons.participation.models import Collection
from sala.commons.participation.queries import has_signed
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
# What is set aside already is not taken off the count a second time.
_WITHDRAW = """
WITH gone AS (
    UPDATE participation_signature s SET withdrawn_at = statement_timestamp()
    FROM participation_collection c
    WHERE s.collection_id = %s AND s.mark = %s AND s.withdrawn_at IS NULL AND c.id = s.collection_id
      AND (c.filed_at IS NULL OR statement_timestamp() < c.filed_at)
    RETURNING s.collection_id, s.area, s.invalidation_id
), changed AS (
    INSERT INTO participation_change (collection_id, area, difference)
    SELECT collection_id, area, -1 FROM gone WHERE invalidation_id IS NULL
)
SELECT collection_id FROM gone
"""


@ledger.part_of_action("the act that lets people sign leaves the entry")
def open_collection(
    *,
    matter: int,
    purpose: str,
    opens_at: datetime | None = None,
    closes_at: datetime | None = None,
    tells_apart: rules.TellsApart | None = None,
    least_level: int = 0,
    threshold: int | None = None,
) -> Collection:
    """The collection of a purpose on a matter (its key); the one that is there already, if there is one.

    With `tells_apart` it is signed at the common address (`/sign/`), by those who are known at `least_level`. When
    `threshold` is reached, that is told once (`events.ThresholdReached`).
    """
    collection, _ = Collection.objects.get_or_create(
        matter_id=matter,
        purpose=purpose,
        defaults={
            "opens_at": opens_at,
            "closes_at": closes_at,
            "tells_apart": tells_apart or "",
            "least_level": least_level,
            "threshold": threshold,
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
    """The bearer of a mark signs no longer; may sign again.

    Raises Conflict "not_joined" if they are not among them, "filed_already" from the instant of filing on.
    """
    if rows.run_kept(_WITHDRAW, [collection.pk, mark]) is None:
        raise Conflict("filed_already" if has_signed(collection, mark) else "not_joined")


@ledger.action
def withdraw_from_collection(
    *, actor: Actor, now: datetime, reference: str, purpose: str, proof: str | None = None
) -> None:
    """Your name is taken back, as long as the signatures are not handed in. Raises as `sign_collection`, and Conflict
    as `withdraw`."""
    terms = queries.get_terms(reference, purpose)
    signer = rules.Signer(actor.person_id, actor.assurance_level, proof)
    permissions.require_may_sign(
        signer, tells_apart=terms.tells_apart, least_level=terms.least_level, is_public=terms.is_public
    )
    mark = queries.mark_of(purpose, reference, rules.who_signs(signer, tells_apart=terms.tells_apart))
    withdraw(terms.collection, mark=mark)
    ledger.record_entry(
        events.SignatureWithdrawn(collection=reference, purpose=purpose),
        actor=actor,
        at=now,
        secret={"mark": mark.hex()},
    )


@ledger.part_of_action("the act of filing leaves the entry of its service")
def file_collection(collection: Collection, *, at: datetime, details_until: datetime | None = None) -> None:
    """The signatures are handed in at an instant: nobody withdraws from it on, and nobody signs.

    From `details_until` on, names and numbers of signers are taken away. Raises Conflict "filed_already".
    """
    found = Collection.objects.select_for_update().get(pk=collection.pk)
    if found.filed_at is not None:
        raise Conflict("filed_already")
    found.filed_at, found.details_until = at, details_until
    found.closes_at = at if found.closes_at is None else min(at, found.closes_at)
    if found.opens_at is not None:
        found.opens_at = min(found.opens_at, found.closes_at)
    found.save(update_fields=["filed_at", "details_until", "closes_at", "opens_at"])
