"""Reads of figures that the worker counted."""

from datetime import datetime
from typing import Any

from sala.commons.tables import rules
from sala.commons.tables.models import CachedFigure
from sala.commons.tables.rules import SMALLEST_SAMPLE, percent

__all__ = ["SMALLEST_SAMPLE", "find_counted_at", "find_figure", "percent"]


def find_figure(group: str, name: str, now: datetime) -> dict[str, Any] | None:
    """What was counted under a name of a group; {} if the last count found nothing for it. One query.

    None if the group was not counted lately: then the caller counts by itself.
    """
    wanted = {f"{group}.{name}", _mark(group)}
    rows = {row.name: row for row in CachedFigure.objects.filter(name__in=wanted)}
    mark = rows.get(_mark(group))
    if mark is None or not rules.is_fresh(mark.counted_at, now):
        return None
    found = rows.get(f"{group}.{name}")
    return dict(found.content) if found else {}


def find_counted_at(group: str, now: datetime) -> datetime | None:
    """When a group was counted last, None if not lately. One query."""
    mark = CachedFigure.objects.filter(name=_mark(group)).first()
    return mark.counted_at if mark and rules.is_fresh(mark.counted_at, now) else None


def _mark(group: str) -> str:
    """The name of the row that tells when a group was counted, whatever was found."""
    return f"{group}."
