"""A law, a comparison or an amendment in lines for a person at a terminal."""

from collections.abc import Iterator

from sala.engines.legislation.comparing import KINDS_OF_CHANGE, Comparison
from sala.engines.legislation.document import Amendment, Law, Unit, labels_of
from sala.engines.legislation.kinds import WORDS, Kind
from sala.engines.legislation.pairing import words_of_unit
from sala.engines.legislation.wording import Span

_SHOWN = 70


def to_lines(law: Law) -> Iterator[str]:
    """The law's name, its table of contents, its orders to amend, and what was not understood."""
    yield law.title
    for unit in law.units:
        yield f"  {name_of(unit)}  {_beginning(unit)}"
    for one in law.amendments:
        yield f"  {_order(one)}"
    for part, others in (("before it", law.preceding), ("annexed", law.annexed), ("behind it", law.appended)):
        for other in others:
            yield f"  {part}: {other.title or 'an instrument without a name'}, {len(other.sections)} provisions"
    for gap in law.not_understood:
        yield f"line {gap.line}: {gap.why}: {gap.text}"


def name_of(unit: Unit) -> str:
    """มาตรา 5/1, หมวด 2, บทเฉพาะกาล."""
    if unit.kind is Kind.TRANSITIONAL or not unit.number:
        return unit.heading
    return f"{WORDS[unit.kind]} {unit.number}"


def _beginning(unit: Unit) -> str:
    if not unit.is_provision:
        return unit.heading if unit.number else ""
    if unit.is_repealed:
        return "(ยกเลิก)"
    points = len(labels_of(unit.paragraphs))
    counted = f"[{len(unit.paragraphs)}{f' + {points}' if points else ''}] "
    first = unit.paragraphs[0].whole.replace("\n", " ")
    return counted + (first if len(first) <= _SHOWN else f"{first[:_SHOWN]}…")


def _order(one: Amendment) -> str:
    what = " ".join(part for part in (one.action, one.target, one.part, one.new_number) if part)
    words = f' "{one.old_words}" → "{one.new_words}"' if one.old_words else ""
    return f"{one.by}: {what}{words}"


def comparison_to_lines(comparison: Comparison) -> Iterator[str]:
    """What changed, one unit after the other: [-removed-] and {+added+} words within the text."""
    for change in comparison.changes:
        unit = change.after or change.before
        if unit is None:
            continue
        was = change.before
        from_ = f" (was {name_of(was)})" if was and change.after and was.number != unit.number else ""
        yield f"{', '.join(change.what)}: {name_of(unit)}{from_}"
        if change.words:
            yield f"  {''.join(map(_span, change.words))}".replace("\n", "\n  ")
        elif not (change.before and change.after):
            yield f"  {words_of_unit(unit)}".replace("\n", "\n  ")
    counts = ", ".join(f"{comparison.count(what)} {what}" for what in KINDS_OF_CHANGE)
    yield f"{counts}, {comparison.unchanged} unchanged"


def _span(span: Span) -> str:
    marks = {"added": ("{+", "+}"), "removed": ("[-", "-]")}.get(span.what, ("", ""))
    return f"{marks[0]}{span.text}{marks[1]}"
