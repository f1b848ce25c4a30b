"""What each view of an office's list of complaints holds."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from sala.services.complaints.models import Complaint
from sala.services.complaints.queries.clock import HISTORY, OPEN, PAUSED, RUNNING, UNFINISHED, is_late
from sala.services.complaints.rules import BOUNCES_THAT_ALARM, BY_PERSON, Outcome, Status


def conditions(values: Mapping[str, Any]) -> dict[str, Q]:
    """What each view holds, what is the office's at all, and what of it waits for somebody and is counted."""
    own = Q(matter__agency=values["agency"]) & ~Q(matter__visibility="quarantined")
    return {
        "all": own,
        "unfinished": own & UNFINISHED,
        "own": own & UNFINISHED & ~HISTORY,
        "today": own & RUNNING & Q(matter__due_at__lte=values["tomorrow"]),
        "overdue": own & is_late(values["now"]),
        "answered": own & OPEN & Q(last_word__in=BY_PERSON),
        "new": own & Q(status=Status.RECEIVED.value, is_triaged=False, matter__closed_at__isnull=True),
        "mine": own & OPEN & Q(officer_id=values["person"]),
        "open": own & OPEN & ~HISTORY,
        "earlier": own & OPEN & HISTORY,
        "paused": own & OPEN & PAUSED,
        "waiting": own & Q(status=Status.RESOLVED.value, matter__closed_at__isnull=True),
        "escalated": own & OPEN & ~Q(escalation=""),
        "bounced": own & OPEN & Q(bounces__gte=BOUNCES_THAT_ALARM),
        "shared": Q(shares__agency=values["agency"]) & OPEN,
        "closed": own & Q(matter__closed_at__isnull=False),
    }


def holds(word: str) -> Q:
    """Where an officer's word may stand: in what they may read of it, the place, or an earlier system's number."""
    # Only what they read: who could search the covered words would find a number digit by digit.
    read = Q(public_text__icontains=word) | Q(office_text__icontains=word)
    return read | Q(matter__place__icontains=word) | Q(source_id__icontains=word)


OPEN_HERE = OPEN & ~HISTORY
REACHED = Q(is_triaged=True) | ~Q(status=Status.RECEIVED.value)
SAID_DONE = Q(resolved_at__isnull=False)
CONFIRMED = SAID_DONE & Q(outcome=Outcome.CONFIRMED.value)


def counted() -> QuerySet[Complaint]:
    """Complaints as those who oversee offices count them: without what is set aside and what was brought unfinished."""
    rows = Complaint.objects.exclude(matter__visibility="quarantined").exclude(HISTORY)
    return rows.annotate(done_at=Coalesce("resolved_at", "matter__closed_at"))
