"""Signing for many people in one transaction: what the lean door does a few hundred times a second."""

from collections.abc import Sequence
from dataclasses import dataclass

from sala.commons.ledger.actions import together as ledger
from sala.commons.participation import events, permissions, queries, rules
from sala.core.actors import Channel, Role
from sala.core.errors import Conflict, SalaError
from sala.platform import arrays

# As `signatures._SIGN`, for rows. In the order of their marks, so that two who sign the same names at once wait for
# each other in one direction only. What is refused (twice, or not open) is left out, and told apart afterwards.
_SIGN = """
WITH given AS (
    SELECT * FROM unnest(%s::bigint[], %s::bytea[], %s::text[], %s::smallint[], %s::bigint[], %s::bytea[])
        AS given (collection, mark, area, level, entry, salt)
), signed AS (
    INSERT INTO participation_signature (collection_id, mark, area, channel, level, entry_id, salt)
    SELECT collection, mark, area, %s, level, entry, salt
    FROM given JOIN participation_collection c ON c.id = collection
    WHERE (opens_at IS NULL OR opens_at <= statement_timestamp())
      AND (closes_at IS NULL OR statement_timestamp() < closes_at)
    ORDER BY collection, mark
    ON CONFLICT (collection_id, mark) WHERE withdrawn_at IS NULL DO NOTHING
    RETURNING collection_id, area, entry_id
), changed AS (
    INSERT INTO participation_change (collection_id, area, difference) SELECT collection_id, area, 1 FROM signed
)
SELECT entry_id FROM signed
"""
_ALREADY = """
SELECT collection_id, mark FROM participation_signature
WHERE (collection_id, mark) IN (SELECT * FROM unnest(%s::bigint[], %s::bytea[])) AND withdrawn_at IS NULL
"""


@dataclass(frozen=True, slots=True)
class Wish:
    """Somebody wants to sign a collection: on its terms, from an area's code ("" for none)."""

    terms: queries.Terms
    reference: str
    signer: rules.Signer
    area: str = ""

    def mark(self) -> bytes:
        """What stands for them in this collection."""
        who = rules.who_signs(self.signer, tells_apart=self.terms.tells_apart)
        return queries.mark_of(self.terms.collection.purpose, self.reference, who)


@ledger.action_together("each who signs has an entry of their own")
async def sign_together(connection: ledger.Connection, wishes: Sequence[Wish]) -> list[SalaError | None]:
    """Everybody's name is among those who sign, once; for each in turn None, or why not. Nothing else is refused
    with them. Open or closed is decided by the database's clock in the statement that writes."""
    refusals = [
        permissions.refusal_to_sign(
            wish.signer,
            tells_apart=wish.terms.tells_apart,
            least_level=wish.terms.least_level,
            is_public=wish.terms.is_public,
        )
        for wish in wishes
    ]
    admitted = [number for number, refusal in enumerate(refusals) if refusal is None]
    if not admitted:
        return refusals
    at, entry_ids = await ledger.take_numbers(connection, len(admitted))
    marks = {number: wishes[number].mark() for number in admitted}
    prepared = {}
    for number in admitted:
        wish = wishes[number]
        prepared[number] = ledger.prepare_entry(
            events.SignatureGiven(collection=wish.reference, purpose=wish.terms.collection.purpose),
            role=Role.CITIZEN,
            at=at,
            secret=rules.private_part(
                mark=marks[number], area=wish.area, channel=Channel.WEB.value, level=wish.signer.level
            ),
        )
    columns = [
        arrays.numbers(wishes[number].terms.collection.pk for number in admitted),
        arrays.raw(marks.values()),
        arrays.texts(wishes[number].area for number in admitted),
        arrays.numbers(wishes[number].signer.level for number in admitted),
        arrays.numbers(entry_ids),
        arrays.raw(prepared[number].salt for number in admitted),
        Channel.WEB.value,
    ]
    found = await connection.execute(_SIGN, columns, prepare=True)
    signed = {entry_id for (entry_id,) in await found.fetchall()}
    numbered = dict(zip(admitted, entry_ids, strict=True))
    await ledger.record_together(
        connection, [(entry_id, prepared[n]) for n, entry_id in numbered.items() if entry_id in signed]
    )
    left_out = [number for number, entry_id in numbered.items() if entry_id not in signed]
    if left_out:
        keys = [(wishes[number].terms.collection.pk, marks[number]) for number in left_out]
        asked = [arrays.numbers(key for key, _ in keys), arrays.raw(mark for _, mark in keys)]
        rows = await connection.execute(_ALREADY, asked)
        there = {(key, bytes(mark)) for key, mark in await rows.fetchall()}
        for number, key in zip(left_out, keys, strict=True):
            refusals[number] = Conflict("already_joined" if key in there else "not_open")
    return refusals
