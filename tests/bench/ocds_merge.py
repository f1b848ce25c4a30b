"""`sala ocds compile` beside PyPI ocdsmerge, one core each, and memory on a file larger than it may use.

Run alone: `python tests/bench/ocds_merge.py [--processes 10000] [--large-megabytes 700]`. Data is made with a seed.
"""

import argparse
import json
import os
import platform
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

WORDS = (
    "ซ่อม",
    "ถนน",
    "อาคาร",
    "โรงเรียน",
    "ระบบ",
    "คอมพิวเตอร์",
    "ยา",
    "เวชภัณฑ์",
    "จ้าง",
    "ก่อสร้าง",
    "ท่อ",
    "ตำบล",
    "ไฟฟ้า",
    "สะพาน",
    "ระบายน้ำ",
)

PEER = """
import json, sys, warnings
from collections import defaultdict
from ocdsmerge import Merger
warnings.simplefilter("ignore")
path, kind, rules = sys.argv[1:]
rules = {tuple(path): name for path, name in json.loads(rules)}
merger = Merger(merge_rules=rules)
merge = merger.create_versioned_release if kind == "versioned" else merger.create_compiled_release
groups = defaultdict(list)
with open(path, "rb") as lines:
    for line in lines:
        release = json.loads(line)
        groups[release["ocid"]].append(release)
for ocid in sorted(groups):
    sys.stdout.write(json.dumps(merge(groups[ocid]), ensure_ascii=False) + "\\n")
"""


def _title(chance: random.Random, words: int) -> str:
    return "".join(chance.choice(WORDS) for _ in range(words))


def _party(chance: random.Random, number: int, role: str) -> dict[str, Any]:
    key = f"TH-{number:013}"
    return {
        "id": key,
        "name": _title(chance, 4),
        "identifier": {"scheme": "TH-TIN", "id": key, "legalName": _title(chance, 5)},
        "address": {
            "region": _title(chance, 1),
            "postalCode": f"{chance.randint(10000, 96000)}",
            "country": "TH",
        },
        "roles": [role],
    }


def _items(chance: random.Random, count: int) -> list[dict[str, Any]]:
    return [
        {
            "id": str(number),
            "description": _title(chance, 6),
            "classification": {"scheme": "UNSPSC", "id": str(chance.randint(10**7, 10**8))},
            "quantity": chance.randint(1, 500),
            "unit": {"name": "ชิ้น", "value": {"amount": chance.randint(10, 10**5), "currency": "THB"}},
        }
        for number in range(count)
    ]


def releases(processes: int, seed: int = 20261122) -> Iterator[dict[str, Any]]:
    """Four releases for each process, stage after stage, processes mixed by rounds of a thousand."""
    for start in range(0, processes, 1000):
        for stage in range(4):
            for number in range(start, min(start + 1000, processes)):
                yield release(random.Random(f"{seed}-{number}-{stage}"), number, stage)


def release(chance: random.Random, number: int, stage: int) -> dict[str, Any]:
    """The planning, tender, award or contract release of a process."""
    day = f"2024-{stage + 1:02}-{number % 28 + 1:02}T09:00:00+07:00"
    buyer = number % 300
    made: dict[str, Any] = {
        "ocid": f"ocds-th0001-{number:09}",
        "id": f"{number}-{stage}",
        "date": day,
        "tag": [("planning", "tender", "award", "contract")[stage]],
        "initiationType": "tender",
        "language": "th",
        "parties": [_party(chance, buyer, "buyer")],
        "buyer": {"id": f"TH-{buyer:013}", "name": _title(chance, 4)},
    }
    if stage == 0:
        amount = {"amount": chance.randint(10**4, 10**8), "currency": "THB"}
        made["planning"] = {"rationale": _title(chance, 12), "budget": {"id": str(number), "amount": amount}}
    made["tender"] = {
        "id": str(number),
        "title": _title(chance, 8),
        "status": ("planned", "active", "complete", "complete")[stage],
        "procurementMethod": "open",
        "procurementMethodDetails": "ประกวดราคาอิเล็กทรอนิกส์",
        "value": {"amount": chance.randint(10**4, 10**8), "currency": "THB"},
        "items": _items(chance, chance.randint(1, 6)),
        "tenderPeriod": {"startDate": day, "endDate": day},
        "documents": [
            {"id": str(n), "documentType": "tenderNotice", "url": f"https://example.org/{number}/{n}"}
            for n in range(stage + 1)
        ],
    }
    if stage >= 2:
        supplier = chance.randint(1000, 5000)
        made["parties"].append(_party(chance, supplier, "supplier"))
        value = {"amount": chance.randint(10**4, 10**8), "currency": "THB"}
        reference = {"id": f"TH-{supplier:013}", "name": _title(chance, 3)}
        made["awards"] = [
            {"id": "1", "status": "active", "date": day, "value": value, "suppliers": [reference]}
        ]
        if stage == 3:
            made["contracts"] = [
                {"id": "1", "awardID": "1", "status": "active", "value": value, "dateSigned": day}
            ]
    return made


