"""`sala ocds check` beside libcoveocds (AGPL, a program of its own in .venv-peers) on the real publications.

Run alone: `python tests/bench/ocds_check.py [FOLDER]`. FOLDER is the shared data's `ocds`. Extensions are struck
from each package first, because the peer fetches them from the network.
"""

import gzip
import json
import os
import platform
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PEER_PYTHON = ROOT / ".venv-peers" / "bin" / "python"
CODES = {"additional_closed_codelist_values", "additional_open_codelist_values"}

PEER = """
import json, sys
from libcoveocds.api import ocds_json_output
from libcoveocds.config import LibCoveOCDSConfig
config = LibCoveOCDSConfig()
config.config.update(standard_zip="file://" + sys.argv[2], context="api")
result = ocds_json_output("", None, json_data=json.load(open(sys.argv[1])), lib_cove_ocds_config=config)
json.dump(result, sys.stdout, default=list)
"""


def timed(arguments: list[str]) -> tuple[Any, float]:
    """The JSON that a program prints, and its seconds of processor time."""
    before = os.times()
    done = subprocess.run(arguments, capture_output=True, check=False)
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return (json.loads(done.stdout) if done.stdout.strip() else None), used


def peer_verdicts(result: dict[str, Any]) -> dict[str, Any]:
    """The peer's findings, each class as something to compare."""
    found: dict[str, Any] = {
        "validation_errors": sorted([one["type"], one["path"]] for one in result["validation_errors"]),
        "conformance_errors": sorted(
            result.get("conformance_errors", {}).get("ocds_prefixes_bad_format", [])
        ),
        "structure_warnings": sorted(result.get("structure_warnings", {}).get("missing_ids", [])),
        "additional_checks": sorted(
            one["json_location"] for one in result["additional_checks"].get("empty_field", [])
        ),
        "additional_fields": bool(result["additional_fields"]),
        "deprecated_fields": sorted({one["field"] for one in result["deprecated_fields"]}),
    }
    for group in CODES:
        found[group] = sorted([path, str(v)] for path, one in result[group].items() for v in one["values"])
    return found


def our_verdicts(result: dict[str, Any]) -> dict[str, Any]:
    """Our findings in the same shape."""
    by_class: dict[str, list[dict[str, Any]]] = {}
    for one in result["findings"]:
        by_class.setdefault(one["class"], []).append(one)
    found: dict[str, Any] = {
        "validation_errors": sorted(
            [one["kind"], one["path"]] for one in by_class.get("validation_errors", [])
        ),
        "conformance_errors": sorted([o["value"], o["path"]] for o in by_class.get("conformance_errors", [])),
        "structure_warnings": sorted(one["path"] for one in by_class.get("structure_warnings", [])),
        "additional_checks": sorted(one["path"] for one in by_class.get("additional_checks", [])),
        "additional_fields": "additional_fields" in by_class,
        "deprecated_fields": sorted(
            {one["path"].split("/")[-1] for one in by_class.get("deprecated_fields", [])}
        ),
    }
    for group in CODES:
        places = {(_generic(one["path"]), str(one["value"])) for one in by_class.get(group, [])}
        found[group] = sorted(map(list, places))
    return found


def _generic(path: str) -> str:
    return "/".join(part for part in path.split("/") if not part.isdigit())


def pack_standard(standard: Path, target: Path) -> None:
    """The shared schema folder in the archive layout that the peer reads."""
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("standard-1__1__5/", "")  # the peer strips the name that stands first
        for path in [standard, *sorted(standard.rglob("*"))]:
            archive.write(path, Path("standard-1__1__5", "schema", path.relative_to(standard)))


def main() -> None:
    """Print, for each publication, which classes of verdicts agree, and the time of both."""
    data = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "data" / "ocds"
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    with tempfile.TemporaryDirectory() as name:
        archive, package = Path(name, "standard.zip"), Path(name, "package.json")
        pack_standard(data / "standard", archive)
        for path in sorted((data / "real").glob("*.json.gz")):
            document = json.loads(gzip.decompress(path.read_bytes()))
            document["extensions"] = []
            package.write_text(json.dumps(document))
            peer, peer_seconds = timed([str(PEER_PYTHON), "-c", PEER, str(package), str(archive)])
            command = [sys.executable, "-m", "sala.cli", "ocds", "check", str(package), "--json"]
            ours, seconds = timed([*command, "--schema", str(data / "standard")])
            report(path.name, peer and peer_verdicts(peer), our_verdicts(ours))
            print(f"    cpu: libcoveocds {peer_seconds:.1f} s, sala {seconds:.1f} s")


def report(name: str, peer: dict[str, Any] | None, ours: dict[str, Any]) -> None:
    """One publication's line."""
    if peer is None:
        print(f"{name}: the peer fails on this file; ours finds {_counts(ours)}")
        return
    differing = [group for group in peer if peer[group] != ours[group]]
    print(f"{name}: {len(peer) - len(differing)} of {len(peer)} classes equal {_counts(ours)}")
    for group in differing:
        print(f"    differs in {group}")


def _counts(ours: dict[str, Any]) -> dict[str, int]:
    return dict(Counter({group: len(one) for group, one in ours.items() if isinstance(one, list) and one}))


if __name__ == "__main__":
    main()
