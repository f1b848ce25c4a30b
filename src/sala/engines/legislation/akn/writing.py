"""Writes a law as Akoma Ntoso 3.0, by the mapping of Thai parts to elements in docs/rules/law-texts.md."""

import re
import xml.etree.ElementTree as ET
from datetime import date
from typing import Final

from sala.engines.legislation.addresses import Address, address_of, slug
from sala.engines.legislation.akn.names import ELEMENTS, NAMESPACE
from sala.engines.legislation.document import Amendment, Item, Law, Paragraph, Unit
from sala.engines.legislation.kinds import RANK, SHORT, WORDS
from sala.engines.legislation.letters import one_line
from sala.engines.legislation.lists import LETTERS
from sala.engines.legislation.numbers import id_part
from sala.engines.legislation.ordinals import ORDINALS
from sala.engines.legislation.titles import instrument_of

_SOURCE: Final = "#sala"
# what XML 1.0 cannot hold
_UNWRITABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_TYPES: Final = {"replace": "substitution", "replace_words": "substitution", "repeal": "repeal"}
_KINDS: Final = {word: kind for kind, word in WORDS.items()}


def to_akn(law: Law, day: date | None = None) -> bytes:
    """The law as XML. `day` is the state that the text has (the first of January of its year if nothing is known)."""
    address = address_of(law.title, law.instrument, law.year, day)
    root = ET.Element("akomaNtoso", {"xmlns": NAMESPACE})
    name = "bill" if law.title.startswith("ร่าง") else "act"
    act = ET.SubElement(root, name, {"name": address.subtype, "contains": "singleVersion"})
    _meta(act, law, address, "!main", law.title)
    preface = ET.SubElement(act, "preface")
    title = ET.SubElement(ET.SubElement(preface, "longTitle"), "p")
    _text(ET.SubElement(title, "docTitle"), law.title or "-")
    if law.preamble:
        preamble = ET.SubElement(act, "preamble")
        _lines(preamble, law.preamble)
    _body(ET.SubElement(act, "body"), law.units)
    if law.conclusions:
        _lines(ET.SubElement(act, "conclusions"), law.conclusions)
    if law.annexes:
        _annex(ET.SubElement(act, "attachments"), law, address)
    ET.indent(root)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _text(element: ET.Element, text: str) -> None:
    element.text = _UNWRITABLE.sub("", one_line(text))


def _lines(element: ET.Element, text: str) -> None:
    lines = [line for line in text.split("\n") if line.strip()]
    for line in lines or [""]:
        _text(ET.SubElement(element, "p"), line)


def _meta(parent: ET.Element, law: Law, address: Address, component: str, title: str) -> None:
    meta = ET.SubElement(parent, "meta")
    identification = ET.SubElement(meta, "identification", {"source": _SOURCE})
    day = address.expression.partition("@")[2]
    year = f"{address.year}-01-01"
    work = _frbr(identification, "FRBRWork", address.work, component, year, "generation")
    ET.SubElement(work, "FRBRcountry", {"value": "th"})
    ET.SubElement(work, "FRBRsubtype", {"value": address.subtype})
    ET.SubElement(work, "FRBRname", {"value": _UNWRITABLE.sub("", slug(title, law.instrument))})
    expression = _frbr(identification, "FRBRExpression", address.expression, component, day, "validity")
    ET.SubElement(expression, "FRBRlanguage", {"language": "tha"})
    _frbr(identification, "FRBRManifestation", f"{address.expression}.xml", component, day, "markup")
    if component != "!main":
        return  # an id comes once in a document, and an annex stands in that of its law
    _analysis(meta, law)
    references = ET.SubElement(meta, "references", {"source": _SOURCE})
    shown = {"eId": "sala", "href": "/ontology/organization/th/sala", "showAs": "Sala"}
    ET.SubElement(references, "TLCOrganization", shown)
    if law.notes:
        notes = ET.SubElement(meta, "notes", {"source": _SOURCE})
        _lines(ET.SubElement(notes, "note", {"eId": "note_1"}), law.notes)


def _frbr(parent: ET.Element, name: str, uri: str, component: str, day: str, what: str) -> ET.Element:
    level = ET.SubElement(parent, name)
    this = f"{uri.removesuffix('.xml')}/{component}{'.xml' if uri.endswith('.xml') else ''}"
    ET.SubElement(level, "FRBRthis", {"value": _UNWRITABLE.sub("", this)})
    ET.SubElement(level, "FRBRuri", {"value": _UNWRITABLE.sub("", uri)})
    ET.SubElement(level, "FRBRdate", {"date": day, "name": what})
    ET.SubElement(level, "FRBRauthor", {"href": _SOURCE})
    return level


