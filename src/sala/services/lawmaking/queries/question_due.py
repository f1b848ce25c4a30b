"""What the clock must look at: questions of offices never answered, what is late, words of lists that are old."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sala.commons.agencies import queries as agencies
from sala.commons.deadlines import queries as deadlines
from sala.core.clock import day_of
from sala.core.deadlines import LEVELS, EscalationLevel
from sala.services.lawmaking.models import LegalQuestion
from sala.services.lawmaking.queries.question_law import KIND, case_of, law_of, periods
from sala.services.lawmaking.rules.questions import WITH_OFFICE, Status, is_resting_due

CHUNK = 200
# What stands with the office and is not called late yet.
_TIMELY = tuple(sorted(status.value for status in WITH_OFFICE))


def may_rest(question: LegalQuestion, now: datetime) -> bool:
    """Whether the office's question to the person was never answered within its days."""
    return is_resting_due(case_of(question), law_of(question.matter.agency), day_of(now))


def level_due(question: LegalQuestion, now: datetime) -> EscalationLevel:
    """Who must be told by now that an answer is late; NONE for nobody."""
    matter = question.matter
    if question.state not in WITH_OFFICE or matter.due_at is None:
        return EscalationLevel.NONE
    return deadlines.level_due(KIND, due_at=matter.due_at, agency=matter.agency, now=now)


def list_resting(now: datetime) -> Iterator[str]:
    """References of questions whose person never answered the office."""
    shortest = min((p.days for p in periods() if p.code == "rest"), default=0)
    rows = LegalQuestion.objects.select_related("matter").filter(
        status=Status.CLARIFYING.value, asked_on__lte=day_of(now) - timedelta(days=shortest)
    )
    yield from (row.matter.reference for row in rows.iterator(CHUNK) if may_rest(row, now))


def list_late(now: datetime) -> Iterator[tuple[str, EscalationLevel]]:
    """Questions past their day whose next level has not been told yet, with that level."""
    rows = LegalQuestion.objects.select_related("matter").filter(status__in=_TIMELY, matter__due_at__lt=now)
    for question in rows.exclude(escalation=EscalationLevel.CENTRAL.value).iterator(CHUNK):
        level = level_due(question, now)
        if LEVELS.index(level) > LEVELS.index(EscalationLevel(question.escalation)):
            yield question.matter.reference, level


def list_outdated(now: datetime) -> Iterator[str]:
    """References of questions whose kept word is not today's: only the date makes one late."""
    rows = LegalQuestion.objects.filter(status__in=_TIMELY, matter__due_at__lt=now, standing__in=_TIMELY)
    yield from rows.values_list("matter__reference", flat=True).iterator(CHUNK)


def told_of(step: Any, question_id: int) -> list[int]:
    """The people to whom an escalation is told, by its entry's values."""
    level = EscalationLevel(step["content"]["level"])
    return agencies.people_told_of_lateness(level, _agency(question_id))


def told_of_reminder(step: Any, question_id: int) -> list[int]:
    """Who supervises the office that is reminded, or heads it."""
    return agencies.people_told_of_lateness(EscalationLevel.SUPERVISOR, _agency(question_id))


def _agency(question_id: int) -> str:
    return str(LegalQuestion.objects.values_list("matter__agency", flat=True).get(pk=question_id))
