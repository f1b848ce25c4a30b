"""Taking complaints in: drafts, filing by any channel, joining one that is already there."""

import secrets
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from sala.commons.agencies import queries as agencies
from sala.commons.deadlines import actions as deadlines
from sala.commons.drafts import actions as drafts
from sala.commons.ledger import actions as ledger
from sala.commons.matters import actions as matters
from sala.commons.moderation.queries import words_committed
from sala.commons.participation import actions as participation
from sala.commons.participation import queries as participation_queries
from sala.commons.places import queries as places
from sala.core.actors import Actor, Channel
from sala.core.characters import is_text, says_nothing
from sala.core.clock import BANGKOK
from sala.core.deadlines import began_at, problem_of_received_day
from sala.core.errors import Invalid, NotFound
from sala.engines import thai
from sala.engines.thai.public_text import NOTHING, PublicText, within
from sala.platform import rows
from sala.services.complaints import events, permissions, rules
from sala.services.complaints.actions import placing
from sala.services.complaints.actions.records import (
    due_day,
    iso_day,
    ledger_name,
    named,
)
from sala.services.complaints.models import Complaint
from sala.services.complaints.queries import Contact, get_complaint, guesses_of
from sala.services.complaints.queries.clock import count, period
from sala.services.complaints.queries.point import sealed_point
from sala.services.complaints.rules import Privacy, Status

LONGEST_TEXT = 4000


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """What a person tells us. Only `text` is needed; `latitude` and `longitude` in degrees, both or neither.

    `shown` is how much of that point everyone may see; the safe answer counts where nobody was asked. `received_on`
    is the day an office received a paper form, for whoever records it later.
    """

    text: str
    topic: str = ""
    privacy: Privacy = Privacy.PUBLIC
    area: str = ""
    place: str = ""
    latitude: float | None = None
    longitude: float | None = None
    shown: places.Shown = places.Shown.ABOUT
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
    # For what was taken in for somebody: the code on their paper, in place of the key.
    code: str = ""


@ledger.action
def file_complaint(*, actor: Actor, now: datetime, filing: Filing) -> Filed:
    """The person has a number, an agency that answers and a date by which it will.

    Anyone may file, without an account. Staff who take a complaint in for someone (telephone, counter, paper) are
    kept as intake, never as the complainant. For a paper form the date runs from the day it was received. Raises
    Invalid for a missing or too long text, half a position or a day that cannot be, NotFound for a draft that is
    gone, Conflict for one that was sent already: a second press files nothing.
    """
    permissions.require_may_file(actor)
    if fields := problems_of(filing, actor.channel, now):
        raise Invalid("invalid", fields)
    # The chosen point decides the area, and so the office, where no area was named.
    filing = replace(filing, area=placing.area_of(filing.area, filing.latitude, filing.longitude))
    draft = drafts.lock_draft(filing.draft_token) if filing.draft_token else None
    proposal = _proposed(filing)
    agency = _first_agency(proposal.topic, filing, now)
    received_at = _received_at(filing, now)
    counted = count("resolve", topic=proposal.topic, agency=agency, start=received_at or now)
    due_at = counted.due_at
    public_text = thai.cover(filing.text) if filing.privacy == Privacy.PUBLIC else NOTHING
    matter = _opened(
        filing, public_text=public_text, topic=proposal.topic, agency=agency, now=now, due_at=due_at
    )
    complaint = _told(filing, proposal, actor, matter, public_text)
    complaint.received_at = received_at
    _record(complaint, filing, proposal.topic, actor=actor, now=now)
    key = secrets.token_urlsafe(12)
    complaint.key_digest = drafts.key_digest("complaint", key)
    rows.insert_row(complaint)
    deadlines.run_deadline(matter, counted)
    _follow_as_filer(complaint, filing, now)
    if draft is not None:
        _take_draft(draft, complaint, key)
    if actor.channel not in permissions.TAKEN_IN:
        return Filed(matter.reference, key, due_at, agency)
    # Whoever takes it in must not hold what opens it: they print a code, and only its exchange makes a link.
    code = drafts.make_claim(matter.pk, matter.reference, now=now)
    return Filed(matter.reference, "", due_at, agency, code)


