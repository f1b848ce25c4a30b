"""Writes of figures."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sala.commons.ledger import actions as ledger
from sala.commons.tables.models import CachedFigure


@ledger.part_of_action("the box that counts says why its counting leaves no entry")
def cache_figures(*, now: datetime, group: str, figures: Mapping[str, Any]) -> int:
    """Everybody reads the same count of a group until the next one; returns how many figures differ from the last.

    What the count does not name any more is gone. Only what changed is written, in three statements.
    """
    rows = CachedFigure.objects.filter(name__startswith=f"{group}.")
    known = dict(rows.values_list("name", "content"))
    wanted = {f"{group}.{name}": content for name, content in figures.items()}
    changed = [
        CachedFigure(name=name, counted_at=now, content=content)
        for name, content in wanted.items()
        if known.get(name) != content
    ]
    # The mark tells when the group was counted: it alone is written each time.
    mark = CachedFigure(name=f"{group}.", counted_at=now, content={})
    CachedFigure.objects.bulk_create(
        [*changed, mark],
        update_conflicts=True,
        unique_fields=["name"],
        update_fields=["counted_at", "content"],
        batch_size=500,
    )
    rows.filter(name__in=known.keys() - wanted.keys() - {mark.name}).delete()
    return len(changed)
