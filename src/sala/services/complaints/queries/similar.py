"""Complaints that may be about the same thing: near, open, of the same kind or in like words."""

from dataclasses import dataclass
from datetime import datetime, timedelta
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
    text, topic = str(answers.get("text") or ""), str(answers.get("topic") or "")
    latitude, longitude = answers.get("latitude"), answers.get("longitude")
    found: list[Similar] = []
    grams = frozenset(thai.trigrams(text))
    if latitude is not None and longitude is not None:
        near = matters.list_near(
            latitude=latitude, longitude=longitude, metres=NEAR_METRES, kind="complaint", limit=50
        )
        found = [Similar(n.matter, n.metres, likeness(grams, thai.trigrams(n.matter.title))) for n in near]
        found = [s for s in found if s.matter.topic == topic or s.likeness >= LIKENESS_WITH_PLACE]
    elif answers.get("area"):
        rows = matters.list_public(
            matters.Filter(kind="complaint", area=str(answers["area"])), size=200
        ).matters
        found = [Similar(m, None, likeness(grams, thai.trigrams(m.title))) for m in rows if m.is_open]
        found = [s for s in found if s.likeness >= LIKENESS_ALONE]
    recent = [s for s in found if now - s.matter.opened_at <= RECENT]
    return sorted(recent, key=lambda s: (-s.likeness, s.metres or 0, s.matter.pk))[:limit]
