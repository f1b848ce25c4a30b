"""What the first page shows: the doors, what is happening now, how the state is doing. Only reads."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language

from sala.commons.agencies import queries as agencies
from sala.commons.ledger import queries as ledger
from sala.commons.matters import queries as matters
from sala.commons.matters import slots
from sala.core import clock
from sala.platform.registration import Front
from sala.site import boxes, navigation

SHOWN = 6
# How far back the page looks for facts about public matters.
WINDOW = 120
# Counting everything takes long with a million complaints; a minute's age does no harm, and the page says so.
FIGURES_KEPT_SECONDS = 60


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
    shown = [entry for entry in entries if entry.get("matter") and not _is_passed_over(entry["kind"])]
    public = matters.public_among(entry["matter"] for entry in shown)
    return list(islice(_each_matter_once(shown, public, language), SHOWN))


def _is_passed_over(event: str) -> bool:
    kind = slots.kinds.get(event.partition(".")[0])
    return kind is None or event in kind.passed_over_events


def _each_matter_once(
    entries: list[dict[str, Any]], public: dict[str, Any], language: str
) -> Iterator[Happening]:
    seen: set[str] = set()
    for entry in entries:
        matter, kind = public.get(entry["matter"]), slots.kinds[entry["kind"].partition(".")[0]]
        if matter is None or matter.reference in seen:
            continue
        seen.add(matter.reference)
        agency = agencies.find_agency(matter.agency)
        yield Happening(
            at=datetime.fromisoformat(entry["at"]),
            what=kind.describe_entry(entry["kind"], entry)[0],
            kind=kind.event_colours.get(entry["kind"], ""),
            title=matter.title,
            reference=matter.reference,
            address=tracking_address(matter.reference),
            agency=agency.name(language) if agency else "",
        )


def service_fronts(now: datetime) -> dict[str, Front]:
    """What each service shows of its work, by the key of its door; at most a minute old."""
    # Drawn with words, so each language has its own.
    key = f"front.services.{get_language()}"
    known: dict[str, Front] | None = cache.get(key)
    if known is None:
        found = boxes.found_at(lambda box: box.front)
        known = {box.door.key if box.door else box.name: front(now) for box, front in found}
        cache.set(key, known, FIGURES_KEPT_SECONDS)
    return known


def first_page(language: str) -> dict[str, object]:
    """Everything the first page shows."""
    heard = ledger.count_entries() - 1  # before the list is read: what comes meanwhile is told once more
    now = clock.now()
    fronts = service_fronts(now)
    return {
        "ways": navigation.ways(),
        "later": [door for door in navigation.doors() if not door.is_open],
        "happening": happening_now(language),
        "fronts": [front for front in fronts.values() if front.figures],
        "begin": next((kind.begin("") for kind in slots.kinds.values() if kind.begin), ("", "")),
        "live_address": settings.LIVE_ADDRESS,
        "heard": heard,
        "shown_at": now,
    }
