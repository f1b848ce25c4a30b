"""Bringing in what an agency's earlier system holds: each complaint once, with its own times and outcome."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from sala.commons.agencies import actions as agencies
from sala.commons.ledger import actions as ledger
from sala.commons.matters import actions as matters
from sala.core.actors import Actor
from sala.core.tables import Outcome
from sala.engines import thai
from sala.services.complaints import events, permissions
from sala.services.complaints.actions.records import iso_day
from sala.services.complaints.mappings import Incoming
from sala.services.complaints.models import Complaint, Message


@ledger.action_on_many("each complaint of the earlier system leaves an entry of its own")
def import_complaints(*, actor: Actor, now: datetime, rows: Sequence[Incoming]) -> Outcome:
    """Complaints of another system are here afterwards, each once; what was imported before stays as it is."""
    permissions.require_may_import(actor)
    outcome = Outcome()
    sources = {row.source for row in rows}
    known = set(
        Complaint.objects.filter(
            source__in=sources, source_id__in=[row.source_id for row in rows]
        ).values_list("source", "source_id")
    )
    for row in rows:
        if (row.source, row.source_id) in known:
            outcome.unchanged += 1
            continue
        known.add((row.source, row.source_id))
        _take(row, actor, now)
        outcome.added += 1
    return outcome


def _take(row: Incoming, actor: Actor, now: datetime) -> None:
    agencies.ensure_agency(code=row.agency, name=row.agency_name)
    public_text = thai.mask(row.text).text
    matter = matters.open_matter(
        matters.NewMatter(
            kind="complaint",
            title=public_text,
            visibility=matters.Visibility.PUBLIC,
            agency=row.agency,
            stage=row.status.value,
            opened_at=row.opened_at,
            place=row.place[:300],
            latitude=row.latitude,
            longitude=row.longitude,
            topic=row.topic,
            due_at=row.due_at,
            closed_at=row.closed_at,
        )
    )
    recorded = ledger.record_entry(
        events.ComplaintImported(
            matter=matter.reference,
            agency=row.agency,
            topic=row.topic,
            source=row.source,
            status=row.status.value,
            opened_on=iso_day(row.opened_at),
            closed_on=iso_day(row.closed_at) or None,
        ),
        actor=actor,
        at=now,
        secret={"text": public_text},
    )
    complaint = Complaint.objects.create(
        matter=matter,
        status=row.status.value,
        privacy="public",
        channel=row.channel.value,
        original=row.text,
        public_text=public_text,
        salt=recorded.salt or b"",
        is_triaged=True,
        last_word="resolution" if row.answer else "",
        key_digest=permissions.key_digest(secrets.token_urlsafe(12)),
        outcome=row.outcome.value if row.outcome else "",
        source=row.source,
        source_id=row.source_id,
    )
    if row.answer:
        Message.objects.create(
            complaint=complaint,
            kind="resolution",
            text=row.answer,
            public_text=thai.mask(row.answer).text,
            agency=row.agency,
            at=row.closed_at or row.opened_at,
        )
