"""Keeping what everyone reads counted: the worker counts, pages show."""

from datetime import datetime

from sala.commons.ledger import actions as ledger
from sala.commons.tables import actions as tables
from sala.core.actors import SYSTEM, Actor
from sala.services.information import permissions
from sala.services.information.queries import figures


@ledger.action_without_entry("counts only repeat what the entries and the requests say")
def keep_counts(*, now: datetime, actor: Actor = SYSTEM) -> int:
    """Everyone reads figures of this instant until the next count; returns how many differ from the last."""
    permissions.require_system(actor)
    return tables.cache_figures(now=now, group=figures.GROUP, figures=figures.everything(now))
