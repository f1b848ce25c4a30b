"""What the pages of one legal question show: to everyone, to the person who asked, to the office."""

from dataclasses import dataclass
from datetime import date, datetime

from sala.commons.agencies import queries as agencies
from sala.commons.correspondence import queries as correspondence
from sala.commons.correspondence.queries import Message
from sala.commons.drafts.queries import Contact, covered, unsealed_contact
from sala.commons.ledger import queries as ledger
from sala.commons.moderation import queries as naming
from sala.core.clock import day_of
from sala.engines import thai
from sala.services.lawmaking.models import LawCited, LegalAnswer, LegalQuestion
from sala.services.lawmaking.queries.question_law import case_of, law_of
from sala.services.lawmaking.rules import questions as rules
from sala.services.lawmaking.rules.questions import Case, OwnAct, Standing

NOTE = "note"


@dataclass(frozen=True, slots=True)
class AnswerShown:
    """One answer with the laws it relies on."""

    answer: LegalAnswer
    text: str
    laws: tuple[LawCited, ...]


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """All that a page of one question shows; `is_own` adds what only the person and the office may read."""

    question: LegalQuestion
    case: Case
    standing: Standing
    expected_on: date
    is_late: bool
    acts: tuple[OwnAct, ...]
    follow_up_until: date | None
    agency: agencies.AgencyView | None
    answers: tuple[AnswerShown, ...]
    steps: tuple[ledger.LoggedEntry, ...]
    messages: tuple[Message, ...]
    is_own: bool
    is_office: bool
    contact: Contact

    @property
    def reached_at(self) -> str:
        """How the person said they can be reached, on one line."""
        return " · ".join(filter(None, (self.contact.name, self.contact.phone, self.contact.email)))

    @property
    def text(self) -> str:
        """What was asked, as this reader may read it: an office reads it covered, and looks for a purpose."""
        if self.is_office:
            return str(naming.covered_words(self.question))
        return str(self.question.original if self.is_own else self.question.public_text)

    @property
    def said(self) -> list[tuple[Message, str]]:
        """What was written, as this reader may read it."""
        return [(message, self._words(message)) for message in self.messages]

    def _words(self, message: Message) -> str:
        if self.is_office and not message.agency:
            return str(thai.cover(message.text))
        return str(message.text if self.is_own else message.public_text)


def get_page(
    question: LegalQuestion, *, now: datetime, is_own: bool, is_office: bool = False, is_covered: bool = False
) -> QuestionPage:
    """The page of a question; `is_covered` for somebody who showed four digits alone.

    Two queries beside those that loaded it, whatever it went through.
    """
    case, law, today = case_of(question), law_of(question.matter.agency), day_of(now)
    messages = correspondence.list_messages(
        question.pk, but=() if is_office else (NOTE,), is_public=not is_own
    )
    return QuestionPage(
        question=question,
        case=case,
        standing=rules.standing(case, law, today),
        expected_on=rules.answer_expected_on(case, law),
        is_late=rules.is_overdue(case, law, today),
        acts=rules.own_acts(case, law, today),
        follow_up_until=rules.follow_up_until(case, law),
        agency=agencies.find_agency(question.matter.agency),
        answers=_answers(question, is_own=is_own),
        steps=ledger.entries_of_matter(*naming.ledger_names(question)),
        messages=tuple(messages),
        is_own=is_own,
        is_office=is_office,
        contact=_contact(question, is_covered=is_covered) if is_own and not is_office else Contact(),
    )


def _contact(question: LegalQuestion, *, is_covered: bool) -> Contact:
    contact = unsealed_contact(question)
    return covered(contact) if is_covered else contact


def _answers(question: LegalQuestion, *, is_own: bool) -> tuple[AnswerShown, ...]:
    """Those that stand in the order they were given, since one after asking on adds to the first; then replaced ones.

    No query: they came with the question.
    """
    return tuple(
        AnswerShown(
            answer,
            str(answer.text if is_own else answer.public_text),
            tuple(sorted(answer.laws.all(), key=lambda cited: cited.order)),
        )
        for answer in sorted(question.answers.all(), key=lambda answer: (answer.is_replaced, answer.number))
    )
