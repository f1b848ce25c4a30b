"""Reads Akoma Ntoso of any country and kind, and writes it again as it was.

The whole tree is kept, so that writing loses nothing. What we claim to understand is read out of it: kind of document,
identification, the hierarchy with numbers, headings and words, references, changes of other laws.
"""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from sala.engines.legislation.akn.names import DOCUMENTS, DRAFTS, HIERARCHY, NAMESPACE

_PARTS: Final = frozenset(("num", "heading", "subheading"))
_LEVELS: Final = ("FRBRWork", "FRBRExpression", "FRBRManifestation")


class BadAknError(ValueError):
    """The bytes are no XML, or no Akoma Ntoso."""


@dataclass(frozen=True, slots=True)
class AknUnit:
    """A unit of the hierarchy. `text` are its own words, those of the units in it not counted."""

    element: str
    eid: str
    num: str
    heading: str
    text: str
    units: tuple["AknUnit", ...]


@dataclass(frozen=True, slots=True)
class AknDocument:
    """A document as read. `tree` is all of it; the rest is what we understand of it."""

    tree: ET.Element
    kind: str
    identification: dict[str, dict[str, tuple[str, ...]]]
    units: tuple[AknUnit, ...]
    references: tuple[tuple[str, str], ...]
    modifications: tuple[tuple[str, str, str], ...]


def read_akn(raw: bytes) -> AknDocument:
    """Read a document. Raises BadAknError; a document type declaration is refused, since it can hide anything."""
    if re.search(rb"<!(?:DOCTYPE|ENTITY)", raw[:4096]) or b"<!ENTITY" in raw:
        raise BadAknError("it has a document type declaration, which is not read")
    try:
        tree = ET.fromstring(raw, ET.XMLParser(target=ET.TreeBuilder(insert_comments=True, insert_pis=True)))
    except (ET.ParseError, ValueError) as problem:
        raise BadAknError(f"it is not XML: {problem}") from None
    if _local(tree) != "akomaNtoso" or not _space(tree).startswith(NAMESPACE):
        raise BadAknError("it is XML, but not Akoma Ntoso 3.0")
    document = next((child for child in tree if _local(child) in DOCUMENTS), None)
    if document is None:
        raise BadAknError("it holds no kind of document that Akoma Ntoso knows")
    return AknDocument(
        tree,
        _local(document),
        _identification(document),
        tuple(_units(tree)),
        tuple(_references(tree)),
        tuple(_modifications(tree)),
    )


def to_bytes(document: AknDocument) -> bytes:
    """The document as XML, with its own namespaces."""
    space = _space(document.tree)
    ET.register_namespace("", space)
    written: bytes = ET.tostring(document.tree, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def akn_to_json(document: AknDocument) -> dict[str, Any]:
    """What we understand of a document, for `sala laws read --json`."""
    return {
        "akn": document.kind,
        "is_draft_of_the_standard": _space(document.tree).startswith(DRAFTS),
        "identification": {
            level: {name: list(values) for name, values in found.items()}
            for level, found in document.identification.items()
        },
        "units": [_unit_to_json(unit) for unit in document.units],
        "references": [{"href": href, "text": text} for href, text in document.references],
        "modifications": [
            {"type": kind, "source": source, "destination": target}
            for kind, source, target in document.modifications
        ],
    }


def _unit_to_json(unit: AknUnit) -> dict[str, Any]:
    told: dict[str, Any] = {
        "element": unit.element,
        "eid": unit.eid,
        "num": unit.num,
        "heading": unit.heading,
    }
    return told | {"text": unit.text, "units": [_unit_to_json(inner) for inner in unit.units]}


def _local(element: ET.Element) -> str:
    # comments and instructions have a function as their tag
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _space(element: ET.Element) -> str:
    return (
        element.tag.partition("}")[0].lstrip("{")
        if isinstance(element.tag, str) and "}" in element.tag
        else ""
    )


def _words(element: ET.Element) -> str:
    return re.sub(r"\s+", " ", "".join(_texts(element))).strip()


def _texts(element: ET.Element) -> Iterator[str]:
    if isinstance(element.tag, str):
        yield element.text or ""
        for child in element:
            yield from _texts(child)
            yield child.tail or ""


def _identification(document: ET.Element) -> dict[str, dict[str, tuple[str, ...]]]:
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for level in document.iter():
        name = _local(level)
        if name in _LEVELS and name not in found:
            values: dict[str, tuple[str, ...]] = {}
            for child in level:
                told = next(
                    (child.get(key) for key in ("value", "date", "language", "href") if child.get(key)), ""
                )
                values[_local(child)] = (*values.get(_local(child), ()), told or "")
            found[name] = values
    return found


def _units(element: ET.Element) -> Iterator[AknUnit]:
    """The units below an element, through whatever stands between."""
    for child in element:
        if _local(child) in HIERARCHY:
            yield _unit(child)
        elif isinstance(child.tag, str) and _local(child) != "meta":
            yield from _units(child)


def _unit(element: ET.Element) -> AknUnit:
    parts = {_local(child): _words(child) for child in element if _local(child) in _PARTS}
    eid = element.get("eId") or element.get("wId") or element.get("id") or ""
    own = re.sub(r"\s+", " ", "".join(_own_texts(element))).strip()
    return AknUnit(
        _local(element), eid, parts.get("num", ""), parts.get("heading", ""), own, tuple(_units(element))
    )


def _own_texts(element: ET.Element) -> Iterator[str]:
    """The words of a unit that no unit in it says; its number and heading stand apart."""
    yield element.text or ""
    for child in element:
        if _local(child) not in HIERARCHY and _local(child) not in _PARTS and isinstance(child.tag, str):
            yield from _own_texts(child)
        yield child.tail or ""


def _references(tree: ET.Element) -> Iterator[tuple[str, str]]:
    for element in tree.iter():
        if _local(element) in ("ref", "mref", "rref", "a") and element.get("href"):
            yield element.get("href") or "", _words(element)


def _modifications(tree: ET.Element) -> Iterator[tuple[str, str, str]]:
    for element in tree.iter():
        if _local(element) == "textualMod":
            ends = {_local(child): child.get("href") or "" for child in element}
            yield element.get("type") or "", ends.get("source", ""), ends.get("destination", "")
