"""What all writes of legal questions share: locking one, its names in the ledger, settling how it stands afterwards."""

from datetime import date, datetime

from sala.commons.correspondence import actions as correspondence
from sala.commons.deadlines import actions as deadlines
from sala.commons.deadlines import queries as dates
from sala.commons.ledger import actions as ledger
from sala.commons.matters import actions as matters
from sala.commons.moderation import queries as naming
from sala.commons.moderation.queries import words_committed
from sala.core.actors import Actor
from sala.core.clock import day_of
from sala.core.deadlines import end_of_day
from sala.core.errors import NotFound
from sala.core.events import Event
from sala.engines import thai
from sala.engines.thai.public_text import NOTHING, PublicText
from sala.services.lawmaking.actions.question_erasure import finish_erasure
from sala.services.lawmaking.models import LegalQuestion
from sala.services.lawmaking.queries.question_law import KIND, case_of, law_of
from sala.services.lawmaking.queries.questions import whole
from sala.services.lawmaking.rules import questions as rules
from sala.services.lawmaking.rules.questions import OPEN, WITH_OFFICE, Move

NOTE = "note"


@ledger.part_of_action("locks what an action of legal questions is about")
def locked(reference: str) -> LegalQuestion:
    """The question with its matter, both locked until the action ends, matter first. Raises NotFound."""
    matter = matters.lock_matter(reference)
    question = whole().select_for_update(of=("self",)).filter(pk=matter.pk).first()
    if question is None:
        raise NotFound("matter_not_found", reference=reference)
    question.matter = matter
    return question


def named(question: LegalQuestion) -> dict[str, str | None]:
    """The three names every event of a question carries."""
    return naming.event_names(question)


def move(question: LegalQuestion, what: Move) -> None:
    """Make a move of the state table; `settled` keeps it. Raises Conflict."""
    question.status = rules.move(question.state, what).value


def expected_on(question: LegalQuestion) -> str:
    """The ISO day by which an answer is expected as the question stands now, as facts tell it."""
    return rules.answer_expected_on(case_of(question), law_of(question.matter.agency)).isoformat()


def public_words(question: LegalQuestion, text: str) -> PublicText:
    """What everyone may read of a text: personal data covered; "" for a question that is not public."""
    return thai.cover(text) if question.is_public and text else NOTHING


@ledger.part_of_action("keeps how a question stands after the step whose entry tells it")
def settled(question: LegalQuestion, *, now: datetime, **changes: object) -> None:
    """Keep a changed question, and make its word, its date and whether it is closed anew, so that none is forgotten."""
    case, law, today = case_of(question), law_of(question.matter.agency), day_of(now)
    question.standing = rules.standing(case, law, today).value
    question.save()
    expected = rules.answer_expected_on(case, law) if case.status in WITH_OFFICE else None
    _run_date(question, expected, rules.counted_from(case), now)
    is_over = case.status not in OPEN
    if is_over:
        finish_erasure(question)
    matters.move_matter(
        question.matter,
        now=now,
        stage=question.standing,
        due_at=end_of_day(expected) if expected else None,
        closed_at=(question.matter.closed_at or now) if is_over else None,
        **changes,
    )


def _run_date(question: LegalQuestion, expected: date | None, began: date, now: datetime) -> None:
    """Have the date run as the deadlines' floor keeps it, so that a holiday declared later moves it too."""
    if (end_of_day(expected) if expected else None) == question.matter.due_at:
        return
    deadlines.end_deadline(question.matter, now=now)
    if expected is not None:
        counted = dates.count_from_day(KIND, "answer", agency=question.matter.agency, event_on=began)
        deadlines.run_deadline(question.matter, counted)


@ledger.part_of_action("the step that the words are about leaves the entry with them")
def said(question: LegalQuestion, kind: str, text: str, event: Event, actor: Actor, now: datetime) -> None:
    """Record a step of which words are a part, keep the words beside their entry, settle the question."""
    covered = public_words(question, text) if kind != NOTE else NOTHING
    recorded = ledger.record_entry(event, actor=actor, at=now, secret=words_committed(covered, text, b""))
    if kind != NOTE:
        question.last_word = kind
    correspondence.write_message(
        question.matter, kind=kind, text=text, public_text=covered, actor=actor, now=now, recorded=recorded
    )
    settled(question, now=now)
