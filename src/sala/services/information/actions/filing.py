"""Taking requests in by any channel, and making one public later."""

import secrets
from dataclasses import dataclass, field
from datetime import date, datetime

from sala.commons.agencies import queries as agencies
from sala.commons.drafts import actions as drafts
from sala.commons.drafts.actions import NO_PROOF, Proof, require_is_sender
from sala.commons.drafts.queries import Contact
from sala.commons.files import actions as files
from sala.commons.ledger import actions as ledger
from sala.commons.matters import actions as matters
from sala.commons.moderation import queries as naming
from sala.commons.moderation.actions import require_not_set_aside
from sala.commons.moderation.queries import words_committed
from sala.core.actors import Actor
from sala.core.characters import is_text, says_nothing
from sala.core.deadlines import problem_of_received_day, received_day
from sala.core.errors import Conflict, Invalid
from sala.engines import thai
from sala.engines.thai.public_text import NOTHING, within
from sala.platform import rows, seals
from sala.services.information import events, permissions
from sala.services.information.actions.records import (
    iso,
    locked,
    named,
    settled,
)
from sala.services.information.models import Answer, Request
from sala.services.information.queries import law
from sala.services.information.queries.request import find_request
from sala.services.information.rules.grounds import Wish
from sala.services.information.rules.standing import Standing
from sala.services.information.rules.states import Status
from sala.services.information.rules.wishes import Form, Openness, check_openness, may_become_public

LONGEST_TITLE = 200
LONGEST = {"text": 4000, "where_to_look": 1000, "name": 120, "address": 300, "phone": 40, "email": 254}


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """What a person tells us. Only `text` and `agency` (its code) are needed.

    `received_on` is the day an office received it on paper, for whoever records it later; `same_as` the number of a
    request whose person asks again; `is_suspect`: a moderator looks before anybody else does.
    """

    text: str
    agency: str
    wish: Wish = Wish.INFORMATION
    openness: Openness = Openness.PUBLIC
    where_to_look: str = ""
    wanted_as: Form = Form.FILE
    is_certified: bool = False
    contact: Contact = field(default_factory=Contact)
    address: str = ""
    received_on: date | None = None
    same_as: str = ""
    draft_token: str = ""
    language: str = "th"
    is_suspect: bool = False

    @property
    def visibility(self) -> str:
        """Who may see its matter at first: what is suspect, moderators alone."""
        return "quarantined" if self.is_suspect else self.openness.value

    @property
    def is_read_at_once(self) -> bool:
        """Whether everyone may read it as soon as it is filed."""
        return self.openness is Openness.PUBLIC and not self.is_suspect


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
def file_request(*, actor: Actor, now: datetime, filing: Filing) -> Filed:
    """The person has a number, an office that answers, and the day on which an answer is expected (s. 11).

    Anyone may ask, without an account and without a reason. Raises Refused for a channel that is not the actor's,
    Invalid for missing or too long words, an unknown office, or openness that what is asked does not allow.
    """
    permissions.require_may_file(actor)
    _check(filing, actor, now)
    draft = drafts.lock_draft(filing.draft_token) if filing.draft_token else None
    received_on = _received_on(filing, actor, now)
    matter = _opened(filing, now=now)
    request, key = _told(filing, actor, matter, received_on)
    salt = secrets.token_bytes(16)
    expected_on = law.law_of(filing.agency).until("answer", received_on)
    today = law.day_of(now)
    recorded = ledger.record_entry(
        events.RequestFiled(
            **named(request),
            wish=filing.wish.value,
            channel=actor.channel.value,
            expected_on=iso(expected_on),
            received_on=iso(received_on) if received_on != today else None,
            same_as=filing.same_as if filing.is_read_at_once and filing.same_as else None,
        ),
        actor=actor,
        at=now,
        secret=words_committed(request.public_text, request.original, salt),
    )
    request.salt, request.entry_id = (recorded.salt or b"") + salt, recorded.entry_id
    rows.insert_row(request)
    settled(request, now=now)
    _follow(filing, request, matter, now)
    if draft is not None:
        drafts.take_draft(
            draft, matter_id=request.pk, reference=matter.reference, key=key, is_public=request.is_public
        )
    if actor.channel not in permissions.TAKEN_IN:
        return Filed(matter.reference, key, expected_on, filing.agency)
    # Whoever takes it in must not hold what opens it: they print a code, and only its exchange makes a link.
    code = drafts.make_claim(matter.pk, matter.reference, now=now)
    return Filed(matter.reference, "", expected_on, filing.agency, code)


