"""What the pages of one complaint show: to everyone, and to the person who filed it."""

from dataclasses import dataclass
from datetime import datetime

from sala.commons.agencies import queries as agencies
from sala.commons.identity import queries as identity
from sala.commons.ledger import queries as ledger
from sala.core.actors import Actor
from sala.core.errors import NotFound
from sala.engines import thai
from sala.services.complaints import permissions
from sala.services.complaints.models import Appeal, Attachment, Complaint, Message
from sala.services.complaints.queries.appeals import find_waiting, may_appeal
from sala.services.complaints.queries.clock import Clock, clock_of
from sala.services.complaints.queries.complaint import Contact, get_complaint, unsealed_contact
from sala.services.complaints.queries.loading import said_about
from sala.services.complaints.queries.naming import ledger_names
from sala.services.complaints.queries.own import awaits_answer
from sala.services.complaints.rules import Status, is_bouncing


@dataclass(frozen=True, slots=True)
class Handed:
    """One step between offices, with its reason as everyone may read it."""

    from_agency: str
    to_agency: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ComplaintPage:
    """All that a page of one complaint shows; `is_own` adds what only the person who filed may see."""

    complaint: Complaint
    clock: Clock
    agency: agencies.AgencyView | None
    area: agencies.AreaPath | None
    steps: tuple[ledger.LoggedEntry, ...]
    chain: tuple[Handed, ...]
    messages: tuple[Message, ...]
    pictures: tuple[Attachment, ...]
    parts: tuple[str, ...]
    is_own: bool
    contact: Contact
    appeal: Appeal | None
    may_appeal: bool

    @property
    def is_told(self) -> bool:
        """Whether letters about it have somewhere to go."""
        person = self.complaint.person_id
        return bool(self.contact.email or (person and identity.list_addressees([person])))

    @property
    def awaits_person(self) -> bool:
        """Whether the next word is the person's: it was said to be done."""
        return self.complaint.state is Status.RESOLVED

    @property
    def awaits_answer(self) -> bool:
        """Whether the office asked something that has no answer yet."""
        return awaits_answer(self.messages)

    @property
    def is_bouncing(self) -> bool:
        """Whether it was sent around so often that a supervisor has been told."""
        return is_bouncing(self.complaint.bounces)


def get_page(complaint: Complaint, *, now: datetime, is_own: bool) -> ComplaintPage:
    """The page of a complaint. Three queries, whatever it went through, and those for names that are not kept."""
    matter = complaint.matter
    messages, pictures, parts = said_about(complaint, is_own=is_own)
    return ComplaintPage(
        complaint=complaint,
        clock=clock_of(complaint, now),
        agency=agencies.find_agency(matter.agency),
        area=agencies.area_path(matter.area),
        steps=ledger.entries_of_matter(*ledger_names(complaint)),
        chain=tuple(
            Handed(step.from_agency, step.to_agency, thai.mask(step.reason).text, step.at)
            for step in sorted(complaint.handovers.all(), key=lambda step: (step.at, step.pk))
        ),
        messages=tuple(messages),
        pictures=tuple(pictures),
        parts=tuple(parts),
        is_own=is_own,
        contact=unsealed_contact(complaint) if is_own else Contact(),
        appeal=find_waiting(complaint),
        may_appeal=is_own and may_appeal(complaint, now),
    )


def is_look_at(file: Attachment, actor: Actor, proof: permissions.Proof) -> bool:
    """Whether opening a file is a look at a person's data by somebody else: what they sent, and is not public."""
    complaint = file.complaint
    if complaint is None or file.by_agency or (file.is_public and complaint.matter.is_public):
        return False
    return not permissions.is_complainant(actor, complaint, proof)


def own_files(shown: ComplaintPage) -> frozenset[int]:
    """The files on the page of the person who filed that are theirs, so that they may take them back."""
    attached = (file for message in shown.messages for file in message.attachments.all())
    return frozenset(file.pk for file in (*shown.pictures, *attached) if not file.by_agency)


def get_takable(
    reference: str, stored_as: str, actor: Actor, proof: permissions.Proof
) -> tuple[Complaint, Attachment]:
    """A complaint with its file that the actor may take back. Raises NotFound."""
    complaint = get_complaint(reference)
    file = complaint.attachments.filter(stored_as=stored_as).first()
    if file is None or not permissions.may_take_back(actor, complaint, file, proof):
        raise NotFound("file_gone")
    return complaint, file


def get_attachment(reference: str, stored_as: str, actor: Actor, proof: permissions.Proof) -> Attachment:
    """A kept file: public ones of public complaints for everyone, others for the person and staff concerned.

    Raises NotFound.
    """
    complaint = get_complaint(reference)
    file = complaint.attachments.filter(stored_as=stored_as).select_related("message").first()
    if file is None:
        raise NotFound("matter_not_found", reference=reference)
    if file.is_public and complaint.matter.is_public:
        return file
    is_note = file.message is not None and file.message.kind == "note"
    if permissions.may_read(actor, complaint):
        return file
    if not is_note and permissions.is_complainant(actor, complaint, proof):
        return file
    raise NotFound("matter_not_found", reference=reference)
