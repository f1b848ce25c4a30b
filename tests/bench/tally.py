"""Prints each aim of the tally engine beside the peer: `python tests/bench/tally.py [--large] [--no-peer]`."""

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import numpy as np
from tally_elections import draw_election, write_pb

from sala.engines import tally

ROOT = Path(__file__).resolve().parents[2]
PEER = ROOT / ".venv-peers" / "bin" / "python"
CHUNK = 1 << 24
T = TypeVar("T")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--large", action="store_true", help="also 10,000,000 voters × 200 projects × 5")
    options.add_argument("--no-peer", action="store_true", help="leave pabutools out")
    options.add_argument("--peer", default=str(PEER), help="a Python that has pabutools")
    chosen = options.parse_args()
    print(f"{platform.platform()}, Python {platform.python_version()}, numpy {np.__version__}")
    print(f"{'what':58} {'aim':>9} {'measured':>10} {'processor':>10}")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "city.pb"
        seconds = count_city(path)
        if not chosen.no_peer:
            compare(path, seconds, chosen.peer)
        if chosen.large:
            path.unlink()
            count_nation(Path(folder) / "nation.pb")


def show(what: str, aim: str, measured: str, processor: float | None = None) -> None:
    spent = "" if processor is None else f"{processor:.2f} s"
    print(f"{what:58} {aim:>9} {measured:>10} {spent:>10}", flush=True)


def timed(work: Callable[[], T]) -> tuple[T, float, float]:
    """What the work gives, seconds by the clock, and seconds of processor with those of programs it ran."""
    begin, spent = time.perf_counter(), processor_seconds()
    return work(), time.perf_counter() - begin, processor_seconds() - spent


def processor_seconds() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def read(path: Path) -> tally.PabulibFile:
    with path.open("rb") as file:
        return tally.read_pabulib(iter(lambda: file.read(CHUNK), b""))


def count_city(path: Path) -> dict[str, tuple[list[str], float]]:
    """90,000 voters × 160 projects, five approvals each on average."""
    with path.open("wb") as file:
        file.writelines(write_pb(draw_election(90_000, 160, mean=5)))
    read(path)
    election, seconds, processor = timed(lambda: read(path).election)
    show("90,000 × 160: parse", "1 s", f"{seconds:.2f} s", processor)
    results = {}
    aims = {"greedy": "-", "equal-shares": "0.2 s", "phragmen": "-"}
    for rule, aim in aims.items():
        outcome, seconds, processor = timed(lambda rule=rule: tally.count(election, tally.Settings(rule)))
        results[rule] = (sorted(election.projects[p].id for p in outcome.winners), seconds)
        show(f"90,000 × 160: {rule}", aim, f"{seconds:.3f} s", processor)
    for stop in tally.STOPS:
        settings = tally.Settings("equal-shares", completion="add-one", stop=stop)
        outcome, seconds, processor = timed(lambda settings=settings: tally.count(election, settings))
        what = f"90,000 × 160: add-one, {stop}, {outcome.notes['runs']} runs"
        show(what, "5 s", f"{seconds:.2f} s", processor)
    return results


def compare(path: Path, ours: dict[str, tuple[list[str], float]], python: str) -> None:
    for rule, (winners, seconds) in ours.items():
        command = [python, str(Path(__file__).with_name("tally_peer.py")), rule, str(path)]
        ran = subprocess.run(command, capture_output=True, text=True, check=True)
        peer = json.loads(ran.stdout)
        same = "same winners" if peer["winners"] == winners else "OTHER WINNERS"
        aim = "300 ×" if rule == "equal-shares" else "-"
        what = f"pabutools {rule}: {peer['seconds']:.1f} s, {same}"
        show(what, aim, f"{peer['seconds'] / seconds:,.0f} ×")


def count_nation(path: Path) -> None:
    """10,000,000 voters × 200 projects × 5 approvals, by file, in one fresh process."""
    with path.open("wb") as file:
        file.writelines(write_pb(draw_election(10_000_000, 200, mean=5, exactly=True)))
    command = [sys.executable, "-m", "sala.cli", "tally", str(path), "--rule", "equal-shares", "--json"]
    _, seconds, processor = timed(lambda: subprocess.run(command, capture_output=True, check=True))
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e6
    show("10,000,000 × 200 × 5: equal-shares from the .pb file", "60 s", f"{seconds:.1f} s", processor)
    show("the same: peak memory", "6 GB", f"{memory:.1f} GB")


if __name__ == "__main__":
    main()
