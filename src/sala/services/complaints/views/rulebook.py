"""The rules of complaints as printed tables, made from the very data that decides."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext_lazy
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from sala.commons.agencies import queries as agencies
from sala.core import clock
from sala.core.clock import BANGKOK
from sala.core.deadlines import Period
from sala.core.gates import open_to_all
from sala.platform.requests import Request
from sala.services.complaints import queries, rules, words
from sala.services.complaints.queries.clock import periods
from sala.services.complaints.rules import Move

MOVES = {
    Move.ASSIGN: gettext_lazy("Given to a desk or an officer"),
    Move.FORWARD: gettext_lazy("Sent to another office"),
    Move.HAND_BACK: gettext_lazy("Handed back"),
    Move.START: gettext_lazy("Work begins"),
    Move.RESOLVE: gettext_lazy("Done, with evidence"),
    Move.REJECT: gettext_lazy("Not taken up, with a reason"),
    Move.CONFIRM: gettext_lazy("The person confirms"),
    Move.LAPSE: gettext_lazy("The person does not answer in time"),
    Move.REOPEN: gettext_lazy("The person opens it again"),
    Move.UPHOLD: gettext_lazy("An appeal is upheld"),
}
PERIODS = {
    "resolve": gettext_lazy("The office answers within"),
    "redo": gettext_lazy("After it was opened again, the office answers within"),
    "confirm": gettext_lazy("The person has, to confirm"),
    "reopen": gettext_lazy("The person may open it again within"),
    "appeal": gettext_lazy("The person may appeal against how it ended within"),
    "appeal_decide": gettext_lazy("An appeal is decided within"),
    "paper_entry": gettext_lazy(
        "A paper form, whose clock runs from the day it was received, is recorded within"
    ),
    "nearly_due": gettext_lazy("Nearly due, when at most this is left"),
    "long_overdue": gettext_lazy("Long overdue, when over by more than"),
    "escalate_supervisor": gettext_lazy("The supervisor is told, when over by"),
    "escalate_head": gettext_lazy("The head of the office is told, when over by"),
    "escalate_central": gettext_lazy("The central unit is told, when over by"),
}


@open_to_all
@cache_control(public=True, max_age=60)
@require_GET
def rulebook(request: Request) -> HttpResponse:
    """Every rule a person could dispute: stages, periods with their law, who is told, who answers for what."""
    today = clock.now().astimezone(BANGKOK).date()
    context = {
        "moves": [
            (words.STATUSES[at], MOVES[what], words.STATUSES[then])
            for (at, what), then in rules.MOVES.items()
        ],
        "periods": [_row(p) for p in periods() if p.valid_until is None or p.valid_until >= today],
        "pauses": list(words.PAUSES.values()),
        "rejections": list(words.REJECTIONS.values()),
        "bounces": rules.BOUNCES_THAT_ALARM,
        "mandates": _by_topic(
            m for m in agencies.all_mandates() if not m.valid_until or m.valid_until >= today
        ),
    }
    return render(request, "complaints/rules.html", context)


# A country has thousands of mandates for one topic; a page shows some, the directory finds the others.
MOST_OF_A_TOPIC = 6


def _by_topic(mandates: Iterable[Any]) -> list[tuple[str, list[Any], int]]:
    """Who answers for what: topics by their names, each with its first offices and how many there are in all."""
    found: dict[str, list[Any]] = {}
    for mandate in sorted(mandates, key=lambda m: (m.area or "", m.agency)):
        found.setdefault(queries.topic_name(mandate.topic, get_language() or "th"), []).append(mandate)
    return [(topic, many[:MOST_OF_A_TOPIC], len(many)) for topic, many in sorted(found.items())]


def _row(period: Period) -> tuple[object, str, Period]:
    about = queries.topic_name(period.topic, get_language() or "th") if period.topic else ""
    return PERIODS.get(period.code, period.code), about, period
