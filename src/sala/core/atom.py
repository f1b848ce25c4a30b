"""Atom feeds (RFC 4287), a page of a longer one at a time (RFC 5005)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree import ElementTree

from sala.core.characters import clean

MEDIA_TYPE = "application/atom+xml"
_ATOM = "http://www.w3.org/2005/Atom"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """One entry: `key` is its address for ever, `link` where a person reads about it, `kind` a code."""

    key: str
    title: str
    updated: datetime
    link: str
    summary: str = ""
    kind: str = ""


def write_feed(
    *,
    title: str,
    address: str,
    entries: Iterable[FeedEntry],
    language: str,
    key: str = "",
    page: str = "",
    older: str = "",
) -> bytes:
    """The feed of `entries`, the newest first.

    `address` is where these very bytes were asked for; `key` the feed's name for ever, the same on each of its pages
    (`address` if it has one page); `page` where a person reads the same; `older` the address of the page that goes on.
    """
    ElementTree.register_namespace("", _ATOM)
    feed = ElementTree.Element(f"{{{_ATOM}}}feed", {_LANGUAGE: language})
    shown = list(entries)
    updated = max((entry.updated for entry in shown), default=datetime.fromtimestamp(0, UTC))
    _add(feed, id=key or address, title=title, updated=updated.isoformat())
    for relation, where in (("self", address), ("alternate", page), ("next", older)):
        if where:
            ElementTree.SubElement(feed, f"{{{_ATOM}}}link", rel=relation, href=where)
    _add(ElementTree.SubElement(feed, f"{{{_ATOM}}}author"), name="Sala")
    for entry in shown:
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
        ElementTree.SubElement(element, f"{{{_ATOM}}}{name}").text = clean(value)
