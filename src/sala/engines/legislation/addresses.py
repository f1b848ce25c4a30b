"""Stable names of provisions: ids within a law (eId) and addresses of the law itself (FRBR: work, expression).

They depend on kinds and numbers alone, never on the order of reading, so that a provision keeps its id from version to
version. A cross reference never names the chapter, so `sec_49` stands alone, without its headings.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from sala.engines.legislation.document import Item, Paragraph, Unit
from sala.engines.legislation.kinds import RANK, SHORT, Kind
from sala.engines.legislation.lists import LETTERS
from sala.engines.legislation.numbers import id_part

#: Names of kinds of instruments in an address, by the Thai word that the title begins with.
SUBTYPES: Final[dict[str, str]] = {
    "พระราชบัญญัติประกอบรัฐธรรมนูญ": "organic-act",
    "รัฐธรรมนูญ": "constitution",
    "พระราชบัญญัติ": "act",
    "พระราชกำหนด": "emergency-decree",
    "พระราชกฤษฎีกา": "royal-decree",
    "ประมวลกฎหมาย": "code",
    "ประมวลรัษฎากร": "code",
    "กฎกระทรวง": "ministerial-regulation",
    "กฎ ก.พ.": "rule",
    "ระเบียบ": "rule",
    "ข้อบังคับ": "regulation",
    "ข้อบัญญัติ": "local-ordinance",
    "เทศบัญญัติ": "local-ordinance",
    "ข้อกำหนด": "requirement",
    "ประกาศ": "notice",
    "คำสั่ง": "order",
    "มติ": "resolution",
}


def with_ids(units: Sequence[Unit]) -> list[Unit]:
    """The units with their ids: `chp_2`, `chp_2__dvs_1`, `sec_49_1`, `sec_49_1__subsec_2__para_3__subpara_1`.

    A number that comes twice (a fault of the text) gets a second id with `-2`, so that ids stay unique.
    """
    above: list[Unit] = []
    seen: Counter[str] = Counter()
    made = []
    for unit in units:
        if not unit.is_provision:
            above = [one for one in above if RANK[one.kind] < RANK[unit.kind]]
        name = SHORT[unit.kind] + (f"_{id_part(unit.number_arabic)}" if unit.number_arabic else "")
        if unit.kind is Kind.CHAPTER and not unit.number_arabic:
            name = f"chp_n{sum(one.startswith('chp_n') for one in seen) + 1}"
        eid = "__".join([*(one.eid.rpartition("__")[2] for one in above if not unit.is_provision), name])
        seen[eid] += 1
        eid += f"-{seen[eid]}" if seen[eid] > 1 else ""
        named = replace(unit, eid=eid, paragraphs=paragraphs_with_ids(unit.paragraphs, eid))
        made.append(named)
        if not unit.is_provision:
            above.append(named)
    return made


def paragraphs_with_ids(paragraphs: Iterable[Paragraph], above: str) -> tuple[Paragraph, ...]:
    """The paragraphs of a provision with theirs; `above` is the provision's id."""
    made = []
    for number, paragraph in enumerate(paragraphs, start=1):
        eid = f"{above}__subsec_{number}"
        made.append(replace(paragraph, eid=eid, items=_items(paragraph.items, eid, "para")))
    return tuple(made)


def _items(items: Iterable[Item], above: str, name: str) -> tuple[Item, ...]:
    seen: Counter[str] = Counter()
    made = []
    for item in items:
        eid = f"{above}__{name}_{_label(item.label_arabic)}"
        seen[eid] += 1
        eid += f"-{seen[eid]}" if seen[eid] > 1 else ""
        made.append(replace(item, eid=eid, subitems=_items(item.subitems, eid, "subpara")))
    return tuple(made)


def _label(label: str) -> str:
    """A label in an id: 3, 3_1; the first letter of the alphabet is `a1`, since ids are written in Latin letters."""
    return f"a{LETTERS.index(label) + 1}" if label in LETTERS else id_part(label)


@dataclass(frozen=True, slots=True)
class Address:
    """Where a law stands in the world: /akn/th/act/2540/official-information. `day` is the expression's date."""

    work: str
    expression: str
    subtype: str
    year: str


def address_of(title: str, instrument: str, year: str, day: date | None = None) -> Address:
    """The address of a law by its title, kind and Buddhist year; `day` the state it is in (its year if not known)."""
    subtype = SUBTYPES.get(instrument, "instrument")
    gregorian = str(int(year) - 543) if year.isdigit() and int(year) > 2300 else (year or "0001")
    work = f"/akn/th/act/{subtype}/{gregorian}/{slug(title, instrument)}"
    when = day.isoformat() if day else f"{gregorian}-01-01"
    return Address(work, f"{work}/tha@{when}", subtype, gregorian)


def slug(title: str, instrument: str = "") -> str:
    """A title as part of an address: letters and digits, words joined by hyphens; Thai letters stay."""
    bare = title.removeprefix(instrument) if instrument != title else title
    plain = unicodedata.normalize("NFC", re.sub(r"(?:พ\.ศ\.|พุทธศักราช) *[\d๐-๙]{4}", " ", bare))
    return re.sub(r"[^0-9a-z\u0e01-\u0e4e]+", "-", plain.lower()).strip("-") or "unnamed"
