"""Look again at one changed process without reading the others: the rules compiled once to SQL, fences as given."""

import math
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

import ibis
from ibis.expr.operations import Literal
from ibis.expr.types import Table

from sala.engines.indicators.catalog import CATALOG
from sala.engines.indicators.quartiles import Quartiles
from sala.engines.indicators.results import RULES
from sala.engines.indicators.settings import Settings
from sala.engines.indicators.study import Study, open_study
from sala.engines.indicators.tables import COLUMNS, SCHEMAS, Json, Rows, add_rows
from sala.engines.indicators.verdicts import Statistics

# They ask about many processes at once, so one changed process waits for the next full run.
GROUP_CODES = {"R011", "R016", "R017", "CRI"}
# An engine for one row at a time: over a single process DuckDB spends fifty times as long on its plans.
DIALECT: Final = "sqlite"


@dataclass(frozen=True)
class Query:
    """SQL whose row holds the verdicts of several rules side by side.

    `layouts` says for each rule which column of the row holds what, and `constants` what is always the same.
    """

    sql: str
    layouts: tuple[Mapping[str, int], ...]
    constants: tuple[Mapping[str, Any], ...]

    def verdicts(self, row: tuple[Any, ...]) -> Iterator[dict[str, Any]]:
        """The verdicts of one row."""
        for layout, constants in zip(self.layouts, self.constants, strict=True):
            yield {**constants, **{name: row[place] for name, place in layout.items()}}


@dataclass(frozen=True)
class Program:
    """SQL over the flat tables: `steps` make named tables in order, `queries` give the verdicts."""

    steps: tuple[tuple[str, str], ...]
    queries: tuple["Query", ...]
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Fences:
    """What a full run leaves for later: its statistics, main currency and the day deadlines were judged by."""

    statistics: Statistics
    currency: str
    as_of: int

    @classmethod
    def of(cls, study: Study, statistics: Statistics) -> "Fences":
        """The fences of a finished run."""
        return cls(statistics, study.currency or "", study.as_of or 0)

    def as_json(self) -> Json:
        """A plain object for a file."""
        known = {key: fence and asdict(fence) for key, fence in self.statistics.known.items()}
        return {
            "quartiles": known,
            "percentiles": self.statistics.percentiles,
            "currency": self.currency,
            "as_of": self.as_of,
        }

    @classmethod
    def from_json(cls, plain: Json) -> "Fences":
        """Read what `as_json` wrote; raises KeyError or TypeError for anything else."""
        known = {key: fence and Quartiles(**fence) for key, fence in plain["quartiles"].items()}
        return cls(Statistics(known, dict(plain["percentiles"])), plain["currency"], plain["as_of"])


def process_codes(settings: Settings) -> tuple[str, ...]:
    """The enabled indicators that a process answers alone, given the fences in force."""
    alone = (code for code in settings.enabled if "OCID" in CATALOG[code].about and code not in GROUP_CODES)
    return tuple(alone)


def compile_program(settings: Settings, fences: Fences, dialect: str = DIALECT) -> Program:
    """Compile the rules that look at one process, with the fences of the last full run.

    Raises ValueError when a fence is needed that the last run did not leave.
    """
    steps: list[tuple[str, str]] = []

    def keep(name: str, expression: Table) -> Table:
        steps.append((name, ibis.to_sql(expression, dialect=dialect)))
        return ibis.table(expression.schema(), name=name)

    alone = replace(settings, enabled=process_codes(settings))
    tables: Mapping[str, Table] = {
        name: ibis.table(ibis.Schema.from_pyarrow(schema), name=name) for name, schema in SCHEMAS.items()
    }
    study = open_study(tables, alone, keep, currency=fences.currency, as_of=fences.as_of)
    verdicts: list[Table] = []
    for code in alone.enabled:
        try:
            verdicts += RULES[code](study, fences.statistics)
        except ibis.common.exceptions.IbisError as error:
            raise ValueError(f"the last run left no fence for {code}") from error
    return Program(tuple(steps), tuple(_queries(verdicts, dialect)), alone.enabled)