def _record(complaint: Complaint, filing: Filing, topic: str, *, actor: Actor, now: datetime) -> None:
    """The entry of a filing, and what of the complaint belongs to it: names, salt, the entry's key."""
    matter, salt = complaint.matter, secrets.token_bytes(16)
    name = ledger_name(matter, Privacy.CONFIDENTIAL if filing.is_suspect else filing.privacy)
    recorded = ledger.record_entry(
        events.ComplaintFiled(
            matter=name.matter,
            agency=name.agency,
            area=name.area,
            topic=topic if name.matter == matter.reference else "",
            channel=actor.channel.value,
            due_on=due_day(matter.due_at),
            received_on=iso_day(complaint.received_at) or None,
        ),
        actor=actor,
        at=now,
        secret=words_committed(complaint.public_text, filing.text, salt),
    )
    complaint.salt, complaint.entry_id = (recorded.salt or b"") + salt, recorded.entry_id
    complaint.hidden_name = name.matter if name.matter != matter.reference else ""


def _take_draft(draft: drafts.Draft, complaint: Complaint, key: str) -> None:
    drafts.take_draft(
        draft,
        matter_id=complaint.pk,
        reference=complaint.matter.reference,
        key=key,
        is_public=complaint.is_public,
        looks_first=complaint.matter.topic in rules.PICTURES_LOOKED_AT_FIRST,
    )


@dataclass(frozen=True, slots=True)
class Prospect:
    """What would become of a filing now: who answers, by when, by which law; `is_sure` where no officer must look."""

    agency: str
    due_at: datetime
    law_th: str
    law_en: str
    is_sure: bool


def foresee(filing: Filing, now: datetime) -> Prospect:
    """Which office would get a filing, by when it must reply and by which rule: nothing is kept.

    Raises NotFound where no office answers at all.
    """
    filing = replace(filing, area=placing.area_of(filing.area, filing.latitude, filing.longitude))
    is_chosen = filing.topic not in ("", thai.OTHER)
    proposal = rules.propose(chosen=filing.topic, guesses=() if is_chosen else guesses_of(filing.text))
    agency = _first_agency(proposal.topic, filing, now)
    law = period("resolve", proposal.topic, now)
    due_at = count("resolve", topic=proposal.topic, agency=agency, start=now).due_at
    return Prospect(agency, due_at, law.law_th, law.law_en, proposal.is_sure)


def _proposed(filing: Filing) -> rules.Proposal:
    # What the person chose counts, so the machine is asked only where they left it open: a third of the work.
    is_chosen = filing.topic not in ("", thai.OTHER)
    return rules.propose(chosen=filing.topic, guesses=() if is_chosen else guesses_of(filing.text))


def _follow_as_filer(complaint: Complaint, filing: Filing, now: datetime) -> None:
    if complaint.person_id or filing.contact.email:
        matters.follow_as_filer(
            matter=complaint.matter,
            now=now,
            email=filing.contact.email,
            person_id=complaint.person_id,
            language=filing.language,
        )


def _opened(
    filing: Filing, *, public_text: PublicText, topic: str, agency: str, now: datetime, due_at: datetime
) -> matters.Matter:
    latitude, longitude = places.shown_point(filing.latitude, filing.longitude, filing.shown)
    return matters.open_matter(
        matters.NewMatter(
            kind="complaint",
            title=public_text,
            visibility=matters.Visibility("quarantined" if filing.is_suspect else filing.privacy.value),
            agency=agency,
            stage=Status.RECEIVED.value,
            opened_at=now,
            area=filing.area,
            place=within(thai.cover(filing.place), 300),
            latitude=latitude,
            longitude=longitude,
            topic=topic,
            due_at=due_at,
        )
    )


