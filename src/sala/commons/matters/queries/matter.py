"""Reads on the spine: one matter by its number, public lists by filter and keyset, what is near a point."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from sala.commons.matters import permissions
from sala.commons.matters.models import Matter
from sala.commons.matters.rules import Visibility
from sala.core import references
from sala.core.actors import Actor
from sala.core.errors import NotFound

__all__ = [
    "Filter",
    "Matter",
    "Nearby",
    "Page",
    "distance",
    "find_matter",
    "get_matter",
    "list_near",
    "list_points",
    "list_public",
    "public_among",
]

PAGE = 20


def get_matter(text: str, actor: Actor, shared_with: frozenset[str] = frozenset()) -> Matter:
    """The matter with a reference as a person typed it. Raises NotFound, also if the actor may not see it."""
    matter = find_matter(text)
    if matter is None:
        raise NotFound("matter_not_found", reference=text)
    permissions.require_may_see(actor, matter, shared_with)
    return matter


def find_matter(text: str) -> Matter | None:
    """The matter with a reference as a person typed it, whoever asks; None if there is none."""
    try:
        reference = str(references.parse_reference(text))
    except ValueError:
        return None
    return Matter.objects.filter(reference=reference).first()


def public_among(references: Iterable[str]) -> dict[str, Matter]:
    """Those of these matters that everyone may see, by reference. One query."""
    rows = Matter.objects.filter(reference__in=set(references), visibility=Visibility.PUBLIC)
    return {matter.reference: matter for matter in rows}


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What a public list is narrowed to; empty text means all. `area` includes the areas within it."""

    kind: str = ""
    agency: str = ""
    area: str = ""
    topic: str = ""
    stage: str = ""

    def narrow(self, rows: QuerySet[Matter]) -> QuerySet[Matter]:
        """The rows that fit."""
        for name in ("kind", "agency", "topic", "stage"):
            if value := getattr(self, name):
                rows = rows.filter(**{name: value})
        return rows.filter(area__startswith=self.area) if self.area else rows


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list; `before` is the cursor of the next page, None at the end."""

    matters: tuple[Matter, ...]
    before: int | None


def list_public(wanted: Filter, *, before: int | None = None, size: int = PAGE) -> Page:
    """Public matters, the newest first, below the cursor. One query, whatever the size of the table."""
    rows = wanted.narrow(Matter.objects.filter(visibility=Visibility.PUBLIC))
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows.order_by("-pk")[: size + 1])
    return Page(tuple(found[:size]), found[size - 1].pk if len(found) > size else None)


def list_open_titles(wanted: Filter, *, since: datetime, size: int) -> list[tuple[int, str]]:
    """(key, title) of the newest public matters that are open and were opened at `since` or later. One query."""
    rows = wanted.narrow(Matter.objects.filter(visibility=Visibility.PUBLIC))
    rows = rows.filter(closed_at__isnull=True, opened_at__gte=since)
    return list(rows.order_by("-pk").values_list("pk", "title")[:size])


def list_by_key(keys: Iterable[int]) -> list[Matter]:
    """The matters with these keys, in that order; one that is gone is left out. One query, none for no keys."""
    wanted = list(keys)
    found = Matter.objects.in_bulk(wanted) if wanted else {}
    return [found[key] for key in wanted if key in found]


MOST_POINTS = 500


def list_points(wanted: Filter, *, south: float, west: float, north: float, east: float) -> list[Matter]:
    """The newest public matters with a point inside a box (degrees), at most 500. One query."""
    rows = wanted.narrow(Matter.objects.filter(visibility=Visibility.PUBLIC))
    rows = rows.filter(latitude__range=(south, north), longitude__range=(west, east))
    return list(rows.order_by("-pk")[:MOST_POINTS])


METRES_PER_DEGREE = 111_320.0


@dataclass(frozen=True, slots=True)
class Nearby:
    """A matter and how far away it is, in metres."""

    matter: Matter
    metres: int


def list_near(
    *,
    latitude: float,
    longitude: float,
    metres: int,
    kind: str,
    topics: tuple[str, ...] = (),
    limit: int = 10,
) -> list[Nearby]:
    """Open public matters of a kind within a distance of a point (degrees, metres), the nearest first."""
    down = metres / METRES_PER_DEGREE
    across = down / max(math.cos(math.radians(latitude)), 0.01)
    rows = Matter.objects.filter(
        visibility=Visibility.PUBLIC,
        kind=kind,
        closed_at__isnull=True,
        latitude__range=(latitude - down, latitude + down),
        longitude__range=(longitude - across, longitude + across),
    )
    if topics:
        rows = rows.filter(topic__in=topics)
    found = [Nearby(m, distance(latitude, longitude, m.latitude or 0, m.longitude or 0)) for m in rows[:500]]
    return sorted((n for n in found if n.metres <= metres), key=lambda n: (n.metres, n.matter.pk))[:limit]


AROUND_METRES = 3000


def list_around(wanted: Filter, *, latitude: float, longitude: float, size: int = PAGE) -> tuple[Matter, ...]:
    """Public matters within three kilometres of a point in degrees, the nearest first. One query."""
    down = AROUND_METRES / METRES_PER_DEGREE
    across = down / max(math.cos(math.radians(latitude)), 0.01)
    box = {
        "south": latitude - down, "north": latitude + down, "west": longitude - across, "east": longitude + across
    }  # fmt: skip
    near = [
        (distance(latitude, longitude, m.latitude or 0, m.longitude or 0), -m.pk, m)
        for m in list_points(wanted, **box)
    ]
    return tuple(m for _, _, m in sorted(near, key=lambda one: one[:2])[:size])


def distance(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> int:
    """Metres between two points given in degrees, on a flat map of their neighbourhood."""
    north = (other_latitude - latitude) * METRES_PER_DEGREE
    east = (other_longitude - longitude) * METRES_PER_DEGREE * math.cos(math.radians(latitude))
    return round(math.hypot(north, east))


def is_named(agency: str) -> bool:
    """Whether a matter of any kind is or was an office's. One query."""
    return Matter.objects.filter(agency=agency).exists()
