"""Taking legal questions in by any channel, and making one public later."""

import secrets
from dataclasses import dataclass, field
from datetime import date, datetime

from sala.commons.agencies import queries as agencies
from sala.commons.deadlines import queries as deadlines
from sala.commons.drafts import actions as drafts
from sala.commons.drafts.actions import NO_PROOF, Proof, require_is_sender
from sala.commons.drafts.queries import Contact
from sala.commons.ledger import actions as ledger
from sala.commons.matters import actions as matters
from sala.commons.moderation import queries as naming
from sala.commons.moderation.queries import words_committed
from sala.core.actors import Actor
from sala.core.clock import day_of
from sala.core.deadlines import problem_of_received_day, received_day
from sala.core.errors import Conflict, Invalid
from sala.engines import thai
from sala.engines.thai.public_text import NOTHING, PublicText, within
from sala.platform import rows
from sala.services.lawmaking import events, permissions
from sala.services.lawmaking.actions.question_records import locked, named, settled
from sala.services.lawmaking.models import LegalQuestion
from sala.services.lawmaking.queries.question_law import KIND, law_of
from sala.services.lawmaking.rules.questions import Openness, Standing, Status

LONGEST = {"text": 4000, "about_law": 200, "shown_name": 60, "name": 120, "phone": 40, "email": 254}


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """What a person asks. Only `text` and `agency` (its code) are needed.

    `about_law` is the law or paper they name, in their words. `shown_name` is a name of their choice that stands with
    the question for everyone, "" for none. `received_on` is the day an office received it on paper.
    """

    text: str
    agency: str
    about_law: str = ""
    shown_name: str = ""
    openness: Openness = Openness.PUBLIC
    contact: Contact = field(default_factory=Contact)
    received_on: date | None = None
    draft_token: str = ""
    language: str = "th"


@dataclass(frozen=True, slots=True)
class Filed:
    """What the person takes away: the number, the secret of their own link, the expected day, and who answers."""

    reference: str
    key: str
    expected_on: date
    agency: str
    # For what was taken in for somebody: the code on their paper, in place of the secret.
    code: str = ""


@ledger.action
def file_question(*, actor: Actor, now: datetime, filing: Filing) -> Filed:
    """The person has a number, an office that answers, and the day by which an answer is expected.

    Anyone may ask, without an account. Raises Refused for a channel that is not the actor's, Invalid for missing or
    too long words, an unknown office, or a shown name that looks like somebody's own.
    """
    permissions.require_may_file(actor)
    _check(filing, actor, now)
    draft = drafts.lock_draft(filing.draft_token) if filing.draft_token else None
    received_on = _received_on(filing, actor, now)
    matter = _opened(filing, now=now)
    question, key = _told(filing, actor, matter, received_on)
    salt = secrets.token_bytes(16)
    expected = law_of(filing.agency).until("answer", received_on)
    recorded = ledger.record_entry(
        events.QuestionFiled(
            **named(question),
            channel=actor.channel.value,
            expected_on=expected.isoformat(),
            received_on=received_on.isoformat() if received_on != day_of(now) else None,
        ),
        actor=actor,
        at=now,
        secret=words_committed(question.public_text, question.original, salt),
    )
    question.salt, question.entry_id = (recorded.salt or b"") + salt, recorded.entry_id
    rows.insert_row(question)
    settled(question, now=now)
    if question.person_id or filing.contact.email:
        matters.follow_as_filer(
            matter=matter,
            now=now,
            email=filing.contact.email,
            person_id=question.person_id,
            language=filing.language,
        )
    if draft is not None:
        drafts.take_draft(
            draft, matter_id=question.pk, reference=matter.reference, key=key, is_public=question.is_public
        )
    if actor.channel not in permissions.TAKEN_IN:
        return Filed(matter.reference, key, expected, filing.agency)
    # Whoever takes it in must not hold what opens it: they print a code, and only its exchange makes a link.
    code = drafts.make_claim(matter.pk, matter.reference, now=now)
    return Filed(matter.reference, "", expected, filing.agency, code)


@ledger.action_without_entry("who opens their own question tells nobody of it")
def claim_question(*, actor: Actor, now: datetime, reference: str, code: str) -> str:
    """The key of the person's own link; every earlier one is worthless. Raises Refused for staff, NotFound."""
    permissions.require_may_file(actor)
    return drafts.claim(locked(reference), code=code, actor=actor, now=now)


def _opened(filing: Filing, *, now: datetime) -> matters.Matter:
    office = agencies.get_agency(filing.agency)
    return matters.open_matter(
        matters.NewMatter(
            kind=KIND,
            title=_public(filing, filing.text),
            visibility=matters.Visibility(filing.openness.value),
            agency=filing.agency,
            stage=Standing.RECEIVED.value,
            opened_at=now,
            area=office.area or "",
        )
    )


def _public(filing: Filing, text: str) -> PublicText:
    return thai.cover(text) if filing.openness is Openness.PUBLIC and text else NOTHING


