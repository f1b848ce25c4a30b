"""Facts of lawmaking, by what they are about."""

from sala.services.lawmaking.events.laws import LawPublished
from sala.services.lawmaking.events.questions import (
    AnswerRevised,
    DateMoved,
    NoteAdded,
    OfficeReminded,
    PersonAsked,
    QuestionAnswered,
    QuestionAssigned,
    QuestionDeclined,
    QuestionEscalated,
    QuestionExplained,
    QuestionFiled,
    QuestionFollowedUp,
    QuestionPassedOn,
    QuestionPublished,
    QuestionRests,
    QuestionWithdrawn,
)

__all__ = [
    "AnswerRevised",
    "DateMoved",
    "LawPublished",
    "NoteAdded",
    "OfficeReminded",
    "PersonAsked",
    "QuestionAnswered",
    "QuestionAssigned",
    "QuestionDeclined",
    "QuestionEscalated",
    "QuestionExplained",
    "QuestionFiled",
    "QuestionFollowedUp",
    "QuestionPassedOn",
    "QuestionPublished",
    "QuestionRests",
    "QuestionWithdrawn",
]
