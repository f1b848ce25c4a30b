"""Keeping what everyone reads counted: the worker counts, pages show."""

from datetime import datetime

from django.db import connection

from sala.commons.ledger import actions as ledger
from sala.commons.tables import actions as tables
from sala.core.actors import SYSTEM, Actor
from sala.services.complaints import permissions
from sala.services.complaints.queries import cached_figures


@ledger.action_without_entry("counts only repeat what the entries and the complaints say")
def keep_counts(*, now: datetime, actor: Actor = SYSTEM) -> int:
    """Everyone reads figures of this instant until the next count; returns how many of them differ from the last.

    Only what changed is written.
    """
    permissions.require_system(actor)
    with connection.cursor() as cursor:  # one processor at most: the others are for those who wait for a page
        cursor.execute("SET LOCAL max_parallel_workers_per_gather = 0")
    found = cached_figures.count_everything(now)
    return tables.cache_figures(now=now, group=cached_figures.GROUP, figures=found)
