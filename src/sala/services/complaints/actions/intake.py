"""Taking complaints in: drafts, filing by any channel, joining one that is already there."""

import json
import secrets
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sala.commons.agencies import queries as agencies
from sala.commons.identity import seals
from sala.commons.ledger import actions as ledger
from sala.commons.ledger import rows
from sala.commons.matters import actions as matters
from sala.commons.matters.uploads import KeptFile, drop_file
from sala.core.actors import SYSTEM, Actor
from sala.core.clock import BANGKOK
from sala.core.errors import Conflict, Invalid, NotFound
from sala.engines import thai
from sala.services.complaints import events, permissions, rules
from sala.services.complaints.actions.records import (
    due_day,
    iso_day,
    ledger_name,
    locked,
    named,
    words_committed,
)
from sala.services.complaints.models import Attachment, Complaint, Draft, Support
from sala.services.complaints.queries import Contact, due_after, guesses_of
from sala.services.complaints.queries.clock import period
from sala.services.complaints.queries.complaint import answers_of, is_sent, token_digest
from sala.services.complaints.rules import Privacy, Status

LONGEST_TEXT = 4000
MOST_FILES = 5
DRAFTS_LAST = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """What a person tells us. Only `text` is needed; `latitude` and `longitude` in degrees, both or neither.

    `received_on` is the day an office received a paper form, for whoever records it later.
    """

    text: str
    topic: str = ""
    privacy: Privacy = Privacy.PUBLIC
    area: str = ""
    place: str = ""
    latitude: float | None = None
    longitude: float | None = None
    happened_on: date | None = None
    happened_words: str = ""
    received_on: date | None = None
    contact: Contact = field(default_factory=Contact)
    draft_token: str = ""
    language: str = "th"
    is_suspect: bool = False


@dataclass(frozen=True, slots=True)
class Filed:
    """What the person takes away: the number, the secret of their own link, the date, and who answers."""

    reference: str
    key: str
    due_at: datetime
    agency: str


@ledger.action
def file_complaint(*, actor: Actor, now: datetime, filing: Filing) -> Filed:
    """The person has a number, an agency that answers and a date by which it will.

    Anyone may file, without an account. Staff who take a complaint in for someone (telephone, counter, paper) are
    kept as intake, never as the complainant. For a paper form the date runs from the day it was received. Raises
    Invalid for a missing or too long text, half a position or a day that cannot be, NotFound for a draft that is
    gone, Conflict for one that was sent already: a second press files nothing.
    """
    permissions.require_may_file(actor)
    _check(filing, actor, now)
    draft = _locked_draft(filing.draft_token) if filing.draft_token else None
    # What the person chose counts, so the machine is asked only where they left it open: a third of the work.
    is_chosen = filing.topic not in ("", thai.OTHER)
    guesses = () if is_chosen else guesses_of(filing.text)
    proposal = rules.propose(chosen=filing.topic, guesses=guesses)
    agency = _first_agency(proposal.topic, filing, now)
    received_at = _received_at(filing, now)
    due_at = due_after("resolve", topic=proposal.topic, agency=agency, start=received_at or now)
    public_text = thai.mask(filing.text).text if filing.privacy == Privacy.PUBLIC else ""
    matter = _opened(
        filing, public_text=public_text, topic=proposal.topic, agency=agency, now=now, due_at=due_at
    )
    salt = secrets.token_bytes(16)
    name = ledger_name(matter, Privacy.CONFIDENTIAL if filing.is_suspect else filing.privacy)
    recorded = ledger.record_entry(
        events.ComplaintFiled(
            matter=name.matter,
            agency=name.agency,
            area=name.area,
            topic=proposal.topic if name.matter == matter.reference else "",
            channel=actor.channel.value,
            due_on=due_day(due_at),
            received_on=iso_day(received_at) or None,
        ),
        actor=actor,
        at=now,
        secret=words_committed(public_text, filing.text, salt),
    )
    key = secrets.token_urlsafe(12)
    complaint = _told(filing, proposal, actor, matter, public_text)
    complaint.salt = (recorded.salt or b"") + salt
    complaint.received_at = received_at
    complaint.hidden_name = name.matter if name.matter != matter.reference else ""
    complaint.key_digest = permissions.key_digest(key)
    rows.insert_row(complaint)
    if complaint.person_id or filing.contact.email:
        matters.follow_as_filer(
            matter=matter,
            now=now,
            email=filing.contact.email,
            person_id=complaint.person_id,
            language=filing.language,
        )
    if draft is not None:
        _take_draft(draft, complaint, key)
    return Filed(matter.reference, key, due_at, agency)


