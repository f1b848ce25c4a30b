"""What the indicator tests share: a study over a few processes, in memory."""

from collections.abc import Callable
from typing import Any

import ibis
import pytest

from sala.engines import indicators

Flags = dict[str, dict[str, dict[str, float]]]


def duckdb_study(processes: list[dict[str, Any]], settings: indicators.Settings) -> indicators.Study:
    """A study of the given compiled releases in a DuckDB of their own."""
    backend = ibis.duckdb.connect()

    def keep(name: str, expression: ibis.Table) -> ibis.Table:
        backend.con.execute(
            f"create or replace temp table {name} as {ibis.to_sql(expression, dialect='duckdb')}"
        )
        return backend.table(name)

    tables = {}
    (batch,) = indicators.flatten(enumerate(processes, start=1), size=10_000)
    for name, table in batch.items():
        backend.con.register(name, table)
        tables[name] = backend.table(name)
    return indicators.open_study(tables, settings, keep)


@pytest.fixture
def flags() -> Callable[..., Flags]:
    """Processes and a settings text in, Cardinal's result out."""

    def run(processes: list[dict[str, Any]], ini: str) -> Flags:
        study = duckdb_study(processes, indicators.parse(ini))
        return indicators.as_cardinal(indicators.flagged_rows(study, indicators.Statistics()))

    return run


@pytest.fixture
def verdicts() -> Callable[..., dict[str, dict[str, Any]]]:
    """Processes and a settings text in, every verdict out: evidence by identifier."""

    def run(processes: list[dict[str, Any]], ini: str) -> dict[str, dict[str, Any]]:
        study = duckdb_study(processes, indicators.parse(ini))
        found = {}
        for table in indicators.verdict_tables(study, indicators.Statistics()):
            for row in table.to_pyarrow().to_pylist():
                found[row["id"]] = indicators.evidence(row)
        return found

    return run
