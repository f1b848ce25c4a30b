"""What the pages of one request show: to everyone, to the person who asked, to the office."""

from dataclasses import dataclass
from datetime import date, datetime

from sala.commons.agencies import queries as agencies
from sala.commons.correspondence import queries as correspondence
from sala.commons.correspondence.queries import Message
from sala.commons.drafts.queries import Contact, covered, unsealed_contact
from sala.commons.ledger import queries as ledger
from sala.commons.moderation import queries as naming
from sala.commons.moderation.queries import Decision, covered_words
from sala.engines import thai
from sala.platform import seals
from sala.services.information.models import Answer, Document, Proceeding, Request
from sala.services.information.queries import cases, law, letters
from sala.services.information.rules import standing as standings
from sala.services.information.rules.grounds import Ground
from sala.services.information.rules.proceedings import Kind
from sala.services.information.rules.standing import Awaited, Case, Standing
from sala.services.information.rules.third_parties import is_heard
from sala.services.information.rules.ways import Way, next_ways


@dataclass(frozen=True, slots=True)
class Given:
    """A document of an answer as a page shows it; `can_be_fetched`: its day has come."""

    document: Document
    title: str
    can_be_fetched: bool


@dataclass(frozen=True, slots=True)
class Reason:
    """A ground relied on, with its section in both languages and the office's words for it."""

    ground: str
    section_th: str
    section_en: str
    words: str


@dataclass(frozen=True, slots=True)
class AnswerShown:
    """One answer with what was given, what was not and why."""

    answer: Answer
    text: str
    documents: tuple[Given, ...]
    reasons: tuple[Reason, ...]
    searched: str


@dataclass(frozen=True, slots=True)
class RequestPage:
    """All that a page of one request shows; `is_own` adds what only the person and the office may read."""

    request: Request
    case: Case
    standing: Standing
    awaited: Awaited | None
    expected_on: date
    is_late: bool
    ways: tuple[Way, ...]
    agency: agencies.AgencyView | None
    answers: tuple[AnswerShown, ...]
    steps: tuple[ledger.LoggedEntry, ...]
    messages: tuple[Message, ...]
    proceedings: tuple[Proceeding, ...]
    asked_until: date | None
    is_own: bool
    is_office: bool
    is_covered: bool
    contact: Contact
    address: str
    # What moderators decided about it, for its person alone.
    decisions: tuple[Decision, ...] = ()
    # Staff who answer it look for it there; whoever only oversees or moderates reads it covered.
    is_answering: bool = True

    @property
    def hides_words(self) -> bool:
        """Whether staff read something else than what was told: a moderator or the machine covered a part."""
        is_where_covered = not self.is_answering and self.where != self.request.where_to_look
        return self.text != self.request.original or is_where_covered

    @property
    def reached_at(self) -> str:
        """How the person said they can be reached, on one line."""
        parts = (self.contact.name, self.contact.phone, self.contact.email, self.address)
        return " · ".join(part for part in parts if part)

    @property
    def text(self) -> str:
        """What was asked, as this reader may read it: an office reads it covered, and looks for a purpose."""
        if self.is_office or self.is_covered:
            return str(covered_words(self.request))
        return str(self.request.original if self.is_own else self.request.public_text)

    @property
    def where(self) -> str:
        """Where it may be found, as this reader may read it: whoever answers needs all of it to look there."""
        if self.is_covered or (self.is_office and not self.is_answering):
            return str(thai.cover(self.request.where_to_look))
        return str(self.request.where_to_look if self.is_own else self.request.public_where)

    @property
    def said(self) -> list[tuple[Message, str]]:
        """What was written, as this reader may read it."""
        return [(message, self._words(message)) for message in self.messages]

    def _words(self, message: Message) -> str:
        if self.is_covered or (self.is_office and not message.agency):
            return str(thai.cover(message.text))
        return str(message.text if self.is_own else message.public_text)


