"""The quoted new wording of an order to amend, and the provisions that stand in it."""

import re
from dataclasses import dataclass
from typing import Final

from sala.engines.legislation.candidates import View, find_candidates, quote_depths
from sala.engines.legislation.document import Quoted
from sala.engines.legislation.headings import Heading, find_headings
from sala.engines.legislation.kinds import Kind
from sala.engines.legislation.letters import flatten
from sala.engines.legislation.numbers import to_arabic
from sala.engines.legislation.ordinals import named_paragraphs
from sala.engines.legislation.paragraphs import split
from sala.engines.legislation.sequence import best_chains
from sala.engines.legislation.styles import Style

_OPEN: Final = '“"'
_SIGNED: Final = re.compile(r"(?:ให้ไว้|ประกาศ) *ณ *วันที่")


@dataclass(frozen=True, slots=True)
class Quote:
    """`text` without its outer marks; the provisions and headings in it; what stands before the first of them."""

    text: str
    provisions: tuple[Quoted, ...]
    headings: tuple[Heading, ...]


def quote_after(text: str, place: int) -> str:
    """The quotation that begins behind `place`, without its outer marks; what follows, where the marks were lost."""
    rest = text[place:]
    begin = re.search(rf"[{_OPEN}]", rest)
    if begin is None or len(flatten(rest)[: begin.start()].strip()) > 2:
        return rest.strip()
    end = max(rest.rfind("”"), rest.rfind('"'))
    return rest[begin.end() : end if end > begin.start() else len(rest)].strip()


def read_quote(text: str, style: Style, *, is_page: bool) -> Quote:
    """The provisions within a quotation. One at its very beginning is one; others go on with its numbers."""
    flat = flatten(text)
    view = View(text, flat, is_page, quote_depths(flat, iter(())))
    for kind in (Kind.SECTION, Kind.CLAUSE):
        candidates = [one for one in find_candidates(view, kind) if not view.quoted(one.start)]
        chains = best_chains(candidates, [], first_cost=0.0)
        starts = list(chains[0]) if chains else []
        headings = find_headings(view, [one.start for one in starts], 0) if starts else []
        first = min([*(one.start for one in starts), *(one.start for one in headings)], default=len(text))
        if not starts or len(text[:first].strip(' “"-\n')) > 3:
            continue
        ends = sorted([*(one.start for one in starts), *(one.start for one in headings), len(text)])
        least = named_paragraphs(text)
        found = []
        for one in starts:
            body = text[one.end : next(end for end in ends if end > one.start)].strip()
            found.append(Quoted(to_arabic(one.number), body, split(body, style, least.get(one.key, 1)), kind))
        return Quote(text, tuple(found), tuple(headings))
    return Quote(text, (), ())
