"""Writes down what a release promises never to change: each migration, and each file that one reads.

Run it once at a release (docs/how-to/release.md). It adds; what was released before and differs now ends it.
"""

import ast
import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "sala"
RECORD = ROOT / "tests" / "shape" / "released-migrations.txt"
DATA = (".csv", ".json", ".toml", ".txt", ".sql", ".gz")


def migrations() -> list[Path]:
    """Every migration of ours, released or not."""
    return sorted(path for path in SOURCE.glob("*/*/migrations/*.py") if path.name != "__init__.py")


def files_read_by(migration: Path) -> Iterator[Path]:
    """The files of data that a migration names: beside it, or in the package of its box."""
    box = migration.parent.parent
    for node in ast.walk(ast.parse(migration.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.endswith(DATA):
            found = [
                place / node.value for place in (migration.parent, box) if (place / node.value).is_file()
            ]
            yield found[0] if found else box / node.value


def promised() -> dict[str, str]:
    """Path below the project -> SHA-256 of what was released under it."""
    lines = RECORD.read_text(encoding="utf-8").splitlines() if RECORD.exists() else []
    pairs = (line.split(maxsplit=1) for line in lines if line and not line.startswith("#"))
    return {path: digest for digest, path in pairs}


def digest_of(path: Path) -> str:
    """SHA-256 of a file, "" if it is gone."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def broken_promises() -> list[str]:
    """What was released and is not as it was."""
    return [
        f"{path} was released and is {'changed' if (ROOT / path).is_file() else 'gone'}"
        for path, digest in promised().items()
        if digest_of(ROOT / path) != digest
    ]


def release() -> int:
    """Add what is not promised yet; returns how many files that are."""
    known = promised()
    present = {*migrations(), *(file for migration in migrations() for file in files_read_by(migration))}
    fresh = {path.relative_to(ROOT).as_posix(): digest_of(path) for path in present} | known
    lines = [f"{digest}  {path}" for path, digest in sorted(fresh.items())]
    head = (
        "# Written by tools/release.py. What stands here was released: it is never changed or taken away.\n"
    )
    RECORD.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
    return len(fresh) - len(known)


if __name__ == "__main__":
    if faults := broken_promises():
        sys.exit("\n".join(faults))
    print(f"{release()} more files are released")
