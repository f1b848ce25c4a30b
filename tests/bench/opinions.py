"""Opinion maps beside red-dwarf: agreement with published groups, speed at equal size, and the large aim.

Run alone: `python tests/bench/opinions.py [--large]`; it prints tables, ready for docs/bench/opinions.md.
"""

import csv
import gzip
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any

import typer
from opinions_votes import write_stream
from sklearn.metrics import adjusted_rand_score

from sala.engines import opinions

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data" / "polis"
PEER_PYTHON = ROOT / ".venv-peers" / "bin" / "python"
PEER = Path(__file__).with_name("opinions_peer.py")


def main(
    large: Annotated[bool, typer.Option(help="Also 500,000 people × 1,000 statements.")] = False,
) -> None:
    """Print the tables."""
    print(
        f"Machine: {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, ", end=""
    )
    print(", ".join(f"{name} {version(name)}" for name in ("numpy", "pyarrow")))
    with tempfile.TemporaryDirectory() as folder:
        agreement(Path(folder))
        speed(Path(folder))
        if large:
            large_run(Path(folder))


def agreement(folder: Path) -> None:
    """Adjusted Rand index with the published groups, at the published number of groups."""
    if not DATA.is_dir():
        print("\nagreement: skipped, the shared data folder is not beside this checkout")
        return
    print("\n| conversation | groups | Sala | red-dwarf | own number |\n|---|--:|--:|--:|--:|")
    rows = list(compared(folder))
    for name, groups, own, peer, found in rows:
        print(f"| {name} | {groups} | {own:.3f} | {peer:.3f} | {found} |")
    means = [sum(row[column] for row in rows) / len(rows) for column in (2, 3)]
    alike = sum(row[1] == row[4] for row in rows)
    print(f"| **mean of {len(rows)}** | | **{means[0]:.3f}** | **{means[1]:.3f}** | {alike} alike |")


def compared(folder: Path) -> Iterator[tuple[str, int, float, float, int]]:
    for source in sorted(path for path in DATA.iterdir() if path.is_dir()):
        votes, comments = folder / "votes.csv", folder / "comments.csv"
        votes.write_bytes(gzip.decompress((source / "participants-votes.csv.gz").read_bytes()))
        comments.write_bytes(gzip.decompress((source / "comments.csv.gz").read_bytes()))
        with votes.open(newline="") as file:
            published = {
                row["participant"]: row["group-id"] for row in csv.DictReader(file) if row["group-id"]
            }
        groups = len(set(published.values()))
        asked = ("--comments", str(comments), "--rounds", "0")
        own = labels_of(own_map(votes, *asked, "--groups", str(groups))[0])
        peer = peer_map(votes, groups, comments)["labels"]
        found = own_map(votes, *asked)[0]["history"]["shown"]
        yield source.name, groups, score(published, own), score(published, peer), found


def speed(folder: Path, rounds: int = 3) -> None:
    """20,000 people × 300 statements, both in turn, medians: pipeline against pipeline, program against program."""
    votes = folder / "speed.csv"
    lines = write_stream(votes, 20_000, 300, 40)
    own, peer = [], []
    for _ in range(rounds):
        seconds, work = own_drawing(votes)
        before = children_work()
        _, whole, memory = own_map(votes)
        own.append((seconds, work, whole, children_work() - before, memory))
        begun, before = time.perf_counter(), children_work()
        told = peer_map(votes, 0)
        whole = time.perf_counter() - begun
        peer.append((told["seconds"], told["work"], whole, children_work() - before))
    seconds, work, whole, all_work, memory = (statistics.median(column) for column in zip(*own, strict=True))
    peer_seconds, peer_work, peer_whole, peer_all = (
        statistics.median(column) for column in zip(*peer, strict=True)
    )
    print(f"\n| 20,000 × 300, {lines:,} votes, median of {rounds} | red-dwarf {peer_version()} | Sala | × |")
    print("|---|--:|--:|--:|")
    print(f"| drawing alone, seconds | {peer_seconds:.2f} | {seconds:.2f} | {peer_seconds / seconds:.0f} |")
    print(f"| drawing alone, processor seconds | {peer_work:.2f} | {work:.2f} | {peer_work / work:.0f} |")
    print(
        f"| whole program with start and reading, seconds ({memory:.2f} GB) "
        f"| {peer_whole:.2f} | {whole:.2f} | {peer_whole / whole:.0f} |"
    )
    print(
        f"| whole program, processor seconds | {peer_all:.2f} | {all_work:.2f} | {peer_all / all_work:.0f} |"
    )


def children_work() -> float:
    """Processor seconds of all programs this one started and waited for."""
    return sum(os.times()[2:4])


def large_run(folder: Path) -> None:
    """The large aim: at most 60 s and 2 GB."""
    votes = folder / "large.csv"
    lines = write_stream(votes, 500_000, 1_000, 40)
    _, seconds, memory = own_map(votes)
    print(f"\n| 500,000 × 1,000, {lines:,} votes | seconds (aim 60) | GB (aim 2) |\n|---|--:|--:|")
    print(f"| `sala opinions map --json`, start to end | {seconds:.1f} | {memory:.2f} |")


def own_drawing(votes: Path) -> tuple[float, float]:
    """Seconds and processor seconds of the drawing alone, as counted for the peer."""
    with votes.open("rb") as file:
        table = opinions.read_votes(file)
    start, work = time.perf_counter(), time.process_time()
    opinions.draw_map(table)
    return time.perf_counter() - start, time.process_time() - work


def own_map(votes: Path, *options: str) -> tuple[dict[str, Any], float, float]:
    """The map, the seconds of the whole command, and its peak memory in GB."""
    out = votes.with_suffix(".json")
    command = [sys.executable, "-m", "sala.cli", "opinions", "map", str(votes), "--json", *options]
    start = time.perf_counter()
    with out.open("wb") as file:
        process = subprocess.Popen(command, stdout=file)
        _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    if status:
        raise SystemExit(f"{command} ended with {status}")
    return json.loads(out.read_bytes()), seconds, usage.ru_maxrss * memory_unit() / 1e9


def memory_unit() -> int:
    """Bytes in one unit of `ru_maxrss`."""
    return 1 if sys.platform == "darwin" else 1024


def peer_map(votes: Path, groups: int, *comments: Path) -> dict[str, Any]:
    command = [PEER_PYTHON, PEER, votes, str(groups), *comments]
    return json.loads(subprocess.run(command, check=True, capture_output=True, env=clean()).stdout)


def clean() -> dict[str, str]:
    """The environment without our own path: the peer must not see our packages."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}


def peer_version() -> str:
    asked = "from importlib.metadata import version; print(version('red-dwarf'))"
    return subprocess.run(
        [PEER_PYTHON, "-c", asked], check=True, capture_output=True, text=True
    ).stdout.strip()


def labels_of(document: dict[str, Any]) -> dict[str, int]:
    return {str(one["id"]): one["group"] for one in document["participants"] if one["group"] is not None}


def score(published: dict[str, str], found: dict[str, int]) -> float:
    both = [one for one in published if one in found]
    return float(adjusted_rand_score([published[one] for one in both], [found[one] for one in both]))


if __name__ == "__main__":
    typer.run(main)