def _queries(verdicts: list[Table], dialect: str) -> Iterator[Query]:
    """Rules that read the same rows become one query: one plan instead of thirty, each column asked once."""
    groups: dict[Any, list[Mapping[str, Any]]] = {}
    for table in verdicts:
        projection = table.op()
        groups.setdefault(projection.parent, []).append(projection.values)
    for parent, rules in groups.items():
        asked = [
            {name: value for name, value in rule.items() if not isinstance(value, Literal)} for rule in rules
        ]
        constants = [
            {name: value.value for name, value in rule.items() if isinstance(value, Literal)}
            for rule in rules
        ]
        wanted = dict.fromkeys(value for rule in asked for value in rule.values())
        places = {value: at for at, value in enumerate(wanted)}
        columns = {f"c{at}": value.to_expr() for value, at in places.items()}
        layouts = [{name: places[value] for name, value in rule.items()} for rule in asked]
        sql = ibis.to_sql(parent.to_expr().select(**columns), dialect=dialect)
        yield Query(sql, tuple(layouts), tuple(constants))


_TYPES: Final = {"int64": "integer", "string": "text", "double": "real", "bool": "integer"}
# SQLite has these only where it was built with them.
_FUNCTIONS: Final[dict[str, Callable[[float], float]]] = {
    "ceil": math.ceil,
    "floor": math.floor,
    "ln": math.log,
    "sqrt": math.sqrt,
}


class _SampleVariance:
    """Welford's running variance, as DuckDB computes it."""

    def __init__(self) -> None:
        self._count, self._mean, self._squares = 0, 0.0, 0.0

    def step(self, value: float | None) -> None:
        """One more value; null is none."""
        if value is not None:
            self._count += 1
            apart = value - self._mean
            self._mean += apart / self._count
            self._squares += apart * (value - self._mean)

    def finalize(self) -> float | None:
        """The variance, null for fewer than two values."""
        return self._squares / (self._count - 1) if self._count > 1 else None


class Recomputer:
    """Holds the compiled rules in a small database in memory; `verdicts` answers for one process at a time.

    For one thread. Raises ValueError when a fence is needed that the last run did not leave.
    """

    def __init__(self, settings: Settings, fences: Fences) -> None:
        program = compile_program(settings, fences)
        self._database = _open_database(len(program.steps) + len(program.queries) + len(SCHEMAS))
        for name, schema in SCHEMAS.items():
            columns = ", ".join(f'"{column.name}" {_TYPES[str(column.type)]}' for column in schema)
            self._database.execute(f'create table "{name}" ({columns})')
        for name, sql in program.steps:
            self._database.execute(f'create table "{name}" as {sql}')
        self._inserts = {
            name: f'insert into "{name}" values ({", ".join("?" * len(schema))})'
            for name, schema in SCHEMAS.items()
        }
        self._fills = [f'insert into "{name}" {sql}' for name, sql in program.steps]
        self._queries = program.queries

    def verdicts(self, seq: int, process: Json) -> list[dict[str, Any]]:
        """The verdict rows of one compiled release, as a full run with the same fences gives them."""
        rows: Rows = {name: [] for name in COLUMNS}
        add_rows(rows, seq, process)
        self._database.execute("begin")
        try:
            for name, entries in rows.items():
                self._database.executemany(self._inserts[name], entries)
            for fill in self._fills:
                self._database.execute(fill)
            return [
                verdict
                for query in self._queries
                for row in self._database.execute(query.sql).fetchall()
                for verdict in query.verdicts(row)
            ]
        finally:
            self._database.execute("rollback")


def _open_database(statements: int) -> sqlite3.Connection:
    """An empty database that keeps so many statements ready."""
    database = sqlite3.connect(":memory:", isolation_level=None, cached_statements=statements + 8)
    for name, function in _FUNCTIONS.items():
        database.create_function(name, 1, _or_null(function), deterministic=True)
    database.create_aggregate("_ibis_var_sample", 1, _SampleVariance)  # type: ignore[arg-type]  # null in, null out
    return database


def _or_null(function: Callable[[float], float]) -> Callable[[float | None], float | None]:
    """SQL's way with null, and with what the function cannot take."""

    def answer(value: float | None) -> float | None:
        try:
            return None if value is None else function(value)
        except ValueError:
            return None

    return answer
