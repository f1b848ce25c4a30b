"""The tables of docs/rules/information-requests.md, made from the rules themselves; the test holds the page to them."""

from collections.abc import Iterable

from tests.services.information.the_law import PERIODS, WAYS, rows

from sala.services.information.rules import proceedings, states
from sala.services.information.rules.grounds import Ground, remedy


def _table(head: tuple[str, ...], lines: Iterable[tuple[str, ...]]) -> str:
    body = [" | ".join(cells) for cells in (head, ("---",) * len(head), *lines)]
    return "\n".join(f"| {line} |" for line in body)


def states_table() -> str:
    """What may be done from each state, and where it leads."""
    lines = []
    for status in states.Status:
        moves = [f"{what} → {states.move(status, what)}" for what in states.moves_from(status)]
        lines.append((f"`{status}`", "; ".join(moves) or "none"))
    return _table(("state at the office", "may be done → then"), lines)


def proceedings_table() -> str:
    """How each kind of proceeding runs."""
    lines = []
    for kind, steps in proceedings.STEPS.items():
        lines.append((f"`{kind}`", "; ".join(f"{at}: {what} → {to}" for (at, what), to in steps.items())))
    return _table(("proceeding", "where it lies: step → then"), lines)


def periods_table() -> str:
    """Each period, its days, from what it counts, its source and how we know."""
    return _table(
        ("period", "days", "counted from", "source", "known by"),
        (
            (
                f"`{p.code}`",
                f"{p.days} {'working' if p.unit == 'working' else 'calendar'}",
                p.counted_from.replace("_", " "),
                p.law_en,
                p.basis.replace("_", " "),
            )
            for p in PERIODS
        ),
    )


def ways_table() -> str:
    """Each way, to whom, by which section, within which period."""
    return _table(
        ("way", "to", "by", "within", "known by"),
        (
            (
                f"`{w.way}`",
                w.to,
                w.section_en,
                f"`{w.period}`" if w.period else "no last day",
                w.basis.replace("_", " "),
            )
            for w in WAYS
        ),
    )


def grounds_table() -> str:
    """Each ground and the way it leaves open."""
    return _table(
        ("ground", "section", "leaves open"),
        (
            (f"`{row['ground']}`", row["section_en"], remedy(Ground(row["ground"])).replace("_", " "))
            for row in rows("grounds.csv")
        ),
    )


TABLES = (states_table, proceedings_table, periods_table, ways_table, grounds_table)