def get_page(
    request: Request,
    *,
    now: datetime,
    is_own: bool,
    with_notes: bool = False,
    is_covered: bool = False,
    is_answering: bool = True,
) -> RequestPage:
    """The page of a request; `is_covered` for somebody who showed four digits alone: no name, number or file.

    `is_answering` for staff who work on it.

    Four queries beside those that loaded it, whatever it went through; for its person and the office two more."""
    case, rules, today = cases.case_of(request), law.law_of(request.matter.agency), law.day_of(now)
    waiting = [row for row in request.third_parties.all() if not is_heard(cases.notice_of(row), today)]
    return RequestPage(
        request=request,
        case=case,
        standing=standings.standing(case, rules, today),
        awaited=standings.awaited(case, rules),
        expected_on=standings.answer_expected_on(case, rules),
        is_late=standings.is_overdue(case, rules, today),
        ways=next_ways(case, rules, law.way_rules(), today),
        agency=agencies.find_agency(request.matter.agency),
        answers=_answers(request, is_own=is_own, is_covered=is_covered),
        steps=ledger.entries_of_matter(*naming.ledger_names(request)),
        messages=_messages(
            request, is_own=is_own, with_notes=with_notes, with_files=is_own and not is_covered
        ),
        # What an objector brought tells who they are; it is theirs and the office's.
        proceedings=tuple(
            row
            for row in sorted(request.proceedings.all(), key=lambda row: row.pk)
            if with_notes or row.kind != Kind.OBJECTOR_APPEAL
        ),
        asked_until=max((row.object_until for row in waiting), default=None),
        is_own=is_own,
        is_office=with_notes,
        is_covered=is_covered,
        is_answering=is_answering,
        decisions=tuple(naming.list_decisions(request.pk)) if is_own and not with_notes else (),
        contact=_contact(request, is_covered=is_covered) if is_own and not with_notes else Contact(),
        address=seals.unseal(request.address_sealed) if is_own and not with_notes and not is_covered else "",
    )


def _messages(request: Request, *, is_own: bool, with_notes: bool, with_files: bool) -> tuple[Message, ...]:
    """What was written; with the files that came along, for who may open them."""
    but = () if with_notes else letters.OFFICES
    found = correspondence.list_messages(request.pk, but=but, is_public=not is_own)
    return letters.with_files(request, found) if with_files else tuple(found)


def _contact(request: Request, *, is_covered: bool) -> Contact:
    contact = unsealed_contact(request)
    return covered(contact) if is_covered else contact


def _answers(request: Request, *, is_own: bool, is_covered: bool) -> tuple[AnswerShown, ...]:
    """The newest answer first, with its documents. One query.

    What an office says to a person about themselves is covered for whoever showed four digits alone.
    """

    def told(own: str, public: str) -> str:
        if is_covered:
            return str(thai.cover(own))
        return own if is_own else public

    by_answer: dict[int, list[Document]] = {}
    rows = Document.objects.filter(answer__request=request).select_related("file")
    for document in rows.order_by("order"):
        by_answer.setdefault(document.answer_id, []).append(document)
    sections = law.ground_sections()
    shown = []
    for answer in sorted(request.answers.all(), key=lambda answer: -answer.number):
        given = tuple(
            Given(
                document,
                told(document.title, document.public_title),
                can_be_fetched=answer.released_at is not None,
            )
            for document in by_answer.get(answer.pk, ())
        )
        reasons = tuple(
            Reason(row.ground, *sections[Ground(row.ground)], told(row.reason, row.public_reason))
            for row in sorted(answer.grounds.all(), key=lambda row: row.pk)
        )
        searched = told(answer.searched, thai.cover(answer.searched))
        text = told(answer.text, answer.public_text)
        shown.append(AnswerShown(answer, text, given, reasons, searched))
    return tuple(shown)


def find_document(request: Request, number: int, order: int) -> Document | None:
    """The document of an answer by its place, with its file; None if there is none."""
    rows = Document.objects.filter(answer__request=request, answer__number=number, order=order)
    return rows.select_related("file", "answer").first()