def _opened(
    filing: Filing, *, public_text: str, topic: str, agency: str, now: datetime, due_at: datetime
) -> matters.Matter:
    return matters.open_matter(
        matters.NewMatter(
            kind="complaint",
            title=public_text,
            visibility=matters.Visibility("quarantined" if filing.is_suspect else filing.privacy.value),
            agency=agency,
            stage=Status.RECEIVED.value,
            opened_at=now,
            area=filing.area,
            place=thai.mask(filing.place).text if filing.place else "",
            latitude=None if filing.latitude is None else round(filing.latitude, 5),
            longitude=None if filing.longitude is None else round(filing.longitude, 5),
            topic=topic,
            due_at=due_at,
        )
    )


def _told(
    filing: Filing, proposal: rules.Proposal, actor: Actor, matter: matters.Matter, public_text: str
) -> Complaint:
    """The complaint as told, not yet saved; who takes it in for someone is not the one who complains."""
    is_taken_in = actor.channel in permissions.TAKEN_IN
    return Complaint(
        matter=matter,
        status=Status.RECEIVED.value,
        privacy=filing.privacy.value,
        channel=actor.channel.value,
        original=filing.text,
        public_text=public_text,
        happened_on=filing.happened_on,
        happened_words=filing.happened_words[:120],
        guesses=[[g.topic, round(g.confidence, 3), list(g.words)] for g in proposal.guesses],
        person_id=None if is_taken_in else actor.person_id,
        intake_by_id=actor.person_id if is_taken_in else None,
        contact_sealed=filing.contact.sealed(),
        phone_tail_digest=_tail_digest(matter.reference, filing.contact.phone),
    )


def _received_at(filing: Filing, now: datetime) -> datetime | None:
    """Since when the periods run, if that is an earlier day than today."""
    here = now.astimezone(BANGKOK)
    if filing.received_on is None or filing.received_on == here.date():
        return None
    return rules.began_at(filing.received_on, here)


def _problem_of_received_day(received_on: date, actor: Actor, now: datetime) -> str:
    if actor.channel not in permissions.ON_PAPER:
        return "received_only_on_paper"
    today = now.astimezone(BANGKOK).date()
    days_back = period("paper_entry", "", now).days
    return rules.problem_of_received_day(received_on, today=today, days_back=days_back)


def _check(filing: Filing, actor: Actor, now: datetime) -> None:
    fields = rules.problems_of_contact(filing.contact.phone, filing.contact.email)
    if rules.is_blank(filing.text):
        fields["text"] = "text_missing"
    elif len(filing.text) > LONGEST_TEXT:
        fields["text"] = "text_too_long"
    written = {"text": filing.text, "place": filing.place, "name": filing.contact.name}
    fields |= {name: "not_text" for name, text in written.items() if not rules.is_text(text)}
    if filing.happened_on and filing.happened_on > now.astimezone(BANGKOK).date():
        fields["happened_on"] = "day_not_come"
    if filing.received_on and (wrong := _problem_of_received_day(filing.received_on, actor, now)):
        fields["received_on"] = wrong
    if (filing.latitude is None) != (filing.longitude is None):
        fields["place"] = "half_a_position"
    if filing.area and agencies.find_area(filing.area) is None:
        fields["area"] = "area_unknown"
    if fields:
        raise Invalid("invalid", fields)


def _first_agency(topic: str, filing: Filing, now: datetime) -> str:
    """The agency that answers at first: the best mandate, else the central unit. Confidential ones go straight
    to the body that watches the others, whatever they are about."""
    wanted = "corruption" if filing.privacy == Privacy.CONFIDENTIAL else topic
    on = now.astimezone(BANGKOK).date()
    found = agencies.candidates(topic=wanted, area=filing.area or None, on=on)
    if found:
        return found[0].mandate.agency
    central = agencies.central_agency()
    if central is None:
        raise NotFound("no_agency_answers")
    return central.code


def _tail_digest(reference: str, phone: str) -> str:
    digits = "".join(character for character in thai.normalise(phone) if character.isdigit())
    return permissions.phone_tail_digest(reference, digits) if len(digits) >= 4 else ""


def _locked_draft(token: str) -> Draft:
    """The draft behind a secret, nobody else's until the action ends. Raises NotFound, Conflict if it was sent."""
    draft = Draft.objects.select_for_update().filter(token_digest=token_digest(token)).first()
    if draft is None:
        raise NotFound("draft_gone")
    if is_sent(draft):
        raise Conflict("sent_already")
    return draft


