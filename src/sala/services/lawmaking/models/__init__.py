"""Tables of lawmaking, by what they are about."""

from sala.services.lawmaking.models.hearings import Hearing, HearingProvision, HearingQuestion, HearingText
from sala.services.lawmaking.models.laws import Expression, Provision, Work
from sala.services.lawmaking.models.questions import LawCited, LegalAnswer, LegalQuestion, Passing

__all__ = [
    "Expression",
    "Hearing",
    "HearingProvision",
    "HearingQuestion",
    "HearingText",
    "LawCited",
    "LegalAnswer",
    "LegalQuestion",
    "Passing",
    "Provision",
    "Work",
]
