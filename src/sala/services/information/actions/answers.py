"""The answer of an office: all, a part, nothing by the sections relied on, or that it has no such thing."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sala.commons.files import actions as files
from sala.commons.files.actions import KeptFile
from sala.commons.ledger import actions as ledger
from sala.commons.moderation.queries import words_committed
from sala.core.actors import SYSTEM, Actor
from sala.core.characters import check_text
from sala.core.errors import Conflict, Invalid, NotFound
from sala.engines.thai.public_text import within
from sala.services.information import events, permissions
from sala.services.information.actions.office import office_request
from sala.services.information.actions.records import (
    iso,
    locked_at_work,
    move,
    named,
    public_words,
    said,
    settled,
)
from sala.services.information.models import Answer, Document, GroundRelied, Request
from sala.services.information.queries import cases, law
from sala.services.information.rules.grounds import Reasons, Remedy, Wish, remedies, require_reasons
from sala.services.information.rules.periods import period_in_force
from sala.services.information.rules.standing import answer_expected_on, is_owed
from sala.services.information.rules.states import ANSWERS, Move, Status
from sala.services.information.rules.third_parties import (
    Release,
    release,
    require_heard,
    require_objections_decided,
)
from sala.services.information.rules.wishes import Form

MOST_DOCUMENTS = 10
LONGEST_TITLE = 200
WITHHOLDING = frozenset({Move.GRANT_PARTLY, Move.REFUSE})
GIVING = frozenset({Move.GRANT, Move.GRANT_PARTLY})


@dataclass(frozen=True, slots=True)
class NewDocument:
    """A file that an office gives, cleaned and stored, with the title under which the next person finds it."""

    title: str
    kept: KeptFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What an office decides. `how` is one of the four moves that answer; `reasons` where something is withheld.

    `searched` says where it was looked for if it is not held; `fee_baht` what copies cost. `is_in_text`: what was
    asked stands in the text itself, so no file is missing.
    """

    how: Move
    text: str
    reasons: Reasons | None = None
    searched: str = ""
    fee_baht: Decimal | None = None
    documents: Sequence[NewDocument] = ()
    is_in_text: bool = False


@dataclass(frozen=True, slots=True)
class Answered:
    """The number of the answer, the last day to appeal (None where none opens), and when files are given."""

    number: int
    appeal_until: date | None
    release: Release


@ledger.action
def answer_request(*, actor: Actor, now: datetime, reference: str, decision: Decision) -> Answered:
    """The person has the answer, with sections and reasons where something is withheld (s. 15), and what they may do.

    Raises Refused unless the office answers it, and a supervisor or the head signs what withholds; Invalid for
    missing reasons; Conflict while third parties are not heard or objections not decided (s. 17).
    """
    request = office_request(reference, actor, now)
    permissions.require_may_work(actor, request, board="")
    if decision.how in WITHHOLDING:
        permissions.require_may_refuse(actor, request)
    _check(request, decision)
    today, notices = law.day_of(now), cases.notices_of(request)
    if decision.how in GIVING:
        require_heard(notices, today)
        require_objections_decided(notices)
    before = cases.case_of(request)
    rules = law.law_of(request.matter.agency)
    in_time = today <= answer_expected_on(before, rules)
    if request.state is Status.CONSULTING and decision.how in GIVING:
        move(request, Move.HEARD)
    move(request, decision.how)
    released = release(
        notices,
        granted_on=today,
        appeal=period_in_force(rules.periods, "appeal", today),
        calendar=rules.calendar,
    )
    answer = _written(request, decision, released, actor, now, in_time)
    _add_documents(request, answer, decision.documents, actor, now)
    until = appeal_until(request, decision, today)
    salt = secrets.token_bytes(16)
    recorded = ledger.record_entry(
        events.RequestAnswered(
            **named(request),
            result=answer.result,
            grounds=[ground.value for ground in decision.reasons.grounds] if decision.reasons else [],
            in_time=in_time,
            number=answer.number,
            documents=len(decision.documents),
            appeal_until=iso(until),
            release_on=iso(answer.release_on) or None,
        ),
        actor=actor,
        at=now,
        secret=words_committed(answer.public_text, answer.text, salt),
    )
    answer.salt, answer.entry_id = (recorded.salt or b"") + salt, recorded.entry_id
    answer.save(update_fields=["salt", "entry_id"])
    if decision.how in GIVING and is_owed(before):
        _note_given(request)
    settled(request, now=now)
    return Answered(answer.number, until, released)


def appeal_until(request: Request, decision: Decision, on: date) -> date | None:
    """The last day to appeal against a decision, the latest of those that its grounds open; None for none."""
    open_to = remedies(decision.reasons.grounds) if decision.reasons else frozenset()
    codes = {Remedy.TRIBUNAL: "appeal", Remedy.TRIBUNAL_CORRECTION: "appeal_correction"}
    rules = law.law_of(request.matter.agency)
    return max((rules.until(code, on) for remedy, code in codes.items() if remedy in open_to), default=None)


def _check(request: Request, decision: Decision) -> None:
    if decision.how not in ANSWERS:
        raise Conflict("move_not_allowed")
    check_text(decision.text)
    if decision.how in WITHHOLDING:
        require_reasons(decision.reasons or Reasons((), ()), wish=Wish(request.wish))
    elif decision.reasons is not None and decision.reasons.grounds:
        raise Invalid("invalid", {"grounds": "ground_does_not_fit"})
    if decision.how is Move.DENY_HOLDING and not decision.searched.strip():
        raise Invalid("invalid", {"searched": "searched_missing"})
    if decision.how in GIVING:
        _check_documents(request, decision)
    elif decision.documents:
        raise Invalid("invalid", {"files": "nothing_is_given"})
    if decision.fee_baht is not None and (decision.fee_baht < 0 or request.wanted_as != Form.PAPER):
        raise Invalid("invalid", {"fee_baht": "choose_one"})


