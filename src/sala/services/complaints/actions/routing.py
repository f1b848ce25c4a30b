"""Where a complaint goes: routed, assigned, sent on, handed back, shared, split. The clock never restarts."""

from datetime import datetime

from sala.commons.agencies import queries as agencies
from sala.commons.agencies.queries import AgencyView
from sala.commons.deadlines import actions as deadlines
from sala.commons.ledger import actions as ledger
from sala.commons.matters import actions as matters
from sala.commons.moderation.queries import words_committed
from sala.core.actors import Actor
from sala.core.clock import BANGKOK
from sala.core.errors import Conflict, Invalid, NotFound
from sala.engines import thai
from sala.services.complaints import events, permissions
from sala.services.complaints.actions.records import (
    due_day,
    ledger_name,
    locked,
    move,
    named,
    public_words,
    unless_hidden,
)
from sala.services.complaints.models import Complaint, Handover, Share
from sala.services.complaints.rules import Move, Status


@ledger.action
def route_complaint(
    *, actor: Actor, now: datetime, reference: str, topic: str, agency: str, reason: str = ""
) -> None:
    """The officer's word on what it is about and who answers; the machine only proposed.

    Raises Refused, NotFound for an unknown agency, Conflict when it is past triage, Invalid without a reason for
    an agency that has no mandate for the topic there.
    """
    complaint = locked(reference)
    permissions.require_may_work(actor, complaint)
    to = agencies.get_agency(agency)
    matter = complaint.matter
    law = _mandate(topic, matter.area, to, now)
    if not law and not reason.strip():
        raise Invalid("invalid", {"reason": "reason_needed_without_mandate"})
    from_agency = matter.agency
    if from_agency == agency:
        move(complaint, Move.ASSIGN, now=now, topic=topic)
    else:
        move(complaint, Move.FORWARD, now=now, topic=topic, agency=agency)
        _hand_over(complaint, from_agency, agency, "route", reason, now)
    complaint.is_triaged = True
    complaint.save(update_fields=["status", "is_triaged"])
    event = events.ComplaintRouted(
        **named(complaint),
        topic=unless_hidden(complaint, topic, also_agency_only=False),
        from_agency=unless_hidden(complaint, from_agency),
        law=unless_hidden(complaint, law, also_agency_only=False),
    )
    ledger.record_entry(event, actor=actor, at=now, secret={"reason": reason})


def _mandate(topic: str, area: str, agency: AgencyView, now: datetime) -> str:
    """The law by which an agency answers for a topic in an area, in Thai; "" if there is none."""
    found = agencies.candidates(topic=topic, area=area or None, on=now.astimezone(BANGKOK).date())
    return next((c.mandate.law_th for c in found if c.mandate.agency == agency.code), "")


def _hand_over(
    complaint: Complaint, from_agency: str, to_agency: str, how: str, reason: str, now: datetime
) -> None:
    complaint.desk = None
    complaint.officer = None
    complaint.save(update_fields=["desk", "officer"])
    Handover.objects.create(
        complaint=complaint,
        from_agency=from_agency,
        to_agency=to_agency,
        move=how,
        reason=reason,
        told_reason=thai.cover(reason),
        at=now,
    )


@ledger.action
def assign_complaint(
    *, actor: Actor, now: datetime, reference: str, desk_id: int | None = None, officer_id: int | None = None
) -> None:
    """It lies with a desk, or with one officer, of the agency that owns it. Raises NotFound for another's desk."""
    complaint = locked(reference)
    permissions.require_may_work(actor, complaint)
    desks = {desk.pk: desk for desk in agencies.desks_of(complaint.matter.agency)}
    if desk_id is not None and desk_id not in desks:
        raise NotFound("desk_not_found")
    if officer_id is not None and officer_id not in agencies.people_with_role(
        complaint.matter.agency, sorted(permissions.INTAKE)
    ):
        raise NotFound("officer_not_found")
    move(complaint, Move.ASSIGN, now=now)
    complaint.desk_id = desk_id
    complaint.officer_id = officer_id
    complaint.is_triaged = True
    complaint.save(update_fields=["status", "desk", "officer", "is_triaged"])
    name = desks[desk_id].name_th if desk_id is not None else ""
    told = unless_hidden(complaint, name, also_agency_only=False)
    ledger.record_entry(events.ComplaintAssigned(**named(complaint), desk=told), actor=actor, at=now)


@ledger.action
def forward_complaint(*, actor: Actor, now: datetime, reference: str, agency: str, reason: str) -> None:
    """Another agency owns it from now on; everyone sees from whom, to whom; the date stays.

    Raises Invalid without a reason, Conflict for the same agency or a complaint that is not open.
    """
    complaint = locked(reference)
    permissions.require_may_work(actor, complaint)
    if not reason.strip():
        raise Invalid("invalid", {"reason": "reason_needed"})
    to = agencies.get_agency(agency)
    from_agency = complaint.matter.agency
    if to.code == from_agency:
        raise Conflict("already_there")
    move(complaint, Move.FORWARD, now=now, agency=agency)
    complaint.bounces += 1
    complaint.save(update_fields=["status", "bounces"])
    _hand_over(complaint, from_agency, agency, Move.FORWARD.value, reason, now)
    event = events.ComplaintForwarded(
        **named(complaint),
        from_agency=unless_hidden(complaint, from_agency),
        bounces=complaint.bounces,
        due_on=due_day(complaint.matter.due_at),
    )
    ledger.record_entry(event, actor=actor, at=now, secret={"reason": reason})


