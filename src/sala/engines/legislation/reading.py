"""`read_law`: from the plain text of a Thai instrument to its units, paragraphs, amendments, and what is not clear."""

import re
from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from sala.engines.legislation import addresses, amending, gaps, titles, zones
from sala.engines.legislation.candidates import Candidate, View, find_candidates, is_page_text, quote_depths
from sala.engines.legislation.document import Law, Other, Paragraph, Unit
from sala.engines.legislation.headings import Heading, find_headings
from sala.engines.legislation.kinds import WORDS, Kind
from sala.engines.legislation.letters import flatten, one_line, without_marks
from sala.engines.legislation.numbers import follows, tidy, to_arabic
from sala.engines.legislation.ordinals import named_paragraphs
from sala.engines.legislation.paragraphs import split
from sala.engines.legislation.sequence import best_chains
from sala.engines.legislation.styles import Style, style_of

_SHORTEST_PIECE: Final = 20
_ENACTING: Final = re.compile(r"ให้ ?ใช้ ?(?:ประมวล|บทบัญญัติ)")
#: Where a quotation that was never closed ends at the latest: the next order to amend, after a mark.
_QUOTE_RESET: Final = re.compile(
    r"ให้ ?(?:ยกเลิก|เพิ่ม) ?(?:ความ|บท|มาตรา|ข้อ|วรรค)[^“”]{0,300}?แห่ง ?(?:พระราช|ประมวล|กฎ|ระเบียบ|ประกาศ)"
)


class NoLawError(ValueError):
    """The text holds no provision that could be read."""


@dataclass(frozen=True, slots=True)
class _Found:
    kind: Kind
    main: list[Candidate]
    preceding: list[list[Candidate]]
    others: list[list[Candidate]]


def read_law(text: str) -> Law:
    """Read the text of an act, decree, code, regulation or rule, in any of the shapes it is published in.

    Lines may be paragraphs, broken in mid-sentence, or whole pages; digits Thai or Arabic. Offsets in the result are
    code points of `text`. Raises NoLawError where not one มาตรา or ข้อ begins.
    """
    flat = flatten(text)
    view = View(
        text, flat, is_page_text(flat), quote_depths(flat, (m.start() for m in _QUOTE_RESET.finditer(flat)))
    )
    outer = zones.find_zones(text, flat)
    found = _chains(view, outer)
    headings = _headings(view, found)
    units, end = _units(view, outer, found, headings)
    style = style_of(text, [unit.text for unit in units if unit.is_provision], is_page=view.is_page)
    least = named_paragraphs(text[: outer.stop])
    units = addresses.with_ids([_with_paragraphs(unit, style, least.get(unit.key, 1)) for unit in units])
    first, first_end = found.main[0].start, units[-1].end if len(found.main) < 2 else found.main[1].start
    begins = min(first, headings[0].start if headings else first)
    title = titles.title_of(text, flat, first, first_end)
    if found.preceding:
        title = titles.code_title(text[:begins]) or title
    orders = amending.find_amendments(view, units, style)
    units = [
        _as_order(unit) if f"{WORDS[unit.kind]} {unit.number_arabic}" in orders.by else unit for unit in units
    ]
    law = Law(
        title=title,
        instrument=titles.instrument_of(title),
        year=titles.year_of(title),
        text=text,
        units=tuple(units),
        preamble=without_marks(text[:begins]).strip() if not found.preceding else "",
        amends=orders.amends,
        amendments=orders.amendments,
        quoted=orders.quoted,
        style=style,
    )
    return _with_outer_parts(law, view, outer, found, end, orders)


def _chains(view: View, outer: zones.Zones) -> _Found:
    best: _Found | None = None
    for kind in (Kind.SECTION, Kind.CLAUSE):
        candidates = [one for one in find_candidates(view, kind) if one.start < outer.stop]
        chains = best_chains(candidates, outer.ends)
        if chains and (best is None or _begins(chains) < _begins([*best.preceding, best.main])):
            best = _sorted(view, kind, chains)
    if best is None:
        raise NoLawError("no มาตรา or ข้อ begins anywhere in it")
    return best


def _begins(chains: Sequence[Sequence[Candidate]]) -> int:
    return next((chain[0].start for chain in chains if chain[0].key == (1,)), chains[0][0].start + 10_000_000)