def _analysis(meta: ET.Element, law: Law) -> None:
    """What the law changes elsewhere. An insertion names a place that does not exist yet, behind the target."""
    if not any(one.target for one in law.amendments):
        return
    analysis = ET.SubElement(meta, "analysis", {"source": _SOURCE})
    active = ET.SubElement(analysis, "activeModifications")
    sources = {f"{WORDS[unit.kind]} {unit.number_arabic}": unit.eid for unit in law.provisions()}
    for number, one in enumerate((a for a in law.amendments if a.target), start=1):
        kind = _TYPES.get(one.action, "insertion")
        change = ET.SubElement(active, "textualMod", {"eId": f"am_{number}", "type": kind})
        ET.SubElement(change, "source", {"href": f"#{sources.get(one.by, '')}"})
        target = {"href": _destination(law, one)}
        if kind == "insertion":
            target["pos"] = "after"
        ET.SubElement(change, "destination", target)


def _destination(law: Law, one: Amendment) -> str:
    """The address of what is changed: the amended law, and the id that its part has there."""
    name = one.law or law.amends
    other = address_of(name, instrument_of(name), "".join(re.findall(r"\d{4}", one_line(name))[-1:]))
    word, _, number = one.target.partition(" ")
    kind = _KINDS.get(word)
    if kind is None or not number:
        return other.work
    steps = [f"{SHORT[kind]}_{id_part(number)}"]
    paragraph = re.search(rf"วรรค({'|'.join(sorted(ORDINALS, key=len, reverse=True))})", one.part)
    if paragraph:
        steps.append(f"subsec_{ORDINALS.index(paragraph.group(1)) + 1}")
    labels = re.findall(r"\(([^)]+)\)", f"{one.part} {one.new_number}")
    if labels and not paragraph:
        steps.append("subsec_1")
    steps += [f"{step}_{_label(label)}" for step, label in zip(("para", "subpara"), labels, strict=False)]
    return f"{other.work}#{'__'.join(steps)}"


def _label(label: str) -> str:
    return f"a{LETTERS.index(label) + 1}" if label in LETTERS else id_part(label)


def _body(body: ET.Element, units: tuple[Unit, ...]) -> None:
    stack: list[tuple[int, ET.Element]] = [(0, body)]
    for unit in units:
        while stack[-1][0] >= RANK[unit.kind]:
            stack.pop()
        element = ET.SubElement(stack[-1][1], ELEMENTS[unit.kind], {"eId": unit.eid})
        if unit.is_provision:
            _provision(element, unit)
        else:
            _heading(element, unit)
            stack.append((RANK[unit.kind], element))
    for element in body.iter():
        # a heading below which nothing stands (all its sections were repealed) still needs something in it
        if element.tag in ELEMENTS.values() and all(child.tag in ("num", "heading") for child in element):
            ET.SubElement(ET.SubElement(element, "content"), "p")


def _heading(element: ET.Element, unit: Unit) -> None:
    if unit.number:
        _text(ET.SubElement(element, "num"), f"{WORDS[unit.kind]} {unit.number}")
    if unit.heading:
        _text(ET.SubElement(element, "heading"), unit.heading)


def _provision(element: ET.Element, unit: Unit) -> None:
    _text(ET.SubElement(element, "num"), f"{WORDS[unit.kind]} {unit.number}")
    if unit.is_repealed:
        element.set("status", "removed")
        _text(ET.SubElement(ET.SubElement(element, "content"), "p"), "(ยกเลิก)")
    for paragraph in unit.paragraphs:
        _paragraph(ET.SubElement(element, "subsection", {"eId": paragraph.eid}), paragraph)


def _paragraph(element: ET.Element, paragraph: Paragraph) -> None:
    if not paragraph.items:
        _lines(ET.SubElement(element, "content"), "\n".join(t for t in (paragraph.text, paragraph.tail) if t))
        return
    if paragraph.text:
        _lines(ET.SubElement(element, "intro"), paragraph.text)
    for item in paragraph.items:
        _point(ET.SubElement(element, "paragraph", {"eId": item.eid}), item)
    if paragraph.tail:
        _lines(ET.SubElement(element, "wrapUp"), paragraph.tail)


def _point(element: ET.Element, item: Item) -> None:
    _text(ET.SubElement(element, "num"), f"({item.label})")
    if not item.subitems:
        _lines(ET.SubElement(element, "content"), item.text)
        return
    if item.text:
        _lines(ET.SubElement(element, "intro"), item.text)
    for inner in item.subitems:
        _point(ET.SubElement(element, "subparagraph", {"eId": inner.eid}), inner)


def _annex(attachments: ET.Element, law: Law, address: Address) -> None:
    attachment = ET.SubElement(attachments, "attachment")
    doc = ET.SubElement(attachment, "doc", {"name": "annex"})
    _meta(doc, law, address, "annex_1", f"{law.title} annex")
    _lines(ET.SubElement(doc, "mainBody"), law.annexes)
