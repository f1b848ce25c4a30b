"""What an office has to do, and what the Board's office has: by the day it is due."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import FilteredRelation, Q, QuerySet
from django.db.models.functions import Coalesce

from sala.core.actors import STAFF, Actor
from sala.platform import seals
from sala.services.information import permissions
from sala.services.information.models import Proceeding, Request
from sala.services.information.queries import law
from sala.services.information.rules.proceedings import RUNNING
from sala.services.information.rules.states import OPEN, WITH_OFFICE, Status


def conditions(values: Mapping[str, Any]) -> dict[str, Q]:
    """What each view of an office's list holds, what is the office's at all, and what of it is counted."""
    own = Q(matter__agency=values["agency"]) & ~Q(matter__visibility="quarantined")
    with_office = Q(status__in=sorted(WITH_OFFICE))
    unfinished = Q(status__in=sorted(OPEN)) | Q(status=Status.ASLEEP.value)
    return {
        "all": own,
        "unfinished": own & unfinished,
        "own": own & unfinished,
        "open": own & with_office,
        "today": own & with_office & Q(matter__due_at__lte=values["tomorrow"]),
        "overdue": own & with_office & Q(matter__due_at__lt=values["now"]),
        "answered": own & unfinished & Q(last_word__in=sorted(FROM_OUTSIDE)),
        "mine": own & unfinished & Q(officer_id=values["person"]),
        "waiting": own
        & Q(status__in=[Status.CLARIFYING.value, Status.CONSULTING.value, Status.ASLEEP.value]),
        "closed": own & Q(matter__closed_at__isnull=False),
    }


OPEN_HERE = Q(status__in=sorted(WITH_OFFICE))
ANSWERED_ONCE = Q(first__isnull=False)
GIVEN = Q(first__result__in=[Status.GRANTED.value, Status.PARTLY_GRANTED.value])


def is_late(now: Any) -> Q:
    """What the office has not answered though its day is past."""
    return OPEN_HERE & Q(matter__due_at__lt=now)


def counted() -> QuerySet[Request]:
    """Requests as those who oversee offices count them, with their first answer: a later one changes no figure."""
    rows = Request.objects.exclude(matter__visibility="quarantined")
    rows = rows.annotate(first=FilteredRelation("answers", condition=Q(answers__number=1)))
    return rows.annotate(done_at=Coalesce("first__decided_at", "matter__closed_at"))


# Kinds of message after which the office has something to read.
FROM_OUTSIDE = frozenset({"answer", "missing", "attached", "words", "letter"})


def holds(word: str) -> Q:
    """Where an officer's word may stand: in what was asked, or in where it may be found."""
    read = Q(public_text__icontains=word) | Q(office_text__icontains=word)
    return read | Q(where_to_look__icontains=word)


def list_at_board() -> list[Proceeding]:
    """Complaints and appeals that run, the one due first at the head. One query."""
    rows: QuerySet[Proceeding] = Proceeding.objects.filter(stage__in=sorted(RUNNING))
    rows = rows.exclude(request__matter__visibility="quarantined")
    return list(rows.select_related("request__matter").order_by("due_on", "pk")[:500])


def list_decided(most: int = 20) -> list[Proceeding]:
    """What was decided last, the newest first. One query."""
    rows = Proceeding.objects.filter(stage="decided").exclude(request__matter__visibility="quarantined")
    rows = rows.select_related("request__matter")
    return list(rows.order_by("-decided_on", "-pk")[:most])


def is_board(actor: Actor, on: date) -> bool:
    """Whether an actor works for the Board's office."""
    board = law.find_board(on)
    return bool(board) and actor.holds_any(STAFF | permissions.SIGNERS, board)


def third_party_name(sealed: str) -> str:
    """Who a third party is, for the office's own page."""

    return str(json.loads(seals.unseal(sealed))[0])