@ledger.action_without_entry("who opens their own request tells nobody of it")
def claim_request(*, actor: Actor, now: datetime, reference: str, code: str) -> str:
    """The key of the person's own link; every earlier one is worthless. Raises Refused for staff, NotFound."""
    permissions.require_may_file(actor)
    return drafts.claim(locked(reference), code=code, actor=actor, now=now)


def _opened(filing: Filing, *, now: datetime) -> matters.Matter:
    is_public = filing.openness is Openness.PUBLIC
    office = agencies.get_agency(filing.agency)
    return matters.open_matter(
        matters.NewMatter(
            kind=law.KIND,
            title=thai.cover(filing.text) if is_public else NOTHING,
            visibility=matters.Visibility(filing.visibility),
            agency=filing.agency,
            stage=Standing.RECEIVED.value,
            opened_at=now,
            area=office.area or "",
        )
    )


def _told(filing: Filing, actor: Actor, matter: matters.Matter, received_on: date) -> tuple[Request, str]:
    """The request as told, not yet saved, and the secret of its link. Who takes it in is not the one who asks."""
    is_public, key = filing.openness is Openness.PUBLIC, secrets.token_urlsafe(12)
    is_taken_in = actor.channel in permissions.TAKEN_IN
    same_as = find_request(filing.same_as) if filing.same_as else None
    return Request(
        matter=matter,
        status=Status.RECEIVED.value,
        standing=Standing.RECEIVED.value,
        wish=filing.wish.value,
        privacy=filing.openness.value,
        channel=actor.channel.value,
        hidden_name="" if filing.is_read_at_once else naming.hidden_name(matter.reference),
        original=filing.text,
        public_text=thai.cover(filing.text) if is_public else NOTHING,
        where_to_look=filing.where_to_look,
        office_text="" if is_public else thai.cover(filing.text),
        public_where=thai.cover(filing.where_to_look) if is_public and filing.where_to_look else NOTHING,
        wanted_as=filing.wanted_as.value,
        is_certified=filing.is_certified,
        language=filing.language,
        received_on=received_on,
        person_id=None if is_taken_in else actor.person_id,
        intake_by_id=actor.person_id if is_taken_in else None,
        contact_sealed=filing.contact.sealed(),
        address_sealed=seals.seal(filing.address),
        phone_tail_digest=_tail_digest(matter.reference, filing.contact.phone),
        key_digest=drafts.key_digest(law.KIND, key),
        first_agency=filing.agency,
        same_as=same_as if same_as and same_as.matter.is_public else None,
    ), key


def _follow(filing: Filing, request: Request, matter: matters.Matter, now: datetime) -> None:
    if request.person_id or filing.contact.email:
        matters.follow_as_filer(
            matter=matter,
            now=now,
            email=filing.contact.email,
            person_id=request.person_id,
            language=filing.language,
        )


def _received_on(filing: Filing, actor: Actor, now: datetime) -> date:
    """The day the office received it: on paper or by telephone the day it happened, else a day of its own."""
    today = law.day_of(now)
    if actor.channel in permissions.TAKEN_IN:
        return filing.received_on or today
    calendar = law.law_of(filing.agency).calendar
    return received_day(today, is_after_hours=agencies.is_after_hours(filing.agency, now), calendar=calendar)


