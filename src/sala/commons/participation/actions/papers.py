"""Sheets of paper, and what an outside register says: officers' acts on a collection before and after it is filed."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sala.commons.identity import queries as identity
from sala.commons.identity.slots import step_ups
from sala.commons.ledger import actions as ledger
from sala.commons.ledger import queries as ledger_queries
from sala.commons.participation import events, permissions, queries, rules
from sala.commons.participation.models import Collection, Sheet, Signatory, Signature
from sala.core.actors import SYSTEM, Actor, Channel, Role
from sala.core.errors import Conflict, Invalid
from sala.core.national_ids import parse_national_id
from sala.engines.signatures import Head, text_to_sign
from sala.platform import rows, seals

# As `signatures._SIGN`, but until filing: what was signed on paper before the closing may be entered after it.
_SIGN = """
WITH signed AS (
    INSERT INTO participation_signature (collection_id, mark, area, channel, sheet_id)
    SELECT id, %s, %s, %s, %s FROM participation_collection
    WHERE id = %s AND (filed_at IS NULL OR statement_timestamp() < filed_at)
    ON CONFLICT (collection_id, mark) WHERE withdrawn_at IS NULL DO NOTHING
    RETURNING id, collection_id, area
), changed AS (
    INSERT INTO participation_change (collection_id, area, difference) SELECT collection_id, area, 1 FROM signed
)
SELECT id FROM signed
"""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of a sheet as it was read: name, citizen number, code of an area ("" for none)."""

    name: str
    number: str
    area: str = ""


@dataclass(frozen=True, slots=True)
class Entered:
    """What became of a sheet's rows."""

    counted: int
    double: int
    wrong: int


@ledger.action_on_many("each signature of a sheet has an entry, and the sheet one")
def enter_sheet(
    *, actor: Actor, now: datetime, reference: str, purpose: str, number: str, sheet: Sequence[SheetRow]
) -> Entered:
    """The names on a sheet of paper are among those who sign; who signed already, online or on paper, counts once.

    One transaction: the whole sheet, or nothing of it. Raises Conflict "filed_already" or "sheet_known", Invalid for
    a sheet without rows or with too many, or where citizens are not told apart by their number.
    """
    terms = queries.get_terms(reference, purpose)
    permissions.require_may_enter_sheets(actor, terms.agency)
    if not 0 < len(sheet) <= rules.LONGEST_SHEET or terms.tells_apart != rules.TellsApart.CITIZEN:
        raise Invalid("invalid", {"sheet": "invalid"})
    # Whoever files waits for the sheet, so that it is in as a whole or not at all.
    collection = Collection.objects.select_for_update(of=("self",)).get(pk=terms.collection.pk)
    if queries.is_filed(collection):
        raise Conflict("filed_already")
    if Sheet.objects.filter(collection=collection, number=number).exists():
        raise Conflict("sheet_known")
    kept = Sheet.objects.create(
        collection=collection, number=number, entered_by_id=actor.person_id, counted=0, double=0, wrong=0
    )
    found = Counter(_enter(terms, reference, kept, row, now=now) for row in sheet)
    entered = Entered(found["counted"], found["double"], found["wrong"])
    Sheet.objects.filter(pk=kept.pk).update(
        counted=entered.counted, double=entered.double, wrong=entered.wrong
    )
    ledger.record_entry(
        events.SheetEntered(
            agency=terms.agency,
            collection=reference,
            purpose=purpose,
            counted=entered.counted,
            double=entered.double,
            wrong=entered.wrong,
        ),
        actor=actor,
        at=now,
        secret={"number": number},
    )
    return entered


def _enter(terms: queries.Terms, reference: str, sheet: Sheet, row: SheetRow, *, now: datetime) -> str:
    try:
        number = parse_national_id(row.number)
    except ValueError:
        return "wrong"
    proof = identity.digest_of_number(number, step_ups[rules.PROOF])
    mark = queries.mark_of(terms.collection.purpose, reference, rules.citizen(proof))
    values = [mark, row.area, Channel.PAPER.value, sheet.pk, terms.collection.pk]
    signed = rows.run_kept(_SIGN, values)
    if signed is None:
        return "double"
    recorded = ledger.record_entry(
        events.SignatureGiven(collection=reference, purpose=terms.collection.purpose),
        actor=SYSTEM,
        at=now,
        secret=rules.private_part(mark=mark, area=row.area, channel=Channel.PAPER.value, level=None),
        role=Role.CITIZEN,
    )
    Signature.objects.filter(pk=signed[0]).update(entry_id=recorded.entry_id, salt=recorded.salt)
    details = json.dumps({"name": row.name, "number": number}, ensure_ascii=False)
    Signatory.objects.create(signature_id=signed[0], details_sealed=seals.seal(details))
    return "counted"


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """What is handed to an outside register of one signature: its number here, name and citizen number."""

    signature: int
    name: str
    number: str


