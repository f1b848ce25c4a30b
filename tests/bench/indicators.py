"""Indicators over a generated market: `python tests/bench/indicators.py [PROCESSES]` prints a table of the aims.

Reading JSON and flattening is timed apart; the aim counts from Parquet. Run with `PYTHONPATH=src:tests`.
"""

import platform
import resource
import statistics
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import duckdb
import ibis

from bench.contracting import processes
from sala.cli.indicators import workspace
from sala.engines import indicators

SETTINGS = indicators.parse(
    "".join(f"[{code}]\n" for code in indicators.CATALOG)
    + "".join(f"[{code}]\nthreshold = 500000\n" for code in ("R002", "R011", "R054", "R055"))
)


def full_run(folder: Path) -> tuple[float, Counter[str], indicators.Fences]:
    """Seconds for every verdict of every indicator, how many in each state, and the fences left."""
    start, counts = time.perf_counter(), Counter[str]()
    with workspace.engine("duckdb", folder) as (tables, keep):
        study, found = indicators.open_study(tables, SETTINGS, keep), indicators.Statistics()
        for table in indicators.verdict_tables(study, found):
            kept = keep("verdicts", table.filter(table.id.notnull()))
            for row in kept.group_by("state").aggregate(n=kept.count()).to_pyarrow().to_pylist():
                counts[row["state"]] += row["n"]
        return time.perf_counter() - start, counts, indicators.Fences.of(study, found)


def one_process(fences: indicators.Fences) -> tuple[float, float]:
    """Median and 95th percentile of milliseconds to look at one changed process again."""
    again, times = indicators.Recomputer(SETTINGS, fences), []
    for seq, process in processes(300, seed=7):
        start = time.perf_counter()
        again.verdicts(seq, process)
        times.append((time.perf_counter() - start) * 1_000)
    return statistics.median(times), statistics.quantiles(times, n=20)[-1]


def peak_gigabytes() -> float:
    """The most memory this program has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_048_576


def main(count: int) -> None:
    """Print one line for each aim."""
    print(
        f"{platform.machine()}, {platform.python_version()}, DuckDB {duckdb.__version__}, Ibis {ibis.__version__}"
    )
    with tempfile.TemporaryDirectory() as name:
        start, spent = time.perf_counter(), time.process_time()
        workspace.write_tables(indicators.flatten(processes(count)), Path(name))
        print(
            f"generated and flattened {count:,} processes in {time.perf_counter() - start:.1f} s, "
            f"{time.process_time() - spent:.1f} s of processor",
            flush=True,
        )
        spent = time.process_time()
        seconds, counts, fences = full_run(Path(name))
        spent = time.process_time() - spent
    print(
        f"{len(SETTINGS.enabled)} indicators from Parquet: {seconds:.1f} s (aim 60), {spent:.1f} s of processor, "
        f"{sum(counts.values()):,} verdicts"
    )
    print(f"  {', '.join(f'{state} {counts[state]:,}' for state in indicators.STATES)}")
    print(f"  most memory, generation included: {peak_gigabytes():.2f} GB (aim 4)")
    median, late = one_process(fences)
    print(f"one changed process: median {median:.1f} ms, 95 % within {late:.1f} ms (aim 50)")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 500_000)
