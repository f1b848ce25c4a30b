"""Spark gives the verdicts DuckDB gives, for every indicator."""

import shutil
import tempfile
import warnings
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from bench.contracting import processes
from engines.indicators.odd_processes import Odd
from sala.cli.indicators import workspace
from sala.engines import indicators

pytestmark = [
    pytest.mark.spark,
    pytest.mark.req("PRC-3.3", "BUD-3.1"),
    pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java, which is not on this machine"),
    pytest.mark.timeout(1200),
]
SETTINGS = indicators.parse(
    "".join(f"[{code}]\n" for code in indicators.CATALOG)
    + "".join(f"[{code}]\nthreshold = 500000\n" for code in ("R002", "R011", "R054", "R055"))
)


def verdict_rows(engine: str, folder: Path) -> set[tuple[object, ...]]:
    """Every verdict of every indicator; figures to nine digits, as engines add in different orders."""
    with workspace.engine(engine, folder) as (tables, keep):
        study = indicators.open_study(tables, SETTINGS, keep)
        rows = []
        for table in indicators.verdict_tables(study, indicators.Statistics()):
            rows += table.to_pyarrow().to_pylist()
    names = ("score", "value", "threshold", "fact0", "fact1", "fact2")
    return {
        (row["code"], row["about"], row["id"], row["seq"], row["state"])
        + tuple(None if row[name] is None else float(f"{row[name]:.9g}") for name in names)
        for row in rows
    }


# A few hundred rows are answered before Java has compiled code for them.
SMALL = (
    "spark.sql.codegen.wholeStage=false",
    "spark.sql.adaptive.enabled=false",
    "spark.sql.codegen.factoryMode=NO_CODEGEN",
)


def mixed() -> list[dict[str, Any]]:
    """Processes of a market, and after them some in which anything may be missing or wrong."""
    odd = Odd(7)
    return [process for _, process in processes(120)] + [odd.process(at) for at in range(80)]


def test_every_verdict_is_the_same_on_both_engines(monkeypatch):
    monkeypatch.setenv("PYSPARK_SUBMIT_ARGS", " ".join(f"--conf {one}" for one in SMALL) + " pyspark-shell")
    with tempfile.TemporaryDirectory() as name, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        folder = Path(name)
        workspace.write_tables(indicators.flatten(enumerate(mixed(), start=1)), folder)
        assert pq.read_metadata(folder / "bids.parquet").num_rows > 200
        expected = verdict_rows("duckdb", folder)
        assert {row[0] for row in expected} == set(indicators.CATALOG)
        assert verdict_rows("spark", folder) == expected
