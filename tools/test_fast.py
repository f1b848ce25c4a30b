"""A first answer within minutes: no browser, no whole site, and no engine that is as it was when its tests were green.

An engine is pure: what its tests say depends on the files they import, directly or not, and on nothing else. So its
tests are left out while the digest of all those files is the one of the last green run; which were left out is
printed. `make test` leaves nothing out. Arguments go to pytest.
"""

import ast
import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCE, TESTS = ROOT / "src", ROOT / "tests"
ENGINES = SOURCE / "sala" / "engines"
GREEN = ROOT / "var" / "green-engines.json"
LEFT_OUT = "not browser and not slow"
# What every test stands on, whatever it imports.
GROUND = (ROOT / "pyproject.toml", *sorted((ROOT / "requirements").glob("*.txt")), TESTS / "conftest.py")


def names_imported(path: Path) -> Iterator[str]:
    """Every module that a file may import, with the names taken out of it, which may be modules too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = _package_of(path, node.level) if node.level else ""
            module = ".".join(filter(None, [above, node.module or ""]))
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)


def _package_of(path: Path, level: int) -> str:
    base = SOURCE if path.is_relative_to(SOURCE) else ROOT
    return ".".join(path.relative_to(base).parts[:-level])


def files_of(module: str) -> set[Path]:
    """Our files that a module's name stands for: none for a library; for an engine all of its folder, data included."""
    found: set[Path] = set()
    for base in (SOURCE, ROOT, TESTS):
        place = base.joinpath(*module.split("."))
        found |= {file for file in (place.with_suffix(".py"), place / "__init__.py") if file.is_file()}
    for file in set(found):
        if file.is_relative_to(ENGINES) and file.parent != ENGINES:
            found |= all_below(ENGINES / file.relative_to(ENGINES).parts[0])
        elif (file.parent / "data").is_dir() and file.is_relative_to(SOURCE):
            found |= all_below(file.parent / "data")
    return found


def all_below(folder: Path) -> set[Path]:
    """Every file below a folder but what running made."""
    return {file for file in folder.rglob("*") if file.is_file() and "__pycache__" not in file.parts}


def files_behind(folder: Path) -> set[Path]:
    """Every file of ours that the tests of a folder stand on."""
    known: set[Path] = set()
    waiting = all_below(folder) | set(GROUND)
    while waiting:
        file = waiting.pop()
        known.add(file)
        if file.suffix == ".py":
            for module in names_imported(file):
                waiting |= files_of(module) - known
    return known


def digest_of(folder: Path) -> str:
    """One digest of all that the tests of a folder stand on."""
    whole = hashlib.sha256(sys.version.encode())
    for file in sorted(files_behind(folder)):
        whole.update(f"\n{file.relative_to(ROOT)}\n".encode() + hashlib.sha256(file.read_bytes()).digest())
    return whole.hexdigest()


def main(arguments: list[str]) -> int:
    """Run what is left; if it is green, remember the engines' digests."""
    folders = sorted(path for path in (TESTS / "engines").iterdir() if any(path.rglob("test_*.py")))
    green: dict[str, str] = json.loads(GREEN.read_text("utf-8")) if GREEN.is_file() else {}
    now = {folder.name: digest_of(folder) for folder in folders}
    unchanged = [name for name, digest in now.items() if green.get(name) == digest]
    print("engines as they were when green, left out:", ", ".join(unchanged) or "none", flush=True)
    ignored = [f"--ignore={TESTS / 'engines' / name}" for name in unchanged]
    code = pytest.main(["-q", "-m", LEFT_OUT, *ignored, *arguments, str(TESTS)])
    if code == pytest.ExitCode.OK:
        GREEN.parent.mkdir(exist_ok=True)
        GREEN.write_text(json.dumps(now, indent=1), encoding="utf-8")
    return int(code)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
