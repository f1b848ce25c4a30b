"""Atom feeds (RFC 4287), a page of a longer one at a time (RFC 5005)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree import ElementTree

MEDIA_TYPE = "application/atom+xml"
_ATOM = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """One entry: `key` is its address for ever, `link` where a person reads about it, `kind` a code."""

    key: str
    title: str
    updated: datetime
    link: str
    summary: str = ""
    kind: str = ""


def write_feed(*, title: str, address: str, entries: Iterable[FeedEntry], older: str = "") -> bytes:
    """The feed of `entries`, the newest first; `older` is the address of the page that goes on, if there is one."""
    ElementTree.register_namespace("", _ATOM)
    feed = ElementTree.Element(f"{{{_ATOM}}}feed")
    told = list(entries)
    updated = max((entry.updated for entry in told), default=datetime.fromtimestamp(0, UTC))
    _add(feed, id=address, title=title, updated=updated.isoformat())
    for relation, where in (("self", address), ("next", older)):
        if where:
            ElementTree.SubElement(feed, f"{{{_ATOM}}}link", rel=relation, href=where)
    _add(ElementTree.SubElement(feed, f"{{{_ATOM}}}author"), name="Sala")
    for entry in told:
        element = ElementTree.SubElement(feed, f"{{{_ATOM}}}entry")
        updated_at = entry.updated.isoformat()
        _add(element, id=entry.key, title=entry.title, updated=updated_at, summary=entry.summary)
        if entry.kind:
            ElementTree.SubElement(element, f"{{{_ATOM}}}category", term=entry.kind)
        ElementTree.SubElement(element, f"{{{_ATOM}}}link", href=entry.link)
    written: bytes = ElementTree.tostring(feed, encoding="utf-8")
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + written


def _add(element: ElementTree.Element, **values: str) -> None:
    for name, value in values.items():
        # XML knows no control characters, whatever a text holds.
        text = "".join(character for character in value if character >= " ")
        ElementTree.SubElement(element, f"{{{_ATOM}}}{name}").text = text