def _take_draft(draft: Draft, complaint: Complaint, key: str) -> None:
    """What was typed goes; for the rest of its week the draft only knows what it became, for a second press."""
    is_public = complaint.privacy == Privacy.PUBLIC
    Attachment.objects.filter(draft=draft).update(draft=None, complaint=complaint, is_public=is_public)
    draft.answers_sealed = seals.seal(json.dumps({"sent": [complaint.matter.reference, key]}))
    draft.save(update_fields=["answers_sealed"])


@ledger.action_without_entry("a draft is nobody's business until it is sent")
def save_draft(*, actor: Actor, now: datetime, token: str, answers: dict[str, object]) -> str:
    """What was typed so far is kept under a secret, and comes back after a lost connection. Returns the secret.

    Answers given before stay unless given anew. Raises Invalid if all of it is longer than we keep.
    """
    permissions.anyone_may_file(actor)
    draft = (
        Draft.objects.select_for_update().filter(token_digest=token_digest(token)).first() if token else None
    )
    if draft is not None and is_sent(draft):
        raise Conflict("sent_already")
    merged = {**(answers_of(draft) if draft else {}), **answers}
    if len(json.dumps(merged, ensure_ascii=False)) > 20_000:
        raise Invalid("invalid", {"text": "text_too_long"})
    if draft is None:
        token = secrets.token_urlsafe(18)
        draft = Draft(token_digest=token_digest(token), person_id=actor.person_id)
    draft.answers_sealed = seals.seal(json.dumps(merged, ensure_ascii=False))
    draft.updated_at = now
    draft.save()
    return token


@ledger.action_without_entry("a draft is nobody's business until it is sent")
def discard_draft(*, actor: Actor, token: str) -> None:
    """What was typed is gone."""
    permissions.anyone_may_file(actor)
    Draft.objects.filter(token_digest=token_digest(token)).delete()


@ledger.action_without_entry("a draft that nobody sent leaves nothing behind")
def drop_old_drafts(*, now: datetime, actor: Actor = SYSTEM) -> int:
    """Drafts untouched for a week are gone, with their files; returns how many."""
    permissions.require_system(actor)
    old = Draft.objects.filter(updated_at__lt=now - DRAFTS_LAST)
    for name in Attachment.objects.filter(draft__in=old).values_list("stored_as", flat=True):
        drop_file(name)
    return old.delete()[1].get("complaints.Draft", 0)


@ledger.action_without_entry("a picture belongs to a draft until that is sent")
def attach_to_draft(*, actor: Actor, now: datetime, token: str, kept: KeptFile) -> int:
    """A cleaned, stored file goes with the draft. Raises NotFound for a lost draft, Invalid for too many files."""
    permissions.anyone_may_file(actor)
    draft = Draft.objects.select_for_update().filter(token_digest=token_digest(token)).first()
    if draft is None or is_sent(draft):
        raise NotFound("draft_gone")
    if draft.attachments.count() >= MOST_FILES:
        raise Invalid("invalid", {"files": "too_many_files"})
    added = Attachment.objects.create(
        draft=draft, added_at=now, added_by_id=actor.person_id, **kept.columns()
    )
    return int(added.pk)


@ledger.action_without_entry("a picture belongs to a draft until that is sent")
def detach_from_draft(*, actor: Actor, token: str, attachment_id: int) -> None:
    """A file added to a draft by mistake is gone, also from the disk; one that is gone already is no fault."""
    permissions.anyone_may_file(actor)
    file = Attachment.objects.filter(draft__token_digest=token_digest(token), pk=attachment_id).first()
    if file is not None:
        drop_file(file.stored_as)
        file.delete()


@ledger.action
def join_complaint(*, actor: Actor, now: datetime, reference: str, mark: str) -> int:
    """The person is counted as affected too, once; returns how many are. Raises Conflict if it is closed.

    `mark` tells persons apart without naming them (contact or device); a signed-in person is told by who they are.
    """
    permissions.anyone_may_file(actor)
    complaint = locked(reference)
    if complaint.matter.visibility != matters.Visibility.PUBLIC:
        raise NotFound("matter_not_found", reference=reference)
    own = seals.digest("support", reference, str(actor.person_id or mark))
    _, is_new = Support.objects.get_or_create(
        complaint=complaint, mark=own, defaults={"person_id": actor.person_id, "at": now}
    )
    if not is_new:
        raise Conflict("already_joined")
    matters.move_matter(complaint.matter, now=now, supporters=complaint.matter.supporters + 1)
    event = events.PersonJoined(**named(complaint), supporters=complaint.matter.supporters)
    ledger.record_entry(event, actor=actor, at=now)
    return complaint.matter.supporters
