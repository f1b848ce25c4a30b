"""Appeals: the person does not accept how it ended, and somebody above the office decides."""

from collections.abc import Sequence
from datetime import datetime

from sala.commons.agencies import queries as agencies
from sala.commons.deadlines import actions as deadlines
from sala.commons.drafts.actions import NO_PROOF, Proof
from sala.commons.files.actions import KeptFile
from sala.commons.ledger import actions as ledger
from sala.commons.matters import actions as matters
from sala.core.actors import Actor
from sala.core.errors import Conflict
from sala.services.complaints import events, permissions, rules
from sala.services.complaints.actions.dates import APPEAL
from sala.services.complaints.actions.outcome import check_words
from sala.services.complaints.actions.records import (
    begin_anew,
    due_day,
    locked,
    move,
    named,
    said,
    unless_hidden,
    write_message,
)
from sala.services.complaints.models import Appeal, Complaint
from sala.services.complaints.queries.appeals import may_appeal
from sala.services.complaints.queries.clock import count
from sala.services.complaints.rules import Evidence, Move


@ledger.action
def appeal(
    *,
    actor: Actor,
    now: datetime,
    reference: str,
    text: str,
    proof: Proof = NO_PROOF,
    pictures: Sequence[KeptFile] = (),
) -> datetime:
    """Somebody above the office looks at how it ended and decides by the returned date.

    Against a refusal, or a closing that the person never confirmed; once against each, within the period.
    Raises Refused, Conflict, Invalid for no words.
    """
    complaint = locked(reference)
    permissions.require_is_complainant(actor, complaint, proof)
    check_words(text, pictures)
    if not may_appeal(complaint, now):
        raise Conflict("no_appeal_now")
    matter = complaint.matter
    deciding = _deciding(complaint)
    counted = count("appeal_decide", topic=matter.topic, agency=deciding, start=now)
    due_at = counted.due_at
    Appeal.objects.create(
        complaint=complaint, agency=deciding, against=complaint.outcome, filed_at=now, due_at=due_at
    )
    deadlines.run_deadline(matter, counted, clock=APPEAL, agency=deciding)
    matters.move_matter(matter, now=now)
    event = events.ComplaintAppealed(
        **named(complaint),
        against=complaint.outcome,
        to_agency=unless_hidden(complaint, deciding),
        due_on=due_day(due_at),
    )
    recorded = ledger.record_entry(event, actor=actor, at=now, secret=said(complaint, text))
    write_message(
        complaint, kind="appeal", text=text, actor=actor, now=now, recorded=recorded, pictures=pictures
    )
    return due_at


def _deciding(complaint: Complaint) -> str:
    owner = complaint.matter.agency
    above, central = agencies.superiors_of(owner), agencies.central_agency()
    return rules.who_decides(
        owner=owner,
        above=above[0].code if above else "",
        central=central.code if central else "",
        is_confidential=complaint.privacy == rules.Privacy.CONFIDENTIAL,
    )


@ledger.action
def decide_appeal(*, actor: Actor, now: datetime, reference: str, is_upheld: bool, text: str) -> None:
    """The person and everyone reads the decision; upheld, the office must take it up again by a new date.

    Raises Refused unless the actor supervises or heads the agency that decides, Conflict if none waits, Invalid
    for thin words.
    """
    complaint = locked(reference)
    waiting = complaint.appeals.select_for_update().filter(decided_at__isnull=True).first()
    if waiting is None:
        raise Conflict("no_appeal_waits")
    role = permissions.require_may_decide(actor, complaint, waiting)
    rules.require_evidence(Evidence(words=text, files=0), needs_file=False)
    matter, due_at = complaint.matter, None
    if is_upheld:
        counted = count("redo", topic=matter.topic, agency=matter.agency, start=now)
        due_at = counted.due_at
        move(complaint, Move.UPHOLD, now=now, due_at=due_at)
        begin_anew(complaint, counted, now=now)
    else:
        matters.move_matter(matter, now=now)
    deadlines.end_deadline(matter, clock=APPEAL, now=now)
    waiting.decided_at, waiting.is_upheld = now, is_upheld
    waiting.save(update_fields=["decided_at", "is_upheld"])
    event = events.AppealDecided(
        **named(complaint),
        is_upheld=is_upheld,
        by_agency=unless_hidden(complaint, waiting.agency),
        in_time=now <= waiting.due_at,
        due_on=due_day(due_at) or None,
    )
    recorded = ledger.record_entry(event, actor=actor, at=now, secret=said(complaint, text), role=role)
    write_message(
        complaint, kind="ruling", text=text, actor=actor, now=now, recorded=recorded, agency=waiting.agency
    )
