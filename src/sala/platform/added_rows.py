"""Rows that an import added to a table of reference data: named so that it can be seen whether they are still as
they were, and taken away again if nothing rests on them.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model

IN_USE, CHANGED = "in_use", "changed_since"


def key_of(row: Model) -> str:
    """The key of a row that was just added: its table, its number, and a digest of what stands in it."""
    return f"{row._meta.model_name}:{row.pk}:{_digest(row)}"


def _digest(row: Model) -> str:
    row.refresh_from_db()
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return hashlib.sha256(json.dumps(values, cls=DjangoJSONEncoder, sort_keys=True).encode()).hexdigest()[:16]


def take_back_rows(
    models: Sequence[type[Model]], keys: Sequence[str], is_used: Callable[[Model], bool] = lambda row: False
) -> dict[str, str]:
    """Delete the rows of these keys; those that must stay, with the code of why. What is gone already is no fault.

    A row stays if it was changed since, if another row points at it, or if `is_used` says so.
    """
    by_name: Mapping[str, type[Model]] = {str(model._meta.model_name): model for model in models}
    stays = {}
    for key in keys:
        name, number, digest = key.split(":")
        row = by_name[name]._default_manager.select_for_update().filter(pk=int(number)).first()
        if row is None:
            continue
        if _digest(row) != digest:
            stays[key] = CHANGED
        elif is_used(row) or _is_pointed_at(row):
            stays[key] = IN_USE
        else:
            row.delete()
    return stays


def _is_pointed_at(row: Model) -> bool:
    return any(
        relation.related_model._default_manager.filter(**{relation.field.name: row}).exists()
        for relation in row._meta.related_objects
    )
