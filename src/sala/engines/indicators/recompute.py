"""Look again at one changed process without reading the others: the rules compiled once to SQL, fences as given."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

import duckdb
import ibis
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


@dataclass(frozen=True)
class Program:
    """SQL over the flat tables: `steps` make named tables in order, `verdicts` gives the rows.

    A row of `verdicts` holds the verdicts of several rules side by side, each of the columns in `names`.
    """

    steps: tuple[tuple[str, str], ...]
    verdicts: tuple[str, ...]
    names: tuple[str, ...]
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


def compile_program(settings: Settings, fences: Fences, dialect: str = "duckdb") -> Program:
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
    sql = tuple(ibis.to_sql(table, dialect=dialect) for table in _side_by_side(verdicts))
    return Program(tuple(steps), sql, verdicts[0].columns if verdicts else (), alone.enabled)


def _side_by_side(verdicts: list[Table]) -> list[Table]:
    """Rules that read the same rows become one expression with the columns of all: one plan instead of thirty."""
    groups: dict[Any, list[Any]] = {}
    for table in verdicts:
        projection = table.op()
        groups.setdefault(projection.parent, []).append(projection)
    merged = []
    for parent, projections in groups.items():
        columns = {
            f"{name}_{at}": value.to_expr()
            for at, projection in enumerate(projections)
            for name, value in projection.values.items()
        }
        merged.append(parent.to_expr().select(**columns))
    return merged


class Recomputer:
    """Holds the compiled rules in a small DuckDB of its own; `verdicts` answers for one process at a time."""

    def __init__(self, settings: Settings, fences: Fences) -> None:
        program = compile_program(settings, fences)
        self._database = duckdb.connect(":memory:", config={"threads": 1})
        # Over one process a plan costs more to improve than to run.
        self._database.execute("pragma disable_optimizer")
        for name, schema in SCHEMAS.items():
            self._database.register("empty", schema.empty_table())
            self._database.execute(f'create temp table "{name}" as select * from empty')
        for name, sql in program.steps:
            self._database.execute(f'create temp table "{name}" as {sql}')
        for name, sql in program.steps:
            self._database.execute(f'prepare "fill_{name}" as insert into "{name}" {sql}')
        for at, sql in enumerate(program.verdicts):
            self._database.execute(f"prepare verdicts_{at} as {sql}")
        self._fills = [f'execute "fill_{name}"' for name, _ in program.steps]
        self._verdicts = [f"execute verdicts_{at}" for at in range(len(program.verdicts))]
        self._names = program.names

    def verdicts(self, seq: int, process: Json) -> list[dict[str, Any]]:
        """The verdict rows of one compiled release, as a full run with the same fences gives them."""
        rows: Rows = {name: [] for name in COLUMNS}
        add_rows(rows, seq, process)
        self._database.execute("begin")
        try:
            for name, entries in rows.items():
                places = ", ".join("?" * len(SCHEMAS[name]))
                for entry in entries:
                    self._database.execute(f'insert into "{name}" values ({places})', list(entry))
            for fill in self._fills:
                self._database.execute(fill)
            found = [
                row for verdicts in self._verdicts for row in self._database.execute(verdicts).fetchall()
            ]
            return [row for wide in found for row in self._apart(wide)]
        finally:
            self._database.execute("rollback")

    def _apart(self, wide: tuple[Any, ...]) -> list[dict[str, Any]]:
        size = len(self._names)
        parts = (wide[at : at + size] for at in range(0, len(wide), size))
        return [dict(zip(self._names, part, strict=True)) for part in parts]