def _sorted(view: View, kind: Kind, chains: list[list[Candidate]]) -> _Found:
    """Which chain is the instrument itself: the first, or the longest where the first enacts a code."""
    place = 0
    if len(chains) > 1 and _ENACTING.search(view.flat[: chains[0][1 if len(chains[0]) > 1 else 0].start]):
        place = max(range(len(chains)), key=lambda index: len(chains[index]))
    return _Found(kind, *_pieced(chains, place))


def _pieced(
    chains: list[list[Candidate]], place: int
) -> tuple[list[Candidate], list[list[Candidate]], list[list[Candidate]]]:
    """The instrument, what precedes it and the rest, where its parts (the books of a code) have other acts between."""
    main, others = list(chains[place]), []
    for chain in chains[place + 1 :]:
        at = next((i for i, one in enumerate(chain) if follows(main[-1].key, one.key)), None)
        if at is None or len(chain) - at < _SHORTEST_PIECE:
            others.append(chain)
            continue
        main += chain[at:]
        others += [chain[:at]] if at else []
    return main, chains[:place], others


def _headings(view: View, found: _Found) -> list[Heading]:
    before = found.preceding[-1][-1].start if found.preceding else 0
    return find_headings(view, [one.start for one in found.main], before)


def _units(view: View, outer: zones.Zones, found: _Found, headings: list[Heading]) -> tuple[list[Unit], int]:
    """Headings and provisions in order, each with its text; and where the instrument's own text ends."""
    last = found.main[-1]
    later = [chain[0].start for chain in found.others if chain[0].start > last.start]
    limit = min([outer.stop, *later])
    named = _named_later(view.flat, last.end, limit)
    limit = min(limit, named)
    end = outer.end_after(last.end, limit)
    begins = sorted([*(one.start for one in found.main), *(one.start for one in headings), end])
    stops = sorted([*begins, *(chain[0].start for chain in found.others), *outer.ends])
    following = {one: stops[bisect(stops, one)] for one in begins[:-1]}
    units = [
        Unit(
            found.kind,
            tidy(view.text[_number_at(one) : one.end]),
            to_arabic(one.number),
            "",
            one.start,
            e,
            "",
            t,
        )
        for one in found.main
        for e in [following[one.start]]
        for t in [view.text[one.end : e]]
    ]
    units += [Unit(h.kind, h.number, h.number_arabic, h.words, h.start, following[h.start]) for h in headings]
    return sorted(units, key=lambda unit: unit.start), end


def _number_at(one: Candidate) -> int:
    return one.end - len(one.number)


def _named_later(flat: str, start: int, limit: int) -> int:
    later = zones.later_title(flat, start, limit)
    return limit if later is None else later


def _with_paragraphs(unit: Unit, style: Style, least: int) -> Unit:
    if not unit.is_provision:
        return unit
    return replace(unit, text=_printed(unit.text), paragraphs=split(unit.text, style, least))


def _as_order(unit: Unit) -> Unit:
    """An order to amend is one paragraph: what is in its quotation is part of another law."""
    return replace(unit, paragraphs=addresses.paragraphs_with_ids([Paragraph(unit.text)], unit.eid))


def _printed(text: str) -> str:
    """A provision's words as printed: without footnote marks, feet and lines drawn under headings."""
    kept = without_marks(text).strip()
    return re.sub(r"[ ]*\n\s*\n\s*", "\n", re.sub(r"[ \t]{2,}", " ", kept)).strip()


def _with_outer_parts(
    law: Law, view: View, outer: zones.Zones, found: _Found, end: int, orders: amending.Orders
) -> Law:
    tail = zones.split_tail(view.text, view.flat, outer, end)
    others = [_other(view, chain, end if index == 0 else 0) for index, chain in enumerate(found.others)]
    annexed = tuple(one for one in others if tail.is_annex(one.start))
    return replace(
        law,
        conclusions=one_line(view.text[slice(*tail.conclusions)]),
        annexes=without_marks(view.text[slice(*tail.annexes)]).strip(),
        notes=without_marks(view.text[slice(*tail.notes)]).strip(),
        preceding=tuple(_other(view, chain, 0) for chain in found.preceding),
        annexed=annexed,
        appended=tuple(one for one in others if one not in annexed),
        not_understood=gaps.find_gaps(law, view, outer, tail, orders),
    )


def _other(view: View, chain: list[Candidate], after: int) -> Other:
    begin = max(after, chain[0].start - 3000)
    title = zones.title_before(view.text, view.flat, chain[0].start, begin)
    return Other(title, chain[0].start, tuple(to_arabic(one.number) for one in chain))
