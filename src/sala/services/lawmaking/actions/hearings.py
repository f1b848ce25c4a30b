"""An office opens a hearing, publishes its text, gives more time; people speak; the clock opens and closes."""

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sala.commons.agencies import queries as agencies
from sala.commons.deadlines import queries as deadlines
from sala.commons.ledger import actions as ledger
from sala.commons.matters import actions as matters
from sala.commons.moderation.actions import Breach
from sala.commons.participation import actions as participation
from sala.commons.participation import queries as participation_queries
from sala.core.actors import SYSTEM, Actor
from sala.core.characters import clean, says_nothing
from sala.core.errors import Conflict, Invalid, NotFound
from sala.engines import legislation, thai
from sala.engines.legislation.pairing import words_of_unit
from sala.platform import rows
from sala.services.lawmaking import events, permissions
from sala.services.lawmaking.models import Hearing, HearingProvision, HearingQuestion, HearingText, Work
from sala.services.lawmaking.queries import hearings
from sala.services.lawmaking.queries.hearings import KIND
from sala.services.lawmaking.rules import hearings as rules
from sala.services.lawmaking.rules.hearings import About, Rung, Stage
from sala.services.lawmaking.rules.laws import are_numbers_fit

_CHUNK = 500
# A constitution is 300,000 characters; the longest code of Thailand about a million.
LONGEST_TEXT = 2_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What an office tells of a hearing. `opens_at` None: now. `closes_on` is the last day on which people may speak.

    `text` is the draft in full, read into provisions; "" for a policy that has none. `law` is the code of a law in
    the library that is asked about or changed; `earlier` the number of a hearing of the same draft.
    """

    title: str
    about: About
    rung: Rung
    agency: str
    summary: str
    why: str
    open_points: str
    closes_on: date
    opens_at: datetime | None = None
    affected: str = ""
    options: str = ""
    fixed_points: str = ""
    why_short: str = ""
    questions: tuple[str, ...] = ()
    text: str = ""
    law: str = ""
    earlier: str = ""
    area: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaking:
    """What somebody says in a hearing: in which version, on which provision ("" the whole), on which of its words."""

    text: str = ""
    suggestion: str = ""
    version: int = 0
    provision: str = ""
    quote: str = ""
    question: int | None = None
    shown_name: str = ""


@ledger.action_on_many("announcing leaves one entry, and the text that comes with it one of its own")
def open_hearing(*, actor: Actor, now: datetime, opening: Opening) -> str:
    """Everybody reads what is asked, and may speak from `opens_at` on; returns the hearing's number.

    Raises Refused for staff of another office, Invalid by field.
    """
    permissions.require_may_open_hearing(actor, opening.agency)
    opens_at, closes_at = opening.opens_at or now, rules.closes_at(opening.closes_on)
    law, earlier, read = _checked(opening, opens_at, now)
    stage = rules.stage_at(opens_at, closes_at, now)
    matter = matters.open_matter(
        matters.NewMatter(
            kind=KIND,
            title=thai.cover(opening.title.strip()),
            visibility=matters.Visibility.PUBLIC,
            agency=opening.agency,
            stage=stage.value,
            opened_at=now,
            area=opening.area,
        )
    )
    hearing = Hearing(
        matter=matter,
        about=opening.about.value,
        rung=opening.rung.value,
        law=law,
        earlier=earlier,
        opens_at=opens_at,
        closes_at=closes_at,
        opened_by_id=actor.person_id,
        **{name: thai.cover(getattr(opening, name).strip()) for name in _TOLD},
    )
    rows.insert_row(hearing)
    HearingQuestion.objects.bulk_create(
        HearingQuestion(hearing=hearing, number=number, text=thai.cover(text.strip()))
        for number, text in enumerate(opening.questions, start=1)
    )
    announced = events.HearingAnnounced(
        **_named(matter),
        about=opening.about.value,
        opens_at=opens_at.isoformat(),
        closes_at=closes_at.isoformat(),
    )
    ledger.record_entry(announced, actor=actor, at=now)
    if read is not None:
        _publish(hearing, read, note="", actor=actor, now=now)
    return matter.reference


_TOLD = ("summary", "why", "affected", "options", "open_points", "fixed_points", "why_short")
_NEEDED = ("title", "summary", "why", "open_points")


def _checked(
    opening: Opening, opens_at: datetime, now: datetime
) -> tuple[Work | None, Hearing | None, "_Read | None"]:
    """The law, the earlier hearing and the text as provisions, where they are named. Raises Invalid by field."""
    fields = _problems_of_words(opening)
    if agencies.find_agency(opening.agency) is None:
        fields["agency"] = "office_unknown"
    fields |= rules.problems_of_time(
        opens_at=opens_at,
        closes=rules.closes_at(opening.closes_on),
        now=now,
        guided_days=deadlines.period(KIND, "guided", at=now).days,
        why_short=opening.why_short,
    )
    law = Work.objects.filter(code=opening.law).first() if opening.law else None
    if opening.law and law is None:
        fields["law"] = "law_unknown"
    earlier = hearings.find_hearing(opening.earlier) if opening.earlier else None
    if opening.earlier and earlier is None:
        fields["earlier"] = "hearing_unknown"
    read = None
    if opening.text.strip():
        try:
            read = _read(opening.text)
        except Invalid as refused:
            fields |= refused.fields
    elif opening.about is About.DRAFT:
        fields["text"] = "hearing_text_missing"
    if fields:
        raise Invalid("invalid", fields)
    return law, earlier, read


def _problems_of_words(opening: Opening) -> dict[str, str]:
    told = {name: getattr(opening, name) for name in ("title", *_TOLD)}
    fields = {name: "text_too_long" for name, words in told.items() if len(words) > rules.LONGEST[name]}
    fields |= {name: "not_text" for name, words in told.items() if "\x00" in words}
    fields |= {name: "hearing_say_this" for name in _NEEDED if says_nothing(told[name])}
    if len(opening.questions) > rules.MOST_QUESTIONS or any(
        len(one) > rules.LONGEST["question"] or says_nothing(one) for one in opening.questions
    ):
        fields["questions"] = "hearing_questions_too_many"
    return fields


@dataclass(frozen=True, slots=True)
class _Read:
    law: legislation.Law
    digest: str
    units: list[Any] = field(default_factory=list)


def _read(text: str) -> _Read:
    """A draft as provisions. Raises Invalid for what is too long, and for a text in which no provision is found."""
    if len(text) > LONGEST_TEXT:
        raise Invalid("invalid", {"text": "text_too_long"})
    cleaned = clean(text)
    try:
        law = legislation.read_law(cleaned)
    except legislation.NoLawError:
        raise Invalid("invalid", {"text": "hearing_text_unread"}) from None
    if not are_numbers_fit(law.units):
        raise Invalid("invalid", {"text": "provision_number_long"})
    return _Read(law, hashlib.sha256(cleaned.encode()).hexdigest(), list(law.units))


@ledger.part_of_action("its text's own entry, beside that of whoever publishes it")
def _publish(hearing: Hearing, read: _Read, *, note: str, actor: Actor, now: datetime) -> HearingText:
    number = hearing.texts.count() + 1
    text = HearingText.objects.create(
        hearing=hearing,
        number=number,
        note=thai.cover(note.strip()),
        preamble=read.law.preamble,
        sha256=read.digest,
        published_at=now,
    )
    HearingProvision.objects.bulk_create(
        (
            HearingProvision(
                text=text,
                order=order,
                kind=unit.kind.value,
                eid=unit.eid,
                number=unit.number,
                heading=unit.heading,
                words=words_of_unit(unit) if unit.is_provision else "",
            )
            for order, unit in enumerate(read.units, start=1)
        ),
        batch_size=_CHUNK,
    )
    event = events.HearingTextPublished(
        **_named(hearing.matter),
        version=number,
        digest=read.digest,
        provisions=sum(unit.is_provision for unit in read.units),
    )
    ledger.record_entry(event, actor=actor, at=now)
    return text


@ledger.action
def publish_hearing_text(*, actor: Actor, now: datetime, reference: str, text: str, note: str) -> int:
    """Another version of the text is there, with what is different in it; returns its number.

    Comments stay where they were made, in the version they are about. Raises Refused, Invalid, and Conflict for the
    same text again.
    """
    hearing = _locked(reference)
    permissions.require_may_open_hearing(actor, hearing.matter.agency)
    read = _read(text)
    if len(note) > rules.LONGEST["note"] or says_nothing(note):
        raise Invalid("invalid", {"note": "hearing_say_this" if says_nothing(note) else "text_too_long"})
    newest = hearing.texts.order_by("-number").first()
    if newest is not None and newest.sha256 == read.digest:
        raise Conflict("hearing_text_same")
    made = _publish(hearing, read, note=note, actor=actor, now=now)
    matters.move_matter(hearing.matter, now=now)
    return made.number


@ledger.action
def make_hearing_longer(*, actor: Actor, now: datetime, reference: str, closes_on: date) -> None:
    """People have until the end of a later day. Raises Refused, Invalid for an earlier one and once it is over."""
    hearing = _locked(reference)
    permissions.require_may_open_hearing(actor, hearing.matter.agency)
    until = rules.closes_at(closes_on)
    if wrong := rules.problem_of_longer(closes=hearing.closes_at, until=until, now=now):
        raise Invalid("invalid", {"closes_on": wrong})
    hearing.closes_at = until
    hearing.save(update_fields=["closes_at"])
    event = events.HearingMadeLonger(**_named(hearing.matter), closes_at=until.isoformat())
    ledger.record_entry(event, actor=actor, at=now)
    matters.move_matter(hearing.matter, now=now)


@ledger.action
def speak_in_hearing(*, actor: Actor, now: datetime, reference: str, speaking: Speaking) -> int:
    """What somebody thinks stands in the hearing for all to read, covered; returns the comment's key.

    Anyone may speak, without an account, from its first instant to its last; staff of the office write down what
    was said by telephone, at the counter or on paper. Nothing is locked: a nation may speak at once. Raises NotFound,
    Conflict "hearing_not_open", Refused for a channel that is not the actor's, Invalid by field.
    """
    hearing = hearings.get_hearing(reference)
    is_taken_in = permissions.require_may_speak(actor, hearing.matter.agency)
    if rules.stage_at(hearing.opens_at, hearing.closes_at, now) is not Stage.OPEN:
        raise Conflict("hearing_not_open")
    place = _place(hearing, speaking)
    if speaking.question is not None and not hearing.questions.filter(number=speaking.question).exists():
        raise Invalid("invalid", {"question": "choose_one"})
    saying = participation.Saying(
        text=speaking.text,
        suggestion=speaking.suggestion,
        place=place,
        question=speaking.question,
        shown_name=speaking.shown_name,
    )
    event = events.HearingCommented(
        hearing=hearing.matter.reference,
        channel=actor.channel.value,
        version=place.version,
        provision=place.provision,
    )
    comment = participation.write_comment(
        saying, matter=hearing.pk, event=event, actor=actor, now=now, is_taken_in=is_taken_in
    )
    return comment.pk


def _place(hearing: Hearing, speaking: Speaking) -> participation_queries.Place:
    """Where the words stand. Raises Invalid for a provision that is not there, or words that are not in it."""
    if not speaking.provision:
        return participation_queries.place_of(speaking.version, "", "", speaking.quote)
    one = hearings.find_provision(hearing, speaking.version, speaking.provision)
    if one is None:
        raise Invalid("invalid", {"provision": "provision_unknown"})
    return participation_queries.place_of(speaking.version, one.eid, one.words, speaking.quote)


@ledger.action
def hide_hearing_comment(
    *, actor: Actor, now: datetime, reference: str, comment: int, breach: Breach
) -> None:
    """A comment that breaks a published rule is not read any more. For moderators, never for the office that is told
    something. Raises Refused, NotFound, Conflict for one that is hidden already.
    """
    hearing = _locked(reference)
    permissions.require_may_moderate_hearing(actor, hearing.matter.agency)
    found = participation_queries.get_comment(hearing.pk, comment)
    if found.hidden_for:
        raise Conflict("comment_hidden_already")
    participation.hide_comment(found, breach=breach.value)
    event = events.HearingCommentHidden(**_named(hearing.matter), comment=comment, breach=breach.value)
    ledger.record_entry(event, actor=actor, at=now)


@ledger.action_if_changed("a hearing that stands where its time says leaves no entry")
def follow_hearing_clock(*, now: datetime, reference: str, actor: Actor = SYSTEM) -> None:
    """A hearing whose time has come is open, one whose time is over is closed, and its steps say so. Raises Refused."""
    permissions.require_system(actor)
    hearing = _locked(reference)
    matter = hearing.matter
    stage = rules.stage_at(hearing.opens_at, hearing.closes_at, now)
    if matter.stage == stage.value:
        return
    if stage is Stage.CLOSED:
        voices = participation_queries.count_voices(hearing.pk)
        closed = events.HearingClosed(**_named(matter), comments=voices.comments, people=voices.people)
        ledger.record_entry(closed, actor=actor, at=now)
        matters.move_matter(matter, now=now, stage=stage.value, closed_at=hearing.closes_at)
    else:
        ledger.record_entry(events.HearingOpened(**_named(matter)), actor=actor, at=now)
        matters.move_matter(matter, now=now, stage=stage.value)


def _named(matter: matters.Matter) -> dict[str, str | None]:
    return {"matter": matter.reference, "agency": matter.agency, "area": matter.area or None}


@ledger.part_of_action("locks what an action of hearings is about")
def _locked(reference: str) -> Hearing:
    """The hearing with its matter, both locked, matter first. Raises NotFound."""
    matter = matters.lock_matter(reference)
    hearing = Hearing.objects.select_for_update().filter(pk=matter.pk).first()
    if hearing is None:
        raise NotFound("matter_not_found", reference=reference)
    hearing.matter = matter
    return hearing
