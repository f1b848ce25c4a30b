"""The tables of docs/rules/legal-questions.md, made from the rules themselves; the test holds the page to them."""

from collections.abc import Iterable

from sala.platform.package_tables import rows
from sala.services.lawmaking.queries.question_law import PACKAGE
from sala.services.lawmaking.rules import questions as rules


def _table(head: tuple[str, ...], lines: Iterable[tuple[str, ...]]) -> str:
    body = [" | ".join(cells) for cells in (head, ("---",) * len(head), *lines)]
    return "\n".join(f"| {line} |" for line in body)


def states_table() -> str:
    """What may be done from each state, and where it leads."""
    lines = []
    for status in rules.Status:
        moves = [f"{what} → {rules.move(status, what)}" for what in rules.moves_from(status)]
        lines.append((f"`{status}`", "; ".join(moves) or "none"))
    return _table(("state", "may be done → then"), lines)


def periods_table() -> str:
    """Each period, its days, from what it counts, its source and how we know."""
    return _table(
        ("period", "days", "counted from", "source", "known by"),
        (
            (
                f"`{row['code']}`",
                f"{row['days']} {'working' if row['unit'] == 'working' else 'calendar'}",
                row["counted_from"],
                row["law_en"],
                row["basis"].replace("_", " "),
            )
            for _, row in rows(PACKAGE, "periods")
        ),
    )


TABLES = (states_table, periods_table)