@ledger.action
def ask_register(
    *, actor: Actor, now: datetime, reference: str, purpose: str, after: int = 0, most: int = 10_000
) -> list[RegisterRow]:
    """Signers whose details are kept and who were not held against the register yet, in the order of signing.

    The next batch begins `after` the last signature of this one. That they were taken out stands in the ledger.
    """
    terms = queries.get_terms(reference, purpose)
    permissions.require_may_enter_sheets(actor, terms.agency)
    waiting = Signatory.objects.filter(
        signature__collection=terms.collection,
        signature__finding="",
        signature__withdrawn_at=None,
        signature__invalidation=None,
        pk__gt=after,
    ).order_by("pk")
    found = []
    for row in waiting[:most]:
        details = json.loads(seals.unseal(row.details_sealed))
        found.append(RegisterRow(row.pk, details["name"], details["number"]))
    ledger.record_entry(
        events.RegisterAsked(agency=terms.agency, collection=reference, purpose=purpose, asked=len(found)),
        actor=actor,
        at=now,
        secret={"signatures": [row.signature for row in found]},
    )
    return found


@ledger.action
def take_findings(
    *, actor: Actor, now: datetime, reference: str, purpose: str, findings: Mapping[int, str], file: bytes
) -> Mapping[str, int]:
    """What the register says, by signature, replaces what it said before; `file` is its answer as it came.

    Returns how many of each finding. The raw count stays: what is not confirmed is told beside it, and set aside only
    by an invalidation. Raises Invalid for a finding it cannot have, or a signature of another collection.
    """
    terms = queries.get_terms(reference, purpose)
    permissions.require_may_enter_sheets(actor, terms.agency)
    by_finding = {
        finding: [key for key, said in findings.items() if said == finding] for finding in rules.Finding
    }
    if sum(map(len, by_finding.values())) != len(findings):
        raise Invalid("invalid", {"finding": "invalid"})
    collection = Collection.objects.select_for_update(of=("self",)).get(pk=terms.collection.pk)
    own = Signature.objects.filter(collection=collection, withdrawn_at=None)
    if own.filter(pk__in=findings).count() != len(findings):
        raise Invalid("invalid", {"signature": "not_found"})
    for finding, keys in by_finding.items():
        own.filter(pk__in=keys).update(finding=finding)
    collection.confirmed = own.filter(finding=rules.Finding.CONFIRMED, invalidation=None).count()
    collection.save(update_fields=["confirmed"])
    counts = {finding.value: len(keys) for finding, keys in by_finding.items()}
    ledger.record_entry(
        events.RegisterAnswered(
            agency=terms.agency,
            collection=reference,
            purpose=purpose,
            file=hashlib.sha256(file).hexdigest(),
            confirmed=counts["confirmed"],
            unknown=counts["unknown"],
            ineligible=counts["ineligible"],
        ),
        actor=actor,
        at=now,
    )
    return counts


@ledger.action
def hand_over(*, actor: Actor, now: datetime, head: Head, sha256: str) -> str:
    """The signatures are given to a committee in a file: what the log's key signs of it, as a signed note.

    `sha256` (hex) is that of the file's lines. It stands in the ledger, so that another file is not the one that was
    given. Raises Conflict "changed_meanwhile" if the file is not of all that count now.
    """
    terms = queries.get_terms(head.collection, head.purpose)
    permissions.require_may_hand_over(actor, terms.agency)
    if queries.count_meeting(terms.collection, rules.Condition()) != head.count:
        raise Conflict("changed_meanwhile")
    ledger.record_entry(
        events.SignaturesHandedOver(
            agency=terms.agency,
            collection=head.collection,
            purpose=head.purpose,
            count=head.count,
            confirmed=head.confirmed,
            file=sha256,
        ),
        actor=actor,
        at=now,
    )
    return ledger_queries.sign_text(text_to_sign(head, sha256))


@ledger.action_on_many("each collection whose signers' details are taken away has an entry")
def erase_details(*, actor: Actor, now: datetime) -> int:
    """Names and numbers of signers go when their time is over; the signatures stay, nameless. Returns how many."""
    permissions.require_system(actor)
    total = 0
    for collection in (
        Collection.objects.select_related("matter").filter(details_until__lte=now).order_by("pk")
    ):
        erased, _ = Signatory.objects.filter(signature__collection=collection).delete()
        if erased:
            ledger.record_entry(
                events.DetailsErased(
                    collection=collection.matter.reference, purpose=collection.purpose, erased=erased
                ),
                actor=actor,
                at=now,
            )
            total += erased
    return total
