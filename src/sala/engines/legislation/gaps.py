"""What the reader did not understand, line by line: text that went into no unit, and orders it could not read."""

import re
from collections.abc import Iterator
from typing import Final

from sala.engines.legislation.amending import Orders
from sala.engines.legislation.candidates import View
from sala.engines.legislation.document import Law, NotUnderstood
from sala.engines.legislation.kinds import WORDS
from sala.engines.legislation.numbers import follows
from sala.engines.legislation.zones import Tail, Zones

_SHOWN: Final = 120
_LOOKS: Final = re.compile(
    r"^ *(?:มาตรา|ข้อ|หมวด|ส่วนที่|ภาค|ลักษณะ|บรรพ)[ ]*\d+(?:/\d+)? *(?:$|  )", re.MULTILINE
)


def find_gaps(law: Law, view: View, outer: Zones, tail: Tail, orders: Orders) -> tuple[NotUnderstood, ...]:
    """Lines whose place is not known, gaps in the numbers, orders that were not read; in order of lines."""
    found = [*_missing(law, view), *_unplaced(law, view, tail), *_orders(law, view, orders)]
    return tuple(sorted(found, key=lambda one: one.line))


def _at(view: View, place: int, why: str) -> NotUnderstood:
    begin = view.text.rfind("\n", 0, place) + 1
    if place - begin > _SHOWN:
        begin = place
    end = view.text.find("\n", place)
    line = view.text[begin : end if end >= 0 else len(view.text)].strip()
    return NotUnderstood(view.text.count("\n", 0, place) + 1, line[:_SHOWN], why)


def _missing(law: Law, view: View) -> Iterator[NotUnderstood]:
    provisions = list(law.provisions())
    if provisions and provisions[0].key != (1,):
        yield _at(view, provisions[0].start, f"the first provision is {provisions[0].number_arabic}, not 1")
    for before, after in zip(provisions, provisions[1:], strict=False):
        if not follows(before.key, after.key):
            why = f"{after.number_arabic} follows {before.number_arabic}: what lies between was not found"
            yield _at(view, after.start, why)


def _unplaced(law: Law, view: View, tail: Tail) -> Iterator[NotUnderstood]:
    """Lines that look like a beginning within the instrument, and are none of the units that were found."""
    starts = {unit.start for unit in law.units}
    begin, end = law.units[0].start, law.units[-1].end
    for found in _LOOKS.finditer(view.flat, begin, end):
        place = found.start() + len(found.group()) - len(found.group().lstrip())
        if place not in starts and not view.quoted(place):
            yield _at(
                view, place, "it looks like a heading or a provision, and was read as words of the one before"
            )
    rest = view.flat[tail.annexes[0] : tail.annexes[1]]
    if rest.strip():
        place = tail.annexes[0] + len(rest) - len(rest.lstrip())
        yield _at(view, place, "an annex or schedule: kept as text, its inside is not read")


def _orders(law: Law, view: View, orders: Orders) -> Iterator[NotUnderstood]:
    for unit in orders.unread:
        yield _at(view, unit.start, "it orders a change of another law in a form that is not known")
    starts = {f"{WORDS[unit.kind]} {unit.number_arabic}": unit.start for unit in law.provisions()}
    for one in orders.amendments:
        if not one.target:
            yield _at(view, starts[one.by], f"{one.by} changes something, but what is not clear")
