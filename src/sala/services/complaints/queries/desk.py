"""The page of one complaint for those who work on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sala.commons.agencies import queries as agencies
from sala.commons.correspondence.queries import Message
from sala.commons.deadlines.queries import Clock
from sala.commons.files import queries as files
from sala.commons.ledger import queries as ledger
from sala.commons.moderation.queries import covered_words, ledger_names
from sala.commons.places import queries as places
from sala.core.actors import Actor
from sala.core.clock import BANGKOK
from sala.engines import thai
from sala.services.complaints import permissions, rules
from sala.services.complaints.models import Complaint, Handover
from sala.services.complaints.queries.clock import clock_of
from sala.services.complaints.queries.point import WorkPoint, find_work_point


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
    pictures: tuple[files.File, ...]
    hidden_pictures: int
    evidence: tuple[files.File, ...]
    takable: frozenset[int]
    helpers: tuple[str, ...]
    parts: tuple[str, ...]
    chain: tuple[Handover, ...]
    options: tuple[Option, ...]
    area: places.AreaPath | None
    point: WorkPoint | None
    has_contact: bool
    is_bouncing: bool
    person_waits: bool


def get_desk_page(complaint: Complaint, actor: Actor, *, now: datetime) -> DeskPage:
    """The officer's page of a complaint the actor may read. The number of queries does not grow with it."""
    matter = complaint.matter
    kept = files.list_of_matter(complaint.pk)
    told, messages = covered_words(complaint), _messages(complaint, kept)
    sent = [file for file in kept if file.message_id is None and not file.by_agency]
    pictures = tuple(picture for picture in sent if picture.is_public and matter.is_public)
    covered = {file.uncovered_id for file in kept}
    evidence = [file for file in kept if file.message_id is None and file.by_agency == matter.agency]
    attached = [file for message, _ in messages for file in message.files]
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
        hidden_pictures=sum(not p.is_public or not matter.is_public for p in sent if p.pk not in covered),
        evidence=tuple(evidence),
        takable=frozenset(
            file.pk
            for file in (*sent, *evidence, *attached)
            if permissions.may_take_back(actor, complaint, file)
        ),
        helpers=tuple(share.agency for share in complaint.shares.all()),
        parts=tuple(complaint.parts.order_by("pk").values_list("matter__reference", flat=True)),
        chain=tuple(sorted(complaint.handovers.all(), key=lambda step: (step.at, step.pk))),
        options=tuple(
            Option(agencies.find_agency(c.mandate.agency), c.mandate.law_th, c.mandate.law_en)
            for c in found[:5]
        ),
        area=places.area_path(matter.area),
        point=find_work_point(complaint),
        has_contact=bool(complaint.contact_sealed),
        is_bouncing=rules.is_bouncing(complaint.bounces),
        person_waits=_person_waits(complaint, messages),
    )


def _person_waits(complaint: Complaint, messages: tuple[tuple[Message, str], ...]) -> bool:
    """Whether the last word is the person's, while something can still be answered."""
    said = [message.kind for message, _ in messages if message.kind != rules.NOTE]
    return complaint.state in rules.OPEN and bool(said) and said[-1] in rules.BY_PERSON


def _messages(complaint: Complaint, kept: Sequence[files.File]) -> tuple[tuple[Message, str], ...]:
    """Everything written, each with its words and files; the person's own with personal data covered."""
    rows, covered = list(complaint.matter.messages.order_by("at", "pk")), {file.uncovered_id for file in kept}
    for message in rows:
        message.files = [file for file in kept if file.message_id == message.pk and file.pk not in covered]
    return tuple((m, thai.mask(m.text).text if not m.agency else m.text) for m in rows)
