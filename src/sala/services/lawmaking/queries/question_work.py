"""What an office has to do about legal questions, by the day it is due."""

from collections.abc import Mapping
from typing import Any

from django.db.models import FilteredRelation, Q, QuerySet
from django.db.models.functions import Coalesce

from sala.services.lawmaking.models import LegalQuestion
from sala.services.lawmaking.rules.questions import OPEN, WITH_OFFICE, WITH_PERSON, Status

# Kinds of message after which the office has something to read.
FROM_OUTSIDE = frozenset({"answer", "follow_up"})


def conditions(values: Mapping[str, Any]) -> dict[str, Q]:
    """What each view of an office's list holds, what is the office's at all, and what of it is counted."""
    own = Q(matter__agency=values["agency"])
    unfinished, with_office = Q(status__in=sorted(OPEN)), Q(status__in=sorted(WITH_OFFICE))
    return {
        "all": own,
        "unfinished": own & unfinished,
        "own": own & unfinished,
        "open": own & with_office,
        "today": own & with_office & Q(matter__due_at__lte=values["tomorrow"]),
        "overdue": own & with_office & Q(matter__due_at__lt=values["now"]),
        "answered": own & unfinished & Q(last_word__in=sorted(FROM_OUTSIDE)),
        "mine": own & unfinished & Q(officer_id=values["person"]),
        "waiting": own & Q(status__in=sorted(WITH_PERSON)),
        "closed": own & Q(matter__closed_at__isnull=False),
    }


OPEN_HERE = Q(status__in=sorted(WITH_OFFICE))
SAID_SOMETHING = Q(first__isnull=False)
ANSWERED = Q(first__result=Status.ANSWERED.value)


def is_late(now: Any) -> Q:
    """What the office has not answered though the expected day is past."""
    return OPEN_HERE & Q(matter__due_at__lt=now)


def counted() -> QuerySet[LegalQuestion]:
    """Questions as those who oversee offices count them, with their first answer: a later one changes no figure."""
    rows = LegalQuestion.objects.annotate(first=FilteredRelation("answers", condition=Q(answers__number=1)))
    return rows.annotate(done_at=Coalesce("first__answered_at", "matter__closed_at"))


def holds(word: str) -> Q:
    """Where an officer's word may stand: in what was asked, or in the law that it names."""
    read = Q(public_text__icontains=word) | Q(office_text__icontains=word)
    return read | Q(about_law__icontains=word)
