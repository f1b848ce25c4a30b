"""The answer of an office: what the law means, by which section; or why it gives none, by a published reason."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sala.commons.ledger import actions as ledger
from sala.commons.moderation.queries import words_committed
from sala.core.actors import Actor
from sala.core.characters import check_text
from sala.core.clock import day_of
from sala.core.errors import Invalid
from sala.core.events import Event
from sala.engines import thai
from sala.engines.thai.public_text import within
from sala.services.lawmaking import events, permissions
from sala.services.lawmaking.actions.question_records import (
    locked,
    move,
    named,
    public_words,
    settled,
)
from sala.services.lawmaking.models import LawCited, LegalAnswer, LegalQuestion
from sala.services.lawmaking.queries.question_law import case_of, law_of
from sala.services.lawmaking.queries.questions import find_public
from sala.services.lawmaking.rules.questions import (
    Citation,
    Move,
    Reason,
    Status,
    answer_expected_on,
    counted_from,
    require_citations,
    require_reason,
)

LONGEST_LAW, LONGEST_SECTION = 200, 80


@dataclass(frozen=True, slots=True)
class Answering:
    """What the law means for the person, and the sections it follows from: at least one."""

    text: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """The number of an answer, and whether it came by the expected day."""

    number: int
    is_in_time: bool


@ledger.action
def answer_question(*, actor: Actor, now: datetime, reference: str, answering: Answering) -> Answered:
    """The person has the answer with the sections it relies on, and everyone finds it.

    Raises Refused unless their office answers it, Invalid without words or a section, Conflict.
    """
    question = locked(reference)
    permissions.require_may_work(actor, question)
    _check(answering)
    is_in_time = _is_in_time(question, now)
    move(question, Move.ANSWER)
    answer = _new(question, answering.text, actor, now, is_in_time)
    answer.result = Status.ANSWERED.value
    event = events.QuestionAnswered(
        **named(question),
        number=answer.number,
        sections=len(answering.citations),
        in_time=is_in_time,
    )
    _keep(question, answer, answering.citations, event, actor, now)
    return Answered(answer.number, is_in_time)


@ledger.action
def revise_answer(*, actor: Actor, now: datetime, reference: str, answering: Answering) -> Answered:
    """Everybody reads a new answer first, the former one below it: the law changed, or the office had erred.

    Raises Refused, Invalid, Conflict unless it was answered or declined.
    """
    question = locked(reference)
    permissions.require_may_work(actor, question)
    _check(answering)
    move(question, Move.REVISE)
    answer = _new(question, answering.text, actor, now, is_in_time=True)
    former = max(question.answers.all(), key=lambda one: one.number)
    # What the person waited for was the first answer; a law that changes a year later makes nobody slow.
    answer.days = former.days
    question.answers.update(is_replaced=True)
    answer.result = Status.ANSWERED.value
    event = events.AnswerRevised(**named(question), number=answer.number, sections=len(answering.citations))
    _keep(question, answer, answering.citations, event, actor, now)
    return Answered(answer.number, is_in_time=True)


@ledger.action
def decline_question(
    *, actor: Actor, now: datetime, reference: str, reason: Reason, text: str, earlier: str = ""
) -> Answered:
    """The person reads why the office gives no answer and what they can do; `earlier` leads to one there is already.

    Raises Refused, Invalid for no words or a number that is no answered public question, Conflict.
    """
    question = locked(reference)
    permissions.require_may_work(actor, question)
    check_text(text)
    require_reason(reason, text, has_earlier=bool(earlier.strip()))
    is_in_time = _is_in_time(question, now)
    move(question, Move.DECLINE)
    answer = _new(question, text, actor, now, is_in_time)
    answer.result, answer.reason = Status.DECLINED.value, reason.value
    if earlier.strip():
        answer.earlier = _earlier(earlier, question)
    event = events.QuestionDeclined(
        **named(question),
        number=answer.number,
        reason=reason.value,
        in_time=is_in_time,
        earlier=answer.earlier.matter.reference if answer.earlier else None,
    )
    _keep(question, answer, (), event, actor, now)
    return Answered(answer.number, is_in_time)


def _earlier(reference: str, question: LegalQuestion) -> LegalQuestion:
    found = find_public(reference)
    if found is None or found.pk == question.pk or found.state is not Status.ANSWERED:
        raise Invalid("invalid", {"earlier": "earlier_unknown"})
    return found


def _check(answering: Answering) -> None:
    check_text(answering.text)
    require_citations(answering.citations)
    for number, cited in enumerate(answering.citations, 1):
        check_text(cited.law, f"law_{number}", longest=LONGEST_LAW)
        check_text(cited.section, f"section_{number}", longest=LONGEST_SECTION)


def _is_in_time(question: LegalQuestion, now: datetime) -> bool:
    return day_of(now) <= answer_expected_on(case_of(question), law_of(question.matter.agency))


def _new(question: LegalQuestion, text: str, actor: Actor, now: datetime, is_in_time: bool) -> LegalAnswer:
    """The next answer of a question, not yet saved."""
    return LegalAnswer(
        question=question,
        number=max((answer.number for answer in question.answers.all()), default=0) + 1,
        agency=question.matter.agency,
        text=text,
        public_text=public_words(question, text),
        is_in_time=is_in_time,
        decided_by_id=actor.person_id,
        answered_at=now,
        days=max(0, (day_of(now) - counted_from(case_of(question))).days),
    )


@ledger.part_of_action("records the answer and settles the question")
def _keep(
    question: LegalQuestion,
    answer: LegalAnswer,
    citations: tuple[Citation, ...],
    event: Event,
    actor: Actor,
    now: datetime,
) -> None:
    salt = secrets.token_bytes(16)
    secret = words_committed(answer.public_text, answer.text, salt)
    recorded = ledger.record_entry(event, actor=actor, at=now, secret=secret)
    answer.salt, answer.entry_id = (recorded.salt or b"") + salt, recorded.entry_id
    answer.save()
    LawCited.objects.bulk_create(
        LawCited(
            answer=answer,
            order=order,
            law=within(thai.cover(cited.law.strip()), LONGEST_LAW),
            section=within(thai.cover(cited.section.strip()), LONGEST_SECTION),
        )
        for order, cited in enumerate(citations, 1)
    )
    question.answered_on = day_of(now)
    settled(question, now=now)