def write(path: Path, processes: int) -> int:
    """Write the made releases as JSON lines; returns the size in bytes."""
    with path.open("wb") as out:
        for one in releases(processes):
            out.write(json.dumps(one, ensure_ascii=False).encode() + b"\n")
    return path.stat().st_size


def as_package(lines: Path, package: Path) -> None:
    """The same releases as one release package on a single line."""
    with lines.open("rb") as source, package.open("wb") as out:
        out.write(b'{"version":"1.1","releases":[')
        for number, line in enumerate(source):
            out.write((b"," if number else b"") + line.rstrip())
        out.write(b"]}")


def run(arguments: list[str], out: Path) -> tuple[float, float, float]:
    """(seconds of processor time, seconds on the clock, megabytes at most) of a program of its own."""
    started = time.perf_counter()
    with out.open("wb") as sink:
        process = subprocess.Popen(arguments, stdout=sink)
        _, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{arguments[:4]} ended with {status}")
    return used.ru_utime + used.ru_stime, time.perf_counter() - started, used.ru_maxrss / 1024


def equal(first: Path, second: Path) -> bool:
    """Whether two files of JSON lines hold the same values."""
    with first.open("rb") as one, second.open("rb") as other:
        return all(json.loads(a) == json.loads(b) for a, b in zip(one, other, strict=True))


def compare(folder: Path, source: Path, package: Path) -> None:
    """Ours and the peer's on the same file, in the same run."""
    from sala.engines.ocds import rules_1_1
    from sala.engines.ocds.strategies import list_rules

    names = {"omit": "omitWhenMerged", "whole-list": "wholeListMerge"}
    rules = json.dumps([[path, names[rule.value]] for path, rule in list_rules(rules_1_1())])
    sala = [sys.executable, "-m", "sala.cli", "ocds", "compile"]
    print(f"{'':34}{'cpu s':>8}{'clock s':>9}{'MB':>7}{'× peer':>8}  equal")
    for kind in ("compiled", "versioned"):
        option = ["--versioned"] if kind == "versioned" else []
        peer = run([sys.executable, "-c", PEER, str(source), kind, rules], folder / "peer")
        print(f"{'ocdsmerge, ' + kind:34}{peer[0]:8.1f}{peer[1]:9.1f}{peer[2]:7.0f}")
        for name, path in (("JSON lines", source), ("one package", package)):
            ours = run([*sala, *option, str(path)], folder / "ours")
            same = equal(folder / "peer", folder / "ours")
            label = f"sala ocds compile, {kind}, {name}"
            print(f"{label:34}{ours[0]:8.1f}{ours[1]:9.1f}{ours[2]:7.0f}{peer[0] / ours[0]:8.1f}  {same}")


def measure_large(folder: Path, source: Path, megabytes: int, limit: int) -> None:
    """Files larger than the memory allowed: copies of the releases, each copy with ocids of its own."""
    large, package = folder / "large.jsonl", folder / "large.json"
    content = source.read_bytes()
    with large.open("wb") as out:
        for copy in range(megabytes * 1_000_000 // len(content) + 1):
            out.write(content.replace(b"ocds-th0001-", b"ocds-t%05d-" % copy))
    del content
    as_package(large, package)
    resource.setrlimit(resource.RLIMIT_AS, (limit << 20, limit << 20))
    for name, path in (("JSON lines", large), ("one package on one line", package)):
        size = path.stat().st_size
        used = run([sys.executable, "-m", "sala.cli", "ocds", "compile", str(path)], folder / "ours")
        print(
            f"{size / 1e6:.0f} MB, {name}, {limit} MB of address space allowed: "
            f"{used[0]:.0f} s cpu, {used[2]:.0f} MB used, {size / 1e6 / used[0]:.0f} MB/s"
        )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--processes", type=int, default=10_000)
    parser.add_argument("--large-megabytes", type=int, default=700)
    parser.add_argument("--limit-megabytes", type=int, default=600)
    settings = parser.parse_args()
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, "
        f"ocdsmerge {version('ocdsmerge')}, orjson {version('orjson')}"
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        size = write(folder / "releases.jsonl", settings.processes)
        as_package(folder / "releases.jsonl", folder / "package.json")
        print(f"{settings.processes} processes, {settings.processes * 4} releases, {size / 1e6:.0f} MB")
        compare(folder, folder / "releases.jsonl", folder / "package.json")
        if settings.large_megabytes:
            source = folder / "releases.jsonl"
            measure_large(folder, source, settings.large_megabytes, settings.limit_megabytes)


if __name__ == "__main__":
    main()
