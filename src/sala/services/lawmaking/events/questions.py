"""Facts in the life of a legal question. Free text never enters them: the ledger keeps only commitments to it."""

from dataclasses import dataclass
from typing import ClassVar

from sala.core.events import Event


@dataclass(frozen=True, kw_only=True)
class QuestionFiled(Event):
    """A person asked what a law or rule means for them; `expected_on` is the ISO day by which an answer is expected.

    `received_on` is the day an office received it on paper, or the next office day of what came after hours.
    """

    kind: ClassVar[str] = "legal_question.filed"
    channel: str
    expected_on: str
    received_on: str | None = None


@dataclass(frozen=True, kw_only=True)
class QuestionAssigned(Event):
    """The office gave it to a desk of its own."""

    kind: ClassVar[str] = "legal_question.assigned"
    desk: str


@dataclass(frozen=True, kw_only=True)
class PersonAsked(Event):
    """The office asked back, since the answer depends on it."""

    kind: ClassVar[str] = "legal_question.person_asked"


@dataclass(frozen=True, kw_only=True)
class QuestionExplained(Event):
    """The person explained; the office's days run anew from that day."""

    kind: ClassVar[str] = "legal_question.explained"
    expected_on: str


@dataclass(frozen=True, kw_only=True)
class QuestionRests(Event):
    """The person has not answered the office; it rests and goes on when they do."""

    kind: ClassVar[str] = "legal_question.rests"


@dataclass(frozen=True, kw_only=True)
class QuestionPassedOn(Event):
    """It went to the office whose law it is; the day did not move."""

    kind: ClassVar[str] = "legal_question.passed_on"
    from_agency: str
    expected_on: str


@dataclass(frozen=True, kw_only=True)
class QuestionAnswered(Event):
    """The office answered, by so many sections; `number` is that of the answer."""

    kind: ClassVar[str] = "legal_question.answered"
    number: int
    sections: int
    in_time: bool


@dataclass(frozen=True, kw_only=True)
class AnswerRevised(Event):
    """The office answers anew: the law changed, or the former answer was wrong. That one stays to be read."""

    kind: ClassVar[str] = "legal_question.answer_revised"
    number: int
    sections: int


@dataclass(frozen=True, kw_only=True)
class QuestionDeclined(Event):
    """The office does not answer, for a reason of the published list; `earlier` names the answer there is already."""

    kind: ClassVar[str] = "legal_question.declined"
    number: int
    reason: str
    in_time: bool
    earlier: str | None = None


@dataclass(frozen=True, kw_only=True)
class QuestionFollowedUp(Event):
    """The person says what is not clear; the office has it again."""

    kind: ClassVar[str] = "legal_question.followed_up"
    expected_on: str


@dataclass(frozen=True, kw_only=True)
class OfficeReminded(Event):
    """The person reminded the office that an answer is due."""

    kind: ClassVar[str] = "legal_question.reminded"


@dataclass(frozen=True, kw_only=True)
class NoteAdded(Event):
    """An internal note was written."""

    kind: ClassVar[str] = "legal_question.note_added"


@dataclass(frozen=True, kw_only=True)
class QuestionPublished(Event):
    """The person made it public; its hidden name is opened so that the entries before can be read with it."""

    kind: ClassVar[str] = "legal_question.published"
    continues: str
    opening: str


@dataclass(frozen=True, kw_only=True)
class QuestionWithdrawn(Event):
    """The person does not need it any more."""

    kind: ClassVar[str] = "legal_question.withdrawn"


@dataclass(frozen=True, kw_only=True)
class QuestionEscalated(Event):
    """It is late; somebody further up was told."""

    kind: ClassVar[str] = "legal_question.escalated"
    level: str


@dataclass(frozen=True, kw_only=True)
class DateMoved(Event):
    """A holiday was declared and moved the day by which an answer is expected."""

    kind: ClassVar[str] = "legal_question.date_moved"
    due_on: str
