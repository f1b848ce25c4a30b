"""What the pages of one complaint show: to everyone, and to the person who filed it."""

from dataclasses import dataclass
from datetime import datetime

from sala.commons.agencies import queries as agencies
from sala.commons.correspondence.queries import Message, awaits_answer
from sala.commons.deadlines.queries import Clock
from sala.commons.drafts.queries import (
    Contact,
    Proof,
    covered,
    is_sender,
    shows_digits_alone,
    unsealed_contact,
)
from sala.commons.files import queries as files
from sala.commons.identity import queries as identity
from sala.commons.ledger import queries as ledger
from sala.commons.matters import queries as matters
from sala.commons.moderation.queries import Decision, covered_words, ledger_names, list_decisions
from sala.commons.places import queries as places
from sala.core.actors import Actor
from sala.core.errors import NotFound
from sala.engines import thai
from sala.services.complaints import permissions
from sala.services.complaints.models import Appeal, Complaint
from sala.services.complaints.queries.appeals import find_waiting, may_appeal
from sala.services.complaints.queries.clock import clock_of
from sala.services.complaints.queries.complaint import find_complaint, get_complaint
from sala.services.complaints.queries.loading import said_about
from sala.services.complaints.rules import NOTE, Status, is_bouncing


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
    area: places.AreaPath | None
    steps: tuple[ledger.LoggedEntry, ...]
    chain: tuple[Handed, ...]
    messages: tuple[Message, ...]
    pictures: tuple[files.File, ...]
    parts: tuple[str, ...]
    is_own: bool
    is_covered: bool
    contact: Contact
    appeal: Appeal | None
    may_appeal: bool
    decisions: tuple[Decision, ...]

    @property
    def text(self) -> str:
        """What was told, as this reader may read it."""
        if not self.is_own:
            return str(self.complaint.public_text)
        return str(covered_words(self.complaint) if self.is_covered else self.complaint.original)

    @property
    def said(self) -> list[tuple[Message, str]]:
        """What was written, as this reader may read it."""
        return [(message, self._words(message)) for message in self.messages]

    def _words(self, message: Message) -> str:
        if not self.is_own:
            return str(message.public_text)
        return str(thai.cover(message.text)) if self.is_covered else str(message.text)

    @property
    def is_told(self) -> bool:
        """Whether letters about it have somewhere to go."""
        person = self.complaint.person_id
        if person and identity.list_addressees([person]):
            return True
        return bool(self.contact.email) and not self.awaits_address

    @property
    def awaits_address(self) -> bool:
        """Whether the address that was given has still to be confirmed by its owner, so that no news goes there."""
        email = self.contact.email
        return bool(email) and matters.awaits_address(self.complaint.matter, email)

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


def get_page(complaint: Complaint, *, now: datetime, is_own: bool, is_covered: bool = False) -> ComplaintPage:
    """The page of a complaint; `is_covered` for somebody who showed four digits alone: no name, number or file.

    Four queries, whatever it went through, and those for names that are not kept.
    """
    matter = complaint.matter
    messages, pictures, parts = said_about(complaint, is_own=is_own, now=now)
    if is_covered:
        pictures = [file for file in pictures if _is_for_all(complaint, file, now)]
        for message in messages:
            message.files = [file for file in message.files if _is_for_all(complaint, file, now)]
    return ComplaintPage(
        complaint=complaint,
        clock=clock_of(complaint, now),
        agency=agencies.find_agency(matter.agency),
        area=places.area_path(matter.area),
        steps=ledger.entries_of_matter(*ledger_names(complaint)),
        chain=tuple(
            Handed(step.from_agency, step.to_agency, step.told_reason or thai.cover(step.reason), step.at)
            for step in sorted(complaint.handovers.all(), key=lambda step: (step.at, step.pk))
        ),
        messages=tuple(messages),
        pictures=tuple(pictures),
        parts=tuple(parts),
        is_own=is_own,
        is_covered=is_covered,
        contact=_contact(complaint, is_covered) if is_own else Contact(),
        appeal=find_waiting(complaint),
        may_appeal=is_own and may_appeal(complaint, now),
        decisions=tuple(list_decisions(complaint.pk)) if is_own else (),
    )


def _is_for_all(complaint: Complaint, file: files.File, now: datetime) -> bool:
    return bool(complaint.matter.is_public) and file.is_seen(now)


def _contact(complaint: Complaint, is_covered: bool) -> Contact:
    contact = unsealed_contact(complaint)
    return covered(contact) if is_covered else contact


def is_look_at(complaint: Complaint, file: files.File, actor: Actor, proof: Proof) -> bool:
    """Whether opening a file is a look at a person's data by somebody else: what they sent, and is not public."""
    if file.by_agency or (file.is_public and complaint.matter.is_public):
        return False
    return not is_sender(actor, complaint, proof)


def own_files(shown: ComplaintPage) -> frozenset[int]:
    """The files on the page of the person who filed that are theirs, so that they may take them back."""
    attached = (file for message in shown.messages for file in message.files)
    return frozenset(file.pk for file in (*shown.pictures, *attached) if not file.by_agency)


def get_takable(reference: str, stored_as: str, actor: Actor, proof: Proof) -> tuple[Complaint, files.File]:
    """A complaint with its file that the actor may take back. Raises NotFound."""
    complaint = find_complaint(reference)
    file = files.find_file(complaint.pk, stored_as) if complaint else None
    if complaint is None or file is None or not permissions.may_take_back(actor, complaint, file, proof):
        raise NotFound("file_gone")
    return complaint, file


def get_attachment(
    reference: str, stored_as: str, actor: Actor, proof: Proof, now: datetime
) -> tuple[Complaint, files.File]:
    """A complaint with its file: public ones of public complaints for everyone, others for the person and staff.

    Four digits open none of the others. Raises NotFound.
    """
    complaint = get_complaint(reference)
    file = files.find_file(complaint.pk, stored_as)
    if file is None:
        raise NotFound("matter_not_found", reference=reference)
    if _is_for_all(complaint, file, now):
        return complaint, file
    is_note = complaint.matter.messages.filter(pk=file.message_id or 0, kind=NOTE).exists()
    if permissions.may_read(actor, complaint):
        return complaint, file
    is_theirs = is_sender(actor, complaint, proof) and not shows_digits_alone(actor, complaint, proof)
    if not is_note and is_theirs:
        return complaint, file
    raise NotFound("matter_not_found", reference=reference)
