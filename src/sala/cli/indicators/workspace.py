"""Where indicators are computed: Parquet tables in a folder, and DuckDB or Spark over them."""

import importlib
import os
import shutil
import tempfile
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import ibis
import pyarrow as pa
import pyarrow.parquet as pq
from ibis.expr.types import Table

from sala.cli.ending import refuse
from sala.engines import files
from sala.engines.indicators import SCHEMAS, flatten
from sala.engines.indicators.study import Keep

Tables = dict[str, Table]
# What goes beyond is put into the temporary folder; the program itself needs about a gigabyte more.
MEMORY_LIMIT = "2GB"


def write_tables(batches: Iterable[dict[str, pa.Table]], folder: Path) -> None:
    """Write flat tables, batch by batch, as one Parquet file each."""
    writers = {name: pq.ParquetWriter(folder / f"{name}.parquet", schema) for name, schema in SCHEMAS.items()}
    try:
        for batch in batches:
            for name, table in batch.items():
                if table.num_rows:
                    writers[name].write_table(table)
    finally:
        for writer in writers.values():
            writer.close()


@contextmanager
def parquet_folder(source: str, processes: Iterable[tuple[int, dict[str, Any]]]) -> Iterator[Path]:
    """The source itself when it is a folder of flat tables, else a temporary folder made from its lines."""
    if Path(source).is_dir():
        _tables_in(source)
        yield Path(source)
        return
    with files.scratch_folder() as folder:
        try:
            fill(folder, source, processes)
        except OSError as problem:
            raise files.no_room(problem) from None
        yield folder


def fill(folder: Path, source: str, processes: Iterable[tuple[int, dict[str, Any]]]) -> None:
    """Write the flat tables of a source, or of a folder that holds such, into another folder."""
    if Path(source).is_dir():
        for name in _tables_in(source):
            shutil.copy(Path(source) / name, folder)
        return
    numbered = enumerate((process for _, process in processes), start=1)
    write_tables(flatten(numbered), folder)


def _tables_in(source: str) -> list[str]:
    """The names of the tables' files in a folder that must hold them all."""
    names = [f"{name}.parquet" for name in SCHEMAS]
    missing = [name for name in names if not (Path(source) / name).is_file()]
    if missing:
        refuse(f"{source}: no {missing[0]}; make such a folder with `sala indicators flatten`")
    return names


@contextmanager
def engine(name: str, folder: Path) -> Iterator[tuple[Tables, Keep]]:
    """The tables of a folder in an engine, and the way to keep an expression there."""
    if name == "duckdb":
        try:
            yield _duckdb(folder)
        except (duckdb.IOException, duckdb.OutOfMemoryException) as problem:
            told = str(problem).splitlines()[0]
            raise files.UnwritableError(
                tempfile.gettempdir(), f"cannot hold what memory cannot ({told})"
            ) from None
        return
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        refuse("--engine spark needs Java")
    try:
        spark = importlib.import_module("pyspark.sql")
    except ImportError:
        refuse("--engine spark needs the pyspark package")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        session = _spark_session(spark)
        try:
            yield _spark(session, folder)
        finally:
            session.stop()


def _duckdb(folder: Path) -> tuple[Tables, Keep]:
    backend = ibis.duckdb.connect(":memory:", temp_directory=tempfile.gettempdir(), memory_limit=MEMORY_LIMIT)

    def keep(name: str, expression: Table) -> Table:
        sql = ibis.to_sql(expression, dialect="duckdb")
        backend.con.execute(f'create or replace temp table "{name}" as {sql}')
        return backend.table(name)

    tables = {table: backend.read_parquet(folder / f"{table}.parquet", table_name=table) for table in SCHEMAS}
    return tables, keep


def _spark_session(spark: Any) -> Any:
    settings = {
        "spark.ui.enabled": "false",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.shuffle.partitions": "2",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "ERROR",
    }
    builder = spark.SparkSession.builder.master(os.environ.get("SPARK_MASTER", "local[2]"))
    for key, value in settings.items():
        builder = builder.config(key, value)
    return builder.getOrCreate()


def _spark(session: Any, folder: Path) -> tuple[Tables, Keep]:
    backend = ibis.pyspark.connect(session)

    def keep(name: str, expression: Table) -> Table:
        frame = session.sql(ibis.to_sql(expression, dialect="pyspark")).localCheckpoint()
        frame.createOrReplaceTempView(name)
        return backend.table(name)

    tables = {
        table: backend.read_parquet(str(folder / f"{table}.parquet"), table_name=table) for table in SCHEMAS
    }
    return tables, keep
