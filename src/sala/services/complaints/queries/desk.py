"""The page of one complaint for those who work on it."""

from dataclasses import dataclass
from datetime import datetime

from sala.commons.agencies import queries as agencies
from sala.commons.ledger import queries as ledger
from sala.core.actors import Actor
from sala.core.clock import BANGKOK
from sala.engines import thai
from sala.services.complaints import permissions, rules
from sala.services.complaints.models import Attachment, Complaint, Handover, Message, Pause
from sala.services.complaints.queries.appeals import find_waiting
from sala.services.complaints.queries.clock import Clock, clock_of
from sala.services.complaints.queries.moderation import covered_words
from sala.services.complaints.queries.naming import ledger_names
from sala.services.complaints.rules import Move


@dataclass(frozen=True, slots=True)
class Option:
    """An agency that may answer, and by which law."""

    agency: agencies.AgencyView | None
    law_th: str
    law_en: str


@dataclass(frozen=True, slots=True)
class DeskPage:
    """Everything an officer needs at a glance, and what they may do now."""

    complaint: Complaint
    clock: Clock
    steps: tuple[ledger.LoggedEntry, ...]
    told: str
    is_covered: bool
    messages: tuple[tuple[Message, str], ...]
    pictures: tuple[Attachment, ...]
    hidden_pictures: int
    evidence: tuple[Attachment, ...]
    takable: frozenset[int]
    helpers: tuple[str, ...]
    parts: tuple[str, ...]
    chain: tuple[Handover, ...]
    pauses: tuple[Pause, ...]
    options: tuple[Option, ...]
    area: agencies.AreaPath | None
    acts: tuple[str, ...]
    has_contact: bool
    is_bouncing: bool
    person_waits: bool


def get_desk_page(complaint: Complaint, actor: Actor, *, now: datetime) -> DeskPage:
    """The officer's page of a complaint the actor may read. The number of queries does not grow with it."""
    matter = complaint.matter
    told, messages = covered_words(complaint), _messages(complaint)
    sent = complaint.attachments.filter(message__isnull=True, by_agency="").order_by("pk")
    pictures = tuple(picture for picture in sent if picture.is_public and matter.is_public)
    evidence = complaint.attachments.filter(message__isnull=True, by_agency=matter.agency).order_by("pk")
    attached = [file for message, _ in messages for file in message.attachments.all()]
    on = now.astimezone(BANGKOK).date()
    found = agencies.candidates(topic=matter.topic, area=matter.area or None, on=on)
    return DeskPage(
        complaint=complaint,
        clock=clock_of(complaint, now),
        steps=ledger.entries_of_matter(*ledger_names(complaint)),
        told=told,
        is_covered=told != complaint.original or any(text != m.text for m, text in messages),
        messages=messages,
        pictures=pictures,
        hidden_pictures=len(sent) - len(pictures),
        evidence=tuple(evidence),
        takable=frozenset(
            file.pk
            for file in (*sent, *evidence, *attached)
            if permissions.may_take_back(actor, complaint, file)
        ),
        helpers=tuple(share.agency for share in complaint.shares.all()),
        parts=tuple(complaint.parts.order_by("pk").values_list("matter__reference", flat=True)),
        chain=tuple(sorted(complaint.handovers.all(), key=lambda step: (step.at, step.pk))),
        pauses=tuple(sorted(complaint.pauses.all(), key=lambda pause: pause.started_at)),
        options=tuple(
            Option(agencies.find_agency(c.mandate.agency), c.mandate.law_th, c.mandate.law_en)
            for c in found[:5]
        ),
        area=agencies.area_path(matter.area),
        acts=acts_for(complaint, actor),
        has_contact=bool(complaint.contact_sealed),
        is_bouncing=rules.is_bouncing(complaint.bounces),
        person_waits=_person_waits(complaint, messages),
    )


def _person_waits(complaint: Complaint, messages: tuple[tuple[Message, str], ...]) -> bool:
    """Whether the last word is the person's, while something can still be answered."""
    said = [message.kind for message, _ in messages if message.kind != "note"]
    return complaint.state in rules.OPEN and bool(said) and said[-1] in Message.PERSONS


def _messages(complaint: Complaint) -> tuple[tuple[Message, str], ...]:
    """Everything written, each with its words; the person's own with personal data covered."""
    rows = complaint.messages.prefetch_related("attachments").order_by("at", "pk")
    return tuple((m, thai.mask(m.text).text if not m.agency else m.text) for m in rows)


# What is offered -> the move of the state table it needs; "" needs an open complaint only.
_NEEDS = {
    "route": Move.ASSIGN,
    "assign": Move.ASSIGN,
    "start": Move.START,
    "resolve": Move.RESOLVE,
    "forward": Move.FORWARD,
    "hand_back": Move.HAND_BACK,
    "reject": Move.REJECT,
}


def acts_for(complaint: Complaint, actor: Actor) -> tuple[str, ...]:
    """What the actor may do to a complaint now, in the order a page offers it."""
    offered: list[str] = []
    unchecked = ("keep",) if complaint.checked_at is None else ()
    if complaint.matter.visibility == "quarantined":
        return ("release", *unchecked, "note") if permissions.may_moderate(actor, complaint) else ()
    if permissions.may_work(actor, complaint):
        offered += _work_acts(complaint)
    waiting = find_waiting(complaint)
    if waiting is not None and permissions.deciding_role(actor, complaint, waiting):
        offered.insert(0, "rule")
    offered.append("note")
    if permissions.may_moderate(actor, complaint):
        if complaint.privacy == rules.Privacy.PUBLIC:
            is_covered = complaint.public_text != complaint.original
            offered += ["mask", *(unchecked if is_covered else ())]
        offered.append("quarantine")
    return tuple(offered)


def _work_acts(complaint: Complaint) -> list[str]:
    possible = set(rules.moves_from(complaint.state))
    is_open = complaint.state in rules.OPEN
    came_from = any(h.to_agency == complaint.matter.agency for h in complaint.handovers.all())
    wanted = [name for name, needed in _NEEDS.items() if needed in possible]
    if not came_from and "hand_back" in wanted:
        wanted.remove("hand_back")
    if is_open:
        wanted += ["reply", "share", "resume" if complaint.is_paused else "pause"]
        wanted += [] if complaint.parent_id else ["split"]
    if complaint.is_triaged and "route" in wanted:
        wanted.remove("route")
    return sorted(wanted, key=_ORDER.index)


_ORDER = [
    "route",
    "start",
    "resolve",
    "reply",
    "assign",
    "forward",
    "hand_back",
    "share",
    "split",
    "pause",
    "resume",
    "reject",
]
