"""What the first page shows: the doors, what is happening now, how the state is doing. Only reads."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sala.commons.agencies import queries as agencies
from sala.commons.ledger import queries as ledger
from sala.commons.matters import queries as matters
from sala.commons.matters import slots
from sala.core import clock
from sala.services.complaints.queries import figures as complaints
from sala.services.complaints.queries import kept
from sala.web import navigation

SHOWN = 6
# How far back the page looks for facts about public matters.
WINDOW = 120
# Counting everything takes long with a million complaints; a minute's age does no harm, and the page says so.
FIGURES_KEPT_SECONDS = 60

# Facts that say nothing to a passer-by.
SILENT = frozenset(
    {"complaint.note_added", "complaint.joined", "complaint.text_masked", "complaint.quarantined"}
)
COLOURS = {
    "complaint.resolved": "ok",
    "complaint.confirmed": "ok",
    "complaint.clock_paused": "wait",
    "complaint.reopened": "wait",
    "complaint.escalated": "late",
    "complaint.lapsed": "still",
    "complaint.rejected": "still",
}


def search_address(question: str) -> str:
    """The search page with this question."""
    address = navigation.first_address("matters:search", "matters:list")
    return f"{address}?{urlencode({'q': question})}"


def tracking_address(reference: str) -> str:
    """The tracking page of a reference, of whatever kind it is."""
    return reverse("matters:short", args=[reference])


@dataclass(frozen=True, slots=True)
class Happening:
    """One public fact: what happened to which matter; `kind` is the colour beside the words."""

    at: datetime
    what: str
    kind: str
    title: str
    reference: str
    address: str
    agency: str


def happening_now(language: str) -> list[Happening]:
    """The newest facts about public matters, newest first, each matter once."""
    entries = [entry.content for entry in ledger.list_newest(WINDOW)]
    told = [entry for entry in entries if entry.get("matter") and entry["kind"] not in SILENT]
    public = matters.public_among(entry["matter"] for entry in told)
    return list(_told_once(told, public, language))[:SHOWN]


def _told_once(entries: list[dict[str, Any]], public: dict[str, Any], language: str) -> Iterator[Happening]:
    seen: set[str] = set()
    for entry in entries:
        matter, family = public.get(entry["matter"]), entry["kind"].split(".")[0]
        if matter is None or matter.reference in seen or family not in slots.tellers:
            continue
        seen.add(matter.reference)
        agency = agencies.find_agency(matter.agency)
        yield Happening(
            at=datetime.fromisoformat(entry["at"]),
            what=slots.tellers[family](entry["kind"], entry)[0],
            kind=COLOURS.get(entry["kind"], ""),
            title=matter.title,
            reference=matter.reference,
            address=tracking_address(matter.reference),
            agency=agency.name(language) if agency else "",
        )


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of the first page; `kind` is its colour."""

    value: str
    unit: str | Promise
    words: Promise
    kind: str = ""


def count_figures() -> complaints.Figures:
    """How the state is doing, at most a minute old."""
    known: complaints.Figures | None = cache.get("front.figures")
    if known is None:
        known = kept.country(clock.now())
        cache.set("front.figures", known, FIGURES_KEPT_SECONDS)
    return known


def _figures(counted: complaints.Figures) -> list[Figure]:
    if not counted.resolved and not counted.late_now:
        return []
    in_time, confirmed, days = (
        counted.percent_in_time,
        counted.percent_confirmed,
        counted.days_until_confirmed,
    )
    late = "late" if counted.late_now else "ok"
    shown = [
        Figure(str(in_time), "%", _("answered in time")) if in_time is not None else None,
        Figure(str(confirmed), "%", _("confirmed as fixed by the person")) if confirmed is not None else None,
        Figure(f"{counted.late_now:,}", "", _("late at this moment"), late),
        Figure(f"{days:,}", _("days"), _("until half of them were fixed")) if days is not None else None,
    ]
    return [figure for figure in shown if figure]


def first_page(language: str) -> dict[str, object]:
    """Everything the first page shows."""
    heard = ledger.count_entries() - 1  # before the list is read: what comes meanwhile is told once more
    counted = count_figures()
    fixed = gettext("%(count)s really fixed in 90 days") % {"count": f"{counted.confirmed:,}"}
    return {
        "fixed": fixed if counted.confirmed else "",
        "doors": navigation.DOORS,
        "happening": happening_now(language),
        "figures": _figures(counted),
        "counted": counted,
        "live_address": settings.LIVE_ADDRESS,
        "heard": heard,
        "shown_at": clock.now(),
    }