def _original(filing: Filing) -> str:
    """What the person told. Of what is not public the law stands with the words: its own column is everyone's."""
    if filing.openness is Openness.PUBLIC or not filing.about_law.strip():
        return filing.text
    return f"{filing.text}\n\n{filing.about_law}"


def _told(
    filing: Filing, actor: Actor, matter: matters.Matter, received_on: date
) -> tuple[LegalQuestion, str]:
    """The question as told, not yet saved, and the secret of its link. Who takes it in is not the one who asks."""
    is_public, key = filing.openness is Openness.PUBLIC, secrets.token_urlsafe(12)
    is_taken_in = actor.channel in permissions.TAKEN_IN
    return LegalQuestion(
        matter=matter,
        status=Status.RECEIVED.value,
        standing=Standing.RECEIVED.value,
        privacy=filing.openness.value,
        channel=actor.channel.value,
        hidden_name="" if is_public else naming.hidden_name(matter.reference),
        original=_original(filing),
        public_text=_public(filing, filing.text),
        office_text="" if is_public else thai.cover(_original(filing)),
        about_law=within(_public(filing, filing.about_law), LONGEST["about_law"]),
        shown_name=_public(filing, filing.shown_name.strip()),
        language=filing.language,
        received_on=received_on,
        person_id=None if is_taken_in else actor.person_id,
        intake_by_id=actor.person_id if is_taken_in else None,
        contact_sealed=filing.contact.sealed(),
        phone_tail_digest=_tail_digest(matter.reference, filing.contact.phone),
        key_digest=drafts.key_digest(KIND, key),
        first_agency=filing.agency,
    ), key


def _received_on(filing: Filing, actor: Actor, now: datetime) -> date:
    """The day the office received it: on paper or by telephone the day it happened, else a day of its own."""
    today = day_of(now)
    if actor.channel in permissions.TAKEN_IN:
        return filing.received_on or today
    is_after_hours = agencies.is_after_hours(filing.agency, now)
    return received_day(today, is_after_hours=is_after_hours, calendar=deadlines.calendar(filing.agency))


def _tail_digest(reference: str, phone: str) -> str:
    digits = "".join(sign for sign in thai.normalise(phone) if sign.isdigit())
    return drafts.phone_tail_digest(KIND, reference, digits) if len(digits) >= 4 else ""


def _check(filing: Filing, actor: Actor, now: datetime) -> None:
    contact = filing.contact
    written = {
        "text": filing.text,
        "about_law": filing.about_law,
        "shown_name": filing.shown_name,
        "name": contact.name,
        "phone": contact.phone,
        "email": contact.email,
    }
    fields = {name: "text_too_long" for name, text in written.items() if len(text) > LONGEST[name]}
    fields |= {name: "not_text" for name, text in written.items() if "\x00" in text}
    if not filing.text.strip():
        fields["text"] = "text_missing"
    if agencies.find_agency(filing.agency) is None:
        fields["agency"] = "office_missing" if not filing.agency else "office_unknown"
    if contact.email and not matters.is_address(contact.email):
        fields["email"] = "not_an_address"
    if "shown_name" not in fields and names_somebody(filing.shown_name):
        fields["shown_name"] = "name_is_somebodys"
    if filing.received_on and (wrong := _problem_of_received_day(filing.received_on, actor, now)):
        fields["received_on"] = wrong
    if fields:
        raise Invalid("invalid", fields)


def names_somebody(shown_name: str) -> bool:
    """Whether a name to be shown looks like a person's own, a number or an address: those are never shown."""
    plain = shown_name.strip()
    return bool(plain) and str(thai.cover(plain)) != plain


def _problem_of_received_day(received_on: date, actor: Actor, now: datetime) -> str:
    if actor.channel not in permissions.ON_PAPER:
        return "received_only_on_paper"
    days_back = deadlines.period(KIND, "paper_entry", at=now).days
    return problem_of_received_day(received_on, today=day_of(now), days_back=days_back)


@ledger.action
def publish_question(*, actor: Actor, now: datetime, reference: str, proof: Proof = NO_PROOF) -> None:
    """The person lets everyone read question and answer from now on; there is no way back.

    Raises Refused unless they asked, Conflict for what is public already.
    """
    question = locked(reference)
    require_is_sender(actor, question, proof)
    if question.openness is Openness.PUBLIC:
        raise Conflict("question_public_already")
    hidden = naming.hidden_name(reference)
    question.privacy = Openness.PUBLIC.value
    question.openings += 1
    question.office_text = ""
    question.public_text = thai.cover(question.original)
    for answer in question.answers.all():
        answer.public_text = thai.cover(answer.text)
        answer.save(update_fields=["public_text"])
    event = events.QuestionPublished(
        **named(question), continues=hidden, opening=naming.opening_of(reference)
    )
    ledger.record_entry(event, actor=actor, at=now)
    settled(
        question,
        now=now,
        visibility=matters.Visibility.PUBLIC.value,
        title=matters.shortened(question.public_text),
    )
