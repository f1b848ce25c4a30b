"""Reads by a kept statement: where a page asks the same each time, building it anew costs more than running it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from django.db import connection
from django.db.models import Expression, QuerySet


class Given(Expression):
    """A value that is named now and given when the statement runs, in a filter of the query it is made from."""

    def __init__(self, name: str, field: Any) -> None:
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """A place for the value; what stands in it is this, until the statement runs."""
        return "%s", [self]


@dataclass(frozen=True, slots=True)
class Statement:
    """A query as SQL, with the values it was built with and the names of those that are given later."""

    sql: str
    parameters: tuple[Any, ...]

    @classmethod
    def of(cls, rows: QuerySet[Any, Any]) -> Self:
        """The statement of a query whose columns are those of its `values_list`."""
        sql, parameters = rows.query.sql_with_params()
        return cls(sql, tuple(parameters))

    def run(self, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """The rows, with these values by name. Raises KeyError for a value that is not given."""
        given = [values[p.name] if isinstance(p, Given) else p for p in self.parameters]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, given)
            return list(cursor.fetchall())
