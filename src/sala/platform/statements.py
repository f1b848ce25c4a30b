"""Reads by a kept statement: where a page asks the same each time, building it anew costs more than running it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, Self, TypeVar

from django.db import connection
from django.db.models import Expression, Field, ForeignObject, Lookup, Model, QuerySet
from django.db.models.query import get_related_populators

from sala.platform.rows import read_kept

Row = TypeVar("Row", bound=Model)


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


class Among(Lookup):  # type: ignore[type-arg]  # the framework's class takes none when it runs
    """`field__among=Given(…)`: the column is one of the values of a list that is given when the statement runs."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """One place for the whole list, so that the statement is the same for every length of it."""
        left, before = self.process_lhs(compiler, connection)
        right, after = self.process_rhs(compiler, connection)
        return f"{left} = ANY({right})", [*before, *after]


# Relations look for lookups of their own kind only.
Field.register_lookup(Among)
ForeignObject.register_lookup(Among)


class Rows(Generic[Row]):
    """A query for whole rows (with those that `select_related` names), built once; each run gives it its values.

    Building a query of twenty columns takes several times as long as running it does. The rows are those the query
    itself would have given, read by the framework's own means.
    """

    # As prepared statements: for look-ups by a key, whose plan does not depend on the values.

    def __init__(self, make: Callable[[], QuerySet[Row]]) -> None:
        self._make = make
        self._kept: _Kept | None = None

    def list(self, **values: Any) -> list[Row]:
        """The rows, with these values by name. Raises KeyError for a value that is not given."""
        kept = self._kept or _Kept.of(self._make())
        self._kept = kept  # two threads at once build it twice, and either will do
        given = [values[p.name] if isinstance(p, Given) else p for p in kept.parameters]
        return kept.read(read_kept(kept.sql, given))

    def first(self, **values: Any) -> Row | None:
        """The first of the rows, or None; for queries of which one row at most is read."""
        return next(iter(self.list(**values)), None)


@dataclass(frozen=True, slots=True)
class _Kept:
    """What the framework works out of a query before it asks: words, values, and how rows are made of the answer."""

    sql: str
    parameters: tuple[Any, ...]
    compiler: Any
    converters: Any

    @classmethod
    def of(cls, rows: QuerySet[Any]) -> Self:
        compiler: Any = rows.query.get_compiler(connection.alias)
        sql, parameters = compiler.as_sql()
        converters = compiler.get_converters(column for column, _, _ in compiler.select)
        return cls(sql, tuple(parameters), compiler, converters)

    def read(self, found: Any) -> Any:
        # What `ModelIterable` does with an answer (django/db/models/query.py).
        compiler = self.compiler
        info, select = compiler.klass_info, compiler.select
        start, end = info["select_fields"][0], info["select_fields"][-1] + 1
        names = [column.target.attname for column, _, _ in select[start:end]]
        related = get_related_populators(info, select, connection.alias)  # type: ignore[call-arg]  # stubs of a later version
        made = []
        for row in compiler.apply_converters(found, self.converters) if self.converters else found:
            one = info["model"].from_db(connection.alias, names, row[start:end])
            for populator in related:
                populator.populate(row, one)
            made.append(one)
        return made
