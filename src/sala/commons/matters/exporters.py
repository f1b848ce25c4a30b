"""Public matters in open shapes: plain rows for JSON and CSV, Atom for readers, GeoJSON for maps."""

from collections.abc import Iterable
from datetime import datetime
from xml.etree import ElementTree

from sala.commons.matters.queries import Matter
from sala.core.clock import BANGKOK

COLUMNS = (
    "reference", "kind", "title", "stage", "agency", "area", "place", "latitude", "longitude", "topic",
    "opened_at", "due_at", "updated_at", "closed_at", "affected", "url",
)  # fmt: skip
ATOM = "http://www.w3.org/2005/Atom"


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


def points(matters: Iterable[Matter], site: str) -> dict[str, object]:
    """Matters with a point as a GeoJSON feature collection (RFC 7946: longitude first)."""
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "id": matter.reference,
                "geometry": {"type": "Point", "coordinates": [matter.longitude, matter.latitude]},
                "properties": {
                    k: v for k, v in row(matter, site).items() if k not in ("latitude", "longitude")
                },
            }
            for matter in matters
        ],
    }


def atom(title: str, address: str, entries: Iterable[tuple[str, str, datetime, str, str]]) -> bytes:
    """An Atom feed (RFC 4287). Entries are (id, title, updated, address, text); the newest first."""
    ElementTree.register_namespace("", ATOM)
    feed = ElementTree.Element(f"{{{ATOM}}}feed")
    told = list(entries)
    updated = max((entry[2] for entry in told), default=datetime.fromtimestamp(0, BANGKOK))
    for name, text in (("id", address), ("title", title), ("updated", updated.isoformat())):
        ElementTree.SubElement(feed, f"{{{ATOM}}}{name}").text = text
    ElementTree.SubElement(feed, f"{{{ATOM}}}link", rel="self", href=address)
    author = ElementTree.SubElement(feed, f"{{{ATOM}}}author")
    ElementTree.SubElement(author, f"{{{ATOM}}}name").text = "Sala"
    for entry_id, entry_title, at, link, text in told:
        entry = ElementTree.SubElement(feed, f"{{{ATOM}}}entry")
        for name, value in (
            ("id", entry_id),
            ("title", entry_title),
            ("updated", at.isoformat()),
            ("summary", text),
        ):
            ElementTree.SubElement(entry, f"{{{ATOM}}}{name}").text = "".join(c for c in value if c >= " ")
        ElementTree.SubElement(entry, f"{{{ATOM}}}link", href=link)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(feed, encoding="utf-8")
