"""Keeping what everyone reads counted: the worker counts, pages show."""

from datetime import datetime

from django.db import connection

from sala.commons.ledger import actions as ledger
from sala.core.actors import SYSTEM, Actor
from sala.services.complaints import permissions
from sala.services.complaints.models import KeptCount
from sala.services.complaints.queries import kept


@ledger.action_without_entry("counts only repeat what the entries and the complaints say")
def keep_counts(*, now: datetime, actor: Actor = SYSTEM) -> int:
    """Everyone reads figures of this instant until the next count; returns how many of them differ from the last.

    Only what changed is written.
    """
    permissions.require_system(actor)
    with connection.cursor() as cursor:  # one processor at most: the others are for those who wait for a page
        cursor.execute("SET LOCAL max_parallel_workers_per_gather = 0")
    found = kept.count_everything(now)
    known = dict(KeptCount.objects.values_list("name", "content"))
    rows = [
        KeptCount(name=name, content=content, counted_at=now)
        for name, content in found.items()
        if name == kept.COUNTRY or known.get(name) != content
    ]
    KeptCount.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["name"],
        update_fields=["content", "counted_at"],
        batch_size=500,
    )
    KeptCount.objects.filter(name__in=known.keys() - found.keys()).delete()
    return len(rows)
