"""Counts that stay quick: of what is worked off as a list, nobody needs to know more than "more than 1,000"."""

from typing import Any

from django.db.models import QuerySet

MANY = 1000


def up_to_many(rows: QuerySet[Any]) -> int:
    """How many rows there are; `MANY` + 1 stands for more than `MANY`."""
    return rows.order_by()[: MANY + 1].count()
