"""Which offices somebody's words name: what a service proposes where a person must say who is to answer."""

from sala.commons.agencies.queries.bodies import AgencyView, agencies_by_code, find_agency
from sala.commons.agencies.queries.directory import agency_label, suggest_agencies
from sala.commons.places import queries as places
from sala.core.remembering import Memory
from sala.engines import thai
from sala.platform.reference_data import forgets_when_changed

MOST_OFFICES = 5
# What a name shares with hundreds of others; the rest of it is what people write.
_PREFIXES = ("กระทรวง", "กรม", "สำนักงาน", "เทศบาลนคร", "เทศบาลเมือง", "จังหวัด", "การ")
_SHORTEST_NAME = 5
# Who names an office does so early; every name of the country is looked for in what is read.
LONGEST_LOOKED_THROUGH = 1000
_memory = Memory()
forgets_when_changed(_memory.forget)


def propose_offices(text: str, language: str) -> list[tuple[str, str]]:
    """(code, label) of offices that the words name, the longest name first, then those of a place they name.

    No guess by a machine: an office stands here because its name, or its place, stands in the words.
    """
    words = thai.normalise(text[:LONGEST_LOOKED_THROUGH]).lower()
    codes: dict[str, None] = {}
    for name, code in _every_name():
        if name in words:
            codes[code] = None
            if len(codes) == MOST_OFFICES:
                break
    found = list(dict.fromkeys([*codes, *_of_place(text)]))[:MOST_OFFICES]
    offices = [office for code in found if (office := find_agency(code))]
    return [(office.code, agency_label(office, language)) for office in offices]


@_memory.keep(seconds=600)
def _every_name() -> tuple[tuple[str, str], ...]:
    """(a name as people write it, code of its office), the longest names first: 8,150 offices have 30,000 of them."""
    named = [(name, office.code) for office in agencies_by_code().values() for name in _names(office)]
    return tuple(sorted(named, key=lambda one: (-len(one[0]), one[1])))


def _names(office: AgencyView) -> list[str]:
    """How people write an office's name: whole, its sign, and in Thai without what many begin with."""
    names = [office.name_th.lower(), office.name_en.lower(), office.short_th.lower()]
    names += [office.name_th.removeprefix(prefix).lower() for prefix in _PREFIXES]
    return [name for name in set(names) if len(name) >= _SHORTEST_NAME]


def _of_place(text: str) -> list[str]:
    """Offices that answer for the place the words name: the smallest area first."""
    place = places.read_words(text[:400]).sure
    if not place:
        return []
    serving = [
        (-len(office.area), office.code)
        for office in agencies_by_code().values()
        if office.area and place.startswith(office.area)
    ]
    return [code for _, code in sorted(serving)]


# Kinds of offices as people write them before the name of a place: "เทศบาลขอนแก่น" is no office's whole name.
_KINDS = (
    "องค์การบริหารส่วนจังหวัด", "องค์การบริหารส่วนตำบล", "เทศบาลนคร", "เทศบาลเมือง", "เทศบาลตำบล", "เทศบาล", "อบจ.", "อบต.",
    "อบจ", "อบต", "สำนักงานเขต", "ที่ว่าการอำเภอ", "ศาลากลางจังหวัด", "ศาลากลาง", "จังหวัด", "อำเภอ", "สำนักงาน",
)  # fmt: skip


def list_meant(typed: str, language: str) -> list[tuple[str, str]]:
    """(code, label) of offices that a name may mean which is none's to the letter; the likeliest first, five at most.

    A part of a name finds those that hold it; a kind of office before a place those of the place, that kind first.
    """
    name = thai.normalise(typed[:100]).strip()
    if found := suggest_agencies(name, language=language, limit=MOST_OFFICES):
        return found
    kind = next((kind for kind in _KINDS if name.startswith(kind)), "")
    if not kind or not (place := name.removeprefix(kind).strip()):
        return propose_offices(name, language)
    near = suggest_agencies(place, language=language, limit=MOST_OFFICES * 8)
    return sorted(near, key=lambda one: not one[1].startswith(kind))[:MOST_OFFICES]
