"""`sala ocds check` and libcoveocds say the same of the same packages, by the published schema of 1.1.5.

The peer is AGPL and therefore a program of its own, in .venv-peers (`SALA_PEERS` names another place).
"""

import io
import json
import os
import re
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest

from conformance.ocds_mutations import mutated, samples
from sala.engines import ocds

ROOT = Path(__file__).resolve().parents[2]
PEER = Path(__file__).with_name("ocds_peer.py")
CODES = ("additional_closed_codelist_values", "additional_open_codelist_values")
pytestmark = [pytest.mark.data, pytest.mark.slow, pytest.mark.req("PRC-3.3")]


@pytest.fixture(scope="module")
def peer_python() -> Path:
    found = Path(os.environ.get("SALA_PEERS", ROOT / ".venv-peers")) / "bin" / "python"
    if not found.exists():
        pytest.skip("the peers' environment (.venv-peers) is not there")
    return found


def peer_verdicts(python: Path, packages: list[dict[str, Any]], standard: Path, folder: Path) -> list[Any]:
    archive = folder / "standard.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("standard-1__1__5/", "")  # the peer strips the name that stands first
        for path in [standard, *sorted(standard.rglob("*"))]:
            packed.write(path, Path("standard-1__1__5", "schema", path.relative_to(standard)))
    text = "".join(json.dumps(package) + "\n" for package in packages)
    done = subprocess.run([python, PEER, archive], input=text, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def our_verdicts(package: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, set[tuple[str, ...]]] = {}
    unread: list[ocds.ReadError] = []
    stream = io.BytesIO(json.dumps(package).encode())
    for one in ocds.Checker().check(ocds.read(stream, on_fault=unread.append), unread):
        plain = "/".join(part for part in one.path.split("/") if not part.isdigit())
        place, kind = one.path, one.kind
        if kind == "uniqueItems" and place.split("/")[-1].isdigit():
            place = place.rsplit("/", 1)[0]  # the peer names the list, we the second of the two
        entry: tuple[str, ...] = (kind, place)
        if one.group in CODES:
            entry = (plain, str(one.value))
        elif one.group == "deprecated_fields":
            entry = (plain.split("/")[-1],)
        elif one.group == "structure_warnings":
            entry = (place,)
        elif one.group == "conformance_errors":
            entry = (str(one.value), place)
        found.setdefault(one.group, set()).add(entry)
    return found


def differences(package: dict[str, Any], ours: dict[str, Any], theirs: dict[str, Any]) -> list[str]:
    """Where the two differ. Left out, all of them remarks and not errors, or named twice by the peer:

    - which fields are additional: the peer passes over names with an underscore and walks into unknown values;
    - lists within lists, in which the peer looks for objects without an id;
    - codes of a package of which one release is no object: the peer then looks at none.
    """
    told = []
    held = [package[name] for name in ("releases", "records") if isinstance(package.get(name), list)]
    is_odd = any(not isinstance(one, dict) for listed in held for one in listed)
    for group, entries in theirs.items():
        if group == "additional_fields" or (is_odd and group in CODES):
            continue
        expected = {tuple(map(str, one)) if isinstance(one, list) else (one,) for one in entries}
        if group == "validation_errors":
            # beside the code outside its closed list the peer also names the schema's own list of the same codes
            expected = {one for one in expected if one[0] != "enum"}
        if group == "structure_warnings":
            expected = {one for one in expected if not re.search(r"/\d+/\d+/", one[0])}
        mine = ours.get(group, set())
        if mine != expected:
            told.append(
                f"{group}: only ours {sorted(mine - expected)[:4]}, only theirs {sorted(expected - mine)[:4]}"
            )
    return told


@pytest.mark.parametrize("count", [2_000])
def test_the_peer_says_the_same_of_samples_and_of_mutated_packages(
    peer_python: Path, shared_data: Path, tmp_path: Path, count: int
) -> None:
    folder = shared_data / "ocds"
    packages = [*samples(folder), *mutated(folder, count)]
    theirs = peer_verdicts(peer_python, packages, folder / "standard", tmp_path)
    told = []
    for number, (package, one) in enumerate(zip(packages, theirs, strict=True)):
        if "error" in one:  # the peer could not check it at all: ours must then not call it good
            continue
        found = differences(package, our_verdicts(package), one)
        told += [f"{number}: {line}" for line in found]
    assert told == []