def _tail_digest(reference: str, phone: str) -> str:
    digits = "".join(sign for sign in thai.normalise(phone) if sign.isdigit())
    return drafts.phone_tail_digest(law.KIND, reference, digits) if len(digits) >= 4 else ""


def _check(filing: Filing, actor: Actor, now: datetime) -> None:
    contact = filing.contact
    written = {
        "text": filing.text,
        "where_to_look": filing.where_to_look,
        "name": contact.name,
        "phone": contact.phone,
        "email": contact.email,
        "address": filing.address,
    }
    fields = {name: "text_too_long" for name, text in written.items() if len(text) > LONGEST[name]}
    fields |= {name: "not_text" for name, text in written.items() if not is_text(text)}
    if says_nothing(filing.text):
        fields["text"] = "text_missing"
    if agencies.find_agency(filing.agency) is None:
        fields["agency"] = "office_missing" if not filing.agency else "office_unknown"
    if contact.email and not matters.is_address(contact.email):
        fields["email"] = "not_an_address"
    # Whoever wants paper must say where it goes, or come for it: a letter without an address helps nobody.
    if filing.received_on and (wrong := _problem_of_received_day(filing.received_on, actor, now)):
        fields["received_on"] = wrong
    if fields:
        raise Invalid("invalid", fields)
    check_openness(filing.wish, filing.openness)


def _problem_of_received_day(received_on: date, actor: Actor, now: datetime) -> str:
    if actor.channel not in permissions.ON_PAPER:
        return "received_only_on_paper"
    today = law.day_of(now)
    days_back = next(p.days for p in law.periods() if p.code == "paper_entry")
    return problem_of_received_day(received_on, today=today, days_back=days_back)


@ledger.action
def publish_request(*, actor: Actor, now: datetime, reference: str, proof: Proof = NO_PROOF) -> None:
    """The person lets everyone read the request and its answer from now on; there is no way back.

    Raises Refused unless they asked and bear their link, Conflict for what is about themselves or public already.
    """
    request = locked(reference)
    require_is_sender(actor, request, proof)
    require_not_set_aside(request)
    drafts.require_bears_link(actor, request, proof)
    if not may_become_public(Wish(request.wish), Openness(request.privacy)):
        raise Conflict("own_data_stays_private" if request.wish != Wish.INFORMATION else "public_already")
    hidden = naming.hidden_name(reference)
    request.privacy = Openness.PUBLIC.value
    request.openings += 1
    request.office_text = ""
    request.public_text = thai.cover(request.original)
    request.public_where = thai.cover(request.where_to_look) if request.where_to_look else NOTHING
    for answer in request.answers.all():
        answer.public_text = thai.cover(answer.text)
        answer.save(update_fields=["public_text"])
        _publish_documents(answer, now)
        for ground in answer.grounds.all():
            ground.public_reason = thai.cover(ground.reason)
            ground.save(update_fields=["public_reason"])
    event = events.RequestPublished(**named(request), continues=hidden, opening=naming.opening_of(reference))
    # From now on the words that everyone reads are the ones committed to.
    salt = bytes(request.salt)[-16:]
    committed = words_committed(request.public_text, request.original, salt)
    recorded = ledger.record_entry(event, actor=actor, at=now, secret=committed)
    request.salt, request.entry_id = (recorded.salt or b"") + salt, recorded.entry_id
    settled(
        request,
        now=now,
        visibility=matters.Visibility.PUBLIC.value,
        title=matters.shortened(request.public_text),
    )


@ledger.part_of_action("making the request public leaves the entry")
def _publish_documents(answer: Answer, now: datetime) -> None:
    """What was given to the person alone everyone may read now; what waits for objectors goes on waiting."""
    for document in answer.documents.select_related("file"):
        document.public_title = within(thai.cover(document.title), LONGEST_TITLE)
        document.save(update_fields=["public_title"])
        if answer.released_at is not None:
            files.publish_file(document.file, now=now)
