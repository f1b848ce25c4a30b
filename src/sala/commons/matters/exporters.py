"""Public matters in open shapes: plain rows for JSON and CSV, GeoJSON for maps."""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.html import format_html

from sala.commons.matters.queries import Matter
from sala.core.clock import BANGKOK

COLUMNS = (
    "reference", "kind", "title", "stage", "agency", "area", "place", "latitude", "longitude", "topic",
    "opened_at", "due_at", "updated_at", "closed_at", "affected", "url",
)  # fmt: skip


def row(matter: Matter, site: str) -> dict[str, object]:
    """A public matter as one row; times in ISO 8601 with Thailand's zone."""
    return {
        "reference": matter.reference,
        "kind": matter.kind,
        "title": matter.title,
        "stage": matter.stage,
        "agency": matter.agency,
        "area": matter.area,
        "place": matter.place,
        "latitude": matter.latitude,
        "longitude": matter.longitude,
        "topic": matter.topic,
        "opened_at": _stamp(matter.opened_at),
        "due_at": _stamp(matter.due_at),
        "updated_at": _stamp(matter.updated_at),
        "closed_at": _stamp(matter.closed_at),
        "affected": matter.supporters,
        "url": f"{site}/m/{matter.reference}",
    }


def _stamp(at: datetime | None) -> str | None:
    return at.astimezone(BANGKOK).isoformat(timespec="seconds") if at else None


def points(
    matters: Iterable[Matter], site: str, stage_of: Callable[[Matter], dict[str, str]] = lambda matter: {}
) -> dict[str, object]:
    """Matters with a point as a GeoJSON feature collection (RFC 7946: longitude first).

    `stage_of` adds what a map shows of where each stands: its words and its colour.
    """
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "id": matter.reference,
                "geometry": {"type": "Point", "coordinates": [matter.longitude, matter.latitude]},
                "properties": {
                    **{k: v for k, v in row(matter, site).items() if k not in ("latitude", "longitude")},
                    **stage_of(matter),
                },
            }
            for matter in matters
        ],
    }


def reference_link(matter: Matter) -> str:
    """A matter's number that leads to its page, for the cell of a table."""
    return format_html(
        '<a href="{}">{}</a>', reverse("matters:short", args=[matter.reference]), matter.reference
    )