def _check_documents(request: Request, decision: Decision) -> None:
    """Who wants a file gets one, or reads what they asked for in the text; each has a title of its own."""
    if request.wanted_as == Form.FILE and not (decision.documents or decision.is_in_text):
        raise Invalid("invalid", {"files": "documents_missing"})
    if len(decision.documents) > MOST_DOCUMENTS:
        raise Invalid("invalid", {"files": "too_many_files"})
    if not all(0 < len(document.title.strip()) <= LONGEST_TITLE for document in decision.documents):
        raise Invalid("invalid", {"titles": "title_missing"})


@ledger.part_of_action("the answer leaves the entry")
def _add_documents(
    request: Request, answer: Answer, given: Sequence[NewDocument], actor: Actor, now: datetime
) -> None:
    """The files belong to the answer; everyone may read them from the day on which they are given."""
    kept = files.add_files(
        [document.kept for document in given],
        matter_id=request.pk,
        now=now,
        is_public=request.is_public and answer.released_at is not None,
        by_agency=answer.agency,
        person_id=actor.person_id,
    )
    for order, (document, file) in enumerate(zip(given, kept, strict=True), 1):
        title = document.title.strip()
        Document.objects.create(
            answer=answer,
            title=title,
            public_title=within(public_words(request, title), LONGEST_TITLE),
            file=file,
            order=order,
        )


@ledger.part_of_action("the answer leaves the entry")
def _written(
    request: Request, decision: Decision, released: Release, actor: Actor, now: datetime, in_time: bool
) -> Answer:
    today = law.day_of(now)
    last = cases.last_answer(request)
    is_given = decision.how not in GIVING or (released.on is not None and released.on <= today)
    answer = Answer.objects.create(
        request=request,
        number=last.number + 1 if last else 1,
        agency=request.matter.agency,
        result=ANSWERS[decision.how].value,
        text=decision.text,
        public_text=public_words(request, decision.text),
        is_in_time=in_time,
        searched=decision.searched,
        fee_baht=decision.fee_baht,
        decided_by_id=actor.person_id,
        decided_at=now,
        notified_on=today,
        release_on=None if is_given else released.on,
        released_at=now if is_given else None,
    )
    reasons: Sequence[tuple[object, str]] = (
        list(zip(decision.reasons.grounds, decision.reasons.words, strict=True)) if decision.reasons else []
    )
    for ground, words in reasons:
        GroundRelied.objects.create(
            answer=answer, ground=str(ground), reason=words, public_reason=public_words(request, words)
        )
    return answer


@ledger.part_of_action("the answer that gives what was ruled leaves the entry")
def _note_given(request: Request) -> None:
    """What was ruled to be given has been given: the office owes nothing any more."""
    decided = request.proceedings.filter(decided_on__isnull=False, third_party__isnull=True)
    newest = decided.order_by("-decided_on", "-pk").first()
    if newest is not None:
        newest.is_given = True
        newest.save(update_fields=["is_given"])


@ledger.action
def release_documents(*, now: datetime, reference: str, number: int, actor: Actor = SYSTEM) -> int:
    """Files that waited for objectors can be fetched from now on; how many. Raises Conflict before (s. 17)."""
    permissions.require_system(actor)
    request = locked_at_work(reference)
    answer = next((one for one in request.answers.all() if one.number == number), None)
    if answer is None or answer.released_at is not None or not may_release(request, answer, law.day_of(now)):
        raise Conflict("not_yet")
    answer.released_at = now
    answer.save(update_fields=["released_at"])
    given = list(answer.documents.select_related("file").order_by("order"))
    if request.is_public:
        for document in given:
            files.publish_file(document.file, now=now)
    event = events.DocumentsReleased(
        **named(request), sha256=[document.file.sha256 for document in given if request.is_public]
    )
    ledger.record_entry(event, actor=actor, at=now)
    settled(request, now=now)
    return len(given)


def may_release(request: Request, answer: Answer, today: date) -> bool:
    """Whether what an answer gives may be handed over today: no objector's days run, none appeals or was right."""
    rules = law.law_of(request.matter.agency)
    found = release(
        cases.notices_of(request),
        granted_on=answer.notified_on,
        appeal=period_in_force(rules.periods, "appeal", answer.notified_on),
        calendar=rules.calendar,
    )
    return found.on is not None and found.on <= today


@ledger.action
def take_document_back(
    *, actor: Actor, now: datetime, reference: str, number: int, order: int, reason: str
) -> None:
    """A file that should not have been given is gone; that it was, and why, stays to be read.

    A supervisor or the head signs. Raises Refused, NotFound, Invalid.
    """
    request = office_request(reference, actor, now)
    permissions.require_may_refuse(actor, request)
    check_text(reason, "reason")
    found = Document.objects.select_related("file").filter(
        answer__request=request, answer__number=number, order=order
    )
    document = found.first()
    if document is None:
        raise NotFound("file_gone")
    file = document.file
    document.delete()
    files.forget_files([file])
    event = events.DocumentTakenBack(**named(request), number=number, sha256=file.sha256)
    said(request, "reply", reason, event, actor, now)
