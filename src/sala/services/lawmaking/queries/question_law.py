"""The periods of legal questions as this installation keeps them, and a question as the rules see it."""

from sala.commons.deadlines import queries as deadlines
from sala.core.deadlines import Law, Period
from sala.services.lawmaking.models import LegalQuestion
from sala.services.lawmaking.rules.questions import Case

KIND = "legal_question"
PACKAGE = "sala.services.lawmaking"


def law_of(agency: str) -> Law:
    """The periods in force, counted by the working days of an agency."""
    return deadlines.law_of(KIND, agency)


def periods() -> tuple[Period, ...]:
    """Every period of legal questions, as kept."""
    return deadlines.periods(KIND)


def case_of(question: LegalQuestion) -> Case:
    """What the rules need to know of a question. No query."""
    return Case(
        status=question.state,
        received_on=question.received_on,
        asked_on=question.asked_on,
        clarified_on=question.clarified_on,
        followed_up_on=question.followed_up_on,
        answered_on=question.answered_on,
        reminded_on=question.reminded_on,
        openness=question.openness,
    )