@ledger.action
def hand_back_complaint(*, actor: Actor, now: datetime, reference: str, reason: str) -> None:
    """It goes back to the agency it came from, with a reason; the date stays.

    Raises Invalid without a reason, Conflict if it came from nobody.
    """
    complaint = locked(reference)
    permissions.require_may_work(actor, complaint)
    if not reason.strip():
        raise Invalid("invalid", {"reason": "reason_needed"})
    from_agency = complaint.matter.agency
    last = complaint.handovers.filter(to_agency=from_agency).order_by("-at", "-pk").first()
    if last is None:
        raise Conflict("came_from_nobody")
    move(complaint, Move.HAND_BACK, now=now, agency=last.from_agency)
    complaint.bounces += 1
    complaint.save(update_fields=["status", "bounces"])
    _hand_over(complaint, from_agency, last.from_agency, Move.HAND_BACK.value, reason, now)
    event = events.ComplaintHandedBack(
        **named(complaint),
        from_agency=unless_hidden(complaint, from_agency),
        bounces=complaint.bounces,
        due_on=due_day(complaint.matter.due_at),
    )
    ledger.record_entry(event, actor=actor, at=now, secret={"reason": reason})


@ledger.action
def share_complaint(*, actor: Actor, now: datetime, reference: str, agency: str, reason: str) -> None:
    """Another agency sees it and helps; who owns it stays the same. Raises Conflict if it is shared already."""
    complaint = locked(reference)
    permissions.require_may_work(actor, complaint)
    helper = agencies.get_agency(agency)
    if helper.code == complaint.matter.agency:
        raise Conflict("already_there")
    _, is_new = Share.objects.get_or_create(complaint=complaint, agency=agency, defaults={"shared_at": now})
    if not is_new:
        raise Conflict("already_shared")
    matters.move_matter(complaint.matter, now=now)
    event = events.ComplaintShared(**named(complaint), with_agency=unless_hidden(complaint, agency))
    ledger.record_entry(event, actor=actor, at=now, secret={"reason": reason})


@ledger.action
def split_complaint(
    *, actor: Actor, now: datetime, reference: str, agency: str, topic: str, text: str, reason: str
) -> str:
    """A part of it goes its own way under its own reference, which is returned; the date is the whole's own.

    The person follows both: the same link and contact open the part. Raises Invalid without words or reason,
    Conflict if it is not open any more.
    """
    complaint = locked(reference)
    permissions.require_may_work(actor, complaint)
    fields = {
        name: f"{name}_missing" for name, value in (("text", text), ("reason", reason)) if not value.strip()
    }
    if fields:
        raise Invalid("invalid", fields)
    if complaint.matter.closed_at is not None or complaint.parent_id is not None:
        raise Conflict("move_not_allowed", status=complaint.status, move="split")
    to = agencies.get_agency(agency)
    part = _part(complaint, to.code, topic, text, now)
    matters.move_matter(complaint.matter, now=now)
    name = ledger_name(part.matter, complaint.privacy)
    event = events.ComplaintSplit(
        **named(complaint),
        part=name.matter,
        part_agency=name.agency or "",
        part_topic=topic if complaint.privacy == "public" else "",
    )
    ledger.record_entry(
        event,
        actor=actor,
        at=now,
        secret={"reason": reason, **words_committed(part.public_text, text, bytes(part.salt))},
    )
    return str(part.matter.reference)


def _part(whole: Complaint, agency: str, topic: str, text: str, now: datetime) -> Complaint:
    from_matter = whole.matter
    public_text = public_words(whole, "part", text)
    matter = matters.open_matter(
        matters.NewMatter(
            kind="complaint",
            title=public_text,
            visibility=matters.Visibility(from_matter.visibility),
            agency=agency,
            stage=Status.RECEIVED.value,
            opened_at=from_matter.opened_at,
            area=from_matter.area,
            place=from_matter.place,
            latitude=from_matter.latitude,
            longitude=from_matter.longitude,
            topic=topic,
            due_at=from_matter.due_at,
        )
    )
    deadlines.copy_deadline(from_matter, matter)
    return Complaint.objects.create(
        matter=matter,
        status=Status.RECEIVED.value,
        privacy=whole.privacy,
        hidden_name=_hidden(matter, whole.privacy),
        channel=whole.channel,
        received_at=whole.received_at,
        original=text,
        public_text=public_text,
        office_text="" if whole.is_public else thai.cover(text),
        salt=bytes(whole.salt),
        person_id=whole.person_id,
        contact_sealed=whole.contact_sealed,
        point_sealed=whole.point_sealed,
        key_digest=whole.key_digest,
        parent=whole,
        is_triaged=True,
    )


def _hidden(matter: matters.Matter, privacy: str) -> str:
    name = ledger_name(matter, privacy).matter
    return "" if name == matter.reference else name
