"""Compares two versions of a law: provisions added, removed, moved, renumbered, and changed by which words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sala.engines.legislation.document import Law, Unit
from sala.engines.legislation.kinds import RANK
from sala.engines.legislation.letters import fold
from sala.engines.legislation.pairing import Pair, pair, words_of_unit
from sala.engines.legislation.wording import Span, rising, word_changes

ADDED: Final = "added"
REMOVED: Final = "removed"
MOVED: Final = "moved"
RENUMBERED: Final = "renumbered"
CHANGED: Final = "changed"
KINDS_OF_CHANGE: Final = (ADDED, REMOVED, MOVED, RENUMBERED, CHANGED)


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a unit: `what` of the five words above, more than one if it was, say, moved and changed.

    `words` tell the change by word; of an added or removed unit they are empty.
    """

    what: tuple[str, ...]
    before: Unit | None
    after: Unit | None
    words: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions compared. `changes` come in the order of the later one, each removed unit where it stood."""

    before: Law
    after: Law
    changes: tuple[Change, ...]
    unchanged: int

    def count(self, what: str) -> int:
        """How many units were added, removed, moved, renumbered or changed."""
        return sum(what in change.what for change in self.changes)


def compare_laws(before: Law, after: Law) -> Comparison:
    """Compare two versions. Blanks, line ends, quotation marks and the sort of digits are no change."""
    pairs = pair(before.units, after.units)
    moved = _moved(before.units, after.units, pairs)
    changes = [_change(one, one.after is not None and one.after.eid in moved) for one in pairs]
    told = [change for change in changes if change.what]
    return Comparison(before, after, tuple(_in_order(told, before.units)), len(changes) - len(told))


def _change(one: Pair, is_moved: bool) -> Change:
    before, after = one.before, one.after
    if before is None or after is None:
        return Change((ADDED if before is None else REMOVED,), before, after)
    what = []
    if is_moved:
        what.append(MOVED)
    if before.number_arabic != after.number_arabic:
        what.append(RENUMBERED)
    old, new = words_of_unit(before), words_of_unit(after)
    words: tuple[Span, ...] = ()
    if fold(old) != fold(new):
        words = word_changes(old, new)
    if any(span.what != "same" for span in words):
        what.append(CHANGED)
    return Change(tuple(what), before, after, words)


def _moved(before: Sequence[Unit], after: Sequence[Unit], pairs: Sequence[Pair]) -> set[str]:
    """Ids (in `after`) of units that stand elsewhere: under another heading, or out of the order of the rest."""
    places = {unit.eid: place for place, unit in enumerate(before)}
    both = [(one.before, one.after) for one in pairs if one.before is not None and one.after is not None]
    out_of_order: set[str] = set()
    for is_provision in (True, False):  # apart: a section that goes past a heading has not moved the heading
        row = [(places[old.eid], new) for old, new in both if new.is_provision is is_provision]
        kept = {number for _, number in rising([(place, number) for number, (place, _) in enumerate(row)])}
        out_of_order |= {new.eid for number, (_, new) in enumerate(row) if number not in kept}
    heads_before, heads_after = _heads(before), _heads(after)
    same_head = {(old.eid, new.eid) for old, new in both if not old.is_provision}
    under_another = {
        new.eid for old, new in both if _is_elsewhere(heads_before[old.eid], heads_after[new.eid], same_head)
    }
    return out_of_order | under_another


def _is_elsewhere(old: str, new: str, same_head: set[tuple[str, str]]) -> bool:
    """Whether a heading above is another one. A heading that was added or removed moves nothing."""
    paired_old = {one for one, _ in same_head}
    paired_new = {other for _, other in same_head}
    return old in paired_old and new in paired_new and (old, new) not in same_head


def _heads(units: Sequence[Unit]) -> dict[str, str]:
    """The heading directly above each unit, by id; empty if there is none."""
    above: list[Unit] = []
    heads = {}
    for unit in units:
        if not unit.is_provision:
            above = [one for one in above if RANK[one.kind] < RANK[unit.kind]]
        heads[unit.eid] = above[-1].eid if above else ""
        if not unit.is_provision:
            above.append(unit)
    return heads


def _in_order(changes: Sequence[Change], before: Sequence[Unit]) -> list[Change]:
    """Removed units go where they stood: behind the nearest unit before them that is still there."""
    places = {unit.eid: place for place, unit in enumerate(before)}
    kept = [change for change in changes if change.after is not None]
    for change in (change for change in changes if change.after is None and change.before is not None):
        place = places[change.before.eid] if change.before else 0
        at = max(
            (i for i, one in enumerate(kept) if one.before is not None and places[one.before.eid] < place),
            default=-1,
        )
        kept.insert(at + 1, change)
    return kept


def comparison_to_document(comparison: Comparison) -> dict[str, Any]:
    """What `sala laws compare --json` prints."""
    return {
        "before": comparison.before.title,
        "after": comparison.after.title,
        "counts": {what: comparison.count(what) for what in KINDS_OF_CHANGE}
        | {"unchanged": comparison.unchanged},
        "changes": [_change_to_document(change) for change in comparison.changes],
    }


def _change_to_document(change: Change) -> dict[str, Any]:
    told: dict[str, Any] = {"what": list(change.what)}
    for side, unit in (("before", change.before), ("after", change.after)):
        if unit is not None:
            told[side] = {
                "kind": unit.kind.value,
                "number": unit.number,
                "number_arabic": unit.number_arabic,
                "eid": unit.eid,
                "text": words_of_unit(unit),
            }
    if change.words:
        told["words"] = [{"what": span.what, "text": span.text} for span in change.words]
    return told