def _told(
    filing: Filing, proposal: rules.Proposal, actor: Actor, matter: matters.Matter, public_text: PublicText
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
        office_text="" if filing.privacy == Privacy.PUBLIC else thai.cover(filing.text),
        happened_on=filing.happened_on,
        happened_words=filing.happened_words[:120],
        guesses=[[g.topic, round(g.confidence, 3), list(g.words)] for g in proposal.guesses],
        person_id=None if is_taken_in else actor.person_id,
        intake_by_id=actor.person_id if is_taken_in else None,
        contact_sealed=filing.contact.sealed(),
        point_sealed=sealed_point(filing.latitude, filing.longitude, filing.shown),
        phone_tail_digest=tail_digest(matter.reference, filing.contact.phone),
        phone_digest=permissions.phone_digest(filing.contact.phone),
    )


def _received_at(filing: Filing, now: datetime) -> datetime | None:
    """Since when the periods run, if that is an earlier day than today."""
    here = now.astimezone(BANGKOK)
    if filing.received_on is None or filing.received_on == here.date():
        return None
    return began_at(filing.received_on, here)


def _problem_of_received_day(received_on: date, channel: Channel, now: datetime) -> str:
    if channel not in permissions.ON_PAPER:
        return "received_only_on_paper"
    today = now.astimezone(BANGKOK).date()
    days_back = period("paper_entry", "", now).days
    return problem_of_received_day(received_on, today=today, days_back=days_back)


def problems_of(filing: Filing, channel: Channel, now: datetime) -> dict[str, str]:
    """What of a filing cannot be taken, by field: the same that filing it would refuse. Nothing is written."""
    fields = rules.problems_of_contact(filing.contact.phone, filing.contact.email)
    if says_nothing(filing.text):
        fields["text"] = "text_missing"
    elif len(filing.text) > LONGEST_TEXT:
        fields["text"] = "text_too_long"
    contact = filing.contact
    written = {"text": filing.text, "place": filing.place, "name": contact.name}
    written |= {"phone": contact.phone, "email": contact.email}
    fields |= {name: "not_text" for name, text in written.items() if not is_text(text)}
    if filing.happened_on and filing.happened_on > now.astimezone(BANGKOK).date():
        fields["happened_on"] = "day_not_come"
    if filing.received_on and (wrong := _problem_of_received_day(filing.received_on, channel, now)):
        fields["received_on"] = wrong
    if problem := placing.problem_of_point(filing.latitude, filing.longitude):
        fields["latitude"] = problem
    if filing.area and places.find_area(filing.area) is None:
        fields["area"] = "area_unknown"
    return fields


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


def tail_digest(reference: str, phone: str) -> str:
    """The digest of a telephone's last four digits, good for one reference; "" for a number without four."""
    digits = "".join(character for character in thai.normalise(phone) if character.isdigit())
    return drafts.phone_tail_digest("complaint", reference, digits) if len(digits) >= 4 else ""


@ledger.action
def join_complaint(*, actor: Actor, now: datetime, reference: str, mark: str) -> None:
    """The person is counted as affected too, once. Raises Conflict "already_joined" if they are already.

    `mark` tells persons apart without naming them (contact or device); a signed-in person is told by who they are.
    Nothing of the complaint is locked: where a whole town joins, nobody waits for anybody. The number that pages show
    follows within a second (`participation.fold_changes`).
    """
    permissions.anyone_may_file(actor)
    complaint = get_complaint(reference)
    if complaint.matter.visibility != matters.Visibility.PUBLIC:
        raise NotFound("matter_not_found", reference=reference)
    collection = participation.open_collection(matter=complaint.pk, purpose=participation_queries.SUPPORT)
    who = participation_queries.mark_of(
        participation_queries.SUPPORT, reference, str(actor.person_id or mark)
    )
    participation.sign(collection, mark=who, area="", channel=actor.channel)
    ledger.record_entry(events.PersonJoined(**named(complaint)), actor=actor, at=now)
