"""Complaints that may be about the same thing: near, open, of the same kind or in like words."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from sala.commons.matters import queries as matters
from sala.engines import thai
from sala.services.complaints.rules import LIKENESS_ALONE, LIKENESS_WITH_PLACE, likeness

NEAR_METRES = 300
RECENT = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Similar:
    """An open public complaint that may be the same; `metres` is None where no point is known."""

    matter: matters.Matter
    metres: int | None
    likeness: float


def list_similar(answers: dict[str, Any], *, now: datetime, limit: int = 3) -> list[Similar]:
    """Open public complaints that a draft may repeat, the likest first; the person decides, nothing is merged.

    Place and time decide, words only suggest: within 300 m the same topic or like words are enough; in the same
    area, without points, the words must be much alike.
    """
    grams = frozenset(thai.trigrams(str(answers.get("text") or "")))
    latitude, longitude = answers.get("latitude"), answers.get("longitude")
    if latitude is not None and longitude is not None:
        near = matters.list_near(
            latitude=latitude, longitude=longitude, metres=NEAR_METRES, kind="complaint", limit=50
        )
        topic = str(answers.get("topic") or "")
        found = [Similar(n.matter, n.metres, likeness(grams, _grams(n.matter.title))) for n in near]
        found = [s for s in found if s.matter.topic == topic or s.likeness >= LIKENESS_WITH_PLACE]
        recent = [s for s in found if now - s.matter.opened_at <= RECENT]
        return sorted(recent, key=lambda s: (-s.likeness, s.metres or 0, s.matter.pk))[:limit]
    return _in_area(str(answers.get("area") or ""), grams, now, limit)


def _in_area(area: str, grams: frozenset[str], now: datetime, limit: int) -> list[Similar]:
    """Those in the area in much the same words. Only what is shown is read whole: a busy place has hundreds."""
    if not area:
        return []
    wanted = matters.Filter(kind="complaint", area=area)
    told = matters.list_open_titles(wanted, since=now - RECENT, size=200)
    alike = {pk: likeness(grams, _grams(title)) for pk, title in told}
    best = sorted((pk for pk in alike if alike[pk] >= LIKENESS_ALONE), key=lambda pk: (-alike[pk], pk))
    return [Similar(matter, None, alike[matter.pk]) for matter in matters.list_by_key(best[:limit])]


# The newest of a place are compared with each new filing there; a set takes some 8 KB.
@lru_cache(maxsize=512)
def _grams(title: str) -> frozenset[str]:
    return frozenset(thai.trigrams(title))
